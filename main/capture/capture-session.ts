/**
 * One customer's session in memory: language, document, token, and the pictures that are ready to
 * be sent. Must never outlive its customer: `end` overwrites every picture.
 */
import { fail, ok, type Failure, type Result } from '../../preload/contract/result.ts';
import type {
  HandedToken,
  SessionReceipt,
  SessionStep,
  SessionView,
} from '../../preload/contract/session-channels.ts';
import {
  CAPTURE_STEPS,
  type CaptureSource,
  type CaptureStep,
  type DocumentType,
  type Environment,
  type PictureSummary,
} from '../../preload/contract/vocabulary.ts';
import type { Random } from '../ports/random.ts';
import type { FittedPicture } from './image-pipeline.ts';

/** Which pictures a document needs and which it may have. */
export interface DocumentSteps {
  readonly required: readonly CaptureStep[];
  readonly optional: readonly CaptureStep[];
}

export interface SessionRules {
  readonly environment: Environment;
  readonly consentVersion: string;
  /** True where the bank hands a verification token over with each customer. */
  readonly needsToken: boolean;
  /** Null for a document or country the policy does not allow. */
  stepsFor(country: string, documentType: DocumentType): DocumentSteps | null;
}

export interface SessionStart {
  readonly language: string;
  readonly consentVersion: string;
  readonly token?: HandedToken | undefined;
}

/** What a submission needs of a session whose required pictures are all there. */
export interface CompleteSession {
  readonly country: string;
  readonly documentType: DocumentType;
  readonly token: HandedToken | null;
  readonly images: Readonly<Partial<Record<CaptureStep, Uint8Array>>>;
}

interface StoredPicture {
  readonly summary: PictureSummary;
  readonly jpeg: Uint8Array;
}

type SessionErrorCode =
  | 'NO_SESSION'
  | 'CONSENT_OUTDATED'
  | 'TOKEN_MISSING'
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
  readonly #pictures = new Map<CaptureStep, StoredPicture>();
  #state: SessionView['state'] = 'idle';
  #language: string | null = null;
  #token: HandedToken | null = null;
  #document: { country: string; documentType: DocumentType; steps: DocumentSteps } | null = null;
  #receipt: SessionReceipt | null = null;

  constructor(rules: SessionRules, random: Random) {
    this.#rules = rules;
    this.#random = random;
  }

  /** Everything a screen may know. */
  view(): SessionView {
    return {
      state: this.#state,
      environment: this.#rules.environment,
      language: this.#language,
      country: this.#document?.country ?? null,
      documentType: this.#document?.documentType ?? null,
      steps: this.#steps(),
      receipt: this.#receipt,
    };
  }

  /** Begins for a new customer; whatever an earlier one left is gone first. */
  start(request: SessionStart): SessionResult<SessionView> {
    if (this.#state === 'submitting') return fail('SUBMISSION_RUNNING');
    if (request.consentVersion !== this.#rules.consentVersion) return fail('CONSENT_OUTDATED');
    if (this.#rules.needsToken && request.token === undefined) return fail('TOKEN_MISSING');
    this.#wipe();
    this.#state = 'capturing';
    this.#language = request.language;
    this.#token = this.#rules.needsToken ? (request.token ?? null) : null;
    return ok(this.view());
  }

  /** Takes a fresh token for the pictures of this session, where the old one is spent. */
  replaceToken(token: HandedToken): SessionResult<SessionView> {
    if (this.#state !== 'capturing') return this.#notCapturing();
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
    for (const step of CAPTURE_STEPS)
      if (!this.#isExpected(step) || (!isSame && DOCUMENT_STEPS.has(step))) this.#drop(step);
    return ok(this.view());
  }

  /** Whether a picture of this step would be taken, so that no work is spent on one that is not. */
  expects(step: CaptureStep): SessionResult<null> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    return this.#isExpected(step) ? ok(null) : fail('STEP_NOT_EXPECTED');
  }

  /** Keeps a fitted picture in place of an earlier one of the same step; overwrites it if it came too late. */
  store(
    step: CaptureStep,
    source: CaptureSource,
    picture: FittedPicture,
  ): SessionResult<PictureSummary> {
    const expected = this.expects(step);
    if (!expected.ok) {
      picture.jpeg.fill(0);
      return expected;
    }
    this.#drop(step);
    const summary: PictureSummary = {
      pictureId: this.#random.uuid(),
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
      sizeBytes: picture.jpeg.byteLength,
      source,
      warnings: [...picture.warnings],
    };
    this.#pictures.set(step, { summary, jpeg: picture.jpeg });
    return ok(summary);
  }

  /** The JPEG that will be sent. It is overwritten with the session: the caller must not keep it. */
  read(pictureId: string): SessionResult<Uint8Array> {
    for (const { summary, jpeg } of this.#pictures.values())
      if (summary.pictureId === pictureId) return ok(jpeg);
    return fail(this.#state === 'idle' ? 'NO_SESSION' : 'PICTURE_MISSING');
  }

  discard(step: CaptureStep): SessionResult<null> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    this.#drop(step);
    return ok(null);
  }

  /** Hands everything out for a submission and holds the session still until `finishSubmission`. */
  beginSubmission(): SessionResult<CompleteSession> {
    if (this.#state !== 'capturing') return this.#notCapturing();
    if (this.#document === null) return fail('PICTURE_MISSING');
    const { country, documentType, steps } = this.#document;
    if (steps.required.some((step) => !this.#pictures.has(step))) return fail('PICTURE_MISSING');
    this.#state = 'submitting';
    const images: Partial<Record<CaptureStep, Uint8Array>> = {};
    for (const [step, { jpeg }] of this.#pictures) images[step] = jpeg;
    return ok({ country, documentType, token: this.#token, images });
  }

  /** Delivered: a receipt and no pictures any more. Failed: back to capturing with all of them. */
  finishSubmission<Code extends string>(outcome: Result<SessionReceipt, Code>): void {
    if (!outcome.ok) {
      this.#state = 'capturing';
      return;
    }
    this.#dropAll();
    this.#token = null;
    this.#state = 'delivered';
    this.#receipt = outcome.value;
  }

  /** Forgets the customer. */
  end(): SessionResult<null> {
    if (this.#state === 'submitting') return fail('SUBMISSION_RUNNING');
    this.#wipe();
    return ok(null);
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
      picture: this.#pictures.get(step)?.summary ?? null,
    }));
  }

  // SECURITY: SEC-22
  #drop(step: CaptureStep): void {
    this.#pictures.get(step)?.jpeg.fill(0);
    this.#pictures.delete(step);
  }

  #dropAll(): void {
    for (const step of CAPTURE_STEPS) this.#drop(step);
  }

  #wipe(): void {
    this.#dropAll();
    this.#state = 'idle';
    this.#language = null;
    this.#token = null;
    this.#document = null;
    this.#receipt = null;
  }
}
