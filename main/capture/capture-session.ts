/**
 * One customer's session in memory: language, document, token, and the pictures that are ready to
 * be sent. Must never outlive its customer: `end` overwrites every picture.
 */
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { HandedToken } from '../../preload/contract/handed-token.ts';
import { fail, ok, type Failure, type Result } from '../../preload/contract/result.ts';
import type {
  SessionAids,
  SessionReceipt,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import {
  CAPTURE_STEPS,
  type CaptureSource,
  type CaptureStep,
  type DocumentType,
  type PictureSummary,
} from '../../preload/contract/vocabulary.ts';
import type { Random } from '../ports/random.ts';
import type { FittedPicture } from './image-pipeline.ts';
import { PageTray } from './page/page-tray.ts';
import type { DocumentSteps, SessionRules } from './session-rules.ts';
import { SessionPictures } from './session-pictures.ts';
import type {
  Begun,
  CompleteSession,
  RetakeStart,
  SessionStart,
  Settlement,
} from './submission.ts';

type SessionErrorCode =
  | 'NO_SESSION'
  | 'CONSENT_OUTDATED'
  | 'TOKEN_MISSING'
  | 'TOKEN_SPENT'
  | 'REFERENCE_MISSING'
  | 'DOCUMENT_NOT_ALLOWED'
  | 'STEP_NOT_EXPECTED'
  | 'PICTURE_MISSING'
  | 'SUBMISSION_RUNNING';
type SessionResult<Value> = Result<Value, SessionErrorCode>;

/** The steps that show the document itself: pictures of one document are no pictures of another. */
const DOCUMENT_STEPS: ReadonlySet<CaptureStep> = new Set<CaptureStep>(['FRONT', 'BACK']);

/** The session of whoever stands at the kiosk now. */
export class CaptureSession {
  readonly #rules: SessionRules;
  readonly #random: Random;
  readonly #pictures = new SessionPictures();
  /** What a scanner has given for this customer, to cut pictures out of. */
  readonly pages: PageTray;
  #state: SessionView['state'] = 'idle';
  #token: HandedToken | null = null;
  readonly #sentTokens = new Set<string>();
  #document: { country: string; documentType: DocumentType; steps: DocumentSteps } | null = null;
  #begun: Begun | null = null;
  #aids: SessionAids | null = null;
  #receipt: SessionReceipt | null = null;
  #refusal: ErrorCode | null = null;
  /** The item of this session's submission, or the one it will replace. */
  #itemId: string | null = null;

  constructor(rules: SessionRules, random: Random) {
    this.#rules = rules;
    this.#random = random;
    this.pages = new PageTray(random);
  }

  /** Everything a screen may know. */
  view(): SessionView {
    return {
      state: this.#state,
      environment: this.#rules.environment,
      language: this.#begun?.language ?? null,
      aids: this.#aids,
      customerReference: this.#begun?.customerReference ?? null,
      country: this.#document?.country ?? null,
      documentType: this.#document?.documentType ?? null,
      steps: this.#steps(),
      receipt: this.#receipt,
      refusal: this.#refusal,
    };
  }

  /** The item this session's submission became, while it is on its way. */
  get deliveringItemId(): string | null {
    return this.#state === 'delivering' ? this.#itemId : null;
  }

  /** Begins for a new customer; whatever an earlier one left is gone first. */
  start(request: SessionStart): SessionResult<SessionView> {
    if (this.#state === 'submitting') return fail('SUBMISSION_RUNNING');
    if (request.consentVersion !== this.#rules.consentVersion) return fail('CONSENT_OUTDATED');
    if (this.#rules.needsToken && request.token === undefined) return fail('TOKEN_MISSING');
    const customerReference = this.#referenceOf(request);
    if (this.#rules.reference === 'required' && customerReference === null)
      return fail('REFERENCE_MISSING');
    this.#begin(request, customerReference);
    this.#token = this.#rules.needsToken ? (request.token ?? null) : null;
    return ok(this.view());
  }

  /** Begins for new pictures of an item whose customer had agreed before. */
  startRetake(request: RetakeStart): SessionResult<SessionView> {
    if (this.#state === 'submitting') return fail('SUBMISSION_RUNNING');
    const steps = this.#rules.stepsFor(request.country, request.documentType);
    if (steps === null) return fail('DOCUMENT_NOT_ALLOWED');
    this.#begin(request, request.customerReference ?? null);
    this.#itemId = request.itemId;
    if (request.sentToken !== null) this.#sentTokens.add(request.sentToken);
    this.#document = { country: request.country, documentType: request.documentType, steps };
    return ok(this.view());
  }

  /** For a page that has to come back; gone with the customer. */
  keepAids(aids: SessionAids): SessionResult<null> {
    if (this.#state === 'idle') return fail('NO_SESSION');
    this.#aids = aids;
    return ok(null);
  }

  /** Takes a fresh token for the pictures of this session, where the old one is spent. */
  replaceToken(token: HandedToken): SessionResult<SessionView> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    if (this.#sentTokens.has(token.authToken)) return fail('TOKEN_SPENT');
    this.#token = token;
    return ok(this.view());
  }

  /** Sets the document. Pictures of another document, or of a step that this one lacks, are forgotten. */
  chooseDocument(country: string, documentType: DocumentType): SessionResult<SessionView> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    const steps = this.#rules.stepsFor(country, documentType);
    if (steps === null) return fail('DOCUMENT_NOT_ALLOWED');
    const isSame =
      this.#document?.country === country && this.#document.documentType === documentType;
    this.#document = { country, documentType, steps };
    if (!isSame) this.pages.clear();
    for (const step of CAPTURE_STEPS)
      if (!this.#isExpected(step) || (!isSame && DOCUMENT_STEPS.has(step)))
        this.#pictures.drop(step);
    return ok(this.view());
  }

  /** Whether a picture of this step would be taken. */
  expects(step: CaptureStep): SessionResult<null> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    return this.#isExpected(step) ? ok(null) : fail('STEP_NOT_EXPECTED');
  }

  /** Keeps a fitted picture in place of an earlier one of the same step; overwrites it if it came too late. */
  store(
    step: CaptureStep,
    source: CaptureSource,
    picture: FittedPicture,
    isTakenAsIs = false,
  ): SessionResult<PictureSummary> {
    const expected = this.expects(step);
    if (!expected.ok) {
      picture.jpeg.fill(0);
      return expected;
    }
    const warnings = [...picture.warnings, ...(isTakenAsIs ? (['TAKEN_AS_IS'] as const) : [])];
    const pictureId = this.#random.uuid();
    return ok(this.#pictures.put(step, pictureId, source, { ...picture, warnings }));
  }

  /** The JPEG that will be sent. It is overwritten with the session: the caller must not keep it. */
  read(pictureId: string): SessionResult<Uint8Array> {
    const jpeg = this.#pictures.read(pictureId);
    return jpeg !== null
      ? ok(jpeg)
      : fail(this.#state === 'idle' ? 'NO_SESSION' : 'PICTURE_MISSING');
  }

  discard(step: CaptureStep): SessionResult<null> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    this.#pictures.drop(step);
    return ok(null);
  }

  /** Hands everything out for a submission and holds the session still until `markSaved` or `abandonSubmission`. */
  beginSubmission(): SessionResult<CompleteSession> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    if (this.#document === null || this.#begun === null) return fail('PICTURE_MISSING');
    if (this.#rules.needsToken && this.#token === null) return fail('TOKEN_MISSING');
    const { country, documentType, steps } = this.#document;
    if (steps.required.some((step) => !this.#pictures.has(step))) return fail('PICTURE_MISSING');
    this.#state = 'submitting';
    return ok({
      ...this.#begun,
      replaces: this.#itemId,
      country,
      documentType,
      token: this.#token,
      images: this.#pictures.jpegs(),
      takenAsIs: this.#pictures.warnedOf('TAKEN_AS_IS'),
    });
  }

  /** Nothing was saved: back to capturing with all pictures. */
  abandonSubmission(): void {
    this.#state = 'capturing';
  }

  /** The submission is durable as this item. Its pictures stay until it is settled. */
  markSaved(itemId: string, receipt: SessionReceipt): void {
    this.#state = 'delivering';
    this.#itemId = itemId;
    if (this.#token !== null) this.#sentTokens.add(this.#token.authToken);
    this.#receipt = receipt;
    this.#refusal = null;
  }

  /** Delivered or kept for later: no pictures any more. Refused: back to capturing with all of them. */
  settle(settlement: Settlement): void {
    if (this.#state !== 'delivering') return;
    if (settlement.kind === 'refused') {
      this.#state = 'capturing';
      this.#refusal = settlement.code;
      this.#receipt = null;
      this.#token = null;
      return;
    }
    this.#pictures.dropAll();
    this.pages.clear();
    this.#token = null;
    this.#itemId = null;
    this.#state = settlement.kind === 'later' ? 'saved' : 'delivered';
    if (this.#receipt === null) return;
    this.#receipt =
      settlement.kind === 'delivered'
        ? { ...this.#receipt, delivery: settlement.delivery }
        : { ...this.#receipt, code: settlement.code };
  }

  /** Forgets the customer. What is saved stays in the outbox. */
  end(): SessionResult<null> {
    if (this.#state === 'submitting') return fail('SUBMISSION_RUNNING');
    this.#wipe();
    return ok(null);
  }

  /** Whatever an earlier customer left is gone first. */
  #begin(
    { language, consentVersion, consentAtMs, aids }: SessionStart,
    customerReference: string | null,
  ): void {
    this.#wipe();
    this.#state = 'capturing';
    this.#begun = { language, consentVersion, consentAtMs, customerReference };
    this.#aids = aids ?? null;
  }

  /** What staff said goes before what the bank's system handed over with the token. */
  #referenceOf({ customerReference, token }: SessionStart): string | null {
    return this.#rules.reference === 'off' ? null : (customerReference ?? token?.clientId ?? null);
  }

  #notCapturing(): Failure<'SUBMISSION_RUNNING' | 'NO_SESSION'> {
    return fail(this.#state === 'submitting' ? 'SUBMISSION_RUNNING' : 'NO_SESSION');
  }

  #isExpected(step: CaptureStep): boolean {
    const steps = this.#document?.steps;
    return steps !== undefined && [...steps.required, ...steps.optional].includes(step);
  }

  #steps(): SessionStep[] {
    return CAPTURE_STEPS.filter((step) => this.#isExpected(step)).map((step) => ({
      step,
      required: this.#document?.steps.required.includes(step) ?? false,
      picture: this.#pictures.summary(step),
    }));
  }

  #wipe(): void {
    this.#pictures.dropAll();
    this.pages.clear();
    this.#state = 'idle';
    this.#token = null;
    this.#sentTokens.clear();
    this.#begun = null;
    this.#aids = null;
    this.#document = null;
    this.#receipt = null;
    this.#refusal = null;
    this.#itemId = null;
  }
}
