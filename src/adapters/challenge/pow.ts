import { hash } from 'node:crypto';
import { createChallenge, type DeriveKeyFunction, verifySolution } from 'altcha-lib';
import type { Hash, Hour, Seconds } from '../../domain/ids.ts';
import { hourOf } from '../../domain/ids.ts';
import type { Challenge, ChallengeCheck } from '../../ports/challenge.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { concat } from '../../protocol/bytes.ts';
import { type PowSolution, parsePowSolution } from '../../protocol/pow.ts';
import { createDifficulty, type DifficultyOptions } from './difficulty.ts';

/** Seconds for which a challenge may be solved and used: a slow phone on a slow line included. */
export const POW_LIFETIME = 600;

export interface PowOptions extends DifficultyOptions {
  /** 32-byte HMAC key. */
  readonly key: Uint8Array;
}

const ALGORITHM = 'SHA-256';

/** One hash a try: cheap for the one check of the server, and the range sets the price. */
const deriveKey: DeriveKeyFunction = async (_parameters, salt, password) => ({
  derivedKey: hash('sha256', concat(salt, password), 'buffer'),
});

/**
 * The self-hosted proof of work, by altcha-lib. Seal hash, receipt hour and expiry are among the signed parameters: a solution fits
 * one submission and cannot be stretched in time. Checking costs one HMAC and one hash, some 0.04 ms.
 */
export function powChallenge(options: PowOptions): Challenge {
  const secret = toBase64Url(options.key);
  const difficulty = createDifficulty(options);
  return {
    kind: 'pow',
    async issue(sealHash, now) {
      const t0 = hourOf(now);
      const expires = (now + POW_LIFETIME) as Seconds;
      const max = difficulty.next(now);
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
    check: (sealHash, bytes, now) => check(secret, sealHash, bytes, now),
  };
}

async function check(
  secret: string,
  sealHash: Hash,
  bytes: Uint8Array,
  now: Seconds,
): Promise<ChallengeCheck> {
  if (bytes.length === 0) return { ok: false, code: 'challenge_missing' };
  let solution: PowSolution;
  try {
    solution = parsePowSolution(bytes);
  } catch {
    return { ok: false, code: 'challenge_invalid' };
  }
  const { nonce, salt, prefix, max, t0, expires, counter, signature } = solution;
  // Expiry is decided by the service's clock, not by the library's: it travels among the signed data.
  const parameters = {
    algorithm: ALGORITHM,
    cost: 1,
    keyLength: 32,
    nonce,
    salt,
    keyPrefix: prefix,
    data: { seal: sealHash, t0, expires, max },
  };
  const { derivedKey } = await deriveKey(parameters, unhex(salt), counterBytes(nonce, counter));
  const result = await verifySolution({
    challenge: { parameters, signature },
    solution: { counter, derivedKey: Buffer.from(derivedKey).toString('hex') },
    deriveKey,
    hmacSignatureSecret: secret,
  });
  if (!result.verified) return { ok: false, code: 'challenge_invalid' };
  if (now > expires || now < expires - 2 * POW_LIFETIME) return { ok: false, code: 'challenge_expired' };
  return { ok: true, id: `pow:${nonce}`, t0: t0 as Hour, expires: expires as Seconds };
}

const unhex = (text: string): Uint8Array => Buffer.from(text, 'hex');

function counterBytes(nonce: string, counter: number): Uint8Array {
  const bytes = Buffer.alloc(20);
  bytes.write(nonce, 'hex');
  bytes.writeUInt32BE(counter, 16);
  return bytes;
}

/** Uniform from 0 to `max`, from the CSPRNG; the bias of the modulus is below max ÷ 2^53. */
function randomCounter(max: number): number {
  const words = crypto.getRandomValues(new Uint32Array(2));
  const wide = (words[0] ?? 0) * 0x20_0000 + ((words[1] ?? 0) >>> 11);
  return wide % (max + 1);
}
