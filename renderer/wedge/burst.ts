/**
 * Tells a reader that types from a person who does: by the speed of its keys, and by Enter or Tab at
 * the end. Pure but for the time it is told. Must never keep a text longer than its reader goes on.
 */

/**
 * Source: keyboard reports come every 8 ms at most (USB HID, full speed); readers that are slowed down
 * for old machines take 20 ms, Bluetooth up to 50. Fast typists stay above 60 ms from key to key.
 */
const MAX_GAP_MS = 50;
const MAX_MEAN_GAP_MS = 32;
/** Two keys that roll under one finger are as fast; six are not. */
const MIN_CHARACTERS = 6;
/** The first line of a licence's barcode is this alone (AAMVA DL/ID Card Design Standard, annex D). */
const LICENCE_START = '@';
/** The lines of a zone come one after the other, each with its Enter. */
const NEXT_LINE_MS = 300;
/** A licence's barcode has up to 1 500 characters; more is a key held down. */
const MAX_CHARACTERS = 4_000;

/** What to do with a key: `pass` it on, or `swallow` it, as it ends what a reader typed. */
export type BurstVerdict = 'pass' | 'swallow';

const isTerminator = (key: string): boolean => key === 'Enter' || key === 'Tab';
const isCharacter = (key: string): boolean => /^.$/u.test(key);

export class Burst {
  #line = '';
  #startedMs = 0;
  #lastMs = -Infinity;
  #lines: string[] = [];

  /** Whether the next key begins a line: what it may spoil has to be remembered now. */
  begins(key: string, atMs: number): boolean {
    return isCharacter(key) && (this.#line === '' || atMs - this.#lastMs > MAX_GAP_MS);
  }

  /** Takes a key. `key`: its value (UI Events); modifiers are no keys of their own. */
  take(key: string, atMs: number): BurstVerdict {
    if (isTerminator(key)) return this.#end(atMs);
    if (!isCharacter(key)) {
      // Shift and AltGr belong to the next character; anything else is a person's.
      if (!['Shift', 'AltGraph', 'CapsLock', 'Dead'].includes(key)) this.#forgetLine();
      return 'pass';
    }
    if (this.begins(key, atMs)) {
      this.#line = '';
      this.#startedMs = atMs;
    }
    this.#line = (this.#line + key).slice(-MAX_CHARACTERS);
    this.#lastMs = atMs;
    return 'pass';
  }

  /** Lines so far; null while there are none, or while the next one may still come. */
  read(atMs: number): readonly string[] | null {
    if (this.#lines.length === 0 || atMs - this.#lastMs < NEXT_LINE_MS) return null;
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #end(atMs: number): BurstVerdict {
    const line = this.#line;
    const meanGapMs = (this.#lastMs - this.#startedMs) / Math.max(1, line.length - 1);
    const isFast = atMs - this.#lastMs <= MAX_GAP_MS && meanGapMs <= MAX_MEAN_GAP_MS;
    const isLong = line.length >= MIN_CHARACTERS || line === LICENCE_START;
    // Within a code that goes on, empty and short lines are its own.
    const goesOn = this.#lines.length > 0 && atMs - this.#lastMs < NEXT_LINE_MS;
    this.#forgetLine();
    if (!isFast || !(isLong || goesOn)) return 'pass';
    this.#lastMs = atMs;
    const size = this.#lines.reduce((sum, { length }) => sum + length, line.length);
    if (size <= MAX_CHARACTERS) this.#lines.push(line);
    return 'swallow';
  }

  #forgetLine(): void {
    this.#line = '';
  }
}

/** How long to wait after a line until `read` has it. */
export const READ_AFTER_MS = NEXT_LINE_MS;
