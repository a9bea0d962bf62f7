import { KeyObject, verify, webcrypto } from 'node:crypto';

const { subtle } = webcrypto;

/**
 * A raw 32-byte public key for `crypto.verify`. Author keys are seen once each, so importing counts: this way costs 6 µs where a JWK costs
 * 17 and DER 35. Rejects for bytes that are no key.
 */
const importPublicKey = async (publicKey: Uint8Array): Promise<webcrypto.CryptoKey> =>
  subtle.importKey('raw', publicKey as BufferSource, 'Ed25519', true, ['verify']);

/** Ed25519 in libuv's pool. False for any malformed input; never rejects. */
export async function verifyInPool(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    const key = await importPublicKey(publicKey);
    return await subtle.verify('Ed25519', key, signature as BufferSource, message as BufferSource);
  } catch {
    return false;
  }
}

/** The same on the calling thread; for a thread of its own. */
export async function verifyHere(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return verify(null, message, KeyObject.from(await importPublicKey(publicKey)), signature);
  } catch {
    return false;
  }
}

/** Public keys that a verifier remembers. */
const REMEMBERED = 256;

/**
 * Like `verifyHere`, and remembers the keys that it met last: staff and service sign thousands of events with one key, and importing one costs a
 * tenth of a verification. A key is remembered when it comes a second time, so that authors' keys, which come once, put none out.
 */
export function rememberingVerifier(): (
  check: Readonly<Record<'signature' | 'message' | 'publicKey', Uint8Array>>,
) => boolean | Promise<boolean> {
  const met = new Set<string>();
  const known = new Map<string, KeyObject>();
  return ({ signature, message, publicKey }) => {
    if (signature.length !== 64 || publicKey.length !== 32) return false;
    const name = String.fromCharCode(...publicKey);
    const key = known.get(name);
    if (key !== undefined) return verify(null, message, key, signature);
    if (!met.has(name)) {
      if (met.size >= REMEMBERED) met.clear();
      met.add(name);
      return verifyHere(signature, message, publicKey);
    }
    return importPublicKey(publicKey).then(
      (imported) => {
        if (known.size >= REMEMBERED) known.clear();
        const object = KeyObject.from(imported);
        known.set(name, object);
        return verify(null, message, object, signature);
      },
      () => false,
    );
  };
}
