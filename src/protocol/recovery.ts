import type { UnitId } from '../domain/ids.ts';
import { concat, lengthPrefixed, wipe } from './bytes.ts';
import { openFromKey, sealToKey } from './epoch.ts';
import { ensure } from './errors.ts';
import type { Suite } from './suite.ts';

/** One of three shares of a 32-byte secret; any two give it back, one alone says nothing. */
export interface Share {
  /** 1, 2 or 3. */
  readonly x: number;
  /** 32 bytes. */
  readonly y: Uint8Array;
}

const SHARES = 3;
const NEEDED = 2;

/** Product in GF(2^8) with the polynomial x^8+x^4+x^3+x+1, in constant time. */
function multiply(a: number, b: number): number {
  let product = 0;
  let left = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= left & -((b >>> bit) & 1);
    left = ((left << 1) ^ (0x11b & -(left >>> 7))) & 0xff;
  }
  return product;
}

/** Inverse in GF(2^8): the 254th power. */
function inverse(a: number): number {
  let power = a;
  let result = 1;
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

/** Shamir's sharing over GF(2^8), two of three: y = secret + slope·x for each byte. */
export function splitSecret(suite: Pick<Suite, 'randomBytes'>, secret: Uint8Array): readonly Share[] {
  ensure(secret.length === 32, 'shares_invalid');
  const slope = suite.randomBytes(32);
  const shares = Array.from({ length: SHARES }, (_, i) => {
    const x = i + 1;
    return { x, y: secret.map((byte, at) => byte ^ multiply(slope[at] ?? 0, x)) };
  });
  wipe(slope);
  return shares;
}

/**
 * The secret of two different shares. Shares carry no proof of their own: compare the result with the signed epoch
 * (`checkedEpochKeys`). Throws `shares_invalid`.
 */
export function combineShares(shares: readonly Share[]): Uint8Array {
  const [a, b] = shares;
  ensure(a !== undefined && b !== undefined && shares.length === NEEDED, 'shares_invalid');
  for (const { x, y } of [a, b]) {
    ensure(Number.isInteger(x) && x >= 1 && x <= SHARES && y.length === 32, 'shares_invalid');
  }
  ensure(a.x !== b.x, 'shares_invalid');
  const scale = inverse(a.x ^ b.x);
  const weightA = multiply(b.x, scale);
  const weightB = multiply(a.x, scale);
  return a.y.map((byte, at) => multiply(byte, weightA) ^ multiply(b.y[at] ?? 0, weightB));
}

/** Whose share of which epoch: bound into the wrapping. */
export interface ShareContext {
  readonly instance: string;
  readonly unit: UnitId;
  readonly epoch: number;
  /** Id of the recovery holder in the directory. */
  readonly holder: string;
}

const binding = ({ instance, unit, epoch, holder }: ShareContext): Uint8Array =>
  lengthPrefixed('tk1/recovery-share', instance, unit, String(epoch), holder);

/** A share sealed to its holder: X-Wing ciphertext (1120 bytes) ‖ sealed x and y (49 bytes). */
export function wrapShare(
  suite: Suite,
  share: Share,
  context: ShareContext,
  holderKemKey: Uint8Array,
): Uint8Array {
  const plaintext = concat(Uint8Array.of(share.x), share.y);
  const sealed = sealToKey(suite, plaintext, binding(context), holderKemKey);
  wipe(plaintext);
  return sealed;
}

/** Opens a holder's share. Throws `share_corrupt`. */
export function openShare(
  suite: Suite,
  wrapped: Uint8Array,
  context: ShareContext,
  holderKemSecret: Uint8Array,
): Share {
  const plaintext = openFromKey(suite, wrapped, binding(context), holderKemSecret);
  ensure(plaintext !== null && plaintext.length === 33, 'share_corrupt');
  const share = { x: plaintext[0] ?? 0, y: plaintext.slice(1) };
  wipe(plaintext);
  return share;
}
