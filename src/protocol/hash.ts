import { lengthPrefixed, utf8, writeU32 } from './bytes.ts';
import type { Hashes } from './suite.ts';

/** Length-prefixed tags, made once each: tags are constants of the code, so there are few. */
const tags = new Map<string, Uint8Array>();

function prefixedTag(tag: string): Uint8Array {
  const known = tags.get(tag);
  if (known !== undefined) return known;
  const made = lengthPrefixed(tag);
  tags.set(tag, made);
  return made;
}

/**
 * H(tag, …fields): the protocol's one hash. The first 32 bytes of BLAKE2b-512 over the length-prefixed tag and fields
 * (docs/protocol.md, Hashing). Strings are UTF-8.
 */
export function taggedHash(
  hashes: Pick<Hashes, 'blake2b512'>,
  tag: string,
  ...fields: readonly (string | Uint8Array)[]
): Uint8Array {
  const prefix = prefixedTag(tag);
  const parts: Uint8Array[] = [];
  let length = prefix.length;
  for (const field of fields) {
    const bytes = typeof field === 'string' ? utf8(field) : field;
    parts.push(bytes);
    length += 4 + bytes.length;
  }
  const input = new Uint8Array(length);
  input.set(prefix);
  let at = prefix.length;
  for (const bytes of parts) {
    writeU32(input, at, bytes.length);
    input.set(bytes, at + 4);
    at += 4 + bytes.length;
  }
  return hashes.blake2b512(input).slice(0, 32);
}
