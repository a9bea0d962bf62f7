import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '../../src/instance/listen.ts';
import { freePort } from '../fixtures/free-port.ts';

let listening: Listening;
let seen: string[] = [];
beforeAll(async () => {
  const app = new Hono();
  app.all('*', async (c) => {
    seen.push(c.req.path);
    if (c.req.path === '/slow') await new Promise((resolve) => setTimeout(resolve, 300));
    if (c.req.path === '/endless') await new Promise(() => undefined);
    return c.text('ok');
  });
  listening = await listen(app, '127.0.0.1', await freePort());
});
afterAll(() => listening.stop(100));

/** What comes back for raw bytes, until the server closes or falls silent. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(listening.port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', () => resolve(answer));
  });
}

describe('what no request can be', () => {
  test.each([
    ['no HTTP at all', 'GARBAGE\r\n\r\n'],
    ['a backslash in the path', 'GET /a\\b HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['an address without a slash', 'GET a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header too long', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('is refused with 400 in both languages before the app sees it: %s', async (_what, request) => {
    seen = [];
    const answer = await raw(request);
    const body = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(body).error).toMatchObject({
      code: 'bad_request',
      message: { vi: expect.any(String), en: expect.any(String) },
    });
    expect(seen).toEqual([]);
  });
});

test('dot segments are resolved before the app sees the path', async () => {
  seen = [];
  await raw('GET /build/../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
  expect(seen).toEqual(['/etc/passwd']);
});

describe('stopping', () => {
  test('lets an open request finish and takes no new one', async () => {
    const own = await listen(
      { fetch: async () => new Promise((r) => setTimeout(() => r(new Response('done')), 200)) },
      '127.0.0.1',
      0,
    );
    const open = fetch(`http://127.0.0.1:${own.port}/`).then((response) => response.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = own.stop(5000);
    expect(await open).toBe('done');
    await stopped;
    await expect(fetch(`http://127.0.0.1:${own.port}/`)).rejects.toThrow();
  });

  test('does not wait for ever', async () => {
    const own = await listen(
      { fetch: () => new Promise<Response>(() => undefined) },
      '127.0.0.1',
      await freePort(),
    );
    const open = fetch(`http://127.0.0.1:${own.port}/`).catch(() => 'cut off');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await own.stop(100);
    expect(await open).toBe('cut off');
  });
});

test('a port that is taken is refused where it was asked for', async () => {
  const app = { fetch: () => new Response('x') };
  await expect(listen(app, '127.0.0.1', listening.port)).rejects.toThrow('EADDRINUSE');
});
