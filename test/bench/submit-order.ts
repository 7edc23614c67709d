/** Who sends: the kiosk from its sealed outbox, and three ways one would write first. */
export const SENDERS = ['kiosk', 'fetch', 'axios', 'got'] as const;
export type Sender = (typeof SENDERS)[number];
