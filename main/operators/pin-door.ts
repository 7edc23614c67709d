/**
 * The door of the operator's room: one PIN, a lock-out that grows, and who is inside. Must never
 * keep a PIN, never take a damaged file for none, and never be hurried by a clock that was set.
 */
import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Random } from '../ports/random.ts';
import { createTurnstile } from '../settings/one-at-a-time.ts';
import {
  derivePasswordKey,
  FULL_SCRYPT_COST,
  SALT_BYTES,
  scryptParameters,
  type ScryptCost,
} from '../settings/password-key.ts';
import { readStateFile, writeStateFile, type StateFile } from '../settings/state-file.ts';
import { FREE_TRIES, isWeakPin, lockOutMs } from './pin-rules.ts';

/** Own decision: the room is left when nothing was asked of it for so long. */
export const ROOM_LEFT_AFTER_MS = 5 * 60_000;

/** `operators.json`. Roles with PINs of their own are a later version. */
const operatorsFile = z.strictObject({
  version: z.literal(1),
  pin: z.strictObject({
    scrypt: scryptParameters,
    /** What scrypt made of the PIN, 32 bytes. */
    hash: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  }),
  /** Wrong PINs in a row, the running try included. */
  failedTries: z.int().nonnegative(),
});
type OperatorsFile = z.infer<typeof operatorsFile>;

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
  readonly isInside: boolean;
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
  #lastCallMs: number | null = null;

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
            isInside: this.isInside(),
            lockedForMs: this.#lockedForMs(),
          });
    });
  }

  /** True while somebody is in the room. Asking does not prolong the stay. */
  isInside(): boolean {
    const lastMs = this.#lastCallMs;
    return lastMs !== null && this.#ports.clock.monotonicMs() - lastMs < ROOM_LEFT_AFTER_MS;
  }

  /** Lets one call of an operator pass, and prolongs the stay by it. */
  admit(): Result<null, 'OPERATOR_REQUIRED'> {
    if (!this.isInside()) return fail('OPERATOR_REQUIRED');
    this.#lastCallMs = this.#ports.clock.monotonicMs();
    return ok(null);
  }

  leave(): void {
    this.#lastCallMs = null;
  }

  /** Sets the first PIN and nothing else: the room is still to be entered with it. */
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

      const { disk, random, scryptCost = FULL_SCRYPT_COST } = this.#ports;
      const salt = Buffer.from(random.bytes(SALT_BYTES)).toString('base64');
      const scrypt = { ...scryptCost, salt };
      const hash = Buffer.from(await derivePasswordKey(pin, scrypt)).toString('base64');
      const content: OperatorsFile = { version: 1, pin: { scrypt, hash }, failedTries: 0 };
      if (!(await writeStateFile(disk, this.#path, content))) return fail('STORAGE_FAILED');
      this.#file = { kind: 'intact', content };
      return ok(null);
    });
  }

  /** Enters with the PIN. Tries are looked at one after another, however many come at once. */
  enter(
    pin: string,
  ): Promise<Result<null, 'PIN_NOT_SET' | 'PIN_LOCKED' | 'PIN_WRONG' | 'OPERATORS_DAMAGED'>> {
    return this.#inTurn(async () => {
      const file = await this.#read();
      if (file.kind === 'missing') return fail('PIN_NOT_SET');
      if (file.kind === 'damaged') return fail('OPERATORS_DAMAGED');
      if (this.#lockedForMs() > 0) return fail('PIN_LOCKED');

      const { content } = file;
      // Counted before it is looked at: pulling the plug buys no further try.
      const tries = this.#failedTries + 1;
      const isCounted = await this.#count(content, tries);
      if (!(await isPinOf(content, pin))) {
        // A full disk must not shut staff out, so a try that can't be written down is still
        // looked at; but none of those is free.
        this.#lockFor(lockOutMs(isCounted ? tries : Math.max(tries, FREE_TRIES)));
        return fail('PIN_WRONG');
      }
      await this.#count(content, 0);
      this.#lastCallMs = this.#ports.clock.monotonicMs();
      return ok(null);
    });
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

const isPinOf = async (content: OperatorsFile, pin: string): Promise<boolean> => {
  const derived = await derivePasswordKey(pin, content.pin.scrypt);
  return timingSafeEqual(derived, Buffer.from(content.pin.hash, 'base64'));
};
