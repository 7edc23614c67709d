/**
 * The closed list of ways the simulator can misbehave, as data: where, with what effect, seen how.
 * Never says when: that is a plan's business (fault-plan.ts).
 */
import { bareRefusal, gatewayPage, refusal, withHeaders, type Answer } from './answers.ts';
import { ROUTES, type Route } from './routes.ts';

/** What reaches the wire instead of the true answer. */
export type FaultWire =
  /** Another answer, after the body was read. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Another answer as soon as the headers are there; the body is never read. */
  | { readonly kind: 'answer-early'; readonly answer: Answer }
  /** TCP reset. Mid: after half of the declared body. */
  | { readonly kind: 'reset'; readonly point: 'before-body' | 'mid-body' | 'after-body' }
  /** No answer, connection left open. */
  | { readonly kind: 'silence' }
  /** The true answer, one byte at a time. */
  | { readonly kind: 'drip' }
  /** A 200 whose announced body never comes. */
  | { readonly kind: 'cut' };

export interface Fault {
  /** Where it can happen; the first is where it does unless an order says otherwise. */
  readonly routes: readonly Route[];
  /**
   * What the request does before the wire misbehaves. `none`: nothing. `handled`: all it would do on
   * a healthy server, a token minted or spent included. `refused`: a submission spends its token in
   * vain; nothing on other routes.
   */
  readonly effect: 'none' | 'handled' | 'refused';
  readonly wire: FaultWire;
}

/** Seconds in the Retry-After of the fault that has one: a moment even where time runs 600 times as fast. */
export const RETRY_AFTER_SECONDS = 30;

/** Where the redirect leads: nowhere, and a request that follows it is seen in the journal. */
const REDIRECT_TARGET = '/redirected';

const EVERYWHERE: readonly Route[] = ['process', ...ROUTES.filter((route) => route !== 'process')];
const SUBMISSION_ONLY: readonly Route[] = ['process'];

const answering = (answer: Answer, routes = EVERYWHERE): Fault => ({
  routes,
  effect: 'none',
  wire: { kind: 'answer', answer },
});

/** The server looked at the submission and did not like it. */
const refusing = (answer: Answer, routes = EVERYWHERE): Fault => ({
  routes,
  effect: 'refused',
  wire: { kind: 'answer', answer },
});

/** The request took effect, only the answer is wrong. */
const handled = (wire: FaultWire): Fault => ({ routes: EVERYWHERE, effect: 'handled', wire });

const unharmed = (wire: FaultWire): Fault => ({ routes: EVERYWHERE, effect: 'none', wire });

const internalError = refusal('INTERNAL_ERROR', 'An unexpected error occurred.');
const badGateway = gatewayPage(502, 'Bad Gateway');
const tooManyRequests = refusal('TOO_MANY_REQUESTS', 'The rate limit is exceeded.');

const DOCUMENT_NOT_DETECTED = refusal('VALIDATION_ERROR', 'Document not detected');
const GARBAGE = '{"message": "trunc\u0000';

/** Every fault by name. Statuses and identifiers: markid-api, identifiers. */
export const FAULTS = {
  UNAUTHORIZED: answering(refusal('UNAUTHORIZED', 'Invalid authorization credentials')),
  /** Family: authentication failures may come without identifier. */
  UNAUTHORIZED_BARE: answering(bareRefusal(401, 'Invalid authorization credentials')),
  PAYMENT_REQUIRED: answering(bareRefusal(402, 'Action not allowed due to lack of funds.')),
  PERMISSIONS_ERROR: answering(refusal('PERMISSIONS_ERROR', 'Insufficient permissions.')),
  PERMISSIONS_ERROR_BARE: answering(bareRefusal(403, 'Partner inactive')),
  PARTNER_CONTRACT_ERROR: answering(refusal('PARTNER_CONTRACT_ERROR', 'Not in the contract.')),
  TOKEN_NOT_VALID: answering(
    refusal('TOKEN_NOT_VALID', 'The token is expired, already used or unknown.'),
    SUBMISSION_ONLY,
  ),
  MISSING_VALUE: refusing(refusal('MISSING_VALUE', "No image provided for step 'BACK'")),
  BAD_VALUE: refusing(refusal('BAD_VALUE', 'A value is not valid.')),
  VALIDATION_ERROR: refusing(refusal('VALIDATION_ERROR', 'A field failed validation.')),
  ENCODING_ERROR: answering(refusal('ENCODING_ERROR', 'The body is not valid UTF-8.')),
  JSON_ERROR: answering(refusal('JSON_ERROR', 'The body is not valid JSON.')),
  METHOD_NOT_ALLOWED: answering(refusal('METHOD_NOT_ALLOWED', 'Only POST is supported.')),
  CLIENT_BUSY: answering(bareRefusal(409, 'The client has an active session.'), ['token']),
  REQUEST_TOO_LARGE: {
    routes: SUBMISSION_ONLY,
    effect: 'none',
    wire: { kind: 'answer-early', answer: gatewayPage(413, 'Request Entity Too Large') },
  },
  TOO_MANY_REQUESTS: answering(tooManyRequests),
  TOO_MANY_REQUESTS_RETRY_AFTER: answering(
    withHeaders(tooManyRequests, { 'retry-after': String(RETRY_AFTER_SECONDS) }),
  ),
  INTERNAL_ERROR: answering(internalError),
  INTERNAL_ERROR_ACCEPTED: handled({ kind: 'answer', answer: internalError }),
  BAD_GATEWAY: answering(badGateway),
  BAD_GATEWAY_ACCEPTED: handled({ kind: 'answer', answer: badGateway }),
  SERVICE_UNAVAILABLE: answering(gatewayPage(503, 'Service Unavailable')),
  REDIRECT: answering({ status: 302, headers: { location: REDIRECT_TARGET }, body: '' }),
  ACCEPTED_WITH_ERROR: refusing({ ...DOCUMENT_NOT_DETECTED, status: 200 }, SUBMISSION_ONLY),
  UNREADABLE_200: handled({
    kind: 'answer',
    answer: { status: 200, headers: { 'content-type': 'application/json' }, body: GARBAGE },
  }),
  UNREADABLE_400: answering({
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: GARBAGE,
  }),
  RESET_BEFORE_BODY: unharmed({ kind: 'reset', point: 'before-body' }),
  RESET_MID_BODY: unharmed({ kind: 'reset', point: 'mid-body' }),
  RESET_AFTER_BODY: unharmed({ kind: 'reset', point: 'after-body' }),
  RESET_AFTER_BODY_ACCEPTED: handled({ kind: 'reset', point: 'after-body' }),
  SILENCE: unharmed({ kind: 'silence' }),
  SILENCE_ACCEPTED: handled({ kind: 'silence' }),
  DRIP: handled({ kind: 'drip' }),
  CUT_200: handled({ kind: 'cut' }),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** Whether a text names a fault. */
export const isFaultName = (text: string): text is FaultName => Object.hasOwn(FAULTS, text);

/** All names, in the order of the table. */
export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS).filter(isFaultName);
