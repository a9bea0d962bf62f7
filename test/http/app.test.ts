import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ERROR_STATUS } from '../../src/domain/errors.ts';
import { createApp } from '../../src/http/create-app.ts';
import { errors as en } from '../../src/i18n/en/errors.ts';
import { errors as vi } from '../../src/i18n/vi/errors.ts';
import { errorOf } from './citizen.ts';
import { openTestInstance, type TestInstance } from './instance.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await openTestInstance();
});
afterAll(() => instance.close());
beforeEach(() => {
  instance.requests.length = 0;
  instance.service.length = 0;
});

const get = (path: string, headers: Record<string, string> = {}) => instance.app.request(path, { headers });

describe('every response', () => {
  const PATHS = [
    '/',
    '/en',
    '/tip',
    '/healthz',
    '/api/directory?unit=14-ca',
    '/api/nothing',
    '/nothing',
    '/api/staff/me',
  ];

  test.each(PATHS)('carries the protecting headers: %s', async (path) => {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('of the route for submissions carries them too, refused or not', async () => {
    const { headers } = await instance.app.request('/api/tips', { method: 'POST', body: 'x' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('that is a page is kept nowhere and runs no script but our own', async () => {
    const { headers } = await get('/tip');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types tinkin',
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});

describe('an address that does not exist', () => {
  test('under /api answers 404 in JSON, in both languages', async () => {
    expect(await errorOf(await get('/api/nothing'))).toEqual({ status: 404, code: 'not_found' });
  });

  test('elsewhere answers a page in its own language with the sentence in the other beside it', async () => {
    for (const [path, lang] of [
      ['/khong-co', 'vi'],
      ['/en/nothing', 'en'],
    ] as const) {
      const response = await get(path);
      const html = await response.text();
      expect(response.status).toBe(404);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain(vi.not_found);
      expect(html).toContain(en.not_found);
    }
  });

  test('does not get into the page or the log', async () => {
    const response = await get('/<script>alert(1)</script>?q=canary-7fe1');
    expect(await response.text()).not.toMatch(/alert\(1\)|canary-7fe1/);
    expect(JSON.stringify([instance.requests, instance.service])).not.toMatch(/alert|canary/);
    expect(instance.requests).toEqual([
      expect.objectContaining({ route: 'unmatched', status: 404, code: 'not_found' }),
    ]);
  });

  test.each([
    '/build/../package.json',
    '/build/..%2fpackage.json',
    '/build/%2e%2e/package.json',
    '/data/../../etc/passwd',
    '/data/places/..%5c..%5csecret.json',
    '/..%2f..%2fetc%2fpasswd',
    '//etc/passwd',
    '/build/%00',
    '/build/%ff%fe',
    '/%E0%A4%A',
    '/en/en/tip',
    '/tip/',
    '/.git/config',
    '/data/demo/secrets.json',
  ])('is 404 whatever trick is in it: %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

test('an address of 5 000 characters is 404', async () => {
  expect((await get(`/${'a'.repeat(5000)}`)).status).toBe(404);
});

describe('a method that an address does not take', () => {
  test('is answered 405 with those that it takes', async () => {
    const response = await get('/api/tips');
    expect(response.headers.get('allow')).toBe('POST');
    expect(await errorOf(response)).toEqual({ status: 405, code: 'method_not_allowed' });
  });

  test.each([
    ['DELETE', '/'],
    ['PUT', '/tip'],
    ['POST', '/healthz'],
    ['PATCH', '/api/challenge'],
    ['OPTIONS', '/api/mailbox'],
    ['BREW', '/api/mailbox'],
  ])('%s %s', async (method, path) => {
    expect((await instance.app.request(path, { method })).status).toBe(405);
  });
});

describe('an error inside', () => {
  test('is 500 with a code and both languages, and nothing of it is shown', async () => {
    const { deps } = instance;
    const broken = {
      ...deps.store.directory,
      unit: () => Promise.reject(new Error('canary-5d2a at /home/x')),
    };
    const app = createApp({ ...deps, store: { ...deps.store, directory: broken } });
    const response = await app.request('/api/directory?unit=14-ca');
    const text = await response.clone().text();
    expect(await errorOf(response)).toEqual({ status: 500, code: 'internal' });
    expect(text).not.toMatch(/canary|\/home/);
    expect(instance.service).toEqual([expect.objectContaining({ level: 'error', event: 'request_failed' })]);
    expect(JSON.stringify(instance.service)).not.toContain('canary');
  });

  test('of the store makes the health check say 503', async () => {
    const { deps } = instance;
    const app = createApp({
      ...deps,
      store: { ...deps.store, ping: () => Promise.reject(new Error('disk')) },
    });
    const response = await app.request('/healthz');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('the request log', () => {
  test('gets the route’s pattern, never the address', async () => {
    await get('/api/directory?unit=14-ca');
    expect(instance.requests).toEqual([
      { method: 'GET', route: '/api/directory', status: 200, ms: expect.any(Number) },
    ]);
  });

  test('gets submissions too, with their error code', async () => {
    await instance.app.request('/api/tips', { method: 'POST', body: 'x' });
    expect(instance.requests).toEqual([
      expect.objectContaining({ route: '/api/tips', status: 415, code: 'content_type' }),
    ]);
  });

  test('is told of a read that a console made by itself, never of a change', async () => {
    const headers = { 'x-tinkin-auto': '1' };
    await instance.app.request('/api/staff/counts', { headers });
    await instance.app.request('/api/staff/counts');
    await instance.app.request('/api/staff/logout', { method: 'POST', headers });
    expect(instance.requests.map(({ bySelf }) => bySelf)).toEqual([true, undefined, undefined]);
  });

  test('gets a method that nobody knows as OTHER', async () => {
    await instance.app.request('/tip', { method: 'CANARY' });
    expect(instance.requests).toEqual([expect.objectContaining({ method: 'OTHER' })]);
  });
});

describe('a demonstration at home', () => {
  const home = (mode: 'demo' | 'production') =>
    createApp({
      ...instance.deps,
      instance: { ...instance.deps.instance, mode, origin: 'http://127.0.0.1:8080' },
    });
  const ask = (mode: 'demo' | 'production', host: string) =>
    home(mode).request('/tip?a=1', { headers: { host } });

  test('sends the other name of this machine to the one that signatures name', async () => {
    const response = await ask('demo', 'localhost:8080');
    expect([response.status, response.headers.get('location')]).toEqual([
      307,
      'http://127.0.0.1:8080/tip?a=1',
    ]);
  });

  test('sends nobody anywhere else', async () => {
    expect((await ask('demo', '127.0.0.1:8080')).status).toBe(200);
    expect((await ask('demo', 'evil.example')).status).toBe(200);
    expect((await ask('production', 'localhost:8080')).status).toBe(200);
  });
});

describe('a page', () => {
  test('is marked as a demonstration only where it is one', async () => {
    const demo = createApp({ ...instance.deps, instance: { ...instance.deps.instance, mode: 'demo' } });
    expect(await (await demo.request('/')).text()).toContain('class="demo"');
    expect(await (await get('/')).text()).not.toContain('class="demo"');
  });

  test('comes compressed to whoever accepts it', async () => {
    const response = await get('/tip', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  test('asks for nothing from any other host', async () => {
    for (const path of ['/', '/tip', '/mailbox', '/anonymity', '/help', '/lost-code']) {
      const html = await (await get(path)).text();
      const loaded = [
        ...html.matchAll(/<(?:script|link|img|iframe|form)[^>]*?\s(?:src|href|action)="([^"]*)"/g),
      ];
      expect(loaded.length).toBeGreaterThan(0);
      for (const [, address] of loaded) expect(address).toMatch(/^(?:\/(?!\/)|data:)/);
    }
  });
});

test('every error code has a sentence of its own in each language', () => {
  for (const texts of [vi, en]) {
    const sentences = Object.values(texts);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(ERROR_STATUS).sort());
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.every((text) => text === text.normalize('NFC') && text.endsWith('.'))).toBe(true);
  }
});
