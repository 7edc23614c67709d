/** The kinds of values a policy is made of. */
import { isAbsolute } from 'node:path/posix';
import { isAbsolute as isAbsoluteWindows } from 'node:path/win32';
import { z } from 'zod';

/** An origin: a host name has at most 253 characters (RFC 1035 §2.3.4), plus scheme and port. */
const ORIGIN_MAX_CHARS = 267;

/** Own decision: the longest path Linux takes; Windows' own limit is shorter. */
const PATH_MAX_CHARS = 4096;

/** Scheme, host and port, and nothing else, in the spelling of RFC 6454 §6.2. */
// SECURITY: SEC-25
export const httpsOrigin = z
  .string()
  .max(ORIGIN_MAX_CHARS)
  .refine((text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' && url.origin === text;
  });

/** Absolute on some system; policy-file.ts asks again for the one it runs on. */
export const absolutePath = z
  .string()
  .max(PATH_MAX_CHARS)
  .refine((path) => isAbsolute(path) || isAbsoluteWindows(path));

export const isUnique = (values: readonly unknown[]): boolean =>
  new Set(values).size === values.length;

export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).refine(isUnique);

/** A scanner's: it may have no https. */
export const webOrigin = z
  .string()
  .max(ORIGIN_MAX_CHARS)
  .refine((text) => {
    const url = URL.parse(text);
    return (url?.protocol === 'http:' || url?.protocol === 'https:') && url.origin === text;
  });
