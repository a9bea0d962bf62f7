import { checkSeconds, cutShort, holds, type Parser, wrongFormat } from './parser.ts';

/** PCM, float, A-law, µ-law, and the header that names one of them at length: what browsers play. */
const FORMATS: readonly number[] = [1, 3, 6, 7, 0xfffe];
/** Largest description of the sound that is looked at. */
const MAX_FORMAT_BYTES = 128;
/** A length that programs write which do not know it yet: nobody can tell whether such a file is whole. */
const UNKNOWN_LENGTH = 0x7fff_0000;

/**
 * RIFF/WAVE. Errors: `recording_format`; `recording_cut` when less came than the file says it holds, or when it does not say;
 * `recording_long` as soon as its header tells.
 */
export function* wav(): Parser {
  const head = view(yield { read: 12 });
  if (!holds(head.bytes, 0, 'RIFF') || !holds(head.bytes, 8, 'WAVE')) wrongFormat();
  const whole = head.u32(4) + 8;
  let at = 12;
  let bytesPerSecond = 0;
  let seconds: number | null = null;
  for (;;) {
    const chunk = view(yield { read: 8, mayEnd: true });
    if (chunk.bytes.length === 0) break;
    // Whatever stands behind the file's own end is something else.
    if (at >= whole) wrongFormat();
    const size = chunk.u32(4);
    if (holds(chunk.bytes, 0, 'fmt ')) {
      if (bytesPerSecond > 0 || size < 16 || size > MAX_FORMAT_BYTES) wrongFormat();
      bytesPerSecond = bytesASecond(yield { read: size });
    } else {
      if (holds(chunk.bytes, 0, 'data')) {
        if (bytesPerSecond === 0 || seconds !== null) wrongFormat();
        if (size >= UNKNOWN_LENGTH) cutShort();
        seconds = checkSeconds(size / bytesPerSecond);
      }
      yield { skip: size };
    }
    at += 8 + size;
    // Chunks begin at even places; after the last one the filling byte is often left out.
    if (size % 2 === 1) at += (yield { read: 1, mayEnd: true }).length;
  }
  if (at + 1 < whole) cutShort();
  return seconds ?? wrongFormat();
}

function bytesASecond(bytes: Uint8Array): number {
  const format = view(bytes);
  const [kind, channels, rate, speed, frame] = [
    ...[format.u16(0), format.u16(2), format.u32(4)],
    ...[format.u32(8), format.u16(12)],
  ] as [number, number, number, number, number];
  const sound = FORMATS.includes(kind) && channels >= 1 && channels <= 8 && rate >= 4000 && rate <= 192_000;
  return sound && frame > 0 && speed === rate * frame ? speed : wrongFormat();
}

const view = (bytes: Uint8Array) => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    bytes,
    u16: (at: number) => data.getUint16(at, true),
    u32: (at: number) => data.getUint32(at, true),
  };
};
