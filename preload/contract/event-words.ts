/** The closed words of the event log. No schema: screens list them, and a schema would bring zod along. */

/** What a start found of the log. */
export const FOUND_LOGS = [
  /** No log: the first start, or somebody took it away. */
  'NONE',
  'INTACT',
  /** A last line that was never finished: the kiosk was killed or lost its power. */
  'TORN',
  /** The last file was closed and the next is not there: killed at that moment, or taken away. */
  'NEXT_MISSING',
  /** Not as it was written: it is kept as it is, and another file goes on. */
  'BROKEN',
] as const;

/** How staff left the application. */
export const LEAVING_WAYS = ['restart', 'exit'] as const;
export type LeavingWay = (typeof LEAVING_WAYS)[number];

/** Who had signed the log that was found, where it was not this kiosk's key. */
export const FORMER_SIGNERS = ['NOBODY', 'ANOTHER'] as const;

/** Why a file of the log was removed. */
export const REMOVAL_REASONS = ['AGE', 'COUNT'] as const;
