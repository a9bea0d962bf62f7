import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Multiset, Opened } from '../../src/audit/multiset.ts';

const sha256 = (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest());
const KEY = new Uint8Array(32).fill(9);
const setOf = (list: readonly (readonly [number, Uint8Array])[]) => {
  const set = new Multiset(sha256, KEY);
  for (const [index, entry] of list) set.add(index, entry);
  return set;
};
const lists = fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.uint8Array({ minLength: 64, maxLength: 64 })), {
  minLength: 1,
  maxLength: 40,
});

describe('a multiset', () => {
  it('is the same in any order, and another one with one thing more, less or moved', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const set = setOf(list);
        expect(set.equals(setOf(list.toReversed()))).toBe(true);
        expect(set.equals(setOf(list.slice(1)))).toBe(false);
        expect(set.equals(setOf([...list, list[0]!]))).toBe(false);
        const [first, ...rest] = list;
        expect(set.equals(setOf([[first![0] + 1, first![1]], ...rest]))).toBe(false);
      }),
    );
  });
});

describe('opened leaves', () => {
  it('are marked once, and those never marked are named', () => {
    const opened = new Opened(20);
    for (const index of [0, 7, 8, 19]) expect(opened.mark(index)).toBe(true);
    expect(opened.mark(8)).toBe(false);
    for (const index of [-1, 20, 1.5, Number.NaN]) expect(opened.mark(index)).toBe(false);
    expect(opened.missing(3)).toEqual([1, 2, 3]);
    expect(opened.missing(100)).toHaveLength(16);
  });
});
