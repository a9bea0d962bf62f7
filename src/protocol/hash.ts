import { lengthPrefixed } from './bytes.ts';
import type { Hashes } from './suite.ts';

/**
 * H(tag, …fields): the protocol's one hash. The first 32 bytes of BLAKE2b-512 over the length-prefixed tag and fields
 * (docs/protocol.md, Hashing). Strings are UTF-8.
 */
export function taggedHash(
  hashes: Pick<Hashes, 'blake2b512'>,
  tag: string,
  ...fields: readonly (string | Uint8Array)[]
): Uint8Array {
  return hashes.blake2b512(lengthPrefixed(tag, ...fields)).slice(0, 32);
}
