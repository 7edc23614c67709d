/** A verification token as the bank's system hands it over, with what it knows about it. */
import { z } from 'zod';
import { customerReference } from './customer-reference.ts';
import { LIMITS } from './limits.ts';

export const handedToken = z.strictObject({
  authToken: z
    .string()
    .min(LIMITS.authTokenMinChars)
    .max(LIMITS.authTokenMaxChars)
    .regex(/^[\x21-\x7e]+$/),
  /** Without it the token's fate can't be asked for. */
  scanRef: z.string().min(1).max(64).optional(),
  /** What the bank's system called the customer by when it asked for the token. */
  clientId: customerReference.optional(),
});
export type HandedToken = z.infer<typeof handedToken>;
