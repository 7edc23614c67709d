/**
 * Measures what came over the bridge before anything parses it, within a bounded number of steps,
 * so that neither a huge nor a cyclic nor a deeply nested value can occupy the main process.
 */
// SECURITY: SEC-09

/** Values inside one request. Own decision: the largest real request has eight. */
const MAX_VALUES = 1_000;

/** UTF-16 code units count two bytes; any other scalar eight, as in the structured clone format. */
const BYTES_PER_CODE_UNIT = 2;
const BYTES_PER_SCALAR = 8;

/**
 * Bytes a structured-clone value holds. Infinity when it has more than `MAX_VALUES` values, or
 * holds anything but plain objects, arrays, scalars and Uint8Arrays.
 */
export const payloadBytes = (payload: unknown): number => {
  const pending: unknown[] = [payload];
  let bytes = 0;
  for (let values = 0; pending.length > 0; values += 1) {
    if (values >= MAX_VALUES || pending.length > MAX_VALUES) return Infinity;
    const value = pending.pop();
    if (typeof value === 'string') {
      bytes += value.length * BYTES_PER_CODE_UNIT;
    } else if (value instanceof Uint8Array) {
      bytes += value.byteLength;
    } else if (Array.isArray(value)) {
      if (value.length > MAX_VALUES) return Infinity;
      pending.push(...value);
    } else if (typeof value === 'object' && value !== null) {
      if (Object.getPrototypeOf(value) !== Object.prototype) return Infinity;
      const entries = Object.entries(value);
      if (entries.length > MAX_VALUES) return Infinity;
      for (const [key, inner] of entries) {
        bytes += key.length * BYTES_PER_CODE_UNIT;
        pending.push(inner);
      }
    } else {
      bytes += BYTES_PER_SCALAR;
    }
  }
  return bytes;
};
