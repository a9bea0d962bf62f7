/** The two hash functions that the server's hot path needs; `ServerCrypto` and every `Suite` satisfy it. */
export interface Hashes {
  /** BLAKE2b-512 (RFC 7693, unkeyed), 64 bytes. */
  blake2b512(data: Uint8Array): Uint8Array;
  /** SHA-256, 32 bytes; for the ledger's leaves and trees alone. */
  sha256(data: Uint8Array): Uint8Array;
}

/** What checking statements needs: hashes and synchronous Ed25519 verification. */
export interface Verifier extends Hashes {
  /** Ed25519 (RFC 8032). False for any malformed input; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/** Ed25519 key pair: public key 32 bytes, secret key 64 bytes (seed ‖ public key). */
export interface SignKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** X-Wing key pair: public key 1216 bytes, secret key 32 bytes (the seed). */
export interface KemKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** Cost of one Argon2id run: passes over the memory and memory in KiB; one lane always. */
export interface Argon2Cost {
  readonly passes: number;
  readonly memoryKiB: number;
}

/** Writing side of a secretstream (XChaCha20-Poly1305). */
export interface StreamSealer {
  /** Ciphertext of one chunk, 17 bytes longer. `last` sets the final tag. */
  push(chunk: Uint8Array, ad: Uint8Array, last: boolean): Uint8Array;
  /** Forgets the stream's key. */
  end(): void;
}

/** Reading side of a secretstream. */
export interface StreamOpener {
  /** The chunk and whether it carries the final tag; null when it does not authenticate here. */
  pull(chunk: Uint8Array, ad: Uint8Array): { readonly message: Uint8Array; readonly last: boolean } | null;
  /** Forgets the stream's key. */
  end(): void;
}

/**
 * The primitives of suite TK1, synchronous. Implemented by libsodium (`sodium.ts`) and in pure JavaScript (`noble.ts`) with the
 * same bytes. All randomness is drawn through `randomBytes`, so that vectors can replace it.
 */
export interface Suite extends Verifier {
  readonly name: 'sodium' | 'noble';
  /** Fresh random bytes from the platform. */
  randomBytes(length: number): Uint8Array;
  /** Keyed BLAKE2b (key 16–64 bytes, output 16–64 bytes). */
  blake2bKeyed(key: Uint8Array, data: Uint8Array, length: number): Uint8Array;
  /** Argon2id 1.3, one lane, 16-byte salt. Takes a large part of a second at real costs. */
  argon2id(password: Uint8Array, salt: Uint8Array, cost: Argon2Cost, length: number): Uint8Array;
  /** crypto_kdf (BLAKE2b): subkey of 16–64 bytes for an 8-character context and a number. */
  kdf(master: Uint8Array, context: string, id: number, length: number): Uint8Array;
  ed25519KeyPair(seed: Uint8Array): SignKeyPair;
  /** Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  xwingKeyPair(seed: Uint8Array): KemKeyPair;
  /** X-Wing encapsulation with 64 bytes of randomness: ciphertext 1120 bytes, shared secret 32 bytes. Throws `field_invalid` for a key of another form. */
  encapsulate(
    publicKey: Uint8Array,
    coins: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array };
  /** Shared secret, 32 bytes; an altered ciphertext gives an unrelated secret (implicit rejection). */
  decapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array;
  /** XChaCha20-Poly1305 (IETF), 24-byte nonce: ciphertext ‖ 16-byte tag. */
  aeadSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, ad: Uint8Array): Uint8Array;
  /** Null when it does not authenticate. */
  aeadOpen(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array, ad: Uint8Array): Uint8Array | null;
  /** crypto_secretstream_xchacha20poly1305 with a given random 24-byte header. */
  streamSealer(key: Uint8Array, header: Uint8Array): StreamSealer;
  streamOpener(key: Uint8Array, header: Uint8Array): StreamOpener;
}

/** Sizes in bytes of the suite's values. */
export const SIZES = {
  hash: 32,
  signPublicKey: 32,
  signature: 64,
  kemPublicKey: 1216,
  kemSecretKey: 32,
  kemCiphertext: 1120,
  kemCoins: 64,
  dataKey: 32,
  aeadNonce: 24,
  aeadTag: 16,
  streamHeader: 24,
  streamTag: 17,
  salt: 32,
} as const;
