/**
 * What the bank calls a customer by: staff types it, a reader reads it, or the bank's system hands it
 * over. Stays on this kiosk, sealed: Mark ID is never told.
 */
import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** Printable ASCII that neither begins nor ends with a space: what Mark ID takes as a `clientId`. */
export const customerReference = z
  .string()
  .max(LIMITS.customerReferenceMaxChars)
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/);

/** Whether staff is asked for one before a customer begins. `off` wherever customers stand alone. */
export const REFERENCE_RULES = ['off', 'optional', 'required'] as const;
export const referenceRule = z.enum(REFERENCE_RULES);
export type ReferenceRule = z.infer<typeof referenceRule>;
