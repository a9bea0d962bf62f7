import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, inclusionProof } from '../../src/ledger/proofs.ts';
import {
  edgeOf,
  grow,
  parseTilePath,
  type Tile,
  tilePath,
  tileReader,
  tileWidth,
} from '../../src/ledger/tiles.ts';
import { entriesOf, readerOf, rootOfEntries, sha256 } from './support.ts';

const keyOf = (level: number, n: number) => `${level}/${n}`;

/** Grows a tree by batches of these sizes, keeping every tile as a store would. */
function grown(batches: readonly number[]) {
  const tiles = new Map<string, Tile>();
  let size = 0;
  let root = rootOfEntries([]);
  for (const batch of batches) {
    const edge = edgeOf(size).map(({ level, n }) => tiles.get(keyOf(level, n))!);
    const next = grow(sha256, size, edge, entriesOf(batch, size));
    for (const tile of next.tiles) tiles.set(keyOf(tile.level, tile.n), tile);
    ({ size, root } = next);
  }
  return { tiles, size, root };
}

describe('tiles', () => {
  it('have the paths of the specification', () => {
    expect(tilePath({ level: 0, n: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', n: 5, width: 112 })).toBe('tile/entries/005.p/112');
  });

  it('are found by their own path and by no other spelling of it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.nat({ max: 63 }), fc.constant('entries' as const)),
        fc.nat({ max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 256 }),
        (level, n, width) => {
          expect(parseTilePath(tilePath({ level, n, width }))).toEqual({ level, n, width });
        },
      ),
    );
    const wrong = [
      'tile/64/000',
      'tile/00/000',
      'tile/0/1',
      'tile/0/0000',
      'tile/0/x000/001',
      'tile/0/001/002',
    ];
    wrong.push(
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/05',
      'tile/0/-01',
      'tile/entries/',
      '/tile/0/000',
    );
    wrong.push(`tile/0/${'x999/'.repeat(30)}000`, 'tile/0/000.p/5/', 'tile/0/000\n');
    for (const path of wrong) expect(parseTilePath(path), path).toBeNull();
  });

  it('are as wide as the specification’s example says', () => {
    const size = 70_000;
    expect(tileWidth(0, 272, size)).toBe(256);
    expect(tileWidth(0, 273, size)).toBe(112);
    expect(tileWidth(0, 274, size)).toBe(0);
    expect(tileWidth(1, 1, size)).toBe(17);
    expect(tileWidth(2, 0, size)).toBe(1);
    expect(edgeOf(256)).toEqual([{ level: 1, n: 0 }]);
  });

  it('grow to the same tree whatever the batches, and give every node of it', () => {
    const whole = 700;
    const entries = entriesOf(whole);
    for (const batches of [[700], [256, 256, 188], [1, 255, 1, 443], new Array<number>(70).fill(10)]) {
      const { tiles, size, root } = grown(batches);
      expect(size).toBe(whole);
      expect(root).toEqual(rootOfEntries(entries));
      const reader = tileReader(sha256, (level, n) => tiles.get(keyOf(level, n))?.hashes);
      for (const [index, of] of [
        [0, 700],
        [511, 512],
        [699, 700],
        [300, 513],
      ] as const)
        expect(inclusionProof(sha256, reader, index, of)).toEqual(
          inclusionProof(sha256, readerOf(entries), index, of),
        );
      for (const [old, of] of [
        [256, 700],
        [257, 699],
        [512, 513],
      ] as const)
        expect(consistencyProof(sha256, reader, old, of)).toEqual(
          consistencyProof(sha256, readerOf(entries), old, of),
        );
      for (const { level, n, hashes } of tiles.values())
        expect(hashes.length).toBe(tileWidth(level, n, size) * 32);
    }
  });

  it('that are not the right edge of the size are refused', () => {
    const { tiles } = grown([10]);
    expect(() => grow(sha256, 11, [...tiles.values()], entriesOf(1))).toThrow(RangeError);
    expect(() => grow(sha256, 10, [], entriesOf(1))).toThrow(RangeError);
  });
});
