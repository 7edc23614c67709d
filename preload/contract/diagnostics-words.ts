/** The closed words of the self-test. No schema: screens list them, and a schema would bring zod along. */

/** What the kiosk tests about itself, in the order it is shown. */
export const SELF_CHECKS = [
  /** Free space, and that a file can be written, read back and removed. */
  'disk',
  /** The system's clock against the release and against the newest record of the log. */
  'clock',
  /** Where the secrets are kept. */
  'keyring',
  /** Whether memory can reach a disk in the clear: swap that is not encrypted. */
  'swap',
  /** Whether memory can reach a disk in the clear: core dumps. */
  'core-dumps',
  /** The event log, verified as a whole. */
  'event-log',
  /** Whether the machine has an address on any network. */
  'network',
  /** Whether Mark ID answers. */
  'mark-id',
  /** Whether Mark ID accepts the credentials; no token is spent. */
  'credentials',
  /** Whether it opens, and how fine its picture is. */
  'camera',
  'camera-frame-rate',
  'camera-focus',
  /** Whether each scanner of the desk answers. */
  'scanner',
] as const;
export type SelfCheck = (typeof SELF_CHECKS)[number];

/** `skipped`: it can't be told now, and nothing is wrong for that. */
export const SELF_VERDICTS = ['good', 'warning', 'failed', 'skipped'] as const;
export type SelfVerdict = (typeof SELF_VERDICTS)[number];
