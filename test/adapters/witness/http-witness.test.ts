import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { httpWitness } from '../../../src/adapters/witness/http-witness.ts';
import { serveWitness } from '../../../src/cli/witness/serve-witness.ts';
import { asked, cosignerOver, NOW, stateFolder, timeOf, WITNESS } from './world.ts';

/** A witness in a folder of its own, asked over HTTP. */
async function realWitness() {
  const server = await serveWitness({
    host: '127.0.0.1',
    port: 0,
    cosigner: cosignerOver(stateFolder(onTestFinished)),
    facts: async () => ({ vkey: 'x' }),
    heard: () => undefined,
  });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${server.port}`;
}

/** Somebody who answers what the test says. */
async function strangeWitness(listener: RequestListener, limit?: number) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return httpWitness(WITNESS.key, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, limit);
}
const ask = (witness: ReturnType<typeof httpWitness>, ...of: Parameters<typeof asked>) => {
  const { old, proof, note } = asked(...of);
  return witness.addCheckpoint(old, proof, note);
};

test('a witness over HTTP cosigns, names the size that it has seen, and refuses', async () => {
  const witness = httpWitness(WITNESS.key, await realWitness());
  const first = await ask(witness, 0, 8);
  expect(first.kind === 'cosigned' && timeOf(asked(0, 8).note.text, first.lines)).toBe(NOW);
  expect(await ask(witness, 0, 24)).toEqual({ kind: 'size', size: 8 });
  expect(await ask(witness, 8, 8, 100)).toEqual({ kind: 'size', size: 8 });
  expect(await ask(witness, 8, 24, 100)).toEqual({ kind: 'refused', status: 422 });
  expect(await ask(witness, 24, 8)).toEqual({ kind: 'refused', status: 400 });
});

test('a witness answers nothing but its two addresses, and no request that is too large', async () => {
  const base = await realWitness();
  const status = async (path: string, init?: RequestInit) => (await fetch(`${base}${path}`, init)).status;
  expect(await (await fetch(`${base}/`)).json()).toEqual({ vkey: 'x' });
  expect(await status('/evidence/')).toBe(404);
  expect(await status('/add-checkpoint')).toBe(405);
  expect(await status('/', { method: 'POST', body: 'x' })).toBe(405);
  expect(await status('/add-checkpoint', { method: 'POST', body: 'x' })).toBe(400);
  expect(await status('/add-checkpoint', { method: 'POST', body: 'x'.repeat(70_000) })).toBe(413);
});

test.each<[string, RequestListener]>([
  ['is redirected', (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
  ['answers without end', (_, response) => response.writeHead(200).end(Buffer.alloc(200_000, 'x'))],
  ['has failed', (_, response) => response.writeHead(500).end('no')],
  ['hangs up', (request) => request.socket.destroy()],
])('a witness that %s is as good as none', async (_, listener) => {
  expect(await ask(await strangeWitness(listener), 0, 8)).toEqual({ kind: 'unreachable' });
});

test('a witness that keeps silent is left alone after a while', async () => {
  const witness = await strangeWitness(() => undefined, 50);
  expect(await ask(witness, 0, 8)).toEqual({ kind: 'unreachable' });
});

test.each([
  ['text/plain', '8\n'],
  ['text/x.tlog.size', '8'],
  ['text/x.tlog.size', '-8\n'],
  ['text/x.tlog.size', '8 \n'],
])('a refusal of type %s that says %j names no size', async (type, text) => {
  const witness = await strangeWitness((_, response) =>
    response.writeHead(409, { 'content-type': type }).end(text),
  );
  expect(await ask(witness, 0, 24)).toEqual({ kind: 'refused', status: 409 });
});
