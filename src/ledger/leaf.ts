import type { Sha256 } from './sha256.ts';

/** SHA-256(salt ‖ bytes): hides the bytes until the 32-byte salt is shown. The salt's fixed length makes the join unambiguous. */
export function saltedHash(sha256: Sha256, salt: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (salt.length !== 32) throw new RangeError('salt must have 32 bytes');
  const joined = new Uint8Array(32 + bytes.length);
  joined.set(salt);
  joined.set(bytes, 32);
  return sha256(joined);
}

/** Leaf of the log for one signed event: SHA-256(32-byte leaf salt ‖ exact record bytes), 32 bytes. */
export const leafHash = (sha256: Sha256, leafSalt: Uint8Array, record: Uint8Array): Uint8Array =>
  saltedHash(sha256, leafSalt, record);
