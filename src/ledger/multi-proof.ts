import { sameBytes } from './encoding.ts';
import { type NodeReader, rangeHash, splitOf } from './proofs.ts';
import type { Sha256 } from './sha256.ts';
import { nodeHash } from './tree.ts';

const areAscending = (indices: readonly number[], size: number): boolean =>
  indices.every((index, i) => Number.isSafeInteger(index) && index > (indices[i - 1] ?? -1) && index < size);

/**
 * The hashes that are needed, besides the nodes of the entries themselves, to compute the root of `size` entries: one for each largest
 * range without any of the indices, from left to right. RangeError unless the indices are ascending, distinct and below `size`.
 */
export function multiProof(
  sha256: Sha256,
  node: NodeReader,
  indices: readonly number[],
  size: number,
): readonly Uint8Array[] {
  if (!areAscending(indices, size)) throw new RangeError('indices');
  const hashes: Uint8Array[] = [];
  const walk = (from: number, to: number, inside: readonly number[]): void => {
    if (inside.length === 0) hashes.push(rangeHash(sha256, node, from, to));
    else if (to - from > 1) {
      const middle = from + splitOf(to - from);
      walk(
        from,
        middle,
        inside.filter((index) => index < middle),
      );
      walk(
        middle,
        to,
        inside.filter((index) => index >= middle),
      );
    }
  };
  if (size > 0) walk(0, size, indices);
  return hashes;
}

/**
 * True when entries with these nodes stand at these indices in the tree of `size` entries with `root`. False for any malformed input:
 * indices not ascending, hashes missing or left over.
 */
export function verifyMultiProof(
  sha256: Sha256,
  entries: readonly { readonly index: number; readonly node: Uint8Array }[],
  size: number,
  hashes: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size) || size < 1 || entries.length === 0) return false;
  const indices = entries.map(({ index }) => index);
  if (!areAscending(indices, size)) return false;
  let used = 0;
  const hashOf = (from: number, to: number, inside: typeof entries): Uint8Array | null => {
    if (inside.length === 0) return hashes[used++] ?? null;
    if (to - from === 1) return inside[0]?.node ?? null;
    const middle = from + splitOf(to - from);
    const left = hashOf(
      from,
      middle,
      inside.filter(({ index }) => index < middle),
    );
    const right = hashOf(
      middle,
      to,
      inside.filter(({ index }) => index >= middle),
    );
    return left?.length === 32 && right?.length === 32 ? nodeHash(sha256, left, right) : null;
  };
  const computed = hashOf(0, size, entries);
  return computed !== null && used === hashes.length && sameBytes(computed, root);
}
