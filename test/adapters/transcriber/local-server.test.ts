import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalServer, serveTranscriber } from '../../../src/adapters/transcriber/local-server.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { Transcriber } from '../../../src/ports/transcriber.ts';
import { voiceWav } from './voice.ts';

const ORIGIN = 'https://tin.example.vn';
const TOKEN = 'mot-hai-ba';
let server: LocalServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const hears: Transcriber = {
  name: 'tai',
  transcribe: async (wav, lang) => ({ text: `${lang}: ${wav.length} byte`, ms: 1 }),
};

/** Works until somebody ends it; tells when it began and when it was ended. */
function patient(): Transcriber & { readonly began: Promise<void>; readonly ended: Promise<void> } {
  const began = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  return {
    name: 'kiên nhẫn',
    began: began.promise,
    ended: ended.promise,
    transcribe: (_wav, _lang, signal) =>
      new Promise((_resolve, reject) => {
        began.resolve();
        signal.addEventListener('abort', () => {
          ended.resolve();
          reject(new AppError('unavailable'));
        });
      }),
  };
}

async function serve(transcriber: Transcriber = hears, limit = 60_000): Promise<string> {
  server = await serveTranscriber({ transcriber, port: 0, token: TOKEN, origin: ORIGIN, limit });
  return `http://127.0.0.1:${server.port}`;
}

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | null;
}

/** Asks as a browser would, whose Host and Origin no page can choose. */
const ask = (base: string, { path = '/transcribe?lang=vi', method = 'POST', headers = {}, body }: Ask = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const given = {
      origin: ORIGIN,
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'audio/wav',
      ...headers,
    };
    const sent = request(`${base}${path}`, { method, headers: given }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.end(body === undefined && method === 'POST' ? voiceWav(800) : (body ?? undefined));
  });

describe('the transcriber on the operator’s machine', () => {
  test('gives the console the words, in the language that it asks for', async () => {
    const base = await serve();
    const { status, headers, text } = await ask(base, { path: '/transcribe?lang=en' });
    expect([status, JSON.parse(text)]).toEqual([200, { text: 'en: 1644 byte', ms: 1 }]);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('tells its name to who shows the token', async () => {
    const { text } = await ask(await serve(), { path: '/', method: 'GET' });
    expect(JSON.parse(text)).toEqual({ name: 'tai' });
  });

  test('lets the browser of the service’s own page ask first, and no other page', async () => {
    const base = await serve();
    const mine = await ask(base, { method: 'OPTIONS', headers: { authorization: '' } });
    expect(mine.status).toBe(204);
    expect(mine.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-private-network': 'true',
    });
    const foreign = await ask(base, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['another page', { origin: 'https://evil.example' }, 403],
    ['a name that was led to this machine', { host: 'evil.example:8737' }, 403],
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer mot-hai-bon' }, 401],
  ])('hears nothing from %s', async (_who, headers, status) => {
    const { status: got, text } = await ask(await serve(), { headers });
    expect([got, JSON.parse(text)]).toEqual([status, { error: { code: 'forbidden' } }]);
  });

  test.each([
    [{ path: '/other' }, 404, 'not_found'],
    [{ path: '/transcribe', method: 'GET' }, 404, 'not_found'],
    [{ path: '/transcribe?lang=fr' }, 400, 'field_invalid'],
    [{ headers: { 'content-type': 'text/plain' } }, 415, 'content_type'],
    [{ headers: { 'content-length': '999999999' }, body: null }, 413, 'body_too_large'],
  ])('refuses %j', async (wrong: Ask, status, code) => {
    const answer = await ask(await serve(), wrong);
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([status, code]);
  });

  test('tells what its program refuses or cannot do, and nothing else', async () => {
    const refuses: Transcriber = {
      name: 'x',
      transcribe: () => Promise.reject(new AppError('field_invalid', { field: 'audio' })),
    };
    const breaks: Transcriber = { name: 'x', transcribe: () => Promise.reject(new Error('bí mật')) };
    const refused = await ask(await serve(refuses));
    await server?.close();
    const broken = await ask(await serve(breaks));
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      400,
      { error: { code: 'field_invalid', field: 'audio' } },
    ]);
    expect([broken.status, JSON.parse(broken.text)]).toEqual([503, { error: { code: 'unavailable' } }]);
  });

  test('hears one recording at a time', async () => {
    const transcriber = patient();
    const base = await serve(transcriber);
    const first = ask(base);
    await transcriber.began;
    expect((await ask(base)).status).toBe(503);
    await server?.close();
    server = undefined;
    expect((await first.catch(() => ({ status: 0 }))).status).not.toBe(200);
  });

  test('ends work that takes too long', async () => {
    const { status, text } = await ask(await serve(patient(), 50));
    expect([status, JSON.parse(text)]).toEqual([503, { error: { code: 'unavailable' } }]);
  });

  test('ends the work when the page goes away', async () => {
    const transcriber = patient();
    const base = await serve(transcriber);
    const leaving = new AbortController();
    const left = fetch(`${base}/transcribe`, {
      method: 'POST',
      headers: { origin: ORIGIN, authorization: `Bearer ${TOKEN}`, 'content-type': 'audio/wav' },
      body: voiceWav(800),
      signal: leaving.signal,
    }).catch(() => 'left');
    await transcriber.began;
    leaving.abort();
    expect(await left).toBe('left');
    await transcriber.ended;
  });
});
