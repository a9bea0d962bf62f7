/** GF(2^8) with the polynomial of QR codes, x^8+x^4+x^3+x^2+1. */
const EXP: number[] = [];
const LOG: number[] = [];
for (let i = 0, value = 1; i < 255; i++) {
  EXP[i] = value;
  LOG[value] = i;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

const multiply = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0);

/** Coefficients of (x − 1)(x − α)…(x − α^(length−1)), highest first, without the leading 1. */
const generator = (length: number): number[] => {
  let coefficients = [1];
  for (let i = 0; i < length; i++) {
    const next = [...coefficients, 0];
    for (const [at, value] of coefficients.entries())
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(value, EXP[i] ?? 0);
    coefficients = next;
  }
  return coefficients.slice(1);
};

/** The `length` error-correction codewords of some data codewords. */
export const remainder = (data: readonly number[], length: number): number[] => {
  const divisor = generator(length);
  const rest = Array.from({ length }, () => 0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [at, coefficient] of divisor.entries())
      rest[at] = (rest[at] ?? 0) ^ multiply(coefficient, factor);
  }
  return rest;
};
