/**
 * Turns the session of whoever stands at the kiosk into an item of the outbox, and tells the session
 * what becomes of it while its customer is there. Must never acknowledge what is not durable.
 */
import { LIMITS } from '../../preload/contract/limits.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { SessionReceipt } from '../../preload/contract/session-channels.ts';
import type { Environment } from '../../preload/contract/vocabulary.ts';
import type { CaptureSession } from '../capture/capture-session.ts';
import type { CompleteSession, Settlement } from '../capture/submission.ts';
import type { EventSink } from '../diagnostics/events.ts';
import { measureProcessBody } from '../markid/request-body.ts';
import { referenceOf, type DeliveryRecord } from '../outbox/item.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Courier } from './courier.ts';
import type { ItemNews } from './item-steps.ts';
import { NEEDS_DECISION } from './reduce.ts';
import type { QueuedItem } from '../outbox/item-queue.ts';

export interface SessionDeliveryParts {
  readonly courier: Courier;
  readonly session: CaptureSession;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventSink;
  readonly environment: Environment;
  /** The session left `delivering`. */
  readonly onSettled: () => void;
}

/** Longer than any token: sizes are proven before anything is saved. */
const LONGEST_TOKEN = 'x'.repeat(LIMITS.authTokenMaxChars);

/** States in which somebody who is still there can help. */
const NEEDS_CUSTOMER: ReadonlySet<QueuedItem['state']> = new Set<QueuedItem['state']>([
  'NEEDS_TOKEN',
  'NEEDS_PERSON',
  'DAMAGED',
]);

/** States in which a new submission takes the item's place. */
const isReplaceable = ({ state }: QueuedItem): boolean =>
  NEEDS_DECISION.has(state) || state === 'DAMAGED';

export class SessionDelivery {
  readonly #parts: SessionDeliveryParts;

  constructor(parts: SessionDeliveryParts) {
    this.#parts = parts;
  }

  /** Saves the session's submission. Ok means durable; otherwise nothing was saved and nothing lost. */
  async submit(): Promise<Result<SessionReceipt>> {
    const { session, courier, clock, events } = this.#parts;
    const complete = session.beginSubmission();
    if (!complete.ok) return complete;
    const startedAtMs = clock.monotonicMs();
    const saved = await this.#save(complete.value);
    if (!saved.ok) {
      session.abandonSubmission();
      return saved;
    }
    const { itemId, savedWallMs, sizeBytes } = saved.value;
    const receipt = {
      reference: referenceOf(itemId),
      savedAtMs: savedWallMs,
      code: null,
      delivery: null,
    };
    events({
      event: 'outbox.item-saved',
      item: receipt.reference,
      imageCount: Object.keys(complete.value.images).length,
      takenAsIsCount: complete.value.takenAsIs.length,
      sizeBytes,
      durationMs: Math.round(clock.monotonicMs() - startedAtMs),
    });
    session.markSaved(itemId, receipt);
    // What the courier told before the session knew its item was told to nobody.
    this.onNews({ itemId, item: courier.schedule.get(itemId), delivered: null });
    return ok(receipt);
  }

  /** What the courier tells of any item. */
  onNews({ itemId, item, delivered }: ItemNews): void {
    const { session, courier } = this.#parts;
    if (session.deliveringItemId !== itemId) return;
    if (delivered !== null) this.#settle({ kind: 'delivered', delivery: delivered });
    else if (item === null) this.#settle({ kind: 'later', code: null });
    else if (NEEDS_CUSTOMER.has(item.state))
      this.#settle({ kind: 'refused', code: item.code ?? 'DELIVERY_UNCONFIRMED' });
    else if (item.state !== 'MINTING' && item.state !== 'SENDING' && !courier.isAboutToGo(item))
      this.#leave(item);
  }

  async #save(complete: CompleteSession): Promise<Result<QueuedItem>> {
    const { courier, random, environment } = this.#parts;
    const { country, documentType, images, language, token, replaces } = complete;
    const { consentVersion, consentAtMs, customerReference } = complete;
    const pictureBytes = Object.fromEntries(
      Object.entries(images).map(([step, { byteLength }]) => [step, byteLength]),
    );
    const size = measureProcessBody(
      { authToken: LONGEST_TOKEN, country, documentType },
      pictureBytes,
    );
    if (!size.ok) return size;
    const externalRef = random.uuid();
    const record: DeliveryRecord = {
      state: token === null ? 'QUEUED' : 'READY',
      code: null,
      token:
        token === null
          ? null
          : {
              authToken: token.authToken,
              scanRef: token.scanRef ?? null,
              sinceLivedMs: courier.outbox.time.livedMs(),
            },
      clientId: token?.clientId ?? externalRef,
      isClientIdRedrawn: false,
      attempts: 0,
      failures: 0,
      asks: 0,
      lastByteLivedMs: null,
    };
    // An item that was decided otherwise meanwhile is not replaced; the new one counts all the same.
    const replaced = replaces === null ? null : courier.schedule.get(replaces);
    return courier.accept({
      content: {
        environment,
        country,
        documentType,
        language,
        consentVersion,
        consentAtMs,
        externalRef,
        customerReference,
        takenAsIs: complete.takenAsIs,
      },
      record,
      pictures: images,
      replaces: replaced !== null && isReplaceable(replaced) ? replaced.itemId : null,
    });
  }

  /** It goes on without its customer. What holds all items up is the better reason. */
  #leave(item: QueuedItem): void {
    const condition = this.#parts.courier.gate.condition();
    const code = 'code' in condition && condition.state !== 'closed' ? condition.code : item.code;
    this.#settle({ kind: 'later', code });
  }

  #settle(settlement: Settlement): void {
    this.#parts.courier.schedule.prefer(null);
    this.#parts.session.settle(settlement);
    this.#parts.onSettled();
  }
}
