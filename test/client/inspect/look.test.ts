import { describe, expect, test } from 'vitest';
import type { Painter } from '../../../src/client/inspect/image.ts';
import { lookInto } from '../../../src/client/inspect/look.ts';
import { stripJpeg } from '../../../src/client/inspect/strip-jpeg.ts';
import {
  bombJpeg,
  plainJpeg,
  tellingHeic,
  tellingJpeg,
  tellingMp4,
  tellingPng,
  tellingWebp,
} from '../../fixtures/telling-files.ts';

const CANARY = 'CHIMHOAMI7731';
/** A browser that resists fingerprinting: canvas is of no use. */
const tor: Painter = {
  isHonest: () => false,
  redraw: () => Promise.reject(new Error('asked to draw where that gives noise')),
};
/** A browser that draws, but not this picture. */
const cannot: Painter = { isHonest: () => true, redraw: () => Promise.reject(new Error('not decoded')) };

const look = (bytes: Uint8Array<ArrayBuffer>, name: string, type = '', painter: Painter = tor) =>
  lookInto(new Blob([bytes], { type }), name, painter);
const textOf = async (file: Blob | undefined): Promise<string> =>
  Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)).toString('latin1');
const kinds = (looked: Awaited<ReturnType<typeof look>>) =>
  [...new Set(looked.inspection.findings.map(({ kind }) => kind))].toSorted();

describe('a photo where canvas gives noise', () => {
  test('is stripped: no place, device, author, comment, and nothing behind its end', async () => {
    const looked = await look(tellingJpeg({ canary: CANARY }), 'IMG.jpg', 'image/jpeg');
    expect(looked.inspection).toMatchObject({
      type: 'image/jpeg',
      lies: false,
      ways: ['stripped', 'original'],
      obstacle: 'none',
    });
    expect(looked.made).toMatchObject({ form: 'stripped', type: 'image/jpeg' });
    const left = await textOf(looked.made?.file);
    expect(left).not.toContain(CANARY);
    expect(left).not.toContain('Exif');
    expect(left.endsWith('\xff\xd9')).toBe(true);
  });

  test('tells before what is in it: the place to the metre, device, time, author', async () => {
    const looked = await look(tellingJpeg({ canary: CANARY }), 'IMG.jpg');
    expect(kinds(looked)).toEqual(
      ['after_end', 'author', 'device', 'software', 'time', 'title'].concat('place').toSorted(),
    );
    expect(looked.inspection.findings).toContainEqual({ kind: 'place', text: '21.32778, 103.90556' });
    expect(looked.inspection.findings).toContainEqual({ kind: 'device', text: `may ${CANARY}` });
  });

  test('keeps how it is turned, and nothing else of its Exif', async () => {
    const { made } = await look(tellingJpeg({ canary: CANARY, turned: 6 }), 'IMG.jpg');
    const left = Buffer.from(await textOf(made?.file), 'latin1');
    const at = left.indexOf('Exif');
    expect(left.readUInt16BE(at + 24)).toBe(6);
    expect(left.readUInt16BE(at - 2)).toBe(34);
    expect(left.includes(CANARY)).toBe(false);
  });

  test('keeps its picture byte for byte', async () => {
    const [plain, told] = [plainJpeg(), tellingJpeg({ canary: CANARY })].map((bytes) =>
      Buffer.concat(stripJpeg(bytes)),
    );
    expect(told?.equals(plain ?? Buffer.alloc(0))).toBe(true);
    const scan = Buffer.from(plainJpeg()).subarray(
      Buffer.from(plainJpeg()).indexOf(Buffer.from([0xff, 0xda])),
    );
    expect(told?.includes(scan)).toBe(true);
  });

  test.each([
    ['PNG', tellingPng({ canary: CANARY }), 'image/png'],
    ['WebP', tellingWebp({ canary: CANARY }), 'image/webp'],
  ])('is stripped as %s, too', async (_, bytes, type) => {
    const looked = await look(bytes, 'a');
    expect(await textOf(new Blob([bytes]))).toContain(CANARY);
    expect(looked.made).toMatchObject({ form: 'stripped', type });
    expect(await textOf(looked.made?.file)).not.toContain(CANARY);
    expect(kinds(looked)).toContain('after_end');
    expect(kinds(looked)).toContain('place');
  });

  test('cut short is broken, and only the original is left to send', async () => {
    const looked = await look(plainJpeg().slice(0, 500), 'a.jpg');
    expect(looked).toMatchObject({ made: null, inspection: { ways: ['original'], obstacle: 'broken' } });
  });
});

describe('a photo in a browser that draws', () => {
  test('is drawn anew', async () => {
    const drawn = new Blob(['drawn'], { type: 'image/jpeg' });
    const painter: Painter = { isHonest: () => true, redraw: async () => drawn };
    const { inspection, made } = await look(tellingWebp({ canary: CANARY }), 'a.webp', '', painter);
    expect(inspection.ways).toEqual(['redrawn', 'original']);
    expect(made).toEqual({ form: 'redrawn', file: drawn, type: 'image/jpeg' });
  });

  test('is stripped where it is not decoded', async () => {
    const { made } = await look(tellingJpeg({ canary: CANARY }), 'a.jpg', '', cannot);
    expect(made?.form).toBe('stripped');
  });

  test('of an iPhone that is not decoded goes as it is only after all is told that it says', async () => {
    const looked = await look(tellingHeic({ canary: CANARY }), 'IMG_0001.HEIC', 'image/heic', cannot);
    expect(looked).toMatchObject({
      made: null,
      inspection: { type: 'image/heic', lies: false, ways: ['original'], obstacle: 'undecoded' },
    });
    expect(looked.inspection.findings).toContainEqual({ kind: 'place', text: '21.32778, 103.90556' });
    expect(looked.inspection.findings).toContainEqual({ kind: 'device', text: `may ${CANARY}` });
  });

  test('that names more pixels than a phone has memory for is never decoded', async () => {
    const painter: Painter = {
      isHonest: () => {
        throw new Error('asked for a canvas');
      },
      redraw: () => Promise.reject(new Error('decoded')),
    };
    const looked = await look(bombJpeg(), 'a.jpg', '', painter);
    expect(looked).toMatchObject({ made: null, inspection: { obstacle: 'bomb', ways: ['original'] } });
  });
});

describe('what a file says it is', () => {
  test('is not believed: a PNG with the name and type of a video lies', async () => {
    const looked = await look(tellingPng({ canary: CANARY }), 'phim.mp4', 'video/mp4');
    expect(looked.inspection).toMatchObject({ type: 'image/png', lies: true });
  });

  test('is no lie for another picture format', async () => {
    const looked = await look(tellingPng({ canary: CANARY }), 'anh.jpg', 'image/jpeg');
    expect(looked.inspection).toMatchObject({ type: 'image/png', lies: false });
  });

  test('of a program with a photo’s name is a lie, and nothing is taken apart', async () => {
    const looked = await look(new Uint8Array(Buffer.from(`MZ${'\0'.repeat(200)}`)), 'anh.jpg', 'image/jpeg');
    expect(looked.inspection).toMatchObject({ lies: true, obstacle: 'unknown_kind', ways: ['original'] });
  });

  test('of plain words is text', async () => {
    const looked = await look(new TextEncoder().encode('Chị Ưu kể: mỗi tối.'), 'loi.txt', 'text/plain');
    expect(looked.inspection).toMatchObject({ type: 'text/plain', lies: false, obstacle: 'unknown_kind' });
  });
});

describe('a video', () => {
  test('is written anew without place, device and names, its packets as they were', async () => {
    const bytes = await tellingMp4({ canary: CANARY }, 300_000);
    const looked = await look(bytes, 'VID.mp4', 'video/mp4');
    expect(looked.inspection).toMatchObject({
      type: 'video/mp4',
      obstacle: 'none',
      ways: ['stripped', 'original'],
    });
    expect(kinds(looked)).toEqual(expect.arrayContaining(['place', 'author', 'comments', 'device']));
    const left = Buffer.from(await textOf(looked.made?.file), 'latin1');
    expect(left.includes(CANARY)).toBe(false);
    const packet = Buffer.from(bytes).subarray(5000, 100_000);
    expect(left.includes(packet)).toBe(true);
  });

  test('cut short is broken', async () => {
    const bytes = await tellingMp4({ canary: CANARY }, 300_000);
    const looked = await look(bytes.slice(0, 60), 'VID.mp4');
    expect(looked.inspection.ways).toEqual(['original']);
  });
});
