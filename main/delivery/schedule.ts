/**
 * Whose turn it is: the outbox's queue, and what only this run knows of it: whom somebody waits for,
 * and what could not be read or kept a moment ago.
 */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { QueuedItem } from '../outbox/item-queue.ts';

interface Postponement {
  readonly code: ErrorCode;
  readonly untilLivedMs: number;
}

/** How long nothing is tried after the disk refused a step. Own decision. */
const STORAGE_RETRY_MS = 60_000;

/** Source: the longest wait of reduce.ts, before the last question. */
const LONGEST_WAIT_MS = 60 * 60_000;

export class Schedule {
  readonly #outbox: Outbox;
  readonly #postponed = new Map<string, Postponement>();
  #preferredId: string | null = null;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  get(itemId: string): QueuedItem | null {
    const item = this.#outbox.queue.get(itemId);
    return item === null ? null : this.#asPostponed(item);
  }

  /** Somebody stands before the kiosk and waits for this one. */
  prefer(itemId: string | null): void {
    this.#preferredId = itemId;
  }

  isPreferred(itemId: string): boolean {
    return itemId === this.#preferredId;
  }

  /** The item could not be read or kept now: its last durable step counts until it is tried again. */
  postpone(itemId: string, code: ErrorCode): void {
    const untilLivedMs = this.#outbox.time.livedMs() + STORAGE_RETRY_MS;
    this.#postponed.set(itemId, { code, untilLivedMs });
  }

  /** A step of the item was kept, or it is gone. */
  settle(itemId: string): void {
    this.#postponed.delete(itemId);
  }

  /** Nothing happens to the item by itself any more. Where that can't be kept, it is found out again. */
  rest(itemId: string, state: ItemState, code: ErrorCode | null): void {
    const { queue, time } = this.#outbox;
    try {
      queue.rest(itemId, state, code, time.now());
      this.settle(itemId);
    } catch {
      this.postpone(itemId, 'STORAGE_FAILED');
    }
  }

  /** Whatever waited because nobody was reached need not wait any longer. */
  hurry(): void {
    this.#advance(['QUEUED', 'READY'], 0);
  }

  /** A kept time that lies further away than any wait is a mistake. */
  bound(): void {
    this.#advance(['QUEUED', 'READY', 'AMBIGUOUS'], LONGEST_WAIT_MS);
  }

  /** The item whose turn comes first; the preferred one before all as soon as it is due. */
  next(): QueuedItem | null {
    const nowLivedMs = this.#outbox.time.livedMs();
    const preferred = this.#preferredId === null ? null : this.get(this.#preferredId);
    if (preferred !== null && (preferred.dueLivedMs ?? Infinity) <= nowLivedMs) return preferred;
    // One more than were postponed: if anybody else is due, they are among these.
    const due = this.#outbox.queue.firstDue(this.#postponed.size + 1);
    const late = [...this.#postponed.keys()].map((itemId) => this.#outbox.queue.get(itemId));
    const [first = null] = [...due, ...late.filter((item) => item !== null)]
      .map((item) => this.#asPostponed(item))
      .toSorted((a, b) => (a.dueLivedMs ?? Infinity) - (b.dueLivedMs ?? Infinity));
    return first;
  }

  /** Where it can't be kept, each item waits as it did. */
  #advance(states: readonly ItemState[], waitMs: number): void {
    const { queue, time } = this.#outbox;
    try {
      queue.advance(states, time.livedMs() + waitMs, time.now());
    } catch {
      // Each has its own time and comes then.
    }
  }

  #asPostponed(item: QueuedItem): QueuedItem {
    const postponed = this.#postponed.get(item.itemId);
    if (postponed === undefined) return item;
    const { code, untilLivedMs } = postponed;
    return { ...item, code, dueLivedMs: Math.max(item.dueLivedMs ?? 0, untilLivedMs) };
  }
}
