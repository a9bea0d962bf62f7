import sodium from 'libsodium-wrappers-sumo';
import { ProtocolError } from './errors.ts';
import type { StreamOpener, StreamSealer, Suite } from './suite.ts';

/** The parts of the compiled module that the wrapper does not manage: memory of stream states. */
interface CompiledModule {
  readonly HEAPU8: Uint8Array;
  _free(address: number): void;
}

const STREAM_STATE_BYTES = 52;

/** Stream states are allocated by the wrapper and never freed by it: overwrite and free them here. */
function releaseState(state: unknown): void {
  const compiled = (sodium as unknown as { libsodium?: CompiledModule }).libsodium;
  if (compiled === undefined || typeof state !== 'number') return;
  compiled.HEAPU8.fill(0, state, state + STREAM_STATE_BYTES);
  compiled._free(state);
}

/** A stream state is the same for writing and reading once the header is chosen, so the header can come from `randomBytes`. */
function streamSealer(key: Uint8Array, header: Uint8Array): StreamSealer {
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
  let open = true;
  return {
    push(chunk, ad, last) {
      if (!open) throw new ProtocolError('body_malformed');
      const tag = last
        ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
        : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
      return sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, ad, tag);
    },
    end() {
      if (open) releaseState(state);
      open = false;
    },
  };
}

function streamOpener(key: Uint8Array, header: Uint8Array): StreamOpener {
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key);
  let open = true;
  return {
    pull(chunk, ad) {
      if (!open || chunk.length < sodium.crypto_secretstream_xchacha20poly1305_ABYTES) return null;
      const result = sodium.crypto_secretstream_xchacha20poly1305_pull(state, chunk, ad);
      if (!result) return null;
      return {
        message: result.message,
        last: result.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL,
      };
    },
    end() {
      if (open) releaseState(state);
      open = false;
    },
  };
}

const suite: Suite = {
  name: 'sodium',
  randomBytes: (length) => sodium.randombytes_buf(length),
  blake2b512: (data) => sodium.crypto_generichash(64, data, null),
  sha256: (data) => sodium.crypto_hash_sha256(data),
  blake2bKeyed: (key, data, length) => sodium.crypto_generichash(length, data, key),
  argon2id: (password, salt, cost, length) =>
    sodium.crypto_pwhash(
      length,
      password,
      salt,
      cost.passes,
      cost.memoryKiB * 1024,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    ),
  kdf: (master, context, id, length) => sodium.crypto_kdf_derive_from_key(length, id, context, master),
  ed25519KeyPair(seed) {
    const pair = sodium.crypto_sign_seed_keypair(seed);
    return { publicKey: pair.publicKey, secretKey: pair.privateKey };
  },
  sign: (message, secretKey) => sodium.crypto_sign_detached(message, secretKey),
  verify(signature, message, publicKey) {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    try {
      return sodium.crypto_sign_verify_detached(signature, message, publicKey);
    } catch {
      return false;
    }
  },
  xwingKeyPair(seed) {
    const pair = sodium.crypto_kem_xwing_seed_keypair(seed);
    return { publicKey: pair.publicKey, secretKey: pair.privateKey };
  },
  encapsulate(publicKey, coins) {
    try {
      return sodium.crypto_kem_xwing_enc_deterministic(publicKey, coins);
    } catch {
      throw new ProtocolError('field_invalid', 'kemKey');
    }
  },
  decapsulate: (ciphertext, secretKey) => sodium.crypto_kem_xwing_dec(ciphertext, secretKey),
  aeadSeal: (key, nonce, plaintext, ad) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key),
  aeadOpen(key, nonce, ciphertext, ad) {
    try {
      return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key);
    } catch {
      return null;
    }
  },
  streamSealer,
  streamOpener,
};

/** Loads libsodium's WebAssembly once and gives the suite. The only place that imports libsodium. */
export async function loadSodiumSuite(): Promise<Suite> {
  await sodium.ready;
  return suite;
}
