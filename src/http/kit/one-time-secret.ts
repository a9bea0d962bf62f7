import type { Hash, StaffId } from '../../domain/ids.ts';
import type { ServerCrypto } from '../../ports/server-crypto.ts';
import { concat, fromHex, toHex } from '../../protocol/bytes.ts';

/** Bytes of a one-time-code secret (RFC 6238 with SHA-1: the hash's length). */
export const ONE_TIME_SECRET_BYTES = 20;

/** A member's one-time-code secret as the server keeps it. */
export interface OneTimeSecret {
  /** 20 bytes. */
  readonly secret: Uint8Array;
  /**
   * SHA-256 of the token with which the person fetches a new secret, once; null when they have it. While it is set no code of this
   * secret opens anything.
   */
  readonly fetchBy: Hash | null;
}

const context = (staff: StaffId): string => `one-time-code:${staff}`;

/** Closes a secret for `Credential.totpSealed`, bound to its person: AES-256-GCM of secret ‖ (token hash, while it waits). */
export const sealOneTimeSecret = (
  crypto: ServerCrypto,
  atRest: Uint8Array,
  staff: StaffId,
  value: OneTimeSecret,
): Uint8Array => {
  const waiting = value.fetchBy === null ? new Uint8Array(0) : fromHex(value.fetchBy);
  return crypto.sealAtRest(atRest, context(staff), concat(value.secret, waiting));
};

/** Opens `Credential.totpSealed`; null when it is another person's, altered or under another key. */
export const openOneTimeSecret = (
  crypto: ServerCrypto,
  atRest: Uint8Array,
  staff: StaffId,
  sealed: Uint8Array,
): OneTimeSecret | null => {
  const opened = crypto.openAtRest(atRest, context(staff), sealed);
  if (opened === null) return null;
  const rest = opened.length - ONE_TIME_SECRET_BYTES;
  if (rest !== 0 && rest !== 32) return null;
  return {
    secret: opened.slice(0, ONE_TIME_SECRET_BYTES),
    fetchBy: rest === 0 ? null : (toHex(opened.subarray(ONE_TIME_SECRET_BYTES)) as Hash),
  };
};
