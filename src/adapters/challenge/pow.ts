import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { createChallenge, type DeriveKeyFunction } from 'altcha-lib';
import type { Hash, Hour, Seconds } from '../../domain/ids.ts';
import { hourOf } from '../../domain/ids.ts';
import type { Challenge, ChallengeCheck } from '../../ports/challenge.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { concat } from '../../protocol/bytes.ts';
import { MAX_POW_COUNTER, type PowSolution, parsePowSolution, powPrefix } from '../../protocol/pow.ts';
import { createDifficulty, type DifficultyOptions } from './difficulty.ts';

/** Seconds for which a challenge may be solved and used: a slow phone on a slow line included. */
export const POW_LIFETIME = 600;

export interface PowOptions extends DifficultyOptions {
  /** 32-byte HMAC key. */
  readonly key: Uint8Array;
}

const ALGORITHM = 'SHA-256';

const sha256 = (data: Uint8Array): Uint8Array => hash('sha256', data, 'buffer');

/** One hash a try: cheap for the one check of the server, and the range sets the price. */
const deriveKey: DeriveKeyFunction = async (_parameters, salt, password) => ({
  derivedKey: sha256(concat(salt, password)),
});

/**
 * The self-hosted proof of work, by altcha-lib. Seal hash, receipt hour and expiry are among the signed parameters: a solution fits
 * one submission and cannot be stretched in time. Checking costs one HMAC and one hash, about 0.01 ms.
 */
export function powChallenge(options: PowOptions): Challenge {
  const secret = toBase64Url(options.key);
  const key = createSecretKey(secret, 'utf8');
  const difficulty = createDifficulty(options);
  return {
    kind: 'pow',
    async issue(sealHash, now) {
      const t0 = hourOf(now);
      const expires = (now + POW_LIFETIME) as Seconds;
      const max = Math.min(difficulty.next(now), MAX_POW_COUNTER);
      const { parameters, signature } = await createChallenge({
        algorithm: ALGORITHM,
        cost: 1,
        counter: randomCounter(max),
        deriveKey,
        hmacSignatureSecret: secret,
        data: { seal: sealHash, t0, expires, max },
      });
      const { nonce, salt, keyPrefix } = parameters;
      return { parameters: { nonce, salt, prefix: keyPrefix, max, signature: signature ?? '' }, t0, expires };
    },
    async check(sealHash, bytes, now) {
      return check(key, sealHash, bytes, now);
    },
    accepted: difficulty.accepted,
  };
}

function check(key: KeyObject, sealHash: Hash, bytes: Uint8Array, now: Seconds): ChallengeCheck {
  if (bytes.length === 0) return { ok: false, code: 'challenge_missing' };
  let solution: PowSolution;
  try {
    solution = parsePowSolution(bytes);
  } catch {
    return { ok: false, code: 'challenge_invalid' };
  }
  const { nonce, prefix, t0, expires, counter, signature } = solution;
  const expected = createHmac('sha256', key).update(signedText(sealHash, solution)).digest();
  const genuine = timingSafeEqual(expected, Buffer.from(signature, 'hex'));
  if (!genuine || counter > solution.max || powPrefix(sha256, solution, counter) !== prefix) {
    return { ok: false, code: 'challenge_invalid' };
  }
  // Expiry is decided by the service's clock: it travels among the signed data.
  if (now > expires || now < expires - 2 * POW_LIFETIME) return { ok: false, code: 'challenge_expired' };
  return { ok: true, id: `pow:${nonce}`, t0: t0 as Hour, expires: expires as Seconds };
}

/**
 * What altcha-lib signs: the parameters as JSON with sorted keys. Its own `verifySolution` comes to the same verdict (a test compares
 * them) but imports the key and waits for the thread pool anew each time, which costs more than all the rest of the check.
 */
const signedText = (seal: Hash, { nonce, salt, prefix, max, t0, expires }: PowSolution): string =>
  `{"algorithm":"${ALGORITHM}","cost":1,"data":{"expires":${expires},"max":${max},"seal":"${seal}","t0":${t0}},` +
  `"keyLength":32,"keyPrefix":"${prefix}","nonce":"${nonce}","salt":"${salt}"}`;

/** Uniform from 0 to `max`, from the CSPRNG; the bias of the modulus is below max ÷ 2^53. */
function randomCounter(max: number): number {
  const words = crypto.getRandomValues(new Uint32Array(2));
  const wide = (words[0] ?? 0) * 0x20_0000 + ((words[1] ?? 0) >>> 11);
  return wide % (max + 1);
}
