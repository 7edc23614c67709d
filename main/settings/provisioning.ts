/**
 * Provisions a kiosk with nobody in its room: takes credentials and the first administrator's PIN
 * from a file the policy names, seals them, and destroys the file. Must never take a file that
 * others could read or change, and never call a kiosk provisioned whose room is still anybody's.
 */
// SECURITY: SEC-24
import { z } from 'zod';
import type { ProvisioningErrorCode } from '../../preload/contract/error-codes.ts';
import { enteredCredentials, pinDigits } from '../../preload/contract/operator-channels.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { PinDoor } from '../operators/pin-door.ts';
import type { Disk } from '../ports/disk.ts';
import type { CredentialStore } from './credentials.ts';
import { pathRules, ROOT_ID, type PolicySource } from './trusted-file.ts';

/** Own decision: both secrets at their longest, with every character escaped. */
const MAX_BYTES = 16 * 1024;

const OTHERS_MAY_READ_OR_WRITE = 0o077;

/** The PIN is the first one: a kiosk that has one keeps it. */
const provisioningFile = enteredCredentials.extend({
  version: z.literal(1).default(1),
  administratorPin: pinDigits.optional(),
});

export interface ProvisioningParts {
  readonly disk: Disk;
  readonly source: Omit<PolicySource, 'disk'>;
  readonly credentials: CredentialStore;
  readonly door: PinDoor;
  readonly events: EventSink;
}

type FailureCode = ProvisioningErrorCode | 'STORAGE_FAILED' | 'OPERATORS_DAMAGED';

const parse = (bytes: Uint8Array): z.infer<typeof provisioningFile> | null => {
  try {
    const parsed = provisioningFile.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  } finally {
    bytes.fill(0);
  }
};

const read = async (
  { disk, source }: ProvisioningParts,
  path: string,
): Promise<Result<z.infer<typeof provisioningFile> | null, FailureCode>> => {
  const facts = await disk.facts(path);
  if (facts === null) return ok(null);
  const { isRegularFile, modeBits, ownerId, sizeBytes } = facts;
  const isOurs = ownerId === null || ownerId === source.userId || ownerId === ROOT_ID;
  if (!isRegularFile || !isOurs || ((modeBits ?? 0) & OTHERS_MAY_READ_OR_WRITE) !== 0)
    return fail('PROVISIONING_UNSAFE');
  const bytes = sizeBytes > MAX_BYTES ? null : await disk.read(path);
  const file = bytes === null ? null : parse(bytes);
  return file === null ? fail('PROVISIONING_INVALID') : ok(file);
};

/** The room belongs to somebody before the kiosk does any work. */
const closeRoom = async (
  door: PinDoor,
  pin: string | undefined,
): Promise<Result<null, FailureCode>> => {
  const view = await door.view();
  if (!view.ok) return view;
  if (view.value.isPinSet) return ok(null);
  const created = pin === undefined ? fail('PIN_TOO_WEAK') : await door.createPin(pin);
  if (created.ok || created.error.code === 'PIN_ALREADY_SET') return ok(null);
  const { code } = created.error;
  return code === 'PIN_TOO_WEAK' ? fail('PROVISIONING_INVALID') : fail(code);
};

const destroy = async (disk: Disk, path: string): Promise<boolean> => {
  try {
    await disk.shred(path);
    return (await disk.facts(path)) === null;
  } catch {
    return false;
  }
};

/** True when there was a file, and it was taken. */
const take = async (
  parts: ProvisioningParts,
  path: string,
): Promise<Result<boolean, FailureCode>> => {
  const { disk, credentials, door, source } = parts;
  if (!pathRules(source.platform).isAbsolute(path)) return fail('PROVISIONING_INVALID');
  try {
    const file = await read(parts, path);
    if (!file.ok) return file;
    if (file.value === null) return ok(false);
    const closed = await closeRoom(door, file.value.administratorPin);
    if (!closed.ok) return closed;
    const sealed = await credentials.set(file.value);
    if (!sealed.ok)
      return fail(
        sealed.error.code === 'STORAGE_FAILED' ? sealed.error.code : 'PROVISIONING_WAITS',
      );
    return (await destroy(disk, path)) ? ok(true) : fail('PROVISIONING_NOT_WIPED');
  } catch {
    return fail('STORAGE_FAILED');
  }
};

/**
 * Takes the file at `path`, where there is one. What is sealed is on the disk before the file is
 * destroyed, so that a power cut between them only takes it once more. Null, or why not:
 * PROVISIONING_UNSAFE, _INVALID and _WAITS (no open vault yet), STORAGE_FAILED and OPERATORS_DAMAGED
 * leave the file as it is; with _NOT_WIPED it was taken and is still there.
 */
export const provision = async (
  parts: ProvisioningParts,
  path: string | null,
): Promise<FailureCode | null> => {
  const taken = path === null ? ok(false) : await take(parts, path);
  const code = taken.ok ? null : taken.error.code;
  if (!taken.ok || taken.value) parts.events({ event: 'app.provisioning-finished', code });
  return code;
};
