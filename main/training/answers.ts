/**
 * The shapes of what the simulator says: Mark ID's error body, JSON, nothing, a gateway's page.
 * Never repeats a word of a request: messages are fixed texts and names out of closed lists.
 */

/** One complete HTTP answer. `content-length` is added when it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * HTTP status of each identifier. Source: markid-api, identifiers; the family answers 400 where its
 * pages name no other status.
 */
const STATUS_OF = {
  MISSING_VALUE: 400,
  BAD_VALUE: 400,
  VALIDATION_ERROR: 400,
  ENCODING_ERROR: 400,
  JSON_ERROR: 400,
  METHOD_NOT_ALLOWED: 405,
  TOKEN_NOT_VALID: 400,
  UNAUTHORIZED: 401,
  PERMISSIONS_ERROR: 403,
  PARTNER_CONTRACT_ERROR: 400,
  PARTNER_ERROR: 400,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
} as const;

/** What Mark ID names as the reason of a refusal. */
export type Identifier = keyof typeof STATUS_OF;

const JSON_TYPE = { 'content-type': 'application/json' };

/** 200 with a JSON body. */
export const jsonAnswer = (value: unknown): Answer => ({
  status: 200,
  headers: JSON_TYPE,
  body: JSON.stringify(value),
});

/** 200 without a body: the success of `/process` and `/delete`. */
export const emptyAnswer: Answer = { status: 200, headers: {}, body: '' };

/** Mark ID's error body with the status that belongs to the identifier. */
export const refusal = (identifier: Identifier, message: string): Answer => ({
  status: STATUS_OF[identifier],
  headers: JSON_TYPE,
  body: JSON.stringify({
    message,
    identifier,
    documentation: `https://simulator.invalid/errors/${identifier}`,
    severity: identifier === 'INTERNAL_ERROR' ? 'SEVERE' : 'NOT_SEVERE',
  }),
});

/** An error body without `identifier`, as the family sends for some statuses. */
export const bareRefusal = (status: number, message: string): Answer => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ message }),
});

/** What a gateway in front of the API says: HTML, no identifier. */
export const gatewayPage = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** The same answer with more headers. */
export const withHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
