/** What a case of the suite is: how it plays, and what must then have been seen. */
import type { Stage } from './stage.ts';
import type { WireOutcome } from './wire-end.ts';

/**
 * How much of all requests together arrived: not a byte, headers without a byte of a body that was
 * read, some of the bodies, all of them.
 */
export type Received = 'nothing' | 'headers' | 'part' | 'whole';

export interface Seen {
  /** What came of each request, in the order they were sent. */
  readonly outcomes: readonly WireOutcome[];
  /** Requests whose headers arrived, at any server. */
  readonly requests: number;
  readonly received: Received;
  /** CONNECTs that a proxy was asked for. */
  readonly tunnels: number;
}

export interface ConformanceCase {
  readonly name: string;
  readonly expected: Seen;
  /** Sends what the case is about and resolves with what came of it. */
  readonly play: (stage: Stage) => Promise<readonly WireOutcome[]>;
}

/** What is seen when one request arrives whole. */
export const arrives = (outcome: WireOutcome): Seen => ({
  outcomes: [outcome],
  requests: 1,
  received: 'whole',
  tunnels: 0,
});

/** What is seen when a request ends before anything of it has left. */
export const staysAtHome = (outcome: WireOutcome): Seen => ({
  outcomes: [outcome],
  requests: 0,
  received: 'nothing',
  tunnels: 0,
});

export const answered = (
  status: number,
  body = '',
  retryAfterSeconds: number | null = null,
): WireOutcome => ({ status, retryAfterSeconds, body });
