/**
 * The closed catalogue of what the kiosk writes down about itself, and the single source of its
 * types, its checks and its documentation (main/diagnostics/EVENTS.md). Every field is a number, a
 * boolean or a word of a closed set: nothing a person typed, a server said or a path names fits in.
 */
// SECURITY: SEC-26
import { z } from 'zod';
import { CHANNEL_NAMES } from './channel-names.ts';
import { ERROR_CODES, SCANNER_ERROR_CODES } from './error-codes.ts';
import { FORMER_SIGNERS, FOUND_LOGS, LEAVING_WAYS, REMOVAL_REASONS } from './event-words.ts';
import { ROLES } from './operator-roles.ts';
import { ACTION_REASONS, ITEM_ACTIONS, ITEM_STATES } from './outbox-words.ts';
import { scannerKind, scanSource } from './scanner-words.ts';
import { CHANGEABLE_SETTINGS } from './settings-words.ts';
import { VAULT_STATES } from './vault-states.ts';
import { environment } from './vocabulary.ts';

const count = z.int().nonnegative();
const code = z.enum(ERROR_CODES).meta({ title: 'an error code' }).nullable();
const role = z.enum(ROLES);
/** Digits of a random number of ours (main/outbox/item.ts). */
const item = z
  .string()
  .regex(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
  .meta({ title: 'the reference of an item, eight random digits' });

/** Describes one event: what it says, and its fields. */
const event = <Fields extends z.ZodRawShape>(says: string, fields: Fields) => ({
  says,
  fields: z.strictObject(fields),
});

export const EVENT_CATALOGUE = {
  'app.start-finished': event('The kiosk has read its configuration and decided what it does.', {
    environment,
    service: z.enum(['ready', 'locked', 'out-of-service']),
    code,
    vault: z.enum(VAULT_STATES),
  }),
  'app.policy-refused': event('The policy was refused; the last good one is in force.', { code }),
  'app.provisioning-finished': event(
    'A provisioning file was there: it was taken and destroyed, or a code says why not.',
    { code },
  ),
  'app.stop-finished': event('The kiosk was left in an orderly way.', {}),
  'door.handler-failed': event('A request of the page met a bug of ours.', {
    channel: z.enum(CHANNEL_NAMES).meta({ title: 'the name of a channel' }),
  }),
  'window.renderer-lost': event('The page crashed or hung and comes back.', {
    isFailing: z.boolean(),
  }),
  'window.renderer-replaced': event('A customer has gone, and the page with them.', {
    durationMs: count,
  }),
  'operator.room-entered': event('Somebody entered the operator’s room.', { role }),
  'operator.pin-refused': event('Somebody tried a wrong PIN.', {
    failedTries: count,
    lockedForMs: count,
  }),
  'operator.pin-changed': event('A role got a PIN, another PIN, or none.', {
    role,
    isSet: z.boolean(),
  }),
  'operator.credentials-changed': event('Credentials or vault were changed.', {
    isPresent: z.boolean(),
  }),
  'operator.setting-changed': event('A setting was changed on the device.', {
    setting: z.enum(CHANGEABLE_SETTINGS),
    isShipped: z.boolean(),
  }),
  'operator.settings-reset': event('Damaged settings were set aside; the shipped ones hold.', {}),
  'operator.kiosk-left': event('Staff restarted the application, or left it.', {
    way: z.enum(LEAVING_WAYS),
  }),
  'operator.self-test-finished': event('The kiosk has tested itself.', {
    failed: count,
    warnings: count,
  }),
  'operator.diagnostics-exported': event('The event log and a summary were copied out.', {
    fileCount: count,
  }),
  'outbox.opened': event('The outbox is open, and delivery begins.', {
    environment,
    itemCount: count,
    warning: code,
  }),
  'outbox.item-saved': event('A submission is durable on this kiosk.', {
    item,
    imageCount: count,
    /** Of pictures that were not good enough and taken all the same. */
    takenAsIsCount: count,
    sizeBytes: count,
    durationMs: count,
  }),
  'outbox.item-decided': event('Staff decided about an item.', {
    item,
    action: z.enum(ITEM_ACTIONS),
    reason: z.enum(ACTION_REASONS),
  }),
  'delivery.item-changed': event('An item went into another state.', {
    item,
    state: z.enum(ITEM_STATES),
    code,
    attempts: count,
  }),
  'delivery.item-ended': event('An item left the outbox.', {
    item,
    outcome: z.enum(['DELIVERED', 'CONFIRMED', 'DELETED']),
    /** False where the disk did not take it; it ends again later. */
    isKept: z.boolean(),
  }),
  'delivery.step-failed': event('A step of the delivery met a bug of ours.', {}),
  'scanner.scan-finished': event('A scan ended: in pages, or by a failure.', {
    kind: scannerKind,
    source: scanSource,
    pageCount: count,
    durationMs: count,
    code: z.enum(SCANNER_ERROR_CODES).meta({ title: 'an error code of a scanner' }).nullable(),
  }),
  'log.opened': event('The event log goes on, with what was found of it.', {
    found: z.enum(FOUND_LOGS),
    /** Bytes of a last line that was never finished, and were taken away. */
    tornBytes: count,
    /** Records that were written after the last seal of the file. */
    unsealedRecords: count,
  }),
  'log.signer-changed': event(
    'The log that was found had not been signed by this kiosk’s key. Expected once, when the vault is new.',
    { was: z.enum(FORMER_SIGNERS) },
  ),
  'log.events-lost': event('The disk refused for so long that events were dropped.', {
    count: count.positive(),
  }),
  'log.file-removed': event('An old file of the log was removed.', {
    file: z.int().positive(),
    reason: z.enum(REMOVAL_REASONS),
  }),
  'log.clock-stepped': event('The system’s clock was set, or the machine slept.', {
    byMs: z.int(),
  }),
} as const;

type Catalogue = typeof EVENT_CATALOGUE;
type Fields<Name extends keyof Catalogue> = Catalogue[Name]['fields']['shape'];
export type KioskEventName = keyof Catalogue;

/** One event, without what the log adds to it. */
export type KioskEvent = {
  [Name in KioskEventName]: { readonly event: Name } & {
    readonly [Field in keyof Fields<Name>]: z.infer<Fields<Name>[Field]>;
  };
}[KioskEventName];

const isEventName = (name: unknown): name is KioskEventName =>
  typeof name === 'string' && Object.hasOwn(EVENT_CATALOGUE, name);

type AnyField<Event> = Event extends unknown ? Exclude<keyof Event, 'event'> : never;
/** Every name a field of an event can have. */
export type KioskEventField = AnyField<KioskEvent>;

/** True for what the catalogue describes, to the last field. */
export const isKioskEvent = (value: Readonly<Record<string, unknown>>): value is KioskEvent => {
  const { event: name, ...fields } = value;
  return isEventName(name) && EVENT_CATALOGUE[name].fields.safeParse(fields).success;
};
