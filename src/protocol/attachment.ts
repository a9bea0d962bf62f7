import type { Hash } from '../domain/ids.ts';
import { CHUNK_BYTES } from './body.ts';
import { fromHex, lengthPrefixed, release, toHex, u32, u64, wipe } from './bytes.ts';
import { ensure, ProtocolError } from './errors.ts';
import { taggedHash } from './hash.ts';
import { isPaddedLength, paddedLength } from './padding.ts';
import { type Hashes, SIZES, type Suite } from './suite.ts';

/**
 * Plaintext bytes of one part; the last may be shorter. One mebibyte: what a line of 400 kbit/s carries in twenty seconds, so that a
 * dropped line loses little.
 */
export const PART_BYTES = 1024 * 1024;
/** Smallest padded file. */
export const FILE_FLOOR = 64 * 1024;
/** Largest sealed part, in bytes. */
export const MAX_PART_BYTES = sealedPartLength(PART_BYTES);
const ID = /^[0-9a-f]{32}$/;
const NO_AD = new Uint8Array(0);

type Blake = Pick<Hashes, 'blake2b512'>;

/** Padded length of a file of `size` bytes: Padmé above 64 KiB. */
export const paddedFileLength = (size: number): number => paddedLength(Math.max(size, FILE_FLOOR));

/** How many parts a padded file has. */
export const partCount = (padded: number): number => Math.ceil(padded / PART_BYTES);

/** Plaintext bytes of part `no` of a padded file. */
export const partLength = (padded: number, no: number): number =>
  Math.min(PART_BYTES, padded - no * PART_BYTES);

/** Bytes of a sealed part: header, chunks of 64 KiB with 17 bytes more each. */
export function sealedPartLength(plain: number): number {
  return SIZES.streamHeader + plain + SIZES.streamTag * Math.ceil(plain / CHUNK_BYTES);
}

/** Bytes of all sealed parts of a padded file. */
export function sealedFileLength(padded: number): number {
  const whole = Math.floor(padded / PART_BYTES);
  const rest = padded - whole * PART_BYTES;
  return whole * MAX_PART_BYTES + (rest === 0 ? 0 : sealedPartLength(rest));
}

/** The padded length behind `bytes` sealed ones; null for a number that no honest sealer produces. Needs no key. */
export function paddedFromSealed(bytes: number): number | null {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) return null;
  const whole = Math.floor(bytes / MAX_PART_BYTES);
  const rest = bytes - whole * MAX_PART_BYTES;
  const chunks = Math.ceil((rest - SIZES.streamHeader) / (CHUNK_BYTES + SIZES.streamTag));
  const last = rest === 0 ? 0 : rest - SIZES.streamHeader - chunks * SIZES.streamTag;
  const padded = whole * PART_BYTES + last;
  const honest = padded >= FILE_FLOOR && isPaddedLength(padded) && sealedFileLength(padded) === bytes;
  return honest ? padded : null;
}

/** A file about to be sealed: `secret` lets its sender alone write the upload, `key` opens the parts. 32 bytes each. */
export interface AttachmentKeys {
  readonly secret: Uint8Array;
  readonly id: string;
  readonly key: Uint8Array;
}

/** The id that a secret stands for: first 16 bytes of H('tk1/upload-id', secret), hex. */
export const uploadId = (hashes: Blake, secret: Uint8Array): string =>
  toHex(taggedHash(hashes, 'tk1/upload-id', secret).subarray(0, 16));

export function newAttachmentKeys(suite: Suite): AttachmentKeys {
  const secret = suite.randomBytes(32);
  return { secret, id: uploadId(suite, secret), key: suite.randomBytes(32) };
}

/** What a challenge is asked for with, in place of a seal's hash. */
export const uploadSeal = (hashes: Blake, id: string, bytes: number): Hash =>
  toHex(taggedHash(hashes, 'tk1/upload', idBytes(id), u64(bytes))) as Hash;

function idBytes(id: string): Uint8Array {
  ensure(ID.test(id), 'field_invalid', 'id');
  return fromHex(id);
}

const firstAd = (id: string, no: number): Uint8Array => lengthPrefixed('tk1/part', idBytes(id), u32(no));

/** Seals one part (1 to PART_BYTES bytes). A fresh random header every time: a part that was sent is sent again as it was, never sealed anew. */
export function sealPart(
  suite: Suite,
  key: Uint8Array,
  id: string,
  no: number,
  plain: Uint8Array,
): Uint8Array<ArrayBuffer> {
  ensure(plain.length >= 1 && plain.length <= PART_BYTES, 'part_size');
  const partKey = suite.kdf(key, 'tk1part_', no, 32);
  const header = suite.randomBytes(SIZES.streamHeader);
  const out = new Uint8Array(sealedPartLength(plain.length));
  out.set(header);
  const stream = suite.streamSealer(partKey, header);
  let at: number = SIZES.streamHeader;
  for (let from = 0; from < plain.length; from += CHUNK_BYTES) {
    const last = from + CHUNK_BYTES >= plain.length;
    const ad = from === 0 ? firstAd(id, no) : NO_AD;
    const sealed = stream.push(plain.subarray(from, from + CHUNK_BYTES), ad, last);
    out.set(sealed, at);
    at += sealed.length;
    release(sealed);
  }
  stream.end();
  wipe(partKey);
  return out;
}

/** Opens one part (attacker-controlled). Throws `part_size`, `part_corrupt` (altered, cut, of another file or number). */
export function openPart(
  suite: Suite,
  key: Uint8Array,
  id: string,
  no: number,
  sealed: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const sealedChunk = CHUNK_BYTES + SIZES.streamTag;
  const chunks = Math.ceil((sealed.length - SIZES.streamHeader) / sealedChunk);
  const length = sealed.length - SIZES.streamHeader - chunks * SIZES.streamTag;
  ensure(chunks >= 1 && length >= 1 && length <= PART_BYTES, 'part_size');
  ensure(sealedPartLength(length) === sealed.length, 'part_size');
  const partKey = suite.kdf(key, 'tk1part_', no, 32);
  const stream = suite.streamOpener(partKey, sealed.subarray(0, SIZES.streamHeader));
  const plain = new Uint8Array(length);
  try {
    let at = 0;
    for (let from: number = SIZES.streamHeader; from < sealed.length; from += sealedChunk) {
      const ad = from === SIZES.streamHeader ? firstAd(id, no) : NO_AD;
      const opened = stream.pull(sealed.subarray(from, from + sealedChunk), ad);
      const isLast = from + sealedChunk >= sealed.length;
      if (opened === null || opened.last !== isLast) throw new ProtocolError('part_corrupt');
      plain.set(opened.message, at);
      at += opened.message.length;
      wipe(opened.message);
    }
    return plain;
  } finally {
    stream.end();
    wipe(partKey);
  }
}

/**
 * What an opened part holds of a file of `size` bytes: a view without the padding, empty for a part of padding alone. Throws
 * `part_corrupt` where the padding is not zero.
 */
export function withoutPadding(plain: Uint8Array, no: number, size: number): Uint8Array {
  const end = Math.min(plain.length, Math.max(0, size - no * PART_BYTES));
  ensure(
    plain.subarray(end).every((byte) => byte === 0),
    'part_corrupt',
  );
  return plain.subarray(0, end);
}

/** H('tk1/part-hash', sealed part), 32 bytes: what the server notes of a part and the reader compares. */
export const hashPart = (hashes: Blake, sealed: Uint8Array): Uint8Array =>
  taggedHash(hashes, 'tk1/part-hash', sealed);

/** H('tk1/parts', id, all part hashes joined): what the manifest names. */
export const partsRoot = (hashes: Blake, id: string, partHashes: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/parts', idBytes(id), partHashes)) as Hash;
