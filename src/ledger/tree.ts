import type { Sha256 } from './sha256.ts';

/** RFC 6962 §2.1: hash of one entry, SHA-256(0x00 ‖ entry). */
export function entryHash(sha256: Sha256, entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

/** RFC 6962 §2.1: hash of an inner node, SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return sha256(input);
}

/** A whole tree in memory: its root and the inclusion path of every entry. */
export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
  /** RFC 6962 §2.1.1 audit path, from the leaf's sibling upwards; 32 bytes each. Throws RangeError outside 0…size-1. */
  path(index: number): Uint8Array[];
}

/**
 * Builds the tree over entry hashes (see `entryHash`) with one hash for each inner node. Pairing level by level and carrying an
 * odd last node up unchanged gives the same tree as RFC 6962's recursion. The root of no entries is SHA-256 of nothing.
 */
export function buildTree(sha256: Sha256, entryHashes: readonly Uint8Array[]): Tree {
  const levels: (readonly Uint8Array[])[] = [entryHashes];
  let level = entryHashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i];
      const right = level[i + 1];
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(sha256, left, right));
    }
    levels.push(above);
    level = above;
  }
  return {
    size: entryHashes.length,
    root: level[0] ?? sha256(new Uint8Array(0)),
    path(index) {
      if (!Number.isInteger(index) || index < 0 || index >= entryHashes.length) throw new RangeError('index');
      const path: Uint8Array[] = [];
      let at = index;
      for (const nodes of levels) {
        const sibling = nodes[at ^ 1];
        if (nodes.length > 1 && sibling !== undefined) path.push(sibling);
        at = Math.floor(at / 2);
      }
      return path;
    },
  };
}

/**
 * True when `path` leads from the entry hash at `index` to the root of a tree of `size` entries (RFC 9162 §2.1.3.2). False for any
 * malformed input, a path that is too long or too short included.
 */
export function verifyInclusion(
  sha256: Sha256,
  entry: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  if (entry.length !== 32 || root.length !== 32) return false;
  let node = entry;
  let at = index;
  let last = size - 1;
  for (const sibling of path) {
    if (sibling.length !== 32 || last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sha256, sibling, node);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(sha256, node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && node.every((byte, i) => byte === root[i]);
}
