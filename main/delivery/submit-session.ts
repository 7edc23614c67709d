/**
 * Submits one customer's session and remembers, in memory alone, what became of its tokens. The
 * rule it keeps: a token goes to `/process` at most once, unless no byte of the body had left, or
 * Mark ID's status called it unused a minute or more after the last byte. A person presses, this
 * acts once; it never retries, polls or waits by itself.
 */
import type { DeliveryErrorCode } from '../../preload/contract/error-codes.ts';
import { LIMITS } from '../../preload/contract/limits.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type {
  DeliveryProgress,
  HandedToken,
  SessionReceipt,
} from '../../preload/contract/session-channels.ts';
import type { AppStatus } from '../../preload/contract/app-channels.ts';
import type { MarkIdCallErrorCode, MarkIdClient } from '../markid/client.ts';
import {
  buildProcessBody,
  measureProcessBody,
  type ProcessContent,
} from '../markid/request-body.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import {
  SEND_CONSEQUENCES,
  STATUS_CONSEQUENCES,
  type StatusConsequence,
} from './token-consequences.ts';

/** A complete session. The token is the one handed over last; where tokens are minted it is ignored. */
export interface SubmissionContent extends Omit<ProcessContent, 'authToken'> {
  readonly token: HandedToken | null;
}

export interface SubmissionRun {
  readonly signal: AbortSignal;
  /** `sentBytes` and `totalBytes` are 0 while nothing is being uploaded. Must not throw. */
  readonly onProgress: (progress: DeliveryProgress) => void;
}

export type SubmissionErrorCode =
  MarkIdCallErrorCode | DeliveryErrorCode | 'SUBMISSION_RUNNING' | 'TOKEN_MISSING';

type Outcome = Result<SessionReceipt, SubmissionErrorCode>;

export interface Submission {
  /**
   * One press of a person. Once delivered, every further call gives the same receipt. After any
   * failure it can be pressed again: where the outcome is open that press asks Mark ID first.
   * DELIVERY_UNCONFIRMED: nobody can tell yet. TOKEN_SPENT: the content needs another token.
   */
  submit(content: SubmissionContent, run: SubmissionRun): Promise<Outcome>;
}

export interface SubmissionParts {
  readonly client: MarkIdClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly tokenSource: AppStatus['tokenSource'];
  /** Life asked for of a minted token; the policy's `tokens.expirySeconds`. */
  readonly tokenExpirySeconds: number;
}

interface Token {
  readonly authToken: string;
  /** Null for a handed token that came without one: its fate can't be asked for. */
  readonly scanRef: string | null;
  /** Monotonic. A handed token's age is not known here; Mark ID judges it. */
  readonly usableUntilMs: number;
}

interface UnsentAttempt {
  readonly state: 'unsent';
  readonly token: Token;
}

/** Mark ID may have the submission. */
interface UnknownAttempt {
  readonly state: 'unknown';
  readonly token: Token;
  /** Monotonic; not before the last byte of the body left. */
  readonly lastByteAtMs: number;
  /** Why nobody knows. */
  readonly cause: MarkIdCallErrorCode;
}

/** What asking brought: the receipt, or why there is none. `unsettled`: unused, but ask again later. */
type Verdict = SessionReceipt | Exclude<StatusConsequence, 'delivered'> | 'unsettled';

/** A token is not sent in its last minutes. Own decision: twice the longest upload allowed. */
const TOKEN_MARGIN_MS = 10 * 60_000;

/** ACTIVE means unused only when Mark ID had time to notice the upload. Source: delivery.md. */
const SETTLING_MS = 60_000;

/** Longer than any token: sizes are proven before a token is asked for. */
const LONGEST_TOKEN = 'x'.repeat(LIMITS.authTokenMaxChars);

/** Makes the submission of one session; it must live as long as the session does. */
export const createSubmission = (parts: SubmissionParts): Submission => {
  const { client, clock, random, tokenSource, tokenExpirySeconds } = parts;
  const externalRef = random.uuid();
  /** Tokens that must never be sent again, should anyone hand them over or mint them twice. */
  const spentTokens = new Set<string>();
  let clientId = externalRef;
  let attempt: UnsentAttempt | UnknownAttempt | null = null;
  let receipt: SessionReceipt | null = null;
  let isRunning = false;

  const deliver = ({ scanRef }: Token, reconciled: boolean): SessionReceipt => {
    attempt = null;
    receipt = { scanRef, deliveredAtMs: clock.wallMs(), reconciled };
    return receipt;
  };

  const discard = ({ authToken }: Token): void => {
    attempt = null;
    spentTokens.add(authToken);
  };

  const unknownNow = (token: Token, cause: MarkIdCallErrorCode): UnknownAttempt => ({
    state: 'unknown',
    token,
    lastByteAtMs: clock.monotonicMs(),
    cause,
  });

  /** Asks Mark ID, once, what became of a token whose fate is unknown. */
  const reconcile = async (
    { token, lastByteAtMs, cause }: UnknownAttempt,
    run: SubmissionRun,
  ): Promise<Verdict> => {
    const ask = async (scanRef: string): Promise<StatusConsequence> => {
      run.onProgress({ stage: 'confirming', sentBytes: 0, totalBytes: 0 });
      const status = await client.status(scanRef, run.signal);
      return status.ok ? STATUS_CONSEQUENCES[status.value] : 'unconfirmed';
    };
    const isSettled = clock.monotonicMs() - lastByteAtMs >= SETTLING_MS;
    const isInvalid = cause === 'MARKID_TOKEN_NOT_VALID';
    // Without a reference nobody can be asked, and Mark ID's word on the token is all there is.
    const noReference = isInvalid ? 'expired' : 'unconfirmed';
    const told = token.scanRef === null ? noReference : await ask(token.scanRef);
    // A token that is neither used nor valid never will be either.
    const consequence = told === 'unused' && isInvalid ? 'expired' : told;
    if (consequence === 'delivered') return deliver(token, true);
    if (consequence === 'unused' && !isSettled) return 'unsettled';
    if (consequence === 'unused') attempt = { state: 'unsent', token };
    if (consequence === 'expired') discard(token);
    return consequence;
  };

  const mint = async (
    content: SubmissionContent,
    run: SubmissionRun,
  ): Promise<Result<Token, MarkIdCallErrorCode>> => {
    run.onProgress({ stage: 'requesting-token', sentBytes: 0, totalBytes: 0 });
    const usableUntilMs = clock.monotonicMs() + tokenExpirySeconds * 1000 - TOKEN_MARGIN_MS;
    const hasUtilityBill = content.images.UTILITY_BILL !== undefined;
    const ask = () =>
      client.mintToken(
        { clientId, externalRef, expirySeconds: tokenExpirySeconds, hasUtilityBill },
        run.signal,
      );
    let minted = await ask();
    if (!minted.ok && minted.error.code === 'MARKID_CLIENT_BUSY') {
      clientId = random.uuid();
      minted = await ask();
    }
    if (minted.ok) return ok({ ...minted.value, usableUntilMs });
    // A token that was made and lost is no loss: no picture has left, and the next press asks anew.
    const { code } = minted.error;
    return fail(code === 'ANSWER_LOST' ? 'NETWORK_UNREACHABLE' : code);
  };

  /** The token to send: the one in hand, the one handed over, or a fresh one. */
  const acquireToken = async (
    content: SubmissionContent,
    run: SubmissionRun,
  ): Promise<Result<Token, SubmissionErrorCode>> => {
    if (tokenSource === 'handoff') {
      const handed = content.token;
      if (handed === null) return fail('TOKEN_MISSING');
      const { authToken, scanRef = null } = handed;
      return ok({ authToken, scanRef, usableUntilMs: Infinity });
    }
    if (attempt !== null && clock.monotonicMs() < attempt.token.usableUntilMs)
      return ok(attempt.token);
    return mint(content, run);
  };

  const send = async (
    token: Token,
    content: SubmissionContent,
    run: SubmissionRun,
    mayAsk: boolean,
  ): Promise<Outcome> => {
    const body = buildProcessBody({ ...content, authToken: token.authToken });
    if (!body.ok) return body;
    const totalBytes = body.value.byteLength;
    const report = (sentBytes: number): void => {
      run.onProgress({ stage: 'sending', sentBytes, totalBytes });
    };
    report(0);
    // Before the first byte, so that even a fault of our own can't make the token look unused.
    attempt = unknownNow(token, 'ANSWER_LOST');
    const sent = await client.process(body.value, { signal: run.signal, onSent: report });
    if (sent.ok) return ok(deliver(token, false));

    const { code } = sent.error;
    switch (SEND_CONSEQUENCES[code]) {
      case 'unused':
        attempt = { state: 'unsent', token };
        return fail(code);
      case 'spent':
        discard(token);
        return fail(code);
      case 'unknown':
        break;
    }
    const unknown = unknownNow(token, code);
    attempt = unknown;
    const verdict = mayAsk ? await reconcile(unknown, run) : 'unconfirmed';
    if (typeof verdict === 'object') return ok(verdict);
    if (verdict === 'expired') return fail(tokenSource === 'handoff' ? 'TOKEN_SPENT' : code);
    return fail(verdict === 'unsettled' ? code : 'DELIVERY_UNCONFIRMED');
  };

  const press = async (content: SubmissionContent, run: SubmissionRun): Promise<Outcome> => {
    const open = attempt;
    if (open?.state === 'unknown') {
      const verdict = await reconcile(open, run);
      if (typeof verdict === 'object') return ok(verdict);
      if (verdict === 'unsettled' || verdict === 'unconfirmed') {
        const isReplaced =
          tokenSource === 'handoff' &&
          content.token !== null &&
          content.token.authToken !== open.token.authToken;
        if (!isReplaced) return fail(verdict === 'unsettled' ? open.cause : 'DELIVERY_UNCONFIRMED');
        // Staff handed over another token: their decision to risk a second verification.
        discard(open.token);
      }
    }
    const size = measureProcessBody({ ...content, authToken: LONGEST_TOKEN });
    if (!size.ok) return size;
    const token = await acquireToken(content, run);
    if (!token.ok) return token;
    if (spentTokens.has(token.value.authToken)) return fail('TOKEN_SPENT');
    const hasAsked = open?.state === 'unknown' && open.token.scanRef !== null;
    return send(token.value, content, run, !hasAsked);
  };

  return {
    submit: async (content, run) => {
      if (receipt !== null) return ok(receipt);
      if (isRunning) return fail('SUBMISSION_RUNNING');
      isRunning = true;
      try {
        return await press(content, run);
      } finally {
        isRunning = false;
      }
    },
  };
};
