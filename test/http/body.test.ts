import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MAX_FORM_FIELDS, MAX_JSON_DEPTH, readBody, readForm } from '../../src/http/kit/body.ts';
import { apiError, toAppError } from '../../src/http/kit/errors.ts';
import { validJson } from '../../src/http/kit/validate.ts';
import { errorOf } from './citizen.ts';

const schema = z.strictObject({
  name: z.string().max(10),
  list: z.array(z.strictObject({ n: z.int() })).optional(),
});
const app = new Hono();
app.onError((error, c) => apiError(c, toAppError(error)));
app.post('/json', async (c) => c.json(await validJson(c, schema, 4096)));
app.post('/raw', async (c) => c.json({ length: (await readBody(c, 100)).length }));
app.post('/form', async (c) => c.json(Object.fromEntries(await readForm(c, 4096))));

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', body, headers });
const postJson = (body: BodyInit, type = 'application/json') => post('/json', body, { 'content-type': type });
const postForm = (body: BodyInit) =>
  post('/form', body, { 'content-type': 'application/x-www-form-urlencoded' });
const nested = (depth: number) => `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`;

describe('a JSON body', () => {
  test('that fits its schema is read', async () => {
    expect(await (await postJson('{"name":"Tin"}')).json()).toEqual({ name: 'Tin' });
    expect((await postJson('{"name":"Tin"}', 'application/json; charset=utf-8')).status).toBe(200);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    '',
  ])('sent as %j is refused with 415', async (type) => {
    expect(await errorOf(await postJson('{"name":"Tin"}', type))).toEqual({
      status: 415,
      code: 'content_type',
    });
  });

  test.each(['', '{', 'x', '{"name":"a"}{', 'NaN', '{"name":\u0000}'])(
    'that is no JSON is refused: %j',
    async (text) => {
      expect(await errorOf(await postJson(text))).toEqual({
        status: 400,
        code: 'bad_request',
        field: 'body',
      });
    },
  );

  test('in invalid UTF-8 is refused, not repaired', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"name":"'), 0xc3, 0x28, 0x22, 0x7d]);
    expect(await errorOf(await postJson(bytes))).toEqual({ status: 400, code: 'bad_request', field: 'body' });
  });

  test('nested too deep is refused before it is parsed', async () => {
    const refused = { status: 400, code: 'bad_request', field: 'body' };
    expect(await errorOf(await postJson(nested(MAX_JSON_DEPTH)))).toEqual(refused);
    expect(await errorOf(await postJson(`${'['.repeat(2000)}${']'.repeat(2000)}`))).toEqual(refused);
    expect(await errorOf(await postJson(nested(3)))).toMatchObject({ code: 'field_invalid', field: 'name' });
  });

  test('may hold brackets and quotes inside its strings', async () => {
    const name = '[[[["\\\\"';
    expect(await (await postJson(JSON.stringify({ name }))).json()).toEqual({ name });
  });

  test('with a wrong field names it in dotted form', async () => {
    const list = [{ n: 1 }, { n: 'x' }];
    const error = await errorOf(await postJson(JSON.stringify({ name: 'a', list })));
    expect(error).toEqual({ status: 400, code: 'field_invalid', field: 'list.1.n' });
  });

  test('with 10 000 fields is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]));
    expect(await errorOf(await postJson(JSON.stringify(many)))).toEqual({
      status: 413,
      code: 'body_too_large',
    });
    const some = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, 1]));
    expect((await errorOf(await postJson(JSON.stringify(some)))).code).toBe('field_invalid');
  });

  test('cannot reach an object’s prototype', async () => {
    const error = await errorOf(await postJson('{"name":"a","__proto__":{"admin":true}}'));
    expect(error.code).toBe('field_invalid');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('a body', () => {
  test('of exactly the limit is read, one byte more is refused', async () => {
    expect((await post('/raw', new Uint8Array(100))).status).toBe(200);
    expect(await errorOf(await post('/raw', new Uint8Array(101)))).toEqual({
      status: 413,
      code: 'body_too_large',
    });
  });

  test('longer than its Content-Length says is refused all the same', async () => {
    const response = await post('/raw', new Uint8Array(5000), { 'content-length': '10' });
    expect(await errorOf(response)).toEqual({ status: 413, code: 'body_too_large' });
  });

  test('announced as too long is refused without being read', async () => {
    const response = await post('/raw', 'x', { 'content-length': '1000000' });
    expect(await errorOf(response)).toEqual({ status: 413, code: 'body_too_large' });
  });

  test.each(['-1', 'x', '1e3', '9999999999999999'])(
    'with a Content-Length of %j is refused',
    async (length) => {
      expect((await errorOf(await post('/raw', 'x', { 'content-length': length }))).status).toBeLessThan(500);
    },
  );

  test('that comes in pieces without an announced length is cut off at the limit', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(60));
      },
    });
    const request = new Request('http://x/raw', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(await errorOf(await app.request(request))).toEqual({ status: 413, code: 'body_too_large' });
    expect(pulled).toBeLessThan(10);
  });

  test('that breaks off is a bad request', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('gone')),
    });
    const request = new Request('http://x/raw', { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect((await errorOf(await app.request(request))).status).toBe(400);
  });
});

describe('a form post', () => {
  test('is read with spaces, escapes and Vietnamese in NFC', async () => {
    const nfd = encodeURIComponent('Mộc Châu'.normalize('NFD'));
    expect(await (await postForm(`place=${nfd}&text=a+b%26c&empty=`)).json()).toEqual({
      place: 'Mộc Châu',
      text: 'a b&c',
      empty: '',
    });
  });

  test('keeps the first of a repeated name', async () => {
    expect(await (await postForm('a=1&a=2')).json()).toEqual({ a: '1' });
  });

  test('with broken escapes or invalid UTF-8 behind them is refused', async () => {
    for (const text of ['a=%', 'a=%zz', 'a=%c3%28', '%ff=1']) {
      expect(await errorOf(await postForm(text))).toEqual({
        status: 400,
        code: 'bad_request',
        field: 'body',
      });
    }
  });

  test('with too many fields is refused', async () => {
    const fields = Array.from({ length: MAX_FORM_FIELDS + 1 }, (_, i) => `f${i}=1`).join('&');
    expect(await errorOf(await postForm(fields))).toEqual({
      status: 400,
      code: 'bad_request',
      field: 'body',
    });
  });

  test('named like a prototype is a field like any other', async () => {
    expect((await postForm('__proto__=1&constructor=2')).status).toBe(200);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });
});
