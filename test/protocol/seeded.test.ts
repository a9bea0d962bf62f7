import { blake2b } from '@noble/hashes/blake2.js';
import { expect, it } from 'vitest';
import { lengthPrefixed, u32 } from '../../src/protocol/bytes.ts';
import { seededSuite } from '../../src/protocol/seeded.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';

const suite = await loadSodiumSuite();
const SEED = new Uint8Array(32).fill(7);

it('the same seed gives the same draws in the same order, each different', () => {
  const draws = [1, 2].map(() => {
    const seeded = seededSuite(suite, SEED);
    return [16, 32, 64, 100].map((length) => seeded.randomBytes(length));
  });
  expect(draws[0]).toEqual(draws[1]);
  expect(draws[0]?.map(({ length }) => length)).toEqual([16, 32, 64, 100]);
  expect(new Set(draws[0]?.map((bytes) => bytes.subarray(0, 16).join())).size).toBe(4);
});

it('another seed gives other draws', () => {
  const other = seededSuite(suite, new Uint8Array(32).fill(8)).randomBytes(32);
  expect(other).not.toEqual(seededSuite(suite, SEED).randomBytes(32));
});

it('a draw is what the protocol says, by another implementation', () => {
  const seeded = seededSuite(suite, SEED);
  seeded.randomBytes(1);
  const block = (i: number) =>
    blake2b(lengthPrefixed('tk1/plain-draw', u32(1), u32(i)), { key: SEED, dkLen: 64 });
  expect(seeded.randomBytes(100)).toEqual(new Uint8Array([...block(0), ...block(1).subarray(0, 36)]));
});
