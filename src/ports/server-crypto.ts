/**
 * The few primitives of the server's hot path, native where the platform has them (node:crypto, WebCrypto): the server needs no
 * libsodium but for sealing on behalf of browsers without script.
 */
export interface ServerCrypto {
  /** BLAKE2b-512, 64 bytes. */
  blake2b512(data: Uint8Array): Uint8Array;
  /** SHA-256, 32 bytes. */
  sha256(data: Uint8Array): Uint8Array;
  /** Ed25519 verification off the main thread where possible. False for any malformed input; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): Promise<boolean>;
  /** HMAC-SHA-256, 32 bytes. */
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Constant-time equality; false for different lengths. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** AES-256-GCM at rest for server-held secrets (one-time-code seeds): nonce ‖ ciphertext ‖ tag. */
  sealAtRest(key: Uint8Array, context: string, plaintext: Uint8Array): Uint8Array;
  /** Null when it does not open. */
  openAtRest(key: Uint8Array, context: string, sealed: Uint8Array): Uint8Array | null;
}

/** Signs with the instance's ledger key (promises, server's own events). 64-byte Ed25519 signature. */
export interface LedgerSigner {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}
