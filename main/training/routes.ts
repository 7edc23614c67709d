/**
 * The simulated API itself: four routes, who may call them, what each request does and is answered.
 * Never touches a socket: a request that arrived whole goes in, an answer comes out, in one step, so
 * that two requests with one token can't both win.
 */
import type { CaptureStep, DocumentType } from '../../preload/contract/vocabulary.ts';
import {
  bareRefusal,
  emptyAnswer,
  gatewayPage,
  jsonAnswer,
  refusal,
  withHeaders,
  type Answer,
} from './answers.ts';
import type { SessionStatus, TokenBook } from './token-book.ts';
import {
  checkAuthToken,
  checkScanRef,
  checkSubmission,
  checkTokenOrder,
  type Checked,
  type Submission,
} from './validation.ts';

export const ROUTES = ['token', 'process', 'status', 'delete'] as const;
export type Route = (typeof ROUTES)[number];

const PATH_PREFIX = '/api/v2/';

/** The path of a route. */
export const pathOf = (route: Route): string => `${PATH_PREFIX}${route}`;

/** The route a request target leads to, null for anything else. A query is ignored. */
export const routeOf = (target: string): Route | null => {
  const [path] = target.split('?', 1);
  return ROUTES.find((route) => path === pathOf(route)) ?? null;
};

/** HTTP Basic: user is the API key, password the secret. */
export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Pictures each document needs. */
export type RequiredSteps = Readonly<Record<DocumentType, readonly CaptureStep[]>>;

/** Source: markid-api, default table. UTILITY_BILL is the token's wish, not the document's. */
export const DEFAULT_REQUIRED_STEPS: RequiredSteps = {
  ID_CARD: ['FRONT', 'BACK', 'FACE'],
  PASSPORT: ['FRONT', 'FACE'],
  RESIDENCE_PERMIT: ['FRONT', 'BACK', 'FACE'],
  DRIVER_LICENSE: ['FRONT', 'BACK', 'FACE'],
  OTHER: ['FRONT', 'FACE'],
};

/** A submission the server took, with the session it belongs to. */
export interface AcceptedSubmission extends Submission {
  readonly authToken: string;
  readonly scanRef: string;
}

/** A request whose body arrived whole. */
export interface ApiRequest {
  readonly route: Route | null;
  readonly method: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Checked<unknown>;
}

/** `refuse`: a good submission only spends its token, as when the document is not recognised. */
export type Verdict = 'accept' | 'refuse';

export type Api = (request: ApiRequest, verdict: Verdict) => Answer;

export interface ApiOptions {
  readonly book: TokenBook;
  readonly credentials: Credentials;
  readonly requiredSteps: RequiredSteps;
  readonly onAccepted: (submission: AcceptedSubmission) => void;
}

const unknownReference = refusal('BAD_VALUE', 'No verification has this reference.');

const isAuthorized = (authorization: string | undefined, credentials: Credentials): boolean => {
  const pair = Buffer.from(`${credentials.apiKey}:${credentials.apiSecret}`).toString('base64');
  return authorization === `Basic ${pair}`;
};

/** `auto*` and `manual*` are known once the review is over. Words of the family. */
const verdictsOf = (status: SessionStatus) => {
  const isOver = status === 'APPROVED';
  return {
    autoDocument: isOver ? 'DOC_VALIDATED' : null,
    autoFace: isOver ? 'FACE_MATCH' : null,
    manualDocument: isOver ? 'DOC_VALIDATED' : null,
    manualFace: isOver ? 'FACE_MATCH' : null,
    fraudTags: [],
    mismatchTags: [],
  };
};

/** The API over one token book. */
export const createApi = (options: ApiOptions): Api => {
  const { book, credentials, requiredSteps } = options;

  const mintToken = (body: unknown): Answer => {
    const order = checkTokenOrder(body);
    if (!order.ok) return order.answer;
    const session = book.mint(order.value);
    if (session === null) return bareRefusal(409, 'The client has an active session.');
    const { expiryTimeS, ...echo } = order.value;
    return jsonAnswer({
      message: 'Token created successfully',
      ...echo,
      expiryTime: expiryTimeS,
      authToken: session.authToken,
      scanRef: session.scanRef,
      digitString: session.authToken.replaceAll(/\D/g, '').padStart(8, '0').slice(-8),
    });
  };

  const processSubmission = (body: unknown, verdict: Verdict): Answer => {
    const token = checkAuthToken(body);
    if (!token.ok) return token.answer;
    const session = book.spend(token.value);
    if (session === null) {
      return refusal('TOKEN_NOT_VALID', 'The token is expired, already used or unknown.');
    }
    const submission = checkSubmission(body);
    if (!submission.ok) return submission.answer;
    const { country, documentType, images } = submission.value;
    const { order } = session;
    if (order.country !== null && order.country !== country) {
      return refusal('BAD_VALUE', 'The token is for another country.');
    }
    if (order.documents !== null && !order.documents.includes(documentType)) {
      return refusal('BAD_VALUE', 'The token is for other documents.');
    }
    const steps = requiredSteps[documentType].filter(
      (step) => step !== 'FACE' || order.tokenType === 'IDENTIFICATION',
    );
    const needed = order.utilityBill ? [...steps, 'UTILITY_BILL' as const] : steps;
    const missing = needed.find((step) => images[step] === undefined);
    if (missing !== undefined) {
      return refusal('MISSING_VALUE', `No image provided for step '${missing}'`);
    }
    if (verdict === 'accept') {
      book.accept(session);
      const { authToken, scanRef } = session;
      options.onAccepted({ authToken, scanRef, country, documentType, images });
    }
    return emptyAnswer;
  };

  const tellStatus = (body: unknown): Answer => {
    const scanRef = checkScanRef(body);
    if (!scanRef.ok) return scanRef.answer;
    const found = book.find(scanRef.value);
    if (found === null) return unknownReference;
    return jsonAnswer({
      status: found.status,
      scanRef: found.session.scanRef,
      clientId: found.session.order.clientId,
      ...verdictsOf(found.status),
    });
  };

  const deleteSession = (body: unknown): Answer => {
    const scanRef = checkScanRef(body);
    if (!scanRef.ok) return scanRef.answer;
    if (book.find(scanRef.value) === null) return unknownReference;
    return book.remove(scanRef.value)
      ? emptyAnswer
      : refusal('PARTNER_ERROR', 'Token has not expired yet.');
  };

  const handlers: Record<Route, (body: unknown, verdict: Verdict) => Answer> = {
    token: mintToken,
    process: processSubmission,
    status: tellStatus,
    delete: deleteSession,
  };

  return (request, verdict) => {
    const { route, method, body } = request;
    if (route === null) return gatewayPage(404, 'Not Found');
    if (method !== 'POST') {
      const answer = refusal('METHOD_NOT_ALLOWED', 'Only POST is supported.');
      return withHeaders(answer, { allow: 'POST' });
    }
    if (!isAuthorized(request.authorization, credentials)) {
      return refusal('UNAUTHORIZED', 'Invalid authorization credentials');
    }
    if (!/^application\/json(\s*;|$)/i.test(request.contentType ?? '')) {
      return refusal('JSON_ERROR', 'The content type must be application/json.');
    }
    if (!body.ok) return body.answer;
    return handlers[route](body.value, verdict);
  };
};
