import { AppError } from '../../domain/errors.ts';
import { hourOf, type Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { concat, lengthPrefixed, readU32, toHex, u32 } from '../../protocol/bytes.ts';
import type { SpentOnce } from './doors.ts';

/** Seconds for which a script-less form may stay open: somebody may write slowly, or be interrupted. */
export const FORM_TOKEN_LIFETIME = 12 * 3600;
const NONCE = 16;
const LENGTH = NONCE + 4 + 32;

type TokenDeps = Pick<Deps, 'crypto' | 'random' | 'clock' | 'secrets'>;

const macOf = (deps: TokenDeps, nonce: Uint8Array, hour: Uint8Array): Uint8Array =>
  deps.crypto.hmac(deps.secrets.formToken, lengthPrefixed('tinkin/form-token', nonce, hour));

/** A new token for one script-less form: random bytes, the hour until which it is good, and this service's HMAC; base64url. */
export function issueFormToken(deps: TokenDeps): string {
  const nonce = deps.random.bytes(NONCE);
  const hour = u32(Math.ceil((deps.clock.now() + FORM_TOKEN_LIFETIME) / 3600));
  return toBase64Url(concat(nonce, hour, macOf(deps, nonce, hour)));
}

/**
 * Checks a posted token. Whether it was used before is decided by the store, in the submission's own transaction. The receipt hour is
 * that of the post. Error `form_token`.
 */
export function openFormToken(deps: TokenDeps, token: string): SpentOnce {
  const bytes = decode(token);
  const nonce = bytes.subarray(0, NONCE);
  const hour = bytes.subarray(NONCE, NONCE + 4);
  const now = deps.clock.now();
  const expires = (readU32(hour, 0) * 3600) as Seconds;
  const genuine = deps.crypto.equal(macOf(deps, nonce, hour), bytes.subarray(NONCE + 4));
  if (!genuine || now > expires) throw new AppError('form_token');
  return { id: `form:${toHex(nonce)}`, t0: hourOf(now), expires };
}

function decode(token: string): Uint8Array {
  try {
    const bytes = token.length > 100 ? new Uint8Array(0) : fromBase64Url(token);
    if (bytes.length === LENGTH) return bytes;
  } catch {
    // Falls through to the one answer.
  }
  throw new AppError('form_token');
}
