import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssets } from '../../../src/adapters/data/assets.ts';
import { fileReferenceData } from '../../../src/adapters/data/reference-data.ts';
import { fileStaticFiles } from '../../../src/adapters/data/static-files.ts';

let folder = '';
const TEXT = 'const a = "Tin báo";\n'.repeat(100);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinkin-data-'));
  mkdirSync(join(folder, 'build'));
  writeFileSync(join(folder, 'build', 'form-Ab3_x9-Q.js'), TEXT);
  writeFileSync(join(folder, 'build', 'form-Ab3_x9-Q.js.br'), brotliCompressSync(Buffer.from(TEXT)));
  writeFileSync(
    join(folder, 'build', 'assets.json'),
    JSON.stringify({ form: '/build/form-Ab3_x9-Q.js', bad: 5 }),
  );
  writeFileSync(join(folder, 'build', 'note.bak'), 'x');
  writeFileSync(join(folder, 'conduct.json'), '{"a":1}');
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'secret.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = () =>
  fileStaticFiles(
    [
      { prefix: '/build/', folder: join(folder, 'build') },
      { prefix: '/data/', folder, files: ['conduct.json', 'missing.json'] },
    ],
    ['/build/form-Ab3_x9-Q.js'],
  );

describe('static files', () => {
  test('are those that are there, and of folders with a list only those of the list', () => {
    expect(files().get('/build/form-Ab3_x9-Q.js')).not.toBeNull();
    expect(files().get('/data/conduct.json')).not.toBeNull();
    for (const path of [
      '/data/secret.json',
      '/data/missing.json',
      '/build/note.bak',
      '/build/../secret.json',
      '/build/',
      '/build',
    ]) {
      expect(files().get(path)).toBeNull();
    }
  });

  test('with a hash in their name are for good, others are not', () => {
    expect(files().get('/build/form-Ab3_x9-Q.js')?.immutable).toBe(true);
    expect(files().get('/data/conduct.json')?.immutable).toBe(false);
  });

  test('give the encoding that was made at build time, or make it', () => {
    const file = files().get('/build/form-Ab3_x9-Q.js');
    const br = file?.body(new Set(['gzip', 'deflate', 'br']));
    const gzip = file?.body(new Set(['gzip']));
    expect([br?.encoding, gzip?.encoding]).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(br?.bytes ?? new Uint8Array()).toString()).toBe(TEXT);
    expect(gunzipSync(gzip?.bytes ?? new Uint8Array()).toString()).toBe(TEXT);
  });

  test('come plain to whoever takes no encoding, and when they are too small to gain', () => {
    const file = files().get('/build/form-Ab3_x9-Q.js');
    for (const coding of ['', 'identity']) expect(file?.body(new Set([coding])).encoding).toBeNull();
    expect(
      files()
        .get('/data/conduct.json')
        ?.body(new Set(['br'])).encoding,
    ).toBeNull();
  });

  test('know which script is a worker’s', () => {
    expect(files().get('/build/form-Ab3_x9-Q.js')?.worker).toBe(true);
    expect(files().get('/data/conduct.json')?.worker).toBe(false);
  });
});

describe('reference data', () => {
  test('is parsed once', () => {
    const data = fileReferenceData(folder);
    expect(data.get('conduct')).toEqual({ a: 1 });
    expect(data.get('conduct')).toBe(data.get('conduct'));
  });

  test.each(['missing', '../conduct', 'a/b/c', ''])('named %j is refused by name', (name) => {
    expect(() => fileReferenceData(folder).get(name)).toThrow('reference data');
  });

  test('that is no JSON is refused with its line', () => {
    expect(() => fileReferenceData(folder).get('broken')).toThrow('broken.json:1:2: is not JSON');
  });
});

describe('assets', () => {
  test('are the hashed addresses of the build', () => {
    const { assets, built } = readAssets(join(folder, 'build'));
    expect([assets.url('form'), built]).toEqual(['/build/form-Ab3_x9-Q.js', true]);
  });

  test('without a build have addresses that do not exist', () => {
    const { assets, built } = readAssets(join(folder, 'nothing'));
    expect([assets.url('form'), built]).toEqual(['/build/form', false]);
  });
});
