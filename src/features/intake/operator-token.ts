import { AppError } from '../../domain/errors.ts';
import { type Hash, type Hour, hourOf, type Seconds, type StaffId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import { concat, fromHex, lengthPrefixed, readU32, toHex, u32 } from '../../protocol/bytes.ts';
import type { SpentOnce } from './doors.ts';

/** Seconds for which a token may be used: a call is sealed while somebody waits, a bad line included. */
export const OPERATOR_TOKEN_LIFETIME = 600;
const NONCE = 16;
const LENGTH = NONCE + 4 + 4 + 32;

type TokenDeps = Pick<Deps, 'crypto' | 'random' | 'clock' | 'secrets'>;

const macOf = (deps: Omit<TokenDeps, 'random' | 'clock'>, plain: Uint8Array, seal: Hash, staff: StaffId) =>
  deps.crypto.hmac(
    deps.secrets.formToken,
    lengthPrefixed('tinkin/operator-token', plain, fromHex(seal), fromHex(staff)),
  );

export interface OperatorToken {
  readonly t0: Hour;
  readonly expires: Seconds;
  /** 56 bytes for the frame's solution section: nonce, hour, expiry, HMAC. */
  readonly token: Uint8Array;
}

/**
 * A token for the one tip with this seal, in place of a proof of work: a signed-in operator has proved enough, and a flood of the web
 * form must not slow the telephone.
 */
export function issueOperatorToken(deps: TokenDeps, staff: StaffId, seal: Hash): OperatorToken {
  const now = deps.clock.now();
  const t0 = hourOf(now);
  const expires = (now + OPERATOR_TOKEN_LIFETIME) as Seconds;
  const plain = concat(deps.random.bytes(NONCE), u32(t0), u32(expires));
  return { t0, expires, token: concat(plain, macOf(deps, plain, seal, staff)) };
}

/**
 * Opens a token of this operator for this seal. Whether it was used before is the store's to decide. Errors: `challenge_missing`,
 * `challenge_invalid`, `challenge_expired`.
 */
export function openOperatorToken(
  deps: Omit<TokenDeps, 'random' | 'clock'>,
  staff: StaffId,
  seal: Hash,
  token: Uint8Array,
  now: Seconds,
): SpentOnce {
  if (token.length === 0) throw new AppError('challenge_missing');
  if (token.length !== LENGTH) throw new AppError('challenge_invalid');
  const plain = token.subarray(0, LENGTH - 32);
  if (!deps.crypto.equal(macOf(deps, plain, seal, staff), token.subarray(LENGTH - 32)))
    throw new AppError('challenge_invalid');
  const expires = readU32(plain, NONCE + 4) as Seconds;
  if (now > expires) throw new AppError('challenge_expired');
  return { id: `call:${toHex(plain.subarray(0, NONCE))}`, t0: readU32(plain, NONCE) as Hour, expires };
}
