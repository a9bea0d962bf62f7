import { verifyMultiProof } from '../ledger/multi-proof.ts';
import type { Sha256 } from '../ledger/sha256.ts';
import { fromBase64Url } from '../protocol/base64.ts';
import { fromHex } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';

/**
 * Whether what a scoped bundle opens is in the tree of its checkpoint. `placed`: places and entry hashes, in any order; `nodes`: the bundle's
 * multi-proof in base64url; `root`: of the checkpoint in hex, null without one.
 */
export function isScopeProven(
  sha256: Sha256,
  placed: readonly { readonly index: number; readonly node: Uint8Array }[],
  nodes: readonly string[],
  size: number,
  root: string | null,
): boolean {
  const read = nodes.flatMap((node) => nodeOf(node) ?? []);
  if (root === null || read.length !== nodes.length) return false;
  const sorted = placed.toSorted((a, b) => a.index - b.index);
  return verifyMultiProof(sha256, sorted, size, read, fromHex(root));
}

/** A node of a proof; null when it cannot be read. */
function nodeOf(text: string): Uint8Array | null {
  try {
    return fromBase64Url(text);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
