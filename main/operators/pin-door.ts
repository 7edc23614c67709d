/**
 * The door of the operator's room: a PIN for each role, one lock-out that grows, and who is inside.
 * Must never keep a PIN, never take a damaged file for none, and never be hurried by a clock that was set.
 */
import { join } from 'node:path';
import { mayUse, type Role, type RoomChannel } from '../../preload/contract/operator-roles.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import { createTurnstile } from '../settings/one-at-a-time.ts';
import { FULL_SCRYPT_COST, SALT_BYTES, type ScryptCost } from '../settings/password-key.ts';
import { readStateFile, writeStateFile, type StateFile } from '../settings/state-file.ts';
import {
  hashPin,
  operatorsFile,
  roleOf,
  rolesWithPin,
  type OperatorsFile,
} from './operators-file.ts';
import { FREE_TRIES, isWeakPin, lockOutMs } from './pin-rules.ts';

/** Own decision: the room is left when nothing was asked of it for so long. */
export const ROOM_LEFT_AFTER_MS = 5 * 60_000;

export interface PinDoorPorts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  /** Absolute folder of `operators.json`. */
  readonly folder: string;
  /** Cost of a new PIN; lowered by tests alone. */
  readonly scryptCost?: ScryptCost;
}

/** What a screen may know about the door. */
export interface PinDoorView {
  readonly isPinSet: boolean;
  /** Roles that have a PIN, from least to most. */
  readonly pinRoles: readonly Role[];
  readonly isInside: boolean;
  /** Who is inside; null while nobody is. */
  readonly role: Role | null;
  /** Whole milliseconds until the next try is looked at; 0 when it is now. */
  readonly lockedForMs: number;
}

// SECURITY: SEC-34
export class PinDoor {
  readonly #ports: PinDoorPorts;
  readonly #path: string;
  readonly #inTurn = createTurnstile();
  #file: StateFile<OperatorsFile> = { kind: 'missing' };
  #failedTries = 0;
  #lockedUntilMs = 0;
  #inside: { readonly role: Role; readonly lastCallMs: number } | null = null;

  constructor(ports: PinDoorPorts) {
    this.#ports = ports;
    this.#path = join(ports.folder, 'operators.json');
  }

  /**
   * The door as it stands. Looking does not prolong a stay. Call it once at start: a delay that
   * was running before a restart begins anew with it.
   */
  view(): Promise<Result<PinDoorView, 'OPERATORS_DAMAGED'>> {
    return this.#inTurn(async () => {
      const file = await this.#read();
      return file.kind === 'damaged'
        ? fail('OPERATORS_DAMAGED')
        : ok({
            isPinSet: file.kind === 'intact',
            pinRoles: file.kind === 'intact' ? rolesWithPin(file.content) : [],
            isInside: this.role() !== null,
            role: this.role(),
            lockedForMs: this.#lockedForMs(),
          });
    });
  }

  /** Who is in the room; null while nobody is. Asking does not prolong the stay. */
  role(): Role | null {
    const inside = this.#inside;
    if (inside === null) return null;
    const isThere = this.#ports.clock.monotonicMs() - inside.lastCallMs < ROOM_LEFT_AFTER_MS;
    return isThere ? inside.role : null;
  }

  /** Wrong PINs in a row. */
  get failedTries(): number {
    return this.#failedTries;
  }

  /** Lets one call pass where whoever is inside may make it, and prolongs the stay by it. */
  admit(channel: RoomChannel): Result<null, 'OPERATOR_REQUIRED' | 'ROLE_REQUIRED'> {
    const role = this.role();
    if (role === null) return fail('OPERATOR_REQUIRED');
    this.#enterAs(role);
    return mayUse(role, channel) ? ok(null) : fail('ROLE_REQUIRED');
  }

  leave(): void {
    this.#inside = null;
  }

  /** Sets the administrator's PIN on a new kiosk, and nothing else: the room is still to be entered with it. */
  createPin(
    pin: string,
  ): Promise<
    Result<null, 'PIN_ALREADY_SET' | 'PIN_TOO_WEAK' | 'OPERATORS_DAMAGED' | 'STORAGE_FAILED'>
  > {
    return this.#inTurn(async () => {
      const file = await this.#read();
      if (file.kind === 'damaged') return fail('OPERATORS_DAMAGED');
      if (file.kind === 'intact') return fail('PIN_ALREADY_SET');
      if (isWeakPin(pin)) return fail('PIN_TOO_WEAK');

      const { random, scryptCost = FULL_SCRYPT_COST } = this.#ports;
      const salt = Buffer.from(random.bytes(SALT_BYTES)).toString('base64');
      const scrypt = { ...scryptCost, salt };
      const administrator = await hashPin(pin, scrypt);
      return this.#store({
        version: 2,
        scrypt,
        hashes: { operator: null, supervisor: null, administrator },
        failedTries: 0,
      });
    });
  }

  /** Gives a role a PIN, or another one. PIN_TAKEN: another role has it. */
  setPin(
    role: Role,
    pin: string,
  ): Promise<
    Result<
      null,
      'PIN_NOT_SET' | 'PIN_TAKEN' | 'PIN_TOO_WEAK' | 'OPERATORS_DAMAGED' | 'STORAGE_FAILED'
    >
  > {
    return this.#inTurn(async () => {
      const file = await this.#read();
      if (file.kind === 'missing') return fail('PIN_NOT_SET');
      if (file.kind === 'damaged') return fail('OPERATORS_DAMAGED');
      if (isWeakPin(pin)) return fail('PIN_TOO_WEAK');
      const { content } = file;
      const hash = await hashPin(pin, content.scrypt);
      const owner = roleOf(content, hash);
      if (owner !== null && owner !== role) return fail('PIN_TAKEN');
      return this.#store({ ...content, hashes: { ...content.hashes, [role]: hash } });
    });
  }

  /** Takes a role's PIN away. The administrator's stays: somebody must be able to give new ones. */
  removePin(
    role: Exclude<Role, 'administrator'>,
  ): Promise<Result<null, 'PIN_NOT_SET' | 'OPERATORS_DAMAGED' | 'STORAGE_FAILED'>> {
    return this.#inTurn(async () => {
      const file = await this.#read();
      if (file.kind === 'missing') return fail('PIN_NOT_SET');
      if (file.kind === 'damaged') return fail('OPERATORS_DAMAGED');
      const { content } = file;
      return this.#store({ ...content, hashes: { ...content.hashes, [role]: null } });
    });
  }

  /** Enters as the role whose PIN it is. Tries are looked at one after another, however many come at once. */
  enter(
    pin: string,
  ): Promise<Result<Role, 'PIN_NOT_SET' | 'PIN_LOCKED' | 'PIN_WRONG' | 'OPERATORS_DAMAGED'>> {
    return this.#inTurn(async () => {
      const file = await this.#read();
      if (file.kind === 'missing') return fail('PIN_NOT_SET');
      if (file.kind === 'damaged') return fail('OPERATORS_DAMAGED');
      if (this.#lockedForMs() > 0) return fail('PIN_LOCKED');

      const { content } = file;
      // Counted before it is looked at: pulling the plug buys no further try.
      const tries = this.#failedTries + 1;
      const isCounted = await this.#count(content, tries);
      const role = roleOf(content, await hashPin(pin, content.scrypt));
      if (role === null) {
        // A full disk must not shut staff out, so a try that can't be written down is still
        // looked at; but none of those is free.
        this.#lockFor(lockOutMs(isCounted ? tries : Math.max(tries, FREE_TRIES)));
        return fail('PIN_WRONG');
      }
      await this.#count(content, 0);
      this.#enterAs(role);
      return ok(role);
    });
  }

  #enterAs(role: Role): void {
    this.#inside = { role, lastCallMs: this.#ports.clock.monotonicMs() };
  }

  async #store(content: OperatorsFile): Promise<Result<null, 'STORAGE_FAILED'>> {
    const tries = { ...content, failedTries: this.#failedTries };
    if (!(await writeStateFile(this.#ports.disk, this.#path, tries))) return fail('STORAGE_FAILED');
    this.#file = { kind: 'intact', content };
    return ok(null);
  }

  /** What is stored. A PIN that was read once is known for good; anything else is looked at again. */
  async #read(): Promise<StateFile<OperatorsFile>> {
    if (this.#file.kind === 'intact') return this.#file;
    this.#file = await readStateFile(this.#ports.disk, this.#path, operatorsFile);
    if (this.#file.kind === 'intact') {
      this.#failedTries = this.#file.content.failedTries;
      // How long ago the last try was, no clock can be trusted to tell: the whole delay starts anew.
      this.#lockFor(lockOutMs(this.#failedTries));
    }
    return this.#file;
  }

  #lockFor(durationMs: number): void {
    this.#lockedUntilMs = this.#ports.clock.monotonicMs() + durationMs;
  }

  #lockedForMs(): number {
    return Math.max(0, Math.ceil(this.#lockedUntilMs - this.#ports.clock.monotonicMs()));
  }

  async #count(content: OperatorsFile, failedTries: number): Promise<boolean> {
    this.#failedTries = failedTries;
    return writeStateFile(this.#ports.disk, this.#path, { ...content, failedTries });
  }
}
