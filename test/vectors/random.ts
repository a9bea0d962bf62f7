import type { Suite } from '../../src/protocol/suite.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/**
 * A suite whose randomness is written down, so that another implementation can repeat a vector: draw number n (from 0) of L bytes
 * is the first L bytes of BLAKE2b-512(seed ‖ '/' ‖ n ‖ '/' ‖ i) for i = 0, 1, 2 … joined, all numbers in decimal, all text UTF-8.
 */
export function seededSuite(suite: Suite, seed: string): Suite {
  let draw = 0;
  const randomBytes = (length: number): Uint8Array => {
    const out = new Uint8Array(length);
    for (let block = 0; block * 64 < length; block++) {
      const bytes = suite.blake2b512(utf8(`${seed}/${draw}/${block}`));
      out.set(bytes.subarray(0, Math.min(64, length - block * 64)), block * 64);
    }
    draw++;
    return out;
  };
  return { ...suite, randomBytes };
}
