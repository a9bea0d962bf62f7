import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../src/protocol/bytes.ts';
import {
  answerPow,
  encodePowSolution,
  parsePowSolution,
  powPrefix,
  readPowParameters,
  solvePow,
} from '../../src/protocol/pow.ts';
import { expectCode, nodeHashes } from './suites.ts';

const { sha256 } = nodeHashes;
const salt = '11'.repeat(16);
const nonce = '22'.repeat(16);
const challengeFor = (counter: number, max: number) => ({
  parameters: {
    nonce,
    salt,
    prefix: powPrefix(sha256, { salt, nonce }, counter),
    max,
    signature: '33'.repeat(32),
  },
  t0: 500_000,
  expires: 1_800_000_000,
});

describe('proof of work', () => {
  it('the hidden counter is found wherever it is', () => {
    fc.assert(
      fc.property(fc.nat(3000), (counter) => {
        const solution = parsePowSolution(answerPow(sha256, challengeFor(counter, 3000)));
        expect(solution).toMatchObject({ counter, max: 3000, t0: 500_000 });
      }),
      { numRuns: 10 },
    );
  });

  it('one try is SHA-256 of salt, nonce and the counter as four bytes, highest first', () => {
    const bytes = Buffer.from(`${salt}${nonce}00010203`, 'hex');
    expect(powPrefix(sha256, { salt, nonce }, 0x01_0203)).toBe(toHex(sha256(bytes).subarray(0, 16)));
  });

  it('the search ends at the range, and says so', () => {
    const { parameters } = challengeFor(101, 100);
    expect(solvePow(sha256, parameters)).toBeNull();
    expectCode(() => answerPow(sha256, challengeFor(101, 100)), 'field_invalid', 'prefix');
  });

  it('progress goes up to the share that was tried', () => {
    const shares: number[] = [];
    solvePow(sha256, challengeFor(1000, 1000).parameters, (share) => shares.push(share), 100);
    expect(shares).toHaveLength(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it.each<[string, object]>([
    ['max', { max: 50_000_001 }],
    ['max', { max: 0 }],
    ['nonce', { nonce: 'x' }],
    ['salt', { salt: '11' }],
    ['prefix', { prefix: 1 }],
    ['signature', { signature: '33' }],
  ])('a hostile server’s %s is refused before any search', (field, change) => {
    expectCode(
      () => readPowParameters({ ...challengeFor(1, 10).parameters, ...change }),
      'field_invalid',
      field,
    );
  });

  it('a solution comes back, and one with anything else in it is refused', () => {
    const { parameters, t0, expires } = challengeFor(5, 10);
    const solution = { ...parameters, t0, expires, counter: 5 };
    expect(parsePowSolution(encodePowSolution(solution))).toEqual(solution);
    expectCode(
      () => parsePowSolution(utf8(JSON.stringify({ kind: 'pow', ...solution, extra: 1 }))),
      'field_invalid',
    );
    expectCode(() => parsePowSolution(utf8('{}')), 'field_invalid', 'kind');
    expectCode(() => parsePowSolution(new Uint8Array(5000)), 'field_invalid');
  });
});
