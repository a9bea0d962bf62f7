/** Smallest padded plaintext: nearly all text tips have this one size. */
export const PADDING_FLOOR = 4096;

/**
 * Padmé (Nikitin et al., PURBs, 2019 §4) above a floor of 4 KiB: the smallest allowed length that holds `length` bytes. It leaks
 * O(log log n) bits of the length and adds at most 12 %.
 */
export function paddedLength(length: number): number {
  if (length <= PADDING_FLOOR) return PADDING_FLOOR;
  const exponent = Math.floor(Math.log2(length));
  const significant = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - significant);
  return Math.ceil(length / step) * step;
}

/** True for a length that `paddedLength` can give. */
export const isPaddedLength = (length: number): boolean =>
  Number.isSafeInteger(length) && length >= PADDING_FLOOR && paddedLength(length) === length;
