/** The three things an item asks of Mark ID, each ending in the event its answer means. */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { DeliveryProgress } from '../../preload/contract/session-channels.ts';
import { processBody } from '../markid/request-body.ts';
import type { MarkIdClient } from '../markid/client.ts';
import type { DeliveryRecord, ItemContent } from '../outbox/item.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { DeliveryEvent } from './transition.ts';

export interface Call {
  readonly itemId: string;
  readonly content: ItemContent;
  readonly record: DeliveryRecord;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DeliveryProgress) => void;
}

export interface CallParts {
  readonly outbox: Outbox;
  readonly client: MarkIdClient;
  /** Life asked for of a minted token. */
  readonly tokenExpirySeconds: number;
}

/** Nothing left the kiosk: the disk did not give the pictures now. */
const NOT_NOW = { code: 'SEND_CANCELLED', retryAfterSeconds: null } as const;

/** What a failure to read the pictures means before anything was sent. */
const unreadable = (type: 'MINT_FAILED' | 'SEND_FAILED', code: ErrorCode): DeliveryEvent =>
  code === 'ITEM_DAMAGED' || code === 'ITEM_NEWER'
    ? { type: 'DAMAGED', code }
    : { type, ...NOT_NOW };

/** Asks for a token, once the pictures it is for are known to be whole. */
export const mint = async (parts: CallParts, call: Call): Promise<DeliveryEvent> => {
  const { outbox, client, tokenExpirySeconds: expirySeconds } = parts;
  const { itemId, content, record, signal } = call;
  call.onProgress({ stage: 'requesting-token', sentBytes: 0, totalBytes: 0 });
  const whole = await outbox.withPictures(itemId, async (pictures) => ({
    hasUtilityBill: pictures.UTILITY_BILL !== undefined,
  }));
  if (!whole.ok) return unreadable('MINT_FAILED', whole.error.code);
  const { clientId } = record;
  const { externalRef } = content;
  const sinceLivedMs = outbox.time.livedMs();
  const minted = await client.mintToken(
    { clientId, externalRef, expirySeconds, ...whole.value },
    signal,
  );
  return minted.ok
    ? { type: 'MINTED', token: { ...minted.value, sinceLivedMs } }
    : { type: 'MINT_FAILED', ...minted.error };
};

/** Sends the item. Its record says SENDING, durably, before this is called. */
export const send = async (parts: CallParts, call: Call): Promise<DeliveryEvent> => {
  const { itemId, content, record, signal, onProgress } = call;
  const { token } = record;
  if (token === null) throw new Error('An item is sent with a token only.');
  const sent = await parts.outbox.withPictures(itemId, async (images): Promise<DeliveryEvent> => {
    const { country, documentType } = content;
    const body = processBody({ authToken: token.authToken, country, documentType, images });
    // Proven when it was saved; a kiosk with other limits may have done that.
    if (!body.ok)
      return { type: 'SEND_FAILED', code: 'MARKID_REQUEST_TOO_LARGE', retryAfterSeconds: null };
    const totalBytes = body.value.sizeBytes;
    const report = (sentBytes: number): void => {
      onProgress({ stage: 'sending', sentBytes, totalBytes });
    };
    report(0);
    const answer = await parts.client.process(body.value, { signal, onSent: report });
    return answer.ok ? { type: 'SENT' } : { type: 'SEND_FAILED', ...answer.error };
  });
  return sent.ok ? sent.value : unreadable('SEND_FAILED', sent.error.code);
};

/** Asks what became of the item's token. */
export const askStatus = async (parts: CallParts, call: Call): Promise<DeliveryEvent> => {
  const scanRef = call.record.token?.scanRef ?? null;
  if (scanRef === null) return { type: 'STATUS', status: 'UNKNOWN' };
  call.onProgress({ stage: 'confirming', sentBytes: 0, totalBytes: 0 });
  const answer = await parts.client.status(scanRef, call.signal);
  return answer.ok
    ? { type: 'STATUS', status: answer.value }
    : { type: 'STATUS_FAILED', ...answer.error };
};
