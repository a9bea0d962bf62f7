import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js';
import { concat, u64, utf8 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { nobleStreamOpener, nobleStreamSealer } from './noble-stream.ts';
import type { Suite } from './suite.ts';

const pad16 = (bytes: Uint8Array): Uint8Array => concat(bytes, new Uint8Array(16 - bytes.length));

/** getRandomValues gives at most 65 536 bytes at a time. */
function randomBytes(length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(out.subarray(at, at + 65_536));
  return out;
}

const suite: Suite = {
  name: 'noble',
  randomBytes,
  blake2b512: (data) => blake2b(data),
  sha256: (data) => sha256(data),
  blake2bKeyed: (key, data, length) => blake2b(data, { key, dkLen: length }),
  argon2id: (password, salt, cost, length) =>
    argon2id(password, salt, { t: cost.passes, m: cost.memoryKiB, p: 1, dkLen: length }),
  kdf: (master, context, id, length) =>
    blake2b(new Uint8Array(0), {
      key: master,
      dkLen: length,
      salt: pad16(u64(id)),
      personalization: pad16(utf8(context)),
    }),
  ed25519KeyPair(seed) {
    const publicKey = ed25519.getPublicKey(seed);
    return { publicKey, secretKey: concat(seed, publicKey) };
  },
  sign: (message, secretKey) => ed25519.sign(message, secretKey.subarray(0, 32)),
  verify(signature, message, publicKey) {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
  xwingKeyPair(seed) {
    const { publicKey } = xwing.keygen(seed.slice());
    return { publicKey, secretKey: seed.slice() };
  },
  encapsulate(publicKey, coins) {
    try {
      const { cipherText, sharedSecret } = xwing.encapsulate(publicKey.slice(), coins.slice());
      return { ciphertext: cipherText, sharedSecret };
    } catch {
      throw new ProtocolError('field_invalid', 'kemKey');
    }
  },
  decapsulate: (ciphertext, secretKey) => xwing.decapsulate(ciphertext.slice(), secretKey.slice()),
  aeadSeal: (key, nonce, plaintext, ad) => xchacha20poly1305(key, nonce, ad).encrypt(plaintext),
  aeadOpen(key, nonce, ciphertext, ad) {
    try {
      return xchacha20poly1305(key, nonce, ad).decrypt(ciphertext);
    } catch {
      return null;
    }
  },
  streamSealer: nobleStreamSealer,
  streamOpener: nobleStreamOpener,
};

/** The suite in pure JavaScript, for browsers without WebAssembly (Tor Browser "Safer") and as the second opinion in tests. */
export const loadNobleSuite = async (): Promise<Suite> => suite;
