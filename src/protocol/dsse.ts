import { fromBase64, toBase64 } from './base64.ts';
import { concat, toHex, utf8 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import type { Hashes, SignKeyPair, Suite, Verifier } from './suite.ts';

/** Largest envelope that is parsed, in bytes. */
export const MAX_ENVELOPE_BYTES = 64 * 1024;
const MAX_SIGNATURES = 16;

/** One signature of an envelope. */
export interface EnvelopeSignature {
  /** First 16 bytes of H('tk1/keyid', public key), in hex: a hint for finding the key, proves nothing. */
  readonly keyid: string;
  readonly sig: Uint8Array;
}

/** A parsed DSSE envelope. `payload` are the exact signed bytes. */
export interface Dsse {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

const ASCII = /^[\x20-\x7e]*$/;

/** DSSE v1 pre-authentication encoding: what is really signed. */
export function pae(payloadType: string, payload: Uint8Array): Uint8Array {
  const length = ASCII.test(payloadType) ? payloadType.length : utf8(payloadType).length;
  return concat(utf8(`DSSEv1 ${length} ${payloadType} ${payload.length} `), payload);
}

/** Hint by which a signature's key is found: 32 hex digits. */
export const keyId = (hashes: Pick<Hashes, 'blake2b512'>, publicKey: Uint8Array): string =>
  toHex(taggedHash(hashes, 'tk1/keyid', publicKey).subarray(0, 16));

/** Exact UTF-8 JSON bytes of an envelope, fields in the order payload, payloadType, signatures. */
export function encodeDsse(envelope: Dsse): Uint8Array {
  return utf8(
    JSON.stringify({
      payload: toBase64(envelope.payload),
      payloadType: envelope.payloadType,
      signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })),
    }),
  );
}

/**
 * Parses envelope bytes (attacker-controlled, at most 64 KiB, 1–16 signatures of 64 bytes with distinct key ids). Signatures are not
 * checked here. Throws `statement_malformed`.
 */
export function parseDsse(bytes: Uint8Array): Dsse {
  const reader = new Reader(
    parseObject(bytes, MAX_ENVELOPE_BYTES, 'statement_malformed'),
    'statement_malformed',
  );
  return readDsse(reader);
}

/** The same for an envelope that stands inside another JSON object. Throws with the reader's code. */
export function readDsse(reader: Reader): Dsse {
  const payloadText = reader.string('payload', MAX_ENVELOPE_BYTES);
  const payloadType = reader.string('payloadType', 100, /^[\x21-\x7e]+$/);
  const signatures = reader.objects('signatures', MAX_SIGNATURES).map((signature) => {
    const keyid = signature.string('keyid', 32, /^[0-9a-f]{32}$/);
    const sig = decoded(() => fromBase64(signature.string('sig', 88)), signature, 'sig');
    if (sig.length !== 64) signature.fail('sig');
    signature.done();
    return { keyid, sig };
  });
  reader.done();
  if (signatures.length === 0) reader.fail('signatures');
  if (new Set(signatures.map(({ keyid }) => keyid)).size !== signatures.length) reader.fail('signatures');
  return { payloadType, payload: decoded(() => fromBase64(payloadText), reader, 'payload'), signatures };
}

function decoded(decode: () => Uint8Array, reader: Reader, key: string): Uint8Array {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ProtocolError && error.code !== 'encoding') throw error;
    return reader.fail(key);
  }
}

/** Signs payload bytes with one key or several and gives the envelope's bytes. */
export function signDsse(
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  payloadType: string,
  payload: Uint8Array,
  signers: readonly SignKeyPair[],
): Uint8Array {
  const message = pae(payloadType, payload);
  const signatures = signers.map((signer) => ({
    keyid: keyId(suite, signer.publicKey),
    sig: suite.sign(message, signer.secretKey),
  }));
  return encodeDsse({ payloadType, payload, signatures });
}

/**
 * Adds a second person's signature over the very same payload bytes. The caller must have shown that person what they sign. Throws
 * `statement_malformed`, also when this key has signed already.
 */
export function cosignDsse(
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  bytes: Uint8Array,
  signer: SignKeyPair,
): Uint8Array {
  const envelope = parseDsse(bytes);
  const keyid = keyId(suite, signer.publicKey);
  if (envelope.signatures.some((signature) => signature.keyid === keyid)) {
    throw new ProtocolError('statement_malformed', 'signatures');
  }
  const sig = suite.sign(pae(envelope.payloadType, envelope.payload), signer.secretKey);
  return encodeDsse({ ...envelope, signatures: [...envelope.signatures, { keyid, sig }] });
}

/** Those of the given public keys that signed the envelope validly, each once, in the given order. */
export function validSigners(
  verifier: Verifier,
  envelope: Dsse,
  publicKeys: readonly Uint8Array[],
): readonly Uint8Array[] {
  const message = pae(envelope.payloadType, envelope.payload);
  const seen = new Set<string>();
  return publicKeys.filter((publicKey) => {
    const keyid = keyId(verifier, publicKey);
    if (seen.has(keyid)) return false;
    const signature = envelope.signatures.find((candidate) => candidate.keyid === keyid);
    if (signature === undefined || !verifier.verify(signature.sig, message, publicKey)) return false;
    seen.add(keyid);
    return true;
  });
}

/** Hash of a statement, 32 bytes: over its type and exact payload, not over its signatures, which may be added to. */
export const statementHash = (hashes: Pick<Hashes, 'blake2b512'>, envelope: Dsse): Uint8Array =>
  taggedHash(hashes, 'tk1/statement', envelope.payloadType, envelope.payload);
