import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import { concat, lengthPrefixed, toHex, u64 } from '../../protocol/bytes.ts';

/** Seconds for which a nonce may be signed. */
export const NONCE_LIFETIME = 300;
const RANDOM = 16;
/** Used nonces that are remembered; beyond it logging in is refused until some expire. */
const MAX_USED = 200_000;

export interface Nonces {
  /** A fresh nonce (32 bytes) for this locator, whether or not such a mailbox exists: nothing is looked up and nothing kept. */
  issue(locator: string): { readonly nonce: Uint8Array; readonly expires: Seconds };
  /** True for a nonce that was issued for this locator and has not expired, used or not. */
  isGenuine(locator: string, nonce: Uint8Array, expires: number): boolean;
  /**
   * True the first time for a genuine nonce. To be called only once its signature was found good: what is remembered here must cost
   * its sender a mailbox's key, or anybody could fill the memory. Error `too_many` when it is full all the same.
   */
  spend(nonce: Uint8Array, expires: number): boolean;
}

/** Nonces that carry their own proof: 16 random bytes and half an HMAC over them, the locator and the expiry. */
export function createNonces(deps: Pick<Deps, 'crypto' | 'random' | 'clock' | 'secrets'>): Nonces {
  const used = new Map<string, number>();
  const proof = (random: Uint8Array, locator: string, expires: number): Uint8Array =>
    deps.crypto
      .hmac(deps.secrets.nonce, lengthPrefixed('tinkin/mailbox-nonce', random, locator, u64(expires)))
      .subarray(0, 32 - RANDOM);
  const forgetExpired = (now: number): void => {
    // Insertion order is expiry order: the first that still counts ends the walk.
    for (const [key, expires] of used) {
      if (expires >= now) break;
      used.delete(key);
    }
  };
  return {
    issue(locator) {
      const random = deps.random.bytes(RANDOM);
      const expires = (deps.clock.now() + NONCE_LIFETIME) as Seconds;
      return { nonce: concat(random, proof(random, locator, expires)), expires };
    },
    isGenuine(locator, nonce, expires) {
      if (nonce.length !== 32 || deps.clock.now() > expires) return false;
      const expected = proof(nonce.subarray(0, RANDOM), locator, expires);
      return deps.crypto.equal(expected, nonce.subarray(RANDOM));
    },
    spend(nonce, expires) {
      forgetExpired(deps.clock.now());
      const key = toHex(nonce);
      if (used.has(key)) return false;
      if (used.size >= MAX_USED) throw new AppError('too_many', { retryAfter: NONCE_LIFETIME });
      used.set(key, expires);
      return true;
    },
  };
}
