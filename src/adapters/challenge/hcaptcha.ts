import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import hcaptcha from 'hcaptcha';
import type { Hash, Hour, Seconds } from '../../domain/ids.ts';
import { hourOf } from '../../domain/ids.ts';
import type { Challenge, ChallengeCheck } from '../../ports/challenge.ts';
import { lengthPrefixed, u64 } from '../../protocol/bytes.ts';
import { type HcaptchaSolution, parseHcaptchaSolution } from '../../protocol/hcaptcha.ts';

/** Seconds for which a challenge may be solved and used. */
export const HCAPTCHA_LIFETIME = 600;
/** Questions to hCaptcha under way at once; beyond it the answer is `challenge_unavailable`. */
const MAX_PENDING = 64;

export interface HcaptchaOptions {
  /** 32-byte HMAC key of this service. */
  readonly key: Uint8Array;
  /** hCaptcha's account secret; never logged. */
  readonly secret: string;
  readonly sitekey: string;
  /** Milliseconds to wait for hCaptcha; the package itself would wait for ever. */
  readonly timeout: number;
}

interface Binding {
  readonly nonce: string;
  readonly t0: number;
  readonly expires: number;
}

/**
 * hCaptcha as the challenge: a third party's service, off unless configured. Hour, expiry and seal hash are bound by an HMAC of our own;
 * hCaptcha sees its token, our secret and the site key, and **never** the visitor's address.
 *
 * A solution is `{"kind":"hcaptcha","nonce","t0","expires","mac","token"}`.
 */
export function hcaptchaChallenge(options: HcaptchaOptions): Challenge {
  let pending = 0;
  const ask = async (token: string): Promise<boolean | null> => {
    if (pending >= MAX_PENDING) return null;
    pending++;
    try {
      return await siteverify(options, token);
    } finally {
      pending--;
    }
  };
  return {
    kind: 'hcaptcha',
    sitekey: options.sitekey,
    async issue(sealHash, now) {
      const nonce = randomBytes(16).toString('hex');
      const t0 = hourOf(now);
      const expires = (now + HCAPTCHA_LIFETIME) as Seconds;
      const mac = macOf(options.key, sealHash, { nonce, t0, expires }).toString('hex');
      return { parameters: { sitekey: options.sitekey, nonce, mac }, t0, expires };
    },
    async check(sealHash, bytes, now) {
      if (bytes.length === 0) return { ok: false, code: 'challenge_missing' };
      const solution = parse(bytes);
      if (!solution) return { ok: false, code: 'challenge_invalid' };
      const { mac, token, ...binding } = solution;
      if (!timingSafeEqual(macOf(options.key, sealHash, binding), Buffer.from(mac, 'hex'))) {
        return { ok: false, code: 'challenge_invalid' };
      }
      if (now > binding.expires) return { ok: false, code: 'challenge_expired' };
      const passed = await ask(token);
      if (passed === null) return { ok: false, code: 'challenge_unavailable' };
      return passed ? accepted(binding) : { ok: false, code: 'challenge_invalid' };
    },
    // What a check costs is hCaptcha's to decide.
    accepted: () => undefined,
  };
}

const accepted = ({ nonce, t0, expires }: Binding): ChallengeCheck => ({
  ok: true,
  id: `hcaptcha:${nonce}`,
  t0: t0 as Hour,
  expires: expires as Seconds,
});

const macOf = (key: Uint8Array, sealHash: Hash, { nonce, t0, expires }: Binding): Buffer =>
  createHmac('sha256', key)
    .update(lengthPrefixed('tinkin/hcaptcha', sealHash, nonce, u64(t0), u64(expires)))
    .digest();

function parse(bytes: Uint8Array): HcaptchaSolution | null {
  try {
    return parseHcaptchaSolution(bytes);
  } catch {
    return null;
  }
}

/** Errors that blame this service's configuration rather than the token. */
const OUR_FAULT = new Set(['missing-input-secret', 'invalid-input-secret', 'sitekey-secret-mismatch']);

/** True or false as hCaptcha says; null when it cannot be asked, is too slow or does not answer as it should. */
async function siteverify(options: HcaptchaOptions, token: string): Promise<boolean | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), options.timeout);
  });
  // The third parameter would be the visitor's address.
  const asked = hcaptcha.verify(options.secret, token, undefined, options.sitekey).then(read, () => null);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

function read(answer: unknown): boolean | null {
  if (typeof answer !== 'object' || answer === null || !('success' in answer)) return null;
  if (answer.success === true) return true;
  if (answer.success !== false) return null;
  const codes = 'error-codes' in answer && Array.isArray(answer['error-codes']) ? answer['error-codes'] : [];
  return codes.some((code) => OUR_FAULT.has(String(code))) ? null : false;
}
