import { createHash } from 'node:crypto';
import { createChallenge, type DeriveKeyFunction, verifySolution } from 'altcha-lib';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { POW_LIFETIME, powChallenge } from '../../../src/adapters/challenge/pow.ts';
import type { Hash, Seconds } from '../../../src/domain/ids.ts';
import type { Challenge } from '../../../src/ports/challenge.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { concat, fromHex } from '../../../src/protocol/bytes.ts';
import { answerPow, parsePowSolution, readPowParameters, solvePow } from '../../../src/protocol/pow.ts';

const NOW = 1_795_305_600 as Seconds;
const SEAL = 'ab'.repeat(32) as Hash;
const OTHER = 'cd'.repeat(32) as Hash;
const KEY = new Uint8Array(32).fill(9);
const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());
const options = { key: KEY, base: 50, calmPerMinute: 1000, ceiling: 8 };
const at = (seconds: number): Seconds => (NOW + seconds) as Seconds;

let challenge: Challenge;
beforeEach(() => {
  challenge = powChallenge(options);
});

const json = (bytes: Uint8Array): Record<string, unknown> => JSON.parse(new TextDecoder().decode(bytes));
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

async function solved(seal = SEAL, now = NOW): Promise<Uint8Array> {
  return answerPow(sha256, await challenge.issue(seal, now));
}

describe('a proof of work', () => {
  test('solved for its seal is accepted with the hour in which it was issued', async () => {
    const result = await challenge.check(SEAL, await solved(), at(10));
    expect(result).toMatchObject({ ok: true, t0: Math.floor(NOW / 3600), expires: NOW + POW_LIFETIME });
  });

  test('has an id of its own each time, so that it can be spent once', async () => {
    const results = await Promise.all([1, 2].map(async () => challenge.check(SEAL, await solved(), NOW)));
    const ids = results.map((result) => (result.ok ? result.id : ''));
    expect(new Set(ids).size).toBe(2);
  });

  test('for another seal is refused', async () => {
    expect(await challenge.check(OTHER, await solved(), NOW)).toEqual({
      ok: false,
      code: 'challenge_invalid',
    });
  });

  test('that is missing is refused as missing', async () => {
    const nothing = new Uint8Array(0);
    expect(await challenge.check(SEAL, nothing, NOW)).toEqual({ ok: false, code: 'challenge_missing' });
  });

  test('is refused as expired after ten minutes', async () => {
    const result = await challenge.check(SEAL, await solved(), at(POW_LIFETIME + 1));
    expect(result).toEqual({ ok: false, code: 'challenge_expired' });
  });

  test('of another service with another key is refused', async () => {
    const other = powChallenge({ ...options, key: new Uint8Array(32).fill(8) });
    const solution = answerPow(sha256, await other.issue(SEAL, NOW));
    expect(await challenge.check(SEAL, solution, NOW)).toEqual({ ok: false, code: 'challenge_invalid' });
  });

  test('with any other counter is refused', async () => {
    const { counter, ...rest } = json(await solved()) as { counter: number };
    const solution = bytesOf({ ...rest, counter: counter === 0 ? 1 : counter - 1 });
    expect(await challenge.check(SEAL, solution, NOW)).toEqual({ ok: false, code: 'challenge_invalid' });
  });

  test.each([
    ['t0', 1],
    ['expires', 60],
    ['max', 1],
  ])('with a changed %s is refused, because it is signed', async (field, change) => {
    const solution = json(await solved());
    const altered = bytesOf({ ...solution, [field]: Number(solution[field]) + change });
    expect(await challenge.check(SEAL, altered, NOW)).toEqual({ ok: false, code: 'challenge_invalid' });
  });

  test('that is any other bytes is refused without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        expect(await challenge.check(SEAL, bytes, NOW)).toMatchObject({ ok: false });
      }),
    );
  });

  test('that is JSON of the right form but invented is refused', async () => {
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''));
    await fc.assert(
      fc.asyncProperty(
        hex(32),
        hex(32),
        hex(32),
        hex(64),
        fc.nat(100),
        async (nonce, salt, prefix, signature, counter) => {
          const solution = {
            kind: 'pow',
            nonce,
            salt,
            prefix,
            max: 100,
            t0: 498_696,
            expires: NOW + 60,
            signature,
            counter,
          };
          expect(await challenge.check(SEAL, bytesOf(solution), NOW)).toEqual({
            ok: false,
            code: 'challenge_invalid',
          });
        },
      ),
    );
  });
});

describe('the verdict', () => {
  const deriveKey: DeriveKeyFunction = async (_parameters, salt, password) => ({
    derivedKey: sha256(concat(salt, password)),
  });

  test('is the same as that of altcha-lib on good and altered solutions', async () => {
    const solution = parsePowSolution(await solved());
    for (const change of [
      {},
      { counter: solution.counter + 1 },
      { prefix: '00'.repeat(16) },
      { signature: '11'.repeat(32) },
    ]) {
      const one = { ...solution, ...change };
      const input = concat(
        fromHex(one.salt),
        fromHex(one.nonce),
        Uint8Array.of(0, 0, one.counter >> 8, one.counter & 255),
      );
      const theirs = await verifySolution({
        challenge: {
          parameters: {
            algorithm: 'SHA-256',
            cost: 1,
            keyLength: 32,
            nonce: one.nonce,
            salt: one.salt,
            keyPrefix: one.prefix,
            data: { seal: SEAL, t0: one.t0, expires: one.expires, max: one.max },
          },
          signature: one.signature,
        },
        solution: { counter: one.counter, derivedKey: Buffer.from(sha256(input)).toString('hex') },
        deriveKey,
        hmacSignatureSecret: toBase64Url(KEY),
      });
      const ours = await challenge.check(SEAL, bytesOf({ kind: 'pow', ...one }), NOW);
      expect(ours.ok).toBe(theirs.verified);
    }
  });

  test('accepts no challenge that altcha-lib made without our parameters', async () => {
    const { parameters, signature } = await createChallenge({
      algorithm: 'SHA-256',
      cost: 1,
      counter: 5,
      deriveKey,
      hmacSignatureSecret: toBase64Url(KEY),
    });
    const { nonce, salt, keyPrefix } = parameters;
    const solution = {
      kind: 'pow',
      nonce,
      salt,
      prefix: keyPrefix,
      max: 10,
      t0: 498_696,
      expires: NOW + 60,
      signature,
      counter: 5,
    };
    expect(await challenge.check(SEAL, bytesOf(solution), NOW)).toMatchObject({ ok: false });
  });
});

describe('the difficulty', () => {
  test('is the base while the service is calm', async () => {
    const { parameters } = await challenge.issue(SEAL, NOW);
    expect(parameters.max).toBe(50);
  });

  test('doubles with every doubling of the accepted load, up to the ceiling, and falls back within two minutes', async () => {
    const busy = powChallenge({ ...options, calmPerMinute: 4 });
    const hardness: unknown[] = [];
    for (let i = 0; i < 64; i++) {
      busy.accepted(NOW);
      hardness.push((await busy.issue(SEAL, NOW)).parameters.max);
    }
    expect(hardness.slice(0, 3)).toEqual([50, 50, 50]);
    expect(hardness[8]).toBe(200);
    expect(Math.max(...hardness.map(Number))).toBe(400);
    expect((await busy.issue(SEAL, at(180))).parameters.max).toBe(50);
  });

  test('is raised no more than fourfold by those who only ask and never pay', async () => {
    const busy = powChallenge({ ...options, calmPerMinute: 4, ceiling: 64 });
    const hardness: number[] = [];
    for (let i = 0; i < 500; i++) hardness.push(Number((await busy.issue(SEAL, NOW)).parameters.max));
    expect(Math.max(...hardness)).toBe(200);
  });
});

describe('the solver', () => {
  test('tells how much of the range it has tried', async () => {
    const hard = powChallenge({ ...options, base: 20_000 });
    const shares: number[] = [];
    const parameters = readPowParameters((await hard.issue(SEAL, NOW)).parameters);
    const counter = solvePow(sha256, parameters, (share) => shares.push(share), 100);
    expect(counter).not.toBeNull();
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
  });

  test('refuses a range that no phone should be made to search', async () => {
    const { parameters } = await challenge.issue(SEAL, NOW);
    expect(() => readPowParameters({ ...parameters, max: 1e12 })).toThrow();
  });

  test('gives up when no counter of the range fits', async () => {
    const parameters = readPowParameters((await challenge.issue(SEAL, NOW)).parameters);
    expect(solvePow(sha256, { ...parameters, prefix: '00'.repeat(16) })).toBeNull();
  });
});
