/** What passes between a session and its delivery: how it begins, what it hands out, what it is told. */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import type { SessionAids, SessionReceipt } from '../../preload/contract/session-channels.ts';
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';

export interface SessionStart {
  readonly language: string;
  readonly consentVersion: string;
  /** Wall clock, milliseconds since 1970; null where an earlier version of the kiosk did not keep it. */
  readonly consentAtMs: number | null;
  readonly token?: HandedToken | undefined;
  readonly customerReference?: string | null | undefined;
  readonly aids?: SessionAids | undefined;
}

/** What a submission needs of a session whose required pictures are all there. */
export interface CompleteSession {
  readonly language: string;
  readonly consentVersion: string;
  readonly consentAtMs: number | null;
  /** What the bank calls the customer by; null where nobody said. */
  readonly customerReference: string | null;
  /** The refused or retaken item whose place this submission takes. */
  readonly replaces: string | null;
  readonly country: string;
  readonly documentType: DocumentType;
  readonly token: HandedToken | null;
  readonly images: Readonly<Partial<Record<CaptureStep, Uint8Array>>>;
  /** Steps whose picture the page took as it is. */
  readonly takenAsIs: readonly CaptureStep[];
}

/** What a session begins with. */
export type Begun = Pick<
  CompleteSession,
  'language' | 'consentVersion' | 'consentAtMs' | 'customerReference'
>;

/** What became of a saved submission as far as its customer is concerned. */
export type Settlement =
  | { readonly kind: 'delivered'; readonly delivery: NonNullable<SessionReceipt['delivery']> }
  /** It will be sent without the customer; `code` says why not now, where something went wrong. */
  | { readonly kind: 'later'; readonly code: ErrorCode | null }
  /** Mark ID refused it: the customer is needed again. */
  | { readonly kind: 'refused'; readonly code: ErrorCode };

/** What a session for new pictures of an item starts from. */
export interface RetakeStart extends SessionStart {
  readonly itemId: string;
  /** The token the item was sent with; it is not taken a second time. */
  readonly sentToken: string | null;
  readonly country: string;
  readonly documentType: DocumentType;
}
