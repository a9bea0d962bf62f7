import { AppError } from '../../domain/errors.ts';

/** Samples a second of everything that is transcribed: mono, 16 bits. */
export const VOICE_RATE = 16_000;
/** Longest sound, in seconds. */
export const MAX_VOICE_SECONDS = 30 * 60;
/** Largest WAV file of that length, other chunks than the sound included. */
export const MAX_VOICE_BYTES = MAX_VOICE_SECONDS * VOICE_RATE * 2 + 4096;

const wrong = (): never => {
  throw new AppError('field_invalid', { field: 'audio' });
};

/**
 * The samples of a RIFF/WAVE file, as a view: PCM, 16 kHz, mono, 16 bits, at least one sample and at most thirty minutes. Error
 * `field_invalid` (`audio`) for anything else.
 */
export function voiceSamples(wav: Uint8Array): Uint8Array {
  const data = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const name = (at: number): string => String.fromCharCode(...wav.subarray(at, at + 4));
  if (wav.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') return wrong();
  let fits = false;
  for (let at = 12; at + 8 <= wav.length; ) {
    const length = data.getUint32(at + 4, true);
    const from = at + 8;
    if (from + length > wav.length) return wrong();
    if (name(at) === 'fmt ') {
      fits =
        length >= 16 &&
        data.getUint16(from, true) === 1 &&
        data.getUint16(from + 2, true) === 1 &&
        data.getUint32(from + 4, true) === VOICE_RATE &&
        data.getUint16(from + 14, true) === 16;
    }
    if (name(at) === 'data') {
      const bounded = length >= 2 && length % 2 === 0 && length <= MAX_VOICE_SECONDS * VOICE_RATE * 2;
      return fits && bounded ? wav.subarray(from, from + length) : wrong();
    }
    at = from + length + (length % 2);
  }
  return wrong();
}
