import type { Hash, StaffId, UnitId } from '../domain/ids.ts';
import { concat, lengthPrefixed, readU32, utf8, wipe, writeU32 } from './bytes.ts';
import { openFromKey, sealToKey } from './epoch.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import { type Share, splitSecret } from './recovery.ts';
import { SIZES, type Suite } from './suite.ts';

/** Largest particulars of a recording, in bytes of plaintext, padding included. */
const META_BYTES = 512;
/** Sealed particulars: nonce, plaintext, tag. */
export const RECORDING_META_BYTES = SIZES.aeadNonce + META_BYTES + SIZES.aeadTag;

/** Which recording: `id` names its sealed parts as well. */
export interface RecordingContext {
  readonly instance: string;
  readonly unit: UnitId;
  /** 32 hex digits. */
  readonly id: string;
}

/** What the telephone system told of a recording. Never the caller's number. */
export interface RecordingMeta {
  /** Media type of the sound. */
  readonly type: string;
  readonly seconds: number;
  /** Bytes of the sound, without the padding of its parts. */
  readonly size: number;
  /** The line that was called, at most 40 characters, or empty. */
  readonly line: string;
}

const keyBinding = ({ instance, unit, id }: RecordingContext, staff: StaffId): Uint8Array =>
  lengthPrefixed('tk1/recording', instance, unit, id, staff);
const shareBinding = ({ instance, unit, id }: RecordingContext, holder: string): Uint8Array =>
  lengthPrefixed('tk1/recording-share', instance, unit, id, holder);
const metaBinding = ({ instance, id }: RecordingContext, root: Hash): Uint8Array =>
  lengthPrefixed('tk1/recording-meta', instance, id, root);

/** A recording's key (32 bytes) sealed to one operator's own X-Wing key: 1168 bytes. */
export const sealRecordingKey = (
  suite: Suite,
  key: Uint8Array,
  recording: RecordingContext,
  operator: { readonly staff: StaffId; readonly kemKey: Uint8Array },
): Uint8Array => sealToKey(suite, key, keyBinding(recording, operator.staff), operator.kemKey);

/** Opens a recording's key. Throws `recording_corrupt`: altered, of another recording, unit or person. */
export function openRecordingKey(
  suite: Suite,
  wrap: Uint8Array,
  recording: RecordingContext,
  operator: { readonly staff: StaffId; readonly kemSecret: Uint8Array },
): Uint8Array {
  const key = openFromKey(suite, wrap, keyBinding(recording, operator.staff), operator.kemSecret);
  ensure(key !== null && key.length === SIZES.dataKey, 'recording_corrupt', 'wrap');
  return key;
}

/**
 * Shares of a recording's key for the three recovery holders (1169 bytes each), two of which give it back: no voice is lost when operators
 * leave. Nothing for an instance without holders. Throws `shares_invalid` for another number of them.
 */
export function sealRecordingShares(
  suite: Suite,
  key: Uint8Array,
  recording: RecordingContext,
  holders: readonly { readonly id: string; readonly kemKey: Uint8Array }[],
): readonly { readonly holder: string; readonly share: Uint8Array }[] {
  if (holders.length === 0) return [];
  const shares = splitSecret(suite, key);
  ensure(holders.length === shares.length, 'shares_invalid');
  const sealed = shares.flatMap(({ x, y }, at) => {
    const holder = holders[at];
    if (holder === undefined) return [];
    const plain = concat(Uint8Array.of(x), y);
    const share = sealToKey(suite, plain, shareBinding(recording, holder.id), holder.kemKey);
    wipe(plain, y);
    return [{ holder: holder.id, share }];
  });
  return sealed;
}

/** Opens a holder's share; `combineShares` of two gives the key. Throws `recording_corrupt`. */
export function openRecordingShare(
  suite: Suite,
  share: Uint8Array,
  recording: RecordingContext,
  holder: { readonly id: string; readonly kemSecret: Uint8Array },
): Share {
  const plain = openFromKey(suite, share, shareBinding(recording, holder.id), holder.kemSecret);
  ensure(plain !== null && plain.length === 33, 'recording_corrupt', 'share');
  const opened = { x: plain[0] ?? 0, y: plain.slice(1) };
  wipe(plain);
  return opened;
}

/** Particulars closed under the recording's key and bound to its parts' root: 552 bytes always. Throws `field_invalid` for overlong ones. */
export function sealRecordingMeta(
  suite: Suite,
  key: Uint8Array,
  recording: RecordingContext,
  root: Hash,
  meta: RecordingMeta,
): Uint8Array {
  const json = utf8(
    JSON.stringify({
      type: meta.type,
      seconds: meta.seconds,
      size: meta.size,
      line: meta.line.normalize('NFC'),
    }),
  );
  ensure(json.length + 4 <= META_BYTES, 'field_invalid', 'line');
  const plain = new Uint8Array(META_BYTES);
  writeU32(plain, 0, json.length);
  plain.set(json, 4);
  const metaKey = suite.kdf(key, 'tk1rmeta', 0, 32);
  const nonce = suite.randomBytes(SIZES.aeadNonce);
  const sealed = concat(nonce, suite.aeadSeal(metaKey, nonce, plain, metaBinding(recording, root)));
  wipe(metaKey, plain);
  return sealed;
}

/** Opens particulars. Throws `recording_corrupt`. */
export function openRecordingMeta(
  suite: Suite,
  key: Uint8Array,
  recording: RecordingContext,
  root: Hash,
  sealed: Uint8Array,
): RecordingMeta {
  ensure(sealed.length === RECORDING_META_BYTES, 'recording_corrupt', 'meta');
  const metaKey = suite.kdf(key, 'tk1rmeta', 0, 32);
  const nonce = sealed.subarray(0, SIZES.aeadNonce);
  const bound = metaBinding(recording, root);
  const plain = suite.aeadOpen(metaKey, nonce, sealed.subarray(SIZES.aeadNonce), bound);
  wipe(metaKey);
  ensure(plain !== null, 'recording_corrupt', 'meta');
  const end = 4 + readU32(plain, 0);
  ensure(end <= plain.length, 'recording_corrupt', 'meta');
  const reader = new Reader(
    parseObject(plain.subarray(4, end), META_BYTES, 'recording_corrupt'),
    'recording_corrupt',
  );
  const meta: RecordingMeta = {
    type: reader.string('type', 100),
    seconds: reader.integer('seconds', 0, 86_400),
    size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
    line: reader.string('line', 40),
  };
  reader.done();
  return meta;
}
