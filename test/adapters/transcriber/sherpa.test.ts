import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pieces, sherpaTranscriber } from '../../../src/adapters/transcriber/sherpa.ts';
import { VOICE_RATE } from '../../../src/adapters/transcriber/voice-wav.ts';
import { voiceWav } from './voice.ts';

/** A library of the same shape, which tells what it was made with and what it heard. */
const LIBRARY = `
exports.OfflineRecognizer = class {
  constructor(config) { this.config = config; }
  createStream() { return { acceptWaveform(wave) { this.wave = wave; } }; }
  async decodeAsync({ wave }) {
    const { encoder, decoder, joiner } = this.config.modelConfig.transducer;
    const files = [encoder, decoder, joiner].map((file) => file.split('/').pop()).join(' ');
    return { text: ' ' + files + ' ' + wave.sampleRate + ' ' + wave.samples.length };
  }
};`;

let folder = '';
const calm = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tinkin-sherpa-'));
  const library = join(folder, 'node_modules', 'sherpa-onnx-node');
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'index.js'), LIBRARY);
  await mkdir(join(folder, 'model'));
  for (const name of ['encoder.onnx', 'encoder.int8.onnx', 'decoder.onnx', 'joiner.int8.onnx', 'tokens.txt'])
    await writeFile(join(folder, 'model', name), '');
  await mkdir(join(folder, 'empty'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('sherpa-onnx', () => {
  test('is found beside the model when it runs, and hears every sample with the small model', async () => {
    const transcriber = await sherpaTranscriber(join(folder, 'model'), [folder]);
    const { text } = await transcriber.transcribe(voiceWav(1600), 'vi', calm);
    expect(text).toBe('encoder.int8.onnx decoder.onnx joiner.int8.onnx 16000 1600');
    expect(transcriber.name).toBe('model');
  });

  test('stops between two pieces once nobody waits', async () => {
    const transcriber = await sherpaTranscriber(join(folder, 'model'), [folder]);
    await expect(transcriber.transcribe(voiceWav(1600), 'vi', AbortSignal.abort())).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  test('that is not installed, or a folder without a model, is said in a sentence', async () => {
    await expect(sherpaTranscriber(join(folder, 'model'), [tmpdir()])).rejects.toThrow('is not installed');
    await expect(sherpaTranscriber(join(folder, 'empty'), [folder])).rejects.toThrow('tokens.txt');
  });
});

test('a long recording is cut at quiet places, and nothing of it is lost or heard twice', () => {
  const samples = Float32Array.from({ length: 50 * VOICE_RATE }, (_, i) => Math.sin(i));
  // Silence from second 17 to 17.1.
  samples.fill(0, 17 * VOICE_RATE, Math.round(17.1 * VOICE_RATE));
  const cut = pieces(samples);
  expect(cut.length).toBeGreaterThan(2);
  expect(cut.reduce((sum, { length }) => sum + length, 0)).toBe(samples.length);
  const first = (cut[0]?.length ?? 0) / VOICE_RATE;
  expect(first).toBeGreaterThan(17);
  expect(first).toBeLessThan(17.1);
  expect(Math.max(...cut.map(({ length }) => length))).toBeLessThanOrEqual(20 * VOICE_RATE);
  expect(Float32Array.from(cut.flatMap((piece) => [...piece]))).toEqual(samples);
});
