/** The Clock and Random ports under a test's control. */
import type { Clock } from '../../main/ports/clock.ts';
import type { Random } from '../../main/ports/random.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Lets everything that can run now run, real I/O included. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Time that passes only when told to. */
export class FakeClock implements Clock {
  #wallMs: number;
  #monotonicMs = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(wallMs = Date.UTC(2026, 0, 15, 9)) {
    this.#wallMs = wallMs;
  }

  wallMs(): number {
    return this.#wallMs;
  }

  startOfDayMs(): number {
    return Math.floor(this.#wallMs / 86_400_000) * 86_400_000;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        dueMs: this.#monotonicMs + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake);
    });
  }

  /** Lets time pass, waking each sleeper at its own moment and letting it run before the next. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#monotonicMs + ms;
    await settle();
    for (;;) {
      const [next] = [...this.#sleepers].toSorted((a, b) => a.dueMs - b.dueMs);
      if (next === undefined || next.dueMs > untilMs) break;
      this.#moveTo(next.dueMs);
      next.wake();
      await settle();
    }
    this.#moveTo(untilMs);
  }

  /** Somebody sets the machine's clock; no time passes. */
  jumpWall(byMs: number): void {
    this.#wallMs += byMs;
  }

  /** How many callers are asleep. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  #moveTo(monotonicMs: number): void {
    this.#wallMs += monotonicMs - this.#monotonicMs;
    this.#monotonicMs = monotonicMs;
  }
}

/** Random bytes that are the same in every run: the mulberry32 sequence of the seed. Not for secrets. */
export const seededRandom = (seed = 1): Random => {
  let state = seed >>> 0;
  const nextByte = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, nextByte);
  return {
    bytes,
    uuid() {
      const raw = bytes(16);
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(raw).toString('hex');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
};
