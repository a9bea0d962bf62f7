import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import type { LedgerSigner, ServerCrypto } from '../../ports/server-crypto.ts';
import { verifyInPool } from './ed25519.ts';

const NONCE = 12;
const TAG = 16;

/** A plain Uint8Array over a Buffer's memory: Buffers do not leave this file. */
const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);

/**
 * The primitives of the server on node:crypto.
 * @param verify Ed25519 off the main thread; libuv's pool unless told (`openVerifyThreads` for a server under load).
 */
export const nodeCrypto = (verify: ServerCrypto['verify'] = verifyInPool): ServerCrypto => ({
  blake2b512: (data) => plain(hash('blake2b512', data, 'buffer')),
  sha256: (data) => plain(hash('sha256', data, 'buffer')),
  verify,
  hmac: (key, data) => plain(createHmac('sha256', key).update(data).digest()),
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  sealAtRest,
  openAtRest,
});

function sealAtRest(key: Uint8Array, context: string, plaintext: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return plain(Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

function openAtRest(key: Uint8Array, context: string, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE + TAG) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    const opened = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
    return plain(Buffer.concat([opened, decipher.final()]));
  } catch {
    return null;
  }
}

/** RFC 8410 PKCS #8 header of an Ed25519 private key; the 32-byte seed follows. */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs with the ledger key whose 32-byte seed is given. Throws RangeError for another length. */
export function ledgerSigner(seed: Uint8Array): LedgerSigner {
  const { key, publicKey } = ed25519FromSeed(seed);
  return { publicKey, sign: (message) => plain(sign(null, message, key)) };
}

function ed25519FromSeed(seed: Uint8Array): { readonly key: KeyObject; readonly publicKey: Uint8Array } {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  return { key, publicKey: new Uint8Array(Buffer.from(String(jwk.x), 'base64url')) };
}
