import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { AudioProbe, declaredSound, type SoundType } from '../../../src/features/hotline/audio/probe.ts';
import { concat, utf8 } from '../../../src/protocol/bytes.ts';
import { mp3File, mp3Frame, oggPage, opusFile, opusHead, riffChunk, wavFile } from '../../fixtures/sounds.ts';

function probed(bytes: Uint8Array, step = bytes.length, declared: SoundType | null = null) {
  const probe = new AudioProbe(declared);
  try {
    for (let at = 0; at < bytes.length; at += step) probe.push(bytes.subarray(at, at + step));
    return probe.finish();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const list = riffChunk('LIST', utf8('INFOsoft'));
const SOUNDS: readonly (readonly [string, SoundType, number, Uint8Array])[] = [
  ['WAV', 'audio/wav', 2, wavFile(2)],
  ['WAV with more behind its data', 'audio/wav', 1, wavFile(1, { tail: list })],
  ['Opus', 'audio/ogg', 3, opusFile(3)],
  ['MP3', 'audio/mpeg', 4, mp3File(100)],
  ['MP3 that does not tell its length', 'audio/mpeg', 2, mp3File(50, null)],
];

describe.each(SOUNDS)('%s', (_, type, seconds, bytes) => {
  test.each([1, 7, 4096])('is recognised with its length, arriving in chunks of %i bytes', (step) => {
    expect(probed(bytes, step)).toEqual({ type, seconds });
  });
});

describe('a sound that was cut short', () => {
  // Where a frame of an MP3 that tells nothing ends, nobody can see that more should follow.
  const told = SOUNDS.filter(([, , , bytes]) => bytes !== SOUNDS[4]?.[3]);
  test.each(told)('%s is refused wherever it was cut', (_, __, ___, bytes) => {
    const step = Math.max(1, Math.floor(bytes.length / 900));
    const ends = new Set([4, 11, 12, 13, 20, 28, 36, 43, 44, bytes.length - 2, bytes.length - 143]);
    for (let end = 4; end < bytes.length - 1; end += step) ends.add(end);
    for (const end of ends) expect([end, probed(bytes.subarray(0, end))]).toEqual([end, 'recording_cut']);
  });

  test('is refused when an MP3 without a length ends inside a frame', () => {
    const bytes = mp3File(10, null);
    for (const missing of [1, 10, 139, 143])
      expect(probed(bytes.subarray(0, bytes.length - missing))).toBe('recording_cut');
  });

  test('is refused when nobody knows how long it should be', () => {
    expect(probed(wavFile(1, { data: 0xffff_ffff }))).toBe('recording_cut');
    expect(probed(wavFile(1, { data: 0x7fff_f000 }))).toBe('recording_cut');
  });

  test('is refused when an Ogg page is altered, missing, or the last one never came', () => {
    const bytes = opusFile(3);
    const altered = bytes.slice();
    altered[400] = (altered[400] ?? 0) ^ 1;
    expect(probed(altered)).toBe('recording_cut');
    const gap = concat(oggPage(0, 2, 0, opusHead()), oggPage(2, 4, 48_000, utf8('later')));
    expect(probed(gap)).toBe('recording_cut');
    expect(probed(concat(oggPage(0, 2, 0, opusHead()), oggPage(1, 0, 48_000, utf8('sound'))))).toBe(
      'recording_cut',
    );
  });

  test('is refused when nothing came at all', () => {
    expect(probed(new Uint8Array(0))).toBe('recording_cut');
  });
});

describe('what is no recording', () => {
  test.each([
    ['a picture', utf8('\u0089PNG\r\n\u001a\n and more')],
    ['a page', utf8('<!doctype html><script>alert(1)</script>')],
    ['a film', concat(new Uint8Array(4), utf8('ftypmp42'))],
    ['two bytes', utf8('RI')],
    ['a RIFF file that is a film', concat(utf8('RIFF'), new Uint8Array(4), utf8('AVI LIST'))],
    ['a WAV of a telephone’s own codec', gsm()],
    ['a WAV without sound', noData()],
    ['a WAV with a page behind it', concat(wavFile(1), utf8('<!doctype html><p>Hello</p>'))],
    ['an MP3 with an archive behind it', concat(mp3File(5), utf8('PK\u0003\u0004 and so on'))],
    ['an Ogg with a film in it', oggPage(0, 2, 0, utf8('\u0080theora and some more bytes here'))],
    ['an Ogg with another stream after it', concat(opusFile(1), oggPage(0, 2, 0, opusHead(), 8))],
    ['an Ogg with a stream beside it', concat(oggPage(0, 2, 0, opusHead()), oggPage(0, 2, 0, opusHead(), 8))],
    [
      'frames of different kinds',
      concat(mp3Frame(), Uint8Array.of(0xff, 0xfb, 0x90, 0xc0), new Uint8Array(413)),
    ],
  ])('is refused: %s', (_, bytes) => {
    expect(probed(bytes)).toBe('recording_format');
  });

  test('is refused: a sound of another kind than declared', () => {
    expect(probed(wavFile(1), 100, 'audio/mpeg')).toBe('recording_format');
    expect(probed(wavFile(1), 100, 'audio/wav')).toEqual({ type: 'audio/wav', seconds: 1 });
  });
});

describe('a recording of more than thirty minutes', () => {
  test('is refused as soon as its header or its pages say so', () => {
    expect(probed(wavFile(1, { data: 8000 * 2 * 1801 }))).toBe('recording_long');
    expect(probed(concat(oggPage(0, 2, 0, opusHead()), oggPage(1, 0, 48_000 * 1801, utf8('x'))))).toBe(
      'recording_long',
    );
  });

  test('is refused at the frame that is too much', () => {
    expect(probed(mp3File(50_001, null), 1 << 20)).toBe('recording_long');
    expect(probed(mp3File(50_000, null), 1 << 20)).toEqual({ type: 'audio/mpeg', seconds: 1800 });
  });
});

test('the types that telephone systems send name the kinds that are kept', () => {
  expect(declaredSound('audio/opus')).toBe('audio/ogg');
  expect(declaredSound('Audio/WAV; rate=8000')).toBe('audio/wav');
  expect(declaredSound('audio/x-wav')).toBe('audio/wav');
  expect(declaredSound('audio/aac')).toBeNull();
  expect(declaredSound('')).toBeNull();
});

function gsm(): Uint8Array {
  const bytes = wavFile(1);
  bytes[20] = 0x31;
  return bytes;
}

function noData(): Uint8Array {
  const bytes = wavFile(0).slice(0, 36);
  new DataView(bytes.buffer).setUint32(4, 28, true);
  return bytes;
}
