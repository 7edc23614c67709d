/**
 * Takes items from step to step: keeps each step durable before it is taken, does what follows, and
 * tells. Decides nothing about tokens (reduce.ts does); must never take a step that was not kept.
 */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { ItemState } from '../../preload/contract/outbox-words.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DeliveryProgress } from '../../preload/contract/session-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { MarkIdClient } from '../markid/client.ts';
import { referenceOf, type DeliveryRecord } from '../outbox/item.ts';
import type { OpenedItem, Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { askStatus, mint, send, type Call } from './calls.ts';
import { MINT_CONSEQUENCES } from './consequences.ts';
import type { Gate } from './gate.ts';
import { BACKOFF_MAX_MS, reduce } from './reduce.ts';
import type { QueuedItem } from '../outbox/item-queue.ts';
import type { Schedule } from './schedule.ts';
import type { DeliveryEvent, Effect, Surroundings, Transition } from './transition.ts';

/** What became of an item, told after it is durable. */
export interface ItemNews {
  readonly itemId: string;
  /** Null: it is no longer in the outbox. */
  readonly item: QueuedItem | null;
  /** There where Mark ID has it. */
  readonly delivered: {
    readonly scanRef: string | null;
    /** Wall clock. */
    readonly deliveredAtMs: number;
    readonly reconciled: boolean;
  } | null;
}

export interface StepParts {
  readonly outbox: Outbox;
  readonly client: MarkIdClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  /** Items born elsewhere are never sent. */
  readonly environment: Environment;
  readonly tokenSource: 'mint' | 'handoff';
  /** Life of a token, seconds. */
  readonly tokenExpirySeconds: number;
  readonly onProgress: (itemId: string, progress: DeliveryProgress) => void;
  readonly onNews: (news: ItemNews) => void;
}

const CALLS = { mint, send, 'ask-status': askStatus } as const;

/** Whether a call was begun in this state: it ends by its answer, or by finding it so later. */
export const isUnderWay = (state: ItemState): boolean => state === 'MINTING' || state === 'SENDING';

/** States in which an item's own turn leads on. */
const RESUMABLE: ReadonlySet<ItemState> = new Set<ItemState>(['QUEUED', 'READY', 'AMBIGUOUS']);

const isDamage = (code: ErrorCode): boolean => code === 'ITEM_DAMAGED' || code === 'ITEM_NEWER';

/** An item nobody can open can't be asked for its state; it can still be deleted. */
const isShredding = ({ type }: DeliveryEvent, code: ErrorCode): boolean =>
  (type === 'DISCARD' || type === 'EXPIRED') && isDamage(code);

export class ItemSteps {
  readonly #parts: StepParts;
  readonly #schedule: Schedule;
  readonly #gate: Gate;
  readonly #signal: AbortSignal;

  constructor(parts: StepParts, schedule: Schedule, gate: Gate, signal: AbortSignal) {
    this.#parts = parts;
    this.#schedule = schedule;
    this.#gate = gate;
    this.#signal = signal;
  }

  /** Takes the step of an event and every one that follows at once. */
  async drive(itemId: string, first: DeliveryEvent): Promise<void> {
    let event: DeliveryEvent | null = first;
    while (event !== null) event = await this.#apply(itemId, event);
  }

  /**
   * Looks once more at an item that an earlier run could not open: with its key, or the version that
   * sealed it, back in place it goes on from its last durable step.
   */
  async revive(itemId: string): Promise<void> {
    const { outbox } = this.#parts;
    const opened = this.#open(itemId);
    if (!opened.ok) return;
    const { record } = opened.value;
    if (!RESUMABLE.has(record.state)) await this.drive(itemId, { type: 'RESTARTED' });
    else if (outbox.save(itemId, record, outbox.time.livedMs()).ok) this.#note(itemId, record);
  }

  /** A person's decision. ITEM_NOT_READY: the item's state does not allow it. STORAGE_FAILED: it was not kept. */
  async decide(itemId: string, event: DeliveryEvent): Promise<Result<null>> {
    if (this.#schedule.get(itemId) === null) return fail('ITEM_MISSING');
    const opened = this.#open(itemId);
    if (!opened.ok && !isShredding(event, opened.error.code)) return opened;
    if (opened.ok && reduce(opened.value.record, event, this.#surroundings()) === null)
      return fail('ITEM_NOT_READY');
    await this.#apply(itemId, event);
    return this.#schedule.get(itemId)?.code === 'STORAGE_FAILED'
      ? fail('STORAGE_FAILED')
      : ok(null);
  }

  /** The event that leads on at once, if there is one. */
  async #apply(itemId: string, event: DeliveryEvent): Promise<DeliveryEvent | null> {
    const opened = this.#open(itemId);
    if (!opened.ok) {
      const { code } = opened.error;
      if (!isShredding(event, code)) return this.#postpone(itemId, code);
      await this.#end(itemId, null, { do: 'shred' });
      return null;
    }
    const { record, content } = opened.value;
    const next = reduce(record, event, this.#surroundings());
    if (next === null) {
      // What waits for a person has no turn that would come up for ever.
      if (!isUnderWay(record.state)) this.#schedule.rest(itemId, record.state, record.code);
      return null;
    }
    if (next.record === null) {
      for (const effect of next.effects) await this.#end(itemId, record, effect);
      return null;
    }
    const { outbox } = this.#parts;
    const dueLivedMs = next.waitMs === null ? null : outbox.time.livedMs() + next.waitMs;
    const saved = outbox.save(itemId, next.record, dueLivedMs);
    if (!saved.ok) return this.#postpone(itemId, saved.error.code);
    this.#note(itemId, next.record);
    this.#judge(event, next.waitMs);
    return this.#perform({ itemId, content, record: next.record }, next);
  }

  #open(itemId: string): Result<OpenedItem> {
    const opened = this.#parts.outbox.open(itemId);
    const isForeign = opened.ok && opened.value.content.environment !== this.#parts.environment;
    return isForeign ? fail('ITEM_DAMAGED') : opened;
  }

  async #perform(
    item: Pick<Call, 'itemId' | 'content' | 'record'>,
    { effects, waitMs }: Transition,
  ): Promise<DeliveryEvent | null> {
    const { itemId } = item;
    for (const effect of effects) {
      if (effect.do === 'pause') this.#gate.pause(effect.code);
      if (effect.do === 'cool') this.#gate.cool(effect.retryAfterSeconds);
      if (effect.do === 'quarantine') await this.#parts.outbox.quarantine(itemId);
    }
    this.#tell(itemId);
    for (const effect of effects)
      if (effect.do === 'mint' || effect.do === 'send' || effect.do === 'ask-status')
        return CALLS[effect.do](this.#parts, {
          ...item,
          signal: this.#signal,
          onProgress: (progress) => {
            this.#parts.onProgress(itemId, progress);
          },
        });
    const isFree = waitMs === 0 && this.#gate.waitMs() === 0 && !this.#signal.aborted;
    return isFree ? { type: 'DUE' } : null;
  }

  /** Ends an item: delivered or deleted. Where the disk refuses now, its last durable step counts. */
  async #end(itemId: string, record: DeliveryRecord | null, effect: Effect): Promise<void> {
    const { outbox, clock, events, onNews } = this.#parts;
    const delivered =
      effect.do === 'deliver'
        ? {
            scanRef: record?.token?.scanRef ?? null,
            deliveredAtMs: Math.round(clock.wallMs()),
            reconciled: effect.reconciled,
          }
        : null;
    const ended =
      delivered === null
        ? await outbox.remove(itemId)
        : await outbox.deliver({ itemId, ...delivered });
    if (delivered !== null) this.#reached();
    if (ended.ok) this.#schedule.settle(itemId);
    else this.#postpone(itemId, 'STORAGE_FAILED');
    events({
      event: 'delivery.item-ended',
      item: referenceOf(itemId),
      outcome: delivered === null ? 'DELETED' : delivered.reconciled ? 'CONFIRMED' : 'DELIVERED',
      isKept: ended.ok,
    });
    onNews({ itemId, item: this.#schedule.get(itemId), delivered });
  }

  /** What an answer says about everything else that waits. */
  #judge(event: DeliveryEvent, waitMs: number | null): void {
    switch (event.type) {
      case 'MINTED':
      case 'STATUS':
        this.#reached();
        break;
      case 'MINT_FAILED':
      case 'SEND_FAILED':
      case 'STATUS_FAILED':
        if (MINT_CONSEQUENCES[event.code] === 'again' && event.code !== 'SEND_CANCELLED')
          this.#gate.unreachable(event.code, Math.min(waitMs ?? BACKOFF_MAX_MS, BACKOFF_MAX_MS));
        break;
      case 'DUE':
      case 'SENT':
      case 'RESTARTED':
      case 'RESEND':
      case 'DISCARD':
      case 'EXPIRED':
      case 'DAMAGED':
        break;
    }
  }

  #reached(): void {
    if (this.#gate.succeeded()) this.#schedule.hurry();
  }

  /** The item could not be read or kept now: it is tried later, from its last durable step. */
  #postpone(itemId: string, code: ErrorCode): null {
    if (code === 'ITEM_DAMAGED' || code === 'ITEM_NEWER')
      this.#schedule.rest(itemId, 'DAMAGED', code);
    else this.#schedule.postpone(itemId, code);
    this.#tell(itemId);
    return null;
  }

  #note(itemId: string, { state, code, attempts }: DeliveryRecord): void {
    this.#schedule.settle(itemId);
    const item = referenceOf(itemId);
    this.#parts.events({ event: 'delivery.item-changed', item, state, code, attempts });
  }

  #tell(itemId: string): void {
    this.#parts.onNews({ itemId, item: this.#schedule.get(itemId), delivered: null });
  }

  #surroundings(): Surroundings {
    const { outbox, random, tokenSource, tokenExpirySeconds } = this.#parts;
    const [draw = 0] = random.bytes(1);
    return {
      nowLivedMs: outbox.time.livedMs(),
      steadySinceLivedMs: outbox.time.steadySinceMs,
      tokenSource,
      tokenLifeMs: tokenExpirySeconds * 1000,
      jitter: draw / 256,
      freshClientId: random.uuid(),
    };
  }
}
