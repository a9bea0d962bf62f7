import { concat, lengthPrefixed, u32 } from './bytes.ts';
import type { Suite } from './suite.ts';

const BLOCK = 64;

/**
 * A suite whose random bytes follow from a secret 32-byte seed and nothing else: the same calls give the same bytes. For the script-less
 * form alone, where the same post must make the same tip (docs/protocol.md, Submission). Draw n of a seed, from 0, is the beginning of
 * keyed BLAKE2b(seed, LP('tk1/plain-draw', n, i)) for i = 0, 1, … joined, numbers as u32.
 */
export function seededSuite(suite: Suite, seed: Uint8Array): Suite {
  let drawn = 0;
  return {
    ...suite,
    randomBytes(length) {
      const n = u32(drawn);
      drawn += 1;
      const blocks = Array.from({ length: Math.ceil(length / BLOCK) }, (_, i) =>
        suite.blake2bKeyed(seed, lengthPrefixed('tk1/plain-draw', n, u32(i)), BLOCK),
      );
      return concat(...blocks).slice(0, length);
    },
  };
}
