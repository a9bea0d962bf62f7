import { beforeEach, expect, test } from 'vitest';
import { nodeCrypto } from '../../../src/adapters/crypto/node.ts';
import { nodeRandom } from '../../../src/adapters/random/node.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { plainSeedsOf, SEED_KEY_SECONDS } from '../../../src/features/intake/plain-seeds.ts';
import { utf8 } from '../../../src/protocol/bytes.ts';

const START = 1_795_305_600;
let now = START;
beforeEach(() => {
  now = START;
});
const service = () => ({ crypto: nodeCrypto(), random: nodeRandom(), clock: { now: () => now as Seconds } });
const TEXT = utf8('{"what":"Quán cuối phố"}');

test('the same form and text give the same seed, another form or text another', () => {
  const seeds = plainSeedsOf(service());
  const [seed] = seeds.seedsFor('form:1', TEXT);
  expect(seed).toHaveLength(32);
  expect(seeds.seedsFor('form:1', TEXT)).toEqual([seed]);
  expect(seeds.seedsFor('form:2', TEXT)).not.toEqual([seed]);
  expect(seeds.seedsFor('form:1', utf8('{}'))).not.toEqual([seed]);
});

test('a process that is started anew has other seeds, because its key was never written', () => {
  expect(plainSeedsOf(service()).seedsFor('form:1', TEXT)).not.toEqual(
    plainSeedsOf(service()).seedsFor('form:1', TEXT),
  );
});

test('both languages of one service share them', () => {
  const deps = service();
  expect(plainSeedsOf(deps)).toBe(plainSeedsOf(deps));
});

test('a seed is the newest, then the earlier one, then gone', () => {
  const seeds = plainSeedsOf(service());
  const [seed] = seeds.seedsFor('form:1', TEXT);
  now += SEED_KEY_SECONDS - 1;
  expect(seeds.seedsFor('form:1', TEXT)[0]).toEqual(seed);
  now += 1;
  expect(seeds.seedsFor('form:1', TEXT)[1]).toEqual(seed);
  now += SEED_KEY_SECONDS;
  expect(seeds.seedsFor('form:1', TEXT)).not.toContainEqual(seed);
});

test('a key is overwritten when its time is over', () => {
  const drawn: Uint8Array[] = [];
  const deps = service();
  const random = {
    ...deps.random,
    bytes: (n: number) => drawn[drawn.push(deps.random.bytes(n)) - 1] as Uint8Array<ArrayBuffer>,
  };
  const seeds = plainSeedsOf({ ...deps, random });
  seeds.seedsFor('form:1', TEXT);
  now += 2 * SEED_KEY_SECONDS;
  seeds.seedsFor('form:1', TEXT);
  expect(drawn.map((key) => key.every((byte) => byte === 0))).toEqual([true, false]);
});
