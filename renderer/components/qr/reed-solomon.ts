/** Error correction of QR codes: Reed–Solomon over GF(256). Source: ISO/IEC 18004 §7.5 and Annex A. */

/** x^8 + x^4 + x^3 + x^2 + 1. */
const FIELD_POLYNOMIAL = 0x11d;

const EXPONENTS = new Uint8Array(510);
const LOGARITHMS = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXPONENTS[power] = value;
  EXPONENTS[power + 255] = value;
  LOGARITHMS[value] = power;
  value = value < 128 ? value * 2 : (value * 2) ^ FIELD_POLYNOMIAL;
}

const at = (values: Uint8Array, index: number): number => values[index] ?? 0;

const multiply = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : at(EXPONENTS, at(LOGARITHMS, a) + at(LOGARITHMS, b));

/** Coefficients of the generator below its leading 1, highest power first. */
const generator = (degree: number): Uint8Array => {
  let coefficients = Uint8Array.of(1);
  for (let root = 0; root < degree; root += 1) {
    const next = new Uint8Array(coefficients.length + 1);
    for (const [index, coefficient] of coefficients.entries()) {
      next[index] = at(next, index) ^ coefficient;
      next[index + 1] = multiply(coefficient, at(EXPONENTS, root));
    }
    coefficients = next;
  }
  return coefficients.subarray(1);
};

/** The codewords that follow a block's data. */
export const correctionOf = (data: Uint8Array, count: number): Uint8Array => {
  const divisor = generator(count);
  const rest = new Uint8Array(count);
  for (const byte of data) {
    const factor = byte ^ at(rest, 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    for (const [index, coefficient] of divisor.entries())
      rest[index] = at(rest, index) ^ multiply(coefficient, factor);
  }
  return rest;
};
