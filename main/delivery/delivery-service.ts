/**
 * Everything that is kept and sent for one environment, as one thing the kiosk starts and stops:
 * outbox, courier, and the session at the kiosk. Training and production each have their own and
 * never meet.
 */
import type { OutboxErrorCode } from '../../preload/contract/error-codes.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import type { OutboxSummary, OutboxView } from '../../preload/contract/outbox-channels.ts';
import type { ActionReason, ItemAction } from '../../preload/contract/outbox-words.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { DeliveryProgress, SessionReceipt } from '../../preload/contract/session-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { CaptureSession } from '../capture/capture-session.ts';
import type { RetakeStart } from '../capture/submission.ts';
import type { EventSink } from '../diagnostics/events.ts';
import type { MarkIdClient } from '../markid/client.ts';
import { checkCapacity } from '../outbox/capacity.ts';
import { referenceOf } from '../outbox/item.ts';
import type { KeySealer } from '../outbox/item-keys.ts';
import { openOutbox, type OpenCode, type OutboxPorts } from '../outbox/open-outbox.ts';
import { createTurnstile } from '../settings/one-at-a-time.ts';
import type { Policy } from '../settings/policy.ts';
import { Courier } from './courier.ts';
import { countItems, describeOutbox, summarise } from './outbox-view.ts';
import { NEEDS_DECISION } from './reduce.ts';
import { SessionDelivery } from './session-delivery.ts';

export interface DeliveryServiceParts extends Omit<OutboxPorts, 'sealer'> {
  readonly sealer: KeySealer;
  readonly client: MarkIdClient;
  readonly environment: Environment;
  readonly policy: Policy;
  readonly session: CaptureSession;
  readonly events: EventSink;
  readonly onProgress: (progress: DeliveryProgress) => void;
  /** The session left `delivering`. */
  readonly onSettled: () => void;
  /** Something the summary shows changed. */
  readonly onChange: () => void;
}

export interface StartedService {
  readonly service: DeliveryService;
  readonly warnings: readonly OutboxErrorCode[];
}

const DAY_MS = 24 * 3_600_000;

export class DeliveryService {
  readonly #parts: DeliveryServiceParts;
  readonly #courier: Courier;
  readonly #sessionDelivery: SessionDelivery;
  /** What a person asked for ends before the outbox is let go of. */
  readonly #inTurn = createTurnstile();

  private constructor(parts: DeliveryServiceParts, courier: Courier, delivery: SessionDelivery) {
    this.#parts = parts;
    this.#courier = courier;
    this.#sessionDelivery = delivery;
  }

  /** Opens the outbox and begins to deliver what is in it. */
  static async start(parts: DeliveryServiceParts): Promise<Result<StartedService, OpenCode>> {
    const opened = await openOutbox(parts);
    if (!opened.ok) return opened;
    const { outbox, warnings } = opened.value;
    const { policy, session } = parts;
    const courier = new Courier({
      ...parts,
      outbox,
      tokenSource: policy.tokens.source,
      tokenExpirySeconds: policy.tokens.expirySeconds,
      itemsPerMinute: policy.delivery.itemsPerMinute,
      retentionMs: policy.outbox.retentionDays * DAY_MS,
      onProgress: (itemId, progress) => {
        if (session.deliveringItemId === itemId) parts.onProgress(progress);
      },
      onNews: (news) => {
        delivery.onNews(news);
        parts.onChange();
      },
    });
    const delivery = new SessionDelivery({ ...parts, courier });
    parts.events({
      event: 'outbox.opened',
      environment: parts.environment,
      itemCount: countItems(courier),
      warning: warnings[0] ?? null,
    });
    courier.start();
    return ok({ service: new DeliveryService(parts, courier, delivery), warnings });
  }

  /** Ends every call that is under way and lets go of the outbox; what is being saved is saved first. */
  stop(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#courier.stop();
      this.#courier.outbox.close();
    });
  }

  /** Whether another customer's pictures could be kept. */
  async capacity(): ReturnType<typeof checkCapacity> {
    const { disk, folder, policy } = this.#parts;
    try {
      return await checkCapacity(disk, folder, countItems(this.#courier), policy.outbox);
    } catch {
      // The index does not even say how many there are.
      return fail('STORAGE_FAILED');
    }
  }

  /** Saves the session's submission; see SessionDelivery.submit. */
  async submit(): Promise<Result<SessionReceipt>> {
    // Begun at once, so that nothing else is asked of the session meanwhile.
    const submitted = this.#sessionDelivery.submit();
    const saved = await this.#inTurn(() => submitted);
    if (saved.ok) this.#parts.onChange();
    return saved;
  }

  summary(): OutboxSummary {
    return summarise(this.#courier, this.#parts.clock);
  }

  view(): OutboxView {
    return describeOutbox(this.#courier, this.#parts.clock, this.#parts.environment);
  }

  /** Sends an item again, with the bank's new token where it hands tokens over. */
  resend(itemId: string, reason: ActionReason, token: HandedToken | null): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const sinceLivedMs = this.#courier.outbox.time.livedMs();
      const done = await this.#courier.resend(
        itemId,
        token === null
          ? null
          : { authToken: token.authToken, scanRef: token.scanRef ?? null, sinceLivedMs },
      );
      if (done.ok) this.#noteDecision(itemId, 'resend', reason);
      return done;
    });
  }

  /** Deletes an item for good. */
  discard(itemId: string, reason: ActionReason): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const done = await this.#courier.discard(itemId);
      if (done.ok) this.#noteDecision(itemId, 'discard', reason);
      return done;
    });
  }

  /** What a session for new pictures of an item begins with. ITEM_NOT_READY: it may still be delivered by itself. */
  retake(itemId: string, reason: ActionReason): Result<RetakeStart> {
    const item = this.#courier.schedule.get(itemId);
    if (item !== null && !NEEDS_DECISION.has(item.state)) return fail('ITEM_NOT_READY');
    const opened = this.#courier.outbox.open(itemId);
    if (!opened.ok) return opened;
    this.#noteDecision(itemId, 'retake', reason);
    const { content, record } = opened.value;
    return ok({ itemId, ...content, sentToken: record.lastSentToken ?? null });
  }

  /** Ends a pause: an operator mended what was wrong. */
  resume(): void {
    this.#courier.resume();
    this.#parts.onChange();
  }

  /** The network may be back. */
  networkReturned(): void {
    this.#courier.networkReturned();
  }

  /** The machine slept, and its clocks with it. */
  machineResumed(): void {
    this.#courier.outbox.time.resumed();
    this.#courier.networkReturned();
  }

  /** Nobody waits before the screen any longer. */
  customerLeft(): void {
    this.#courier.schedule.prefer(null);
  }

  #noteDecision(itemId: string, action: ItemAction, reason: ActionReason): void {
    this.#parts.events({
      event: 'outbox.item-decided',
      item: referenceOf(itemId),
      action,
      reason,
    });
  }
}
