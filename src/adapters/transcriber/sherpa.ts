import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import { asDraft } from './draft.ts';
import { VOICE_RATE, voiceSamples } from './voice-wav.ts';

const MODULE = 'sherpa-onnx-node';
/** Seconds that are recognised at once: memory grows with the square of it. */
const PIECE = 20;
/** Seconds before the end of a piece in which a quiet place is looked for. */
const QUIET = 5;
/** Samples over which loudness is measured: 20 ms. */
const WINDOW = VOICE_RATE / 50;

interface Recognizer {
  createStream(): {
    acceptWaveform(wave: { readonly sampleRate: number; readonly samples: Float32Array }): void;
  };
  decodeAsync(stream: unknown): Promise<{ readonly text: string }>;
}
interface Sherpa {
  readonly OfflineRecognizer: new (config: unknown) => Recognizer;
}

/** Why the recogniser cannot start, in words for the person at the terminal. */
export class SherpaError extends Error {
  override readonly name = 'SherpaError';
}

/**
 * Turns speech into text in this process with sherpa-onnx and a transducer model: `encoder*.onnx`, `decoder*.onnx`, `joiner*.onnx` (of two
 * the one with `int8` in its name) and `tokens.txt`. The library is no part of this program; it is looked for where Node looks from each of
 * `places`. Throws SherpaError when library or model is not there.
 */
export async function sherpaTranscriber(model: string, places: readonly string[]): Promise<Transcriber> {
  const config = await modelConfig(model);
  const recognizer = new (load(places).OfflineRecognizer)(config);
  return {
    name: basename(model),
    async transcribe(wav, _lang, signal) {
      const began = Date.now();
      const samples = voiceSamples(wav);
      const texts: string[] = [];
      for (const piece of pieces(asFloats(samples))) {
        if (signal.aborted) throw new AppError('unavailable', { cause: signal.reason });
        texts.push(await recognise(recognizer, piece));
      }
      return { text: asDraft(texts.join('\n')), ms: Date.now() - began };
    },
  };
}

async function recognise(recognizer: Recognizer, piece: Float32Array): Promise<string> {
  const stream = recognizer.createStream();
  // A copy, because native code need not heed where a view begins.
  stream.acceptWaveform({ sampleRate: VOICE_RATE, samples: piece.slice() });
  return (await recognizer.decodeAsync(stream)).text.trim();
}

function load(places: readonly string[]): Sherpa {
  const require = createRequire(import.meta.url);
  try {
    return require(require.resolve(MODULE, { paths: [...places] })) as Sherpa;
  } catch (cause) {
    throw new SherpaError(`${MODULE} is not installed: npm install ${MODULE} in this folder.`, { cause });
  }
}

async function modelConfig(folder: string): Promise<unknown> {
  const files: readonly string[] = await readdir(folder).catch(() => []);
  const find = (kind: string): string => {
    const found = files.filter((name) => name.startsWith(kind) && name.endsWith('.onnx')).sort();
    const name = found.find((one) => one.includes('int8')) ?? found[0];
    if (name === undefined) throw new SherpaError(`${folder} holds no ${kind}….onnx.`);
    return join(folder, name);
  };
  if (!files.includes('tokens.txt')) throw new SherpaError(`${folder} holds no tokens.txt.`);
  return {
    featConfig: { sampleRate: VOICE_RATE, featureDim: 80 },
    modelConfig: {
      transducer: { encoder: find('encoder'), decoder: find('decoder'), joiner: find('joiner') },
      tokens: join(folder, 'tokens.txt'),
      numThreads: 2,
      provider: 'cpu',
      debug: 0,
    },
  };
}

/** 16-bit little-endian samples as numbers from −1 to 1. */
function asFloats(samples: Uint8Array): Float32Array {
  const data = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  return Float32Array.from({ length: samples.length / 2 }, (_, i) => data.getInt16(i * 2, true) / 32_768);
}

/** Cuts a recording into pieces of at most twenty seconds, each at the quietest place of its last five. Joined they are the whole. */
export function pieces(samples: Float32Array): readonly Float32Array[] {
  const found: Float32Array[] = [];
  const longest = PIECE * VOICE_RATE;
  let from = 0;
  while (samples.length - from > longest) {
    const to = quietest(samples, from + longest - QUIET * VOICE_RATE, from + longest);
    found.push(samples.subarray(from, to));
    from = to;
  }
  found.push(samples.subarray(from));
  return found;
}

function quietest(samples: Float32Array, from: number, to: number): number {
  let least = Number.POSITIVE_INFINITY;
  let best = to;
  for (let at = from; at + WINDOW <= to; at += WINDOW) {
    const loudness = samples.subarray(at, at + WINDOW).reduce((sum, sample) => sum + sample * sample, 0);
    if (loudness < least) {
      least = loudness;
      best = at + WINDOW / 2;
    }
  }
  return best;
}
