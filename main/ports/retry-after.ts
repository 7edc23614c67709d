/** Reads the Retry-After header (RFC 9110 §10.2.3): seconds, or a date. */

/** Longest wait believed: a server that says more than a day is wrong or hostile. Own decision. */
const MAX_SECONDS = 24 * 60 * 60;

/** Whole seconds to wait from `nowMs` (wall clock), null when the header is missing or makes no sense. */
export const parseRetryAfter = (value: string | undefined, nowMs: number): number | null => {
  const text = value?.trim() ?? '';
  if (/^[0-9]{1,9}$/.test(text)) return Math.min(Number(text), MAX_SECONDS);
  // The only date form servers send; Date.parse alone would also read `2` or `soon 5`.
  if (!/^[A-Z][a-z]{2}, .+ GMT$/.test(text)) return null;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return null;
  return Math.min(Math.max(Math.ceil((atMs - nowMs) / 1000), 0), MAX_SECONDS);
};
