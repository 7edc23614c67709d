/** What stands in `operators.json`: a hash for each role that has a PIN, and the tries. No PIN ever stands in it. */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ROLES, type Role } from '../../preload/contract/operator-roles.ts';
import { derivePasswordKey, scryptParameters } from '../settings/password-key.ts';

/** What scrypt made of a PIN, 32 bytes. */
const hash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** Wrong PINs in a row, the running try included. */
const failedTries = z.int().nonnegative();

/** The form before roles: its one PIN did everything. */
const firstForm = z.strictObject({
  version: z.literal(1),
  pin: z.strictObject({ scrypt: scryptParameters, hash }),
  failedTries,
});

const form = z.strictObject({
  version: z.literal(2),
  /** One salt for all: a try costs one computation, and no two roles share a PIN. */
  scrypt: scryptParameters,
  hashes: z.strictObject({
    operator: hash.nullable(),
    supervisor: hash.nullable(),
    administrator: hash,
  }),
  failedTries,
});
export type OperatorsFile = z.infer<typeof form>;

export const operatorsFile: z.ZodType<OperatorsFile> = z.union([
  form,
  firstForm.transform(({ pin, failedTries: tries }): OperatorsFile => ({
    version: 2,
    scrypt: pin.scrypt,
    hashes: { operator: null, supervisor: null, administrator: pin.hash },
    failedTries: tries,
  })),
]);

/** The roles that have a PIN, from least to most. */
export const rolesWithPin = ({ hashes }: OperatorsFile): Role[] =>
  ROLES.filter((role) => hashes[role] !== null);

/** The hash of a PIN, as it stands in the file. */
export const hashPin = async (pin: string, scrypt: OperatorsFile['scrypt']): Promise<string> =>
  Buffer.from(await derivePasswordKey(pin, scrypt)).toString('base64');

/** Whose PIN this hash is; every role is looked at, whichever it is. */
export const roleOf = ({ hashes }: OperatorsFile, pinHash: string): Role | null => {
  const tried = Buffer.from(pinHash, 'base64');
  const none = Buffer.alloc(tried.byteLength);
  const found = ROLES.map((role) => {
    const stored = hashes[role];
    const isEqual = timingSafeEqual(stored === null ? none : Buffer.from(stored, 'base64'), tried);
    return isEqual && stored !== null ? role : null;
  });
  return found.find((role) => role !== null) ?? null;
};
