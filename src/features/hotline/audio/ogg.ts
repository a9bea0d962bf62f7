import { checkSeconds, cutShort, holds, type Parser, wrongFormat } from './parser.ts';

const HEADER = 27;
/** Opus counts at this rate, whatever was recorded. */
const OPUS_RATE = 48_000;
const FIRST = 2;
const LAST = 4;
/** "No packet ends on this page." */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/**
 * Ogg with one stream of Opus or Vorbis. Errors: `recording_format`; `recording_cut` for a page that is damaged or missing, and for a stream
 * without its last page; `recording_long`.
 */
export function* ogg(): Parser {
  let serial: number | null = null;
  let sequence = 0;
  let rate = 0;
  let before = 0;
  let seconds = 0;
  for (;;) {
    const head = yield { read: HEADER };
    if (!holds(head, 0, 'OggS') || head[4] !== 0) wrongFormat();
    const lacing = yield { read: head[26] ?? 0 };
    const body = yield { read: lacing.reduce((sum, length) => sum + length, 0) };
    const fields = new DataView(head.buffer, head.byteOffset, HEADER);
    const flags = fields.getUint8(5);
    if (fields.getUint32(22, true) !== pageCrc(head, lacing, body)) cutShort();
    if (serial === null) {
      serial = fields.getUint32(14, true);
      if ((flags & FIRST) === 0) wrongFormat();
      ({ rate, before } = streamOf(body));
    }
    // A second stream would be something else than one recorded voice.
    if (fields.getUint32(14, true) !== serial) wrongFormat();
    if (fields.getUint32(18, true) !== sequence) cutShort();
    sequence++;
    const position = fields.getBigUint64(6, true);
    if (position !== NO_POSITION) seconds = checkSeconds(Math.max(0, Number(position) - before) / rate);
    if ((flags & LAST) !== 0) return seconds;
  }
}

/** Samples a second of the positions, and how many of them come before the sound. */
function streamOf(body: Uint8Array): { readonly rate: number; readonly before: number } {
  const fields = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length >= 19 && holds(body, 0, 'OpusHead'))
    return { rate: OPUS_RATE, before: fields.getUint16(10, true) };
  if (body.length < 30 || body[0] !== 1 || !holds(body, 1, 'vorbis')) return wrongFormat();
  const rate = fields.getUint32(12, true);
  return rate >= 4000 && rate <= 192_000 ? { rate, before: 0 } : wrongFormat();
}

/** Polynomial of the pages' check sum (RFC 3533, section 6), most significant bit first. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c1_1db7 : 0);
  return value >>> 0;
});

/** Check sum of a page; its own field counts as zero. */
export function pageCrc(head: Uint8Array, lacing: Uint8Array, body: Uint8Array): number {
  let crc = 0;
  const add = (byte: number): void => {
    crc = ((crc << 8) ^ (CRC[((crc >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  };
  head.forEach((byte, at) => {
    add(at >= 22 && at < 26 ? 0 : byte);
  });
  lacing.forEach(add);
  body.forEach(add);
  return crc;
}
