/** The closed words of the outbox. No schema: screens list them, and a schema would bring zod along. */

/** States of an undelivered item. Which event leads from one to the next: main/delivery/reduce.ts. */
export const ITEM_STATES = [
  /** Waits to be sent. */
  'QUEUED',
  /** A token is being asked for. */
  'MINTING',
  /** Has a token of which no byte has left. */
  'READY',
  /** The request is under way. */
  'SENDING',
  /** Mark ID may have it; its status will tell. */
  'AMBIGUOUS',
  /** The bank's token is used up: another one is needed. */
  'NEEDS_TOKEN',
  /** Mark ID refused it: somebody must look. */
  'NEEDS_PERSON',
  /** Nobody knows whether Mark ID has it, and asking is over: somebody must decide. */
  'HELD',
  /** Its sealed file or key can't be opened; it is kept apart. */
  'DAMAGED',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Why an operator intervened. A closed list: what people type could name a customer. */
export const ACTION_REASONS = [
  'CUSTOMER_REQUEST',
  'ALREADY_VERIFIED',
  'WRONG_PICTURES',
  'MARKID_ADVICE',
  'TEST',
  'OTHER',
] as const;
export type ActionReason = (typeof ACTION_REASONS)[number];

/** What an operator can do about an item in its state. */
export const ITEM_ACTIONS = ['resend', 'retake', 'discard'] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];
