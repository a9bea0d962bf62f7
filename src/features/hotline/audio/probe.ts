import { AppError } from '../../../domain/errors.ts';
import { mpeg } from './mpeg.ts';
import { ogg } from './ogg.ts';
import { Feeder, holds, type Parser } from './parser.ts';
import { wav } from './wav.ts';

/** Kinds of sound that are taken, by the media type under which they are kept and played. */
export const SOUND_TYPES = ['audio/wav', 'audio/mpeg', 'audio/ogg'] as const;
export type SoundType = (typeof SOUND_TYPES)[number];

const PARSERS: Readonly<Record<SoundType, () => Parser>> = {
  'audio/wav': wav,
  'audio/mpeg': mpeg,
  'audio/ogg': ogg,
};

/** The kind that a Content-Type names; null for one that is not taken. */
export function declaredSound(contentType: string): SoundType | null {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'audio/opus') return 'audio/ogg';
  if (type === 'audio/x-wav' || type === 'audio/wave') return 'audio/wav';
  return SOUND_TYPES.find((one) => one === type) ?? null;
}

/**
 * Looks a recording over while it arrives, however it is cut into chunks: what kind it is, how long, and whether it is whole. Keeps at most 64 KiB.
 * Errors of `push` and `finish`: `recording_format` (no such sound, or other than declared), `recording_cut` (ends too early, or is
 * damaged), `recording_long` (more than thirty minutes).
 */
export class AudioProbe {
  readonly #declared: SoundType | null;
  #start: Uint8Array = new Uint8Array(0);
  #found: { readonly type: SoundType; readonly feeder: Feeder } | null = null;

  /** @param declared what the sender says it is; null when nobody said. */
  constructor(declared: SoundType | null = null) {
    this.#declared = declared;
  }

  push(chunk: Uint8Array): void {
    if (this.#found !== null) {
      this.#found.feeder.push(chunk);
      return;
    }
    const start = new Uint8Array(this.#start.length + chunk.length);
    start.set(this.#start);
    start.set(chunk, this.#start.length);
    this.#start = start;
    if (start.length < 4) return;
    const type = kindOf(start);
    if (type === null || (this.#declared !== null && type !== this.#declared))
      throw new AppError('recording_format');
    this.#found = { type, feeder: new Feeder(PARSERS[type]()) };
    this.#start = new Uint8Array(0);
    this.#found.feeder.push(start);
  }

  /** Kind, and length in whole seconds, at least one. */
  finish(): { readonly type: SoundType; readonly seconds: number } {
    if (this.#found === null)
      throw new AppError(this.#start.length === 0 ? 'recording_cut' : 'recording_format');
    const { type, feeder } = this.#found;
    return { type, seconds: Math.max(1, Math.round(feeder.finish())) };
  }
}

/** Recognised by the first four bytes alone; the parsers look at the rest. */
function kindOf(start: Uint8Array): SoundType | null {
  if (holds(start, 0, 'RIFF')) return 'audio/wav';
  if (holds(start, 0, 'OggS')) return 'audio/ogg';
  const frame = start[0] === 0xff && (start[1] ?? 0) >> 5 === 7;
  return holds(start, 0, 'ID3') || frame ? 'audio/mpeg' : null;
}
