/** Every item of an outbox in the order it was saved, as far as it is in the clear. */
import type { QueuedItem } from '../../main/outbox/item-queue.ts';
import type { Outbox } from '../../main/outbox/outbox.ts';

export const itemsOf = ({ queue }: Outbox): QueuedItem[] => queue.list([], Number.MAX_SAFE_INTEGER);
