import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Listening, listen } from '../../src/instance/listen.ts';
import { freePort } from '../fixtures/free-port.ts';
import { askChallenge, errorOf, finish, newCitizen, SUBMISSION_TYPE } from './citizen.ts';
import { openTestInstance, type TestInstance } from './instance.ts';

// The same app over a real socket, with the store and the signature checks on their threads as in production.
let instance: TestInstance;
let listening: Listening;
let url = '';
beforeAll(async () => {
  instance = await openTestInstance({ threaded: true });
  listening = await listen(instance.app, '127.0.0.1', await freePort());
  url = `http://127.0.0.1:${listening.port}`;
});
afterAll(async () => {
  await listening.stop(500);
  await instance.close();
});

const post = (path: string, body: BodyInit, type: string) =>
  fetch(url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    duplex: 'half',
  } as RequestInit);

async function frame(): Promise<Uint8Array<ArrayBuffer>> {
  const citizen = newCitizen(instance);
  return new Uint8Array(finish(instance, citizen, await askChallenge(instance, citizen)).frame);
}

test('a submission is taken, and its replay gets the same bytes', async () => {
  const body = await frame();
  const first = await post('/api/tips', body, SUBMISSION_TYPE);
  const again = await post('/api/tips', body, SUBMISSION_TYPE);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await again.text()).toBe(await first.text());
});

test('64 clients at once all get their promise', async () => {
  const frames = await Promise.all(Array.from({ length: 64 }, frame));
  const answers = await Promise.all(frames.map((body) => post('/api/tips', body, SUBMISSION_TYPE)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
});

test('a frame that comes in pieces without a length is taken', async () => {
  const body = await frame();
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < body.length; at += 1000) controller.enqueue(body.subarray(at, at + 1000));
      controller.close();
    },
  });
  expect((await post('/api/tips', pieces, SUBMISSION_TYPE)).status).toBe(201);
});

test('a body beyond the limit gets its 413 whether its length was announced or not', async () => {
  const large = new Uint8Array(2 * 1024 * 1024);
  const announced = await post('/api/tips', large, SUBMISSION_TYPE);
  expect(await errorOf(announced)).toEqual({ status: 413, code: 'body_too_large' });
  const pieces = new Blob([large]).stream();
  const unannounced = await post('/api/tips', pieces, SUBMISSION_TYPE).then(
    errorOf,
    () => 'connection closed',
  );
  expect(unannounced === 'connection closed' || (unannounced as { status: number }).status === 413).toBe(
    true,
  );
});

test('a client that breaks off in the middle leaves the service as it was', async () => {
  const body = await frame();
  const broken = new AbortController();
  const half = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(body.subarray(0, 4000));
      setTimeout(() => broken.abort(), 50);
    },
  });
  const request = fetch(`${url}/api/tips`, {
    method: 'POST',
    body: half,
    signal: broken.signal,
    headers: { 'content-type': SUBMISSION_TYPE },
    duplex: 'half',
  } as RequestInit);
  await expect(request).rejects.toThrow();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await post('/api/tips', body, SUBMISSION_TYPE)).status).toBe(201);
  expect(instance.service.filter(({ level }) => level === 'error')).toEqual([]);
});
