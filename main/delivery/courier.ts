/**
 * Brings the items of one outbox to Mark ID, one at a time: who is next, when, and when nobody is.
 * What an item's step is and means stands in item-steps.ts and reduce.ts.
 */
import { ok, type Result } from '../../preload/contract/result.ts';
import type { ItemToken } from '../outbox/item.ts';
import type { NewItem, Outbox } from '../outbox/outbox.ts';
import { Gate } from './gate.ts';
import { isUnderWay, ItemSteps, type StepParts } from './item-steps.ts';
import { Pacing } from './pacing.ts';
import type { QueuedItem } from '../outbox/item-queue.ts';
import { Schedule } from './schedule.ts';
import type { DeliveryEvent } from './transition.ts';

export interface CourierParts extends StepParts {
  readonly itemsPerMinute: number;
  /** An undelivered item is deleted at this age. */
  readonly retentionMs: number;
}

/** How often old items are looked for, and the longest sleep. Own decision. */
const ROUND_MS = 60 * 60_000;
/** How long the courier rests after a step that met a bug. Own decision. */
const REST_MS = 60_000;

export class Courier {
  readonly schedule: Schedule;
  readonly gate: Gate;
  readonly #parts: CourierParts;
  readonly #steps: ItemSteps;
  readonly #pacing: Pacing;
  readonly #stop = new AbortController();
  #nap = new AbortController();
  #roundAtMs = -Infinity;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: CourierParts) {
    const { outbox, clock, itemsPerMinute } = parts;
    this.#parts = parts;
    this.schedule = new Schedule(outbox);
    this.gate = new Gate(clock);
    this.#pacing = new Pacing(clock, itemsPerMinute);
    this.#steps = new ItemSteps(parts, this.schedule, this.gate, this.#stop.signal);
  }

  get outbox(): Outbox {
    return this.#parts.outbox;
  }

  /** Begins to deliver. What was under way when the last run ended is reconciled, never resent. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends, after the call that is under way was given up and its outcome kept. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Saves an item and gives it its turn before all others. Ok means durable. */
  async accept(item: NewItem): Promise<Result<QueuedItem, 'STORAGE_FAILED'>> {
    const saved = await this.outbox.put(item);
    if (!saved.ok) return saved;
    const { state, code, attempts } = item.record;
    this.schedule.prefer(saved.value.itemId);
    this.#nap.abort();
    return ok({ ...saved.value, state, code, attempts, dueLivedMs: saved.value.savedLivedMs });
  }

  /** Sends an item again, as a person decided. ITEM_NOT_READY: its state does not allow it. */
  resend(itemId: string, token: ItemToken | null): Promise<Result<null>> {
    return this.#decide(itemId, { type: 'RESEND', token });
  }

  /** Deletes an item, as a person decided. */
  discard(itemId: string): Promise<Result<null>> {
    return this.#decide(itemId, { type: 'DISCARD' });
  }

  /** A person mended what was wrong: whatever waits may go, but for a time Mark ID asked for. */
  resume(): void {
    if (this.gate.condition().state !== 'cooling') this.gate.open();
    this.#tryNow();
  }

  /** The network may be back: a hint, so it ends no wait but that for the network. */
  networkReturned(): void {
    if (this.gate.isUnreachable) this.gate.open();
    this.#tryNow();
  }

  /** Whether the item will be tried now, and not at some later time. */
  isAboutToGo({ itemId, dueLivedMs }: QueuedItem): boolean {
    return dueLivedMs !== null && dueLivedMs <= this.outbox.time.livedMs() && this.#isFree(itemId);
  }

  #tryNow(): void {
    this.schedule.hurry();
    this.#nap.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted)
      try {
        await this.#deliver();
      } catch {
        // A bug, or a disk that gives nothing. Every durable step counts; the rest is tried later.
        this.#parts.events({ event: 'delivery.step-failed' });
        this.#nap = new AbortController();
        await this.#sleep(REST_MS);
      }
  }

  async #deliver(): Promise<void> {
    await this.#recover();
    while (!this.#stop.signal.aborted) {
      this.#nap = new AbortController();
      await this.#lookAfter();
      const next = this.schedule.next();
      const waitMs = next === null ? ROUND_MS : this.#waitMs(next);
      if (next === null || waitMs > 0) {
        await this.#sleep(Math.min(waitMs, ROUND_MS));
        continue;
      }
      this.#pacing.take();
      await this.#steps.drive(next.itemId, { type: isUnderWay(next.state) ? 'RESTARTED' : 'DUE' });
    }
  }

  /** What was under way when the last run, or the last attempt to keep it, ended. */
  async #recover(): Promise<void> {
    this.schedule.bound();
    for (const state of ['MINTING', 'SENDING'] as const)
      for (const { itemId } of this.outbox.queue.inState(state))
        await this.#steps.drive(itemId, { type: 'RESTARTED' });
    for (const { itemId } of this.outbox.queue.inState('DAMAGED')) await this.#steps.revive(itemId);
  }

  /** Somebody waits for the preferred item: being unreachable a moment ago is no reason not to try. */
  #isFree(itemId: string): boolean {
    const isBold = this.gate.isUnreachable && this.schedule.isPreferred(itemId);
    return isBold || this.gate.waitMs() === 0;
  }

  #waitMs({ itemId, dueLivedMs }: QueuedItem): number {
    const dueMs = (dueLivedMs ?? Infinity) - this.outbox.time.livedMs();
    const gateMs = this.#isFree(itemId) ? 0 : this.gate.waitMs();
    return Math.max(dueMs, gateMs, this.#pacing.waitMs());
  }

  async #sleep(ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#nap.signal, this.#stop.signal]);
    await this.#parts.clock.sleep(ms, signal);
  }

  /** Once in a while: what is too old goes, what a crash left is swept. */
  async #lookAfter(): Promise<void> {
    const { outbox, clock, retentionMs } = this.#parts;
    if (clock.monotonicMs() - this.#roundAtMs < ROUND_MS) return;
    this.#roundAtMs = clock.monotonicMs();
    for (const { itemId } of outbox.queue.savedBefore(outbox.time.livedMs() - retentionMs))
      await this.#steps.drive(itemId, { type: 'EXPIRED' });
    outbox.receipts.forget(retentionMs);
    await outbox.sweep();
  }

  async #decide(itemId: string, event: DeliveryEvent): Promise<Result<null>> {
    const decided = await this.#steps.decide(itemId, event);
    this.#nap.abort();
    return decided;
  }
}
