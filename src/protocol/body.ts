import { lengthPrefixed, readU32, wipe, writeU32 } from './bytes.ts';
import { ensure, ProtocolError } from './errors.ts';
import { isPaddedLength, paddedLength } from './padding.ts';
import { SIZES, type Suite } from './suite.ts';

/** Plaintext bytes of one chunk; the last may be shorter. */
export const CHUNK_BYTES = 64 * 1024;
const SEALED_CHUNK = CHUNK_BYTES + SIZES.streamTag;
/** Length (u32) and author's signature stand before the content. */
const PREFIX = 4 + SIZES.signature;
/** Largest content of one envelope, in bytes. */
export const MAX_CONTENT_BYTES = 200 * 1024;
const NO_AD = new Uint8Array(0);

/** Bytes of a body that holds a padded plaintext of `padded` bytes. */
const sealedLength = (padded: number): number =>
  SIZES.streamHeader + padded + SIZES.streamTag * Math.ceil(padded / CHUNK_BYTES);

/** Largest body, in bytes. */
export const MAX_BODY_BYTES = sealedLength(paddedLength(PREFIX + MAX_CONTENT_BYTES));

/** True for a body length that an honest sealer can produce: header, whole chunks, a Padmé length within. Needs no key. */
export function isBodyLength(length: number): boolean {
  const chunks = Math.ceil((length - SIZES.streamHeader) / SEALED_CHUNK);
  return length <= MAX_BODY_BYTES && isPaddedLength(length - SIZES.streamHeader - chunks * SIZES.streamTag);
}

const bodyKey = (suite: Suite, dataKey: Uint8Array): Uint8Array => suite.kdf(dataKey, 'tk1body_', 0, 32);
const firstAd = (coreHash: Uint8Array): Uint8Array => lengthPrefixed('tk1/body', coreHash);

/**
 * Seals signed content: header (24 bytes) ‖ secretstream chunks of 64 KiB over length ‖ signature ‖ content ‖ zeros up to the Padmé
 * length. The first chunk is bound to coreHash, the last carries the final tag. Throws `content_too_large`.
 */
export function sealBody(
  suite: Suite,
  dataKey: Uint8Array,
  coreHash: Uint8Array,
  signature: Uint8Array,
  content: Uint8Array,
): Uint8Array {
  ensure(content.length <= MAX_CONTENT_BYTES, 'content_too_large');
  const plaintext = new Uint8Array(paddedLength(PREFIX + content.length));
  writeU32(plaintext, 0, content.length);
  plaintext.set(signature, 4);
  plaintext.set(content, PREFIX);

  const key = bodyKey(suite, dataKey);
  const header = suite.randomBytes(SIZES.streamHeader);
  const out = new Uint8Array(sealedLength(plaintext.length));
  out.set(header);
  const stream = suite.streamSealer(key, header);
  let at: number = SIZES.streamHeader;
  for (let from = 0; from < plaintext.length; from += CHUNK_BYTES) {
    const chunk = plaintext.subarray(from, from + CHUNK_BYTES);
    const last = from + CHUNK_BYTES >= plaintext.length;
    const sealed = stream.push(chunk, from === 0 ? firstAd(coreHash) : NO_AD, last);
    out.set(sealed, at);
    at += sealed.length;
  }
  stream.end();
  wipe(key, plaintext);
  return out;
}

/**
 * Opens a body (attacker-controlled). Throws `body_malformed` (no header or too large), `body_corrupt` (a chunk altered, reordered or
 * from another body; padding not zero), `body_truncated` (the end is missing), `body_trailing` (something after the end), `body_size`
 * (a length that no honest sealer produces).
 */
export function openBody(
  suite: Suite,
  dataKey: Uint8Array,
  coreHash: Uint8Array,
  body: Uint8Array,
): { readonly signature: Uint8Array; readonly content: Uint8Array } {
  ensure(body.length > SIZES.streamHeader && body.length <= MAX_BODY_BYTES, 'body_malformed');
  const key = bodyKey(suite, dataKey);
  const stream = suite.streamOpener(key, body.subarray(0, SIZES.streamHeader));
  const plaintext = new Uint8Array(body.length);
  try {
    let length = 0;
    let ended = false;
    for (let from: number = SIZES.streamHeader; from < body.length; from += SEALED_CHUNK) {
      ensure(!ended, 'body_trailing');
      const ad = from === SIZES.streamHeader ? firstAd(coreHash) : NO_AD;
      const opened = stream.pull(body.subarray(from, from + SEALED_CHUNK), ad);
      if (opened === null) throw new ProtocolError('body_corrupt');
      plaintext.set(opened.message, length);
      length += opened.message.length;
      ended = opened.last;
      wipe(opened.message);
    }
    ensure(ended, 'body_truncated');
    return readPlaintext(plaintext.subarray(0, length));
  } finally {
    stream.end();
    wipe(key, plaintext);
  }
}

function readPlaintext(plaintext: Uint8Array): {
  readonly signature: Uint8Array;
  readonly content: Uint8Array;
} {
  ensure(isPaddedLength(plaintext.length), 'body_size');
  const end = PREFIX + readU32(plaintext, 0);
  ensure(end <= plaintext.length && paddedLength(end) === plaintext.length, 'body_size');
  ensure(
    plaintext.subarray(end).every((byte) => byte === 0),
    'body_corrupt',
  );
  return { signature: plaintext.slice(4, PREFIX), content: plaintext.slice(PREFIX, end) };
}
