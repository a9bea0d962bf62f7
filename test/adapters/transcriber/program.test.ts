import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asDraft, MAX_DRAFT } from '../../../src/adapters/transcriber/draft.ts';
import { commandWords, programTranscriber } from '../../../src/adapters/transcriber/program.ts';
import { VOICE_RATE, voiceSamples } from '../../../src/adapters/transcriber/voice-wav.ts';
import { voiceWav } from './voice.ts';

const PROGRAM = join(import.meta.dirname, 'speech-program.mjs');
const calm = new AbortController().signal;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tinkin-transcriber-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const program = (behaviour: string, note = '') =>
  programTranscriber([process.execPath, PROGRAM, behaviour, '{file}', '{lang}', note], { folder });

describe('the sound that is transcribed', () => {
  test('is 16 kHz mono of 16 bits, and gives its samples', () => {
    expect(voiceSamples(voiceWav(800)).length).toBe(1600);
  });

  test.each([
    ['no WAV', new Uint8Array(100)],
    ['cut short', voiceWav(800).subarray(0, 900)],
    ['another rate', voiceWav(800, { rate: 8000 })],
    ['two channels', voiceWav(800, { channels: 2 })],
    ['eight bits', voiceWav(800, { bits: 8 })],
    ['not PCM', voiceWav(800, { kind: 7 })],
    ['empty', voiceWav(0)],
    ['longer than thirty minutes', voiceWav(30 * 60 * VOICE_RATE + 1)],
  ])('is refused when it is %s', (_what, wav) => {
    expect(() => voiceSamples(wav)).toThrow(
      expect.objectContaining({ code: 'field_invalid', field: 'audio' }),
    );
  });
});

describe('a command line', () => {
  test('is words, kept together by quotes, without any shell', () => {
    expect(commandWords(`whisper-cli -m "C:/Mô hình/vi.bin" -l {lang} '-f' {file} $HOME;rm`)).toEqual([
      ...['whisper-cli', '-m', 'C:/Mô hình/vi.bin', '-l', '{lang}', '-f', '{file}', '$HOME;rm'],
    ]);
  });

  test.each(['', 'whisper -l vi', '{file}', 'whisper "{file}', "it's {file}"])('is refused: %s', (line) => {
    expect(commandWords(line)).toBeNull();
  });
});

describe('a program', () => {
  test('hears a file that it alone may read, and what it prints is the draft', async () => {
    const { text, ms } = await program('echo').transcribe(voiceWav(800), 'vi', calm);
    expect(text).toMatch(/^Nghe được 1644 byte,\nvi, 700\n\n.*voice\.wav$/);
    expect(ms).toBeGreaterThanOrEqual(0);
  });

  test('leaves no sound behind, whether it ends well or not', async () => {
    await program('echo').transcribe(voiceWav(800), 'en', calm);
    await expect(program('fail').transcribe(voiceWav(800), 'vi', calm)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('begins by removing the sound that a killed run left, and no other’s', async () => {
    for (const name of ['tinkin-voice-old', 'tinkin-voice-new', 'something'])
      await mkdir(join(folder, name)).then(() => writeFile(join(folder, name, 'voice.wav'), 'tiếng'));
    const before = Date.now() / 1000 - 3600;
    for (const name of ['tinkin-voice-old', 'something']) await utimes(join(folder, name), before, before);
    await program('echo').transcribe(voiceWav(800), 'vi', calm);
    expect(await readdir(folder)).toEqual(['something', 'tinkin-voice-new']);
  });

  test('that is not there is unavailable', async () => {
    const missing = programTranscriber([join(folder, 'nothing'), '{file}'], { folder });
    await expect(missing.transcribe(voiceWav(800), 'vi', calm)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('is ended when nobody waits any more, and its file goes', async () => {
    const note = join(folder, 'note');
    const stop = new AbortController();
    const work = program('sleep', note).transcribe(voiceWav(800), 'vi', stop.signal);
    await expect.poll(() => existsSync(note), { timeout: 10_000 }).toBe(true);
    const heard = await readFile(note, 'utf8');
    expect(existsSync(heard)).toBe(true);
    stop.abort();
    await expect(work).rejects.toMatchObject({ code: 'unavailable' });
    expect(existsSync(heard)).toBe(false);
  });

  test('is ended when it never stops talking', async () => {
    await expect(program('talk').transcribe(voiceWav(800), 'vi', calm)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a draft is NFC, bounded and free of control and direction marks', () => {
  expect(asDraft('  Tô\u0302 \u202eHiệu\u0000\r\n\r\n\r\n\r\nxong ')).toBe(
    'Tô\u0302 Hiệu\n\nxong'.normalize('NFC'),
  );
  expect(asDraft('a'.repeat(MAX_DRAFT + 5))).toHaveLength(MAX_DRAFT);
});
