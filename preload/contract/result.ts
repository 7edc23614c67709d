/**
 * How an expected failure travels: as a plain value that survives structured clone.
 * Never carries server text, paths or personal data: a closed code is all that crosses a border.
 */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** A failure with a code out of a closed set. */
export interface Failure<Code extends string = ErrorCode> {
  readonly ok: false;
  readonly error: { readonly code: Code };
}

/** The outcome of an operation that can fail in expected ways. */
export type Result<Value, Code extends string = ErrorCode> =
  { readonly ok: true; readonly value: Value } | Failure<Code>;

/** Wraps a value as success. */
export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

/** Makes a failure of the given code. */
export const fail = <Code extends string>(code: Code): Failure<Code> => ({
  ok: false,
  error: { code },
});

/** Schema of a Result whose success carries `value`. */
export const resultOf = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: z.strictObject({ code: z.enum(ERROR_CODES) }) }),
  ]);
