import { sameBytes } from './encoding.ts';
import type { Sha256 } from './sha256.ts';
import { nodeHash } from './tree.ts';

/**
 * Hash of the full subtree over entries [index · 2^level, (index + 1) · 2^level). Level 0 is an entry's own node. Asked only for subtrees
 * that the tree of the size in question holds.
 */
export type NodeReader = (level: number, index: number) => Uint8Array;

/** Largest power of two below n, for n ≥ 2: where RFC 6962 splits n entries. */
export const splitOf = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

const levelOf = (width: number): number => Math.round(Math.log2(width));

/** Merkle Tree Hash of the entries [from, to) (RFC 6962 §2.1), `from` being aligned as in RFC 6962's recursion; SHA-256('') for none. */
export function rangeHash(sha256: Sha256, node: NodeReader, from: number, to: number): Uint8Array {
  const n = to - from;
  if (n <= 0) return sha256(new Uint8Array(0));
  if (n === 1) return node(0, from);
  const k = splitOf(n);
  if (k * 2 === n) return node(levelOf(n), from / n);
  return nodeHash(sha256, node(levelOf(k), from / k), rangeHash(sha256, node, from + k, to));
}

/** Root of the first `size` entries. */
export const rootOf = (sha256: Sha256, node: NodeReader, size: number): Uint8Array =>
  rangeHash(sha256, node, 0, size);

/** RFC 6962 §2.1.1: path from an entry to the root of `size` entries, from the entry's sibling upwards. RangeError for an index outside. */
export function inclusionProof(
  sha256: Sha256,
  node: NodeReader,
  index: number,
  size: number,
): readonly Uint8Array[] {
  if (!isWhole(size) || !isWhole(index) || index >= size) throw new RangeError('index');
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(rangeHash(sha256, node, middle, to));
      to = middle;
    } else {
      path.push(rangeHash(sha256, node, from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** RFC 6962 §2.1.2: that the tree of `size` entries begins with that of `old`. Empty for old 0 and for equal sizes. RangeError for old > size. */
export function consistencyProof(
  sha256: Sha256,
  node: NodeReader,
  old: number,
  size: number,
): readonly Uint8Array[] {
  if (!isWhole(size) || !isWhole(old) || old > size) throw new RangeError('size');
  if (old === 0 || old === size) return [];
  const proof: Uint8Array[] = [];
  let from = 0;
  let to = size;
  let whole = true;
  while (old !== to) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      proof.push(rangeHash(sha256, node, middle, to));
      to = middle;
    } else {
      proof.push(rangeHash(sha256, node, from, middle));
      from = middle;
      whole = false;
    }
  }
  if (!whole) proof.push(rangeHash(sha256, node, from, to));
  return proof.reverse();
}

/**
 * True when `proof` shows that the tree of `size` entries with `root` begins with the tree of `old` entries with `oldRoot` (RFC 9162
 * §2.1.4.2). From 0 only the empty proof is right, and it proves nothing. False for any malformed input.
 */
export function verifyConsistency(
  sha256: Sha256,
  old: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isWhole(old) || !isWhole(size) || old > size || proof.length > 64) return false;
  if (oldRoot.length !== 32 || root.length !== 32 || proof.some((hash) => hash.length !== 32)) return false;
  if (old === size) return proof.length === 0 && sameBytes(oldRoot, root);
  if (old === 0) return proof.length === 0 && sameBytes(oldRoot, sha256(new Uint8Array(0)));
  const hashes = isPowerOfTwo(old) ? [oldRoot, ...proof] : [...proof];
  const [first] = hashes;
  if (first === undefined) return false;
  let at = old - 1;
  let last = size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let before = first;
  let now = first;
  for (const hash of hashes.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = nodeHash(sha256, hash, before);
      now = nodeHash(sha256, hash, now);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      now = nodeHash(sha256, now, hash);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(before, oldRoot) && sameBytes(now, root);
}

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isPowerOfTwo = (value: number): boolean => {
  let rest = value;
  while (rest > 1 && rest % 2 === 0) rest /= 2;
  return rest === 1;
};
