/**
 * The operator's room: PIN, vault, credentials, exit. Every channel but the door's own needs an
 * entered room (OPERATOR_REQUIRED). Credentials go in and never come out.
 */
import { z } from 'zod';
import { channel } from './channel.ts';
import { LIMITS } from './limits.ts';
import { ROLES } from './operator-roles.ts';
import { resultOf } from './result.ts';
import { VAULT_STATES } from './vault-states.ts';

export const pinDigits = z
  .string()
  .min(LIMITS.pinMinDigits)
  .max(LIMITS.pinMaxDigits)
  .regex(/^[0-9]+$/);

const passphrase = z.string().min(1).max(LIMITS.passphraseMaxChars);

/** Printable ASCII without the colon that HTTP Basic reserves (RFC 7617 §2). */
const apiKey = z
  .string()
  .min(1)
  .max(LIMITS.credentialMaxChars)
  .regex(/^[\x21-\x39\x3b-\x7e]+$/);
const apiSecret = z
  .string()
  .min(1)
  .max(LIMITS.credentialMaxChars)
  .regex(/^[\x21-\x7e]+$/);

/** Mark ID's credentials as they are typed, or stand in a provisioning file. */
export const enteredCredentials = z.strictObject({ apiKey, apiSecret });

export const operatorDoor = z.strictObject({
  isPinSet: z.boolean(),
  /** Roles that have a PIN. */
  pinRoles: z.array(z.enum(ROLES)),
  isInside: z.boolean(),
  /** Who is inside; what they may do: operator-roles.ts. */
  role: z.enum(ROLES).nullable(),
  /** Milliseconds until the next try is allowed; 0 when it is now. */
  lockedForMs: z.int().nonnegative(),
  vault: z.enum(VAULT_STATES),
  hasCredentials: z.boolean(),
});
export type OperatorDoor = z.infer<typeof operatorDoor>;

export const operatorChannels = {
  'operator:get-door': channel({ request: z.undefined(), response: resultOf(operatorDoor) }),
  /** First start only, the administrator's: a PIN that is set is never overwritten from outside the room. */
  'operator:create-pin': channel({
    request: z.strictObject({ pin: pinDigits }),
    response: resultOf(operatorDoor),
  }),
  'operator:enter-room': channel({
    request: z.strictObject({ pin: pinDigits }),
    response: resultOf(operatorDoor),
  }),
  /** Gives a role a PIN, or another one. */
  'operator:set-pin': channel({
    request: z.strictObject({ role: z.enum(ROLES), pin: pinDigits }),
    response: resultOf(operatorDoor),
  }),
  'operator:remove-pin': channel({
    request: z.strictObject({ role: z.enum(ROLES).exclude(['administrator']) }),
    response: resultOf(operatorDoor),
  }),
  'operator:leave-room': channel({ request: z.undefined(), response: resultOf(z.null()) }),
  /** Needs no room: the passphrase is the secret, and the kiosk must be startable by whoever holds it. */
  'operator:unlock-vault': channel({
    request: z.strictObject({ passphrase }),
    response: resultOf(operatorDoor),
  }),
  /** Protects the vault by a passphrase where the system has no keyring to trust, or resets a damaged vault. */
  'operator:create-vault': channel({
    request: z.strictObject({ passphrase }),
    response: resultOf(operatorDoor),
  }),
  'operator:store-credentials': channel({
    request: enteredCredentials,
    response: resultOf(operatorDoor),
  }),
  /** Asks Mark ID whether the stored credentials are accepted, without spending a token. */
  'operator:test-credentials': channel({ request: z.undefined(), response: resultOf(z.null()) }),
  /** Removes credentials; the kiosk goes to training mode. */
  'operator:remove-credentials': channel({
    request: z.undefined(),
    response: resultOf(operatorDoor),
  }),
  /** Ends the application and starts it again; what is saved stays saved. */
  'operator:restart-kiosk': channel({ request: z.undefined(), response: resultOf(z.null()) }),
  'operator:exit-kiosk': channel({ request: z.undefined(), response: resultOf(z.null()) }),
};
