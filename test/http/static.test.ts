import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileStaticFiles } from '../../src/adapters/data/static-files.ts';
import { createApp } from '../../src/http/create-app.ts';
import { openTestInstance, type TestInstance } from './instance.ts';

const SCRIPT = 'console.log("Tin báo");'.repeat(100);
let instance: TestInstance;
let app: ReturnType<typeof createApp>;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tinkin-static-'));
  mkdirSync(join(folder, 'build'));
  writeFileSync(join(folder, 'build', 'form-Ab3_x9-Q.js'), SCRIPT);
  writeFileSync(join(folder, 'build', 'worker-Cd4_y8-R.js'), SCRIPT);
  writeFileSync(join(folder, 'conduct.json'), JSON.stringify({ conducts: [] }));
  for (const kind of ['places', 'units']) {
    mkdirSync(join(folder, kind));
    writeFileSync(join(folder, kind, '14.json'), '{}');
  }
  const served = [
    { prefix: '/build/', folder: join(folder, 'build') },
    { prefix: '/data/', folder, files: ['conduct.json', 'places/14.json', 'units/14.json'] },
  ];
  instance = await openTestInstance();
  app = createApp(instance.deps, { files: fileStaticFiles(served, ['/build/worker-Cd4_y8-R.js']) });
});
afterAll(async () => {
  await instance.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe('a file of the build', () => {
  test('is cached for good, because its name changes with its content', async () => {
    const response = await get('/build/form-Ab3_x9-Q.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe(SCRIPT);
  });

  test('comes compressed once, not twice', async () => {
    const response = await get('/build/form-Ab3_x9-Q.js', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(SCRIPT);
  });

  test('comes as it is for whoever refuses the coding', async () => {
    const response = await get('/build/form-Ab3_x9-Q.js', { 'accept-encoding': 'br;q=0, gzip; q=0.000' });
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual([null, SCRIPT]);
  });

  test('may compile WebAssembly only where it is a worker’s script', async () => {
    const policy = async (path: string) => (await get(path)).headers.get('content-security-policy');
    expect(await policy('/build/worker-Cd4_y8-R.js')).toContain("'wasm-unsafe-eval'");
    expect(await policy('/build/form-Ab3_x9-Q.js')).not.toContain('unsafe');
  });

  test('is given to HEAD without its bytes', async () => {
    const response = await app.request('/build/form-Ab3_x9-Q.js', { method: 'HEAD' });
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0]);
  });
});

test.each(['/data/places/14.json', '/data/units/14.json'])(
  '%s is kept by no telephone, because it tells a province',
  async (path) => {
    const response = await get(path);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  },
);

test('reference data is asked for again by its tag, and not sent again', async () => {
  const first = await get('/data/conduct.json');
  expect(first.headers.get('cache-control')).toBe('public, max-age=300');
  const again = await get('/data/conduct.json', { 'if-none-match': first.headers.get('etag') ?? '' });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each([
  '/build/',
  '/build',
  '/build/form-Ab3_x9-Q.js/',
  '/build/FORM-Ab3_x9-Q.js',
  '/data/secret.json',
  '/data/../conduct.json',
])('what is not in the list does not exist: %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});
