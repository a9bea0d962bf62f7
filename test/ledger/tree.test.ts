import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, saltedHash } from '../../src/ledger/leaf.ts';
import { buildTree, entryHash, nodeHash, verifyInclusion } from '../../src/ledger/tree.ts';

const sha256 = (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest());
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The eight entries that implementations of Certificate Transparency are commonly tried with. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => new Uint8Array(Buffer.from(text, 'hex')));

/** MTH of RFC 6962 §2.1, word for word. */
function mth(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return sha256(new Uint8Array(0));
  if (entries.length === 1) return entryHash(sha256, entries[0]!);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return nodeHash(sha256, mth(entries.slice(0, k)), mth(entries.slice(k)));
}

/** PATH of RFC 6962 §2.1.1, word for word. */
function path(m: number, entries: readonly Uint8Array[]): Uint8Array[] {
  if (entries.length <= 1) return [];
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return m < k
    ? [...path(m, entries.slice(0, k)), mth(entries.slice(k))]
    : [...path(m - k, entries.slice(k)), mth(entries.slice(0, k))];
}

const treeOf = (entries: readonly Uint8Array[]) =>
  buildTree(
    sha256,
    entries.map((entry) => entryHash(sha256, entry)),
  );
const entriesOf = (size: number) => Array.from({ length: size }, (_, i) => Uint8Array.of(i, i >> 8));

describe('Merkle tree', () => {
  it('has the roots that other implementations have', () => {
    expect(hex(treeOf([]).root)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(treeOf(ENTRIES.slice(0, 1)).root)).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(hex(treeOf(ENTRIES).root)).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  it('has RFC 6962’s root and paths for every size', () => {
    for (let size = 0; size <= 40; size++) {
      const entries = entriesOf(size);
      const tree = treeOf(entries);
      expect(tree.size).toBe(size);
      expect(hex(tree.root)).toBe(hex(mth(entries)));
      for (let i = 0; i < size; i++) expect(tree.path(i).map(hex)).toEqual(path(i, entries).map(hex));
    }
  });

  it('every path leads to the root, and to no other place, size, entry or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, n, m) => {
        const entries = entriesOf(size);
        const tree = treeOf(entries);
        const index = n % size;
        const entry = entryHash(sha256, entries[index]!);
        const way = tree.path(index);
        const holds = (at: number, of: number, what = entry, by = way, root = tree.root) =>
          verifyInclusion(sha256, what, at, of, by, root);
        expect(holds(index, size)).toBe(true);
        const other = m % size;
        if (other !== index) expect(holds(other, size)).toBe(false);
        expect(holds(index, size, entryHash(sha256, Uint8Array.of(9, 9, 9)))).toBe(false);
        expect(holds(index, size, entry, way, entry)).toBe(size === 1);
        expect(holds(index, size, entry, [...way, entry])).toBe(false);
        if (way.length > 0) expect(holds(index, size, entry, way.slice(1))).toBe(false);
      }),
    );
  });

  it('malformed input is no proof and no defect', () => {
    const tree = treeOf(entriesOf(4));
    const entry = entryHash(sha256, Uint8Array.of(0, 0));
    const way = tree.path(0);
    for (const [at, size] of [
      [-1, 4],
      [4, 4],
      [0.5, 4],
      [0, Number.NaN],
      [0, 0],
      [0, 2 ** 60],
    ] as const) {
      expect(verifyInclusion(sha256, entry, at, size, way, tree.root)).toBe(false);
    }
    expect(verifyInclusion(sha256, entry.subarray(1), 0, 4, way, tree.root)).toBe(false);
    expect(verifyInclusion(sha256, entry, 0, 4, [way[0]!.subarray(1), way[1]!], tree.root)).toBe(false);
    expect(verifyInclusion(sha256, entry, 0, 4, way, tree.root.subarray(1))).toBe(false);
  });

  it('an index outside has no path', () => {
    for (const index of [-1, 3, 1.5]) expect(() => treeOf(entriesOf(3)).path(index)).toThrow(RangeError);
  });
});

describe('leaf', () => {
  it('is SHA-256 of the salt and the exact record', () => {
    const salt = new Uint8Array(32).fill(1);
    const record = Uint8Array.of(1, 2, 3);
    expect(hex(leafHash(sha256, salt, record))).toBe(
      createHash('sha256').update(salt).update(record).digest('hex'),
    );
  });

  it('takes no salt of another length, so that salt and record cannot be shifted against each other', () => {
    expect(() => saltedHash(sha256, new Uint8Array(31), Uint8Array.of(1))).toThrow(RangeError);
  });
});
