import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSize, isLaidOut, LADDERS, layOut, takes } from '../../src/ledger/batch.ts';
import { DUMMY_RECORD, dummyEntries, ENTRY_BYTES, eventEntry, shownHash } from '../../src/ledger/entry.ts';
import { leafHash } from '../../src/ledger/leaf.ts';
import { hex, sha256 } from './support.ts';

const SEED = new Uint8Array(32).fill(5);
const entry = (n: number): Uint8Array =>
  eventEntry(sha256, sha256(Uint8Array.of(n, n >> 8)), {
    citizenHash: sha256(Uint8Array.of(9, n)),
    prev: null,
    no: 1,
  });

describe('a batch', () => {
  it('is filled to the next size of the ladder, with one place for its head', () => {
    expect(batchSize(LADDERS.demo, 0)).toBe(8);
    expect(batchSize(LADDERS.demo, 7)).toBe(8);
    expect(batchSize(LADDERS.demo, 8)).toBe(32);
    expect(takes(LADDERS.demo, 2000)).toBe(511);
    expect(batchSize(LADDERS.demo, 511)).toBe(512);
    expect(() => batchSize(LADDERS.demo, 512)).toThrow(RangeError);
  });

  it('holds every event once, in an order that does not tell how they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 60_000 }), { maxLength: 40 }), (numbers) => {
        const events = numbers.map(entry);
        const { entries, places, dummies, size } = layOut(sha256, LADDERS.demo, events, SEED);
        expect(entries.length).toBe(size - 1);
        expect(dummies).toBe(size - 1 - events.length);
        expect(places.map((place) => hex(entries[place]!))).toEqual(events.map(hex));
        const turned = layOut(sha256, LADDERS.demo, events.toReversed(), SEED);
        expect(turned.entries.map(hex)).toEqual(entries.map(hex));
        expect(isLaidOut(LADDERS.demo, [...entries, entry(1)])).toBe(true);
        expect(isLaidOut(LADDERS.demo, [...entries.toReversed(), entry(1)])).toBe(false);
        expect(isLaidOut(LADDERS.demo, entries)).toBe(false);
      }),
    );
  });

  it('has dummies that its seed opens, each like any other leaf', () => {
    const [first] = dummyEntries(sha256, SEED, 3);
    const salt = sha256(Uint8Array.of(3, ...SEED, 0, 0, 0, 0));
    expect(hex(first!.subarray(0, 32))).toBe(hex(leafHash(sha256, salt, DUMMY_RECORD)));
    expect(new Set(dummyEntries(sha256, SEED, 300).map(hex)).size).toBe(300);
    expect(first!.length).toBe(ENTRY_BYTES);
  });

  it('binds what a citizen is shown to its number and to the leaf before', () => {
    const shown = { citizenHash: sha256(Uint8Array.of(1)), prev: sha256(Uint8Array.of(2)), no: 2 };
    const others = [
      { ...shown, no: 3 },
      { ...shown, prev: null },
      { ...shown, citizenHash: shown.prev },
    ];
    const hashes = [shown, ...others].map((one) => hex(shownHash(sha256, one)));
    expect(new Set(hashes).size).toBe(4);
  });
});
