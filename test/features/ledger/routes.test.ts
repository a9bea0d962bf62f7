import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logKey } from '../../../src/features/ledger/log-key.ts';
import { parseCheckpoint } from '../../../src/ledger/checkpoint.ts';
import { eventEntry } from '../../../src/ledger/entry.ts';
import { formatVkey, parseNote } from '../../../src/ledger/note.ts';
import { rootOf } from '../../../src/ledger/proofs.ts';
import { tileReader } from '../../../src/ledger/tiles.ts';
import { entryHash } from '../../../src/ledger/tree.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { hashBytes, verifyEvent } from '../../../src/protocol/event.ts';
import type { LogFacts, OpenLeaf } from '../../../src/protocol/wire-ledger.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, type WithLog, withLog } from '../../fixtures/ledger.ts';

let instance: Instance;
let log: WithLog;
let size: number;
beforeAll(async () => {
  instance = await openInstance((deps) => ({ instance: { ...deps.instance, minWitnesses: 1 } }));
  await sendTip(instance);
  const witness = testWitness(instance);
  log = await withLog(instance, { rounds: 2, witnesses: [witness] });
  size = (await instance.store.ledger.published())?.size ?? 0;
  // One more that nobody has signed: it is in the database and not in public.
  witness.down = true;
  await log.round();
});
afterAll(() => instance.close());

const get = (path: string, init: RequestInit = {}) => instance.app.request(`/ledger/${path}`, init);
const sha256 = (data: Uint8Array) => instance.deps.crypto.sha256(data);
const bytesOf = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await get(path)).arrayBuffer());
const digits = (n: number): string => String(n).padStart(3, '0');

describe('the public log', () => {
  test('serves the newest checkpoint that enough witnesses signed, and tells browsers to ask again soon', async () => {
    const answer = await get('checkpoint');
    const note = parseNote(new Uint8Array(await answer.arrayBuffer()));
    expect(parseCheckpoint(note?.text ?? '')?.size).toBe(size);
    expect(note?.signatures).toHaveLength(2);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=5');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('serves tiles from which anybody computes the checkpoint’s root', async () => {
    const tiles = new Map<string, Uint8Array>();
    for (let n = 0; n * 256 < size; n++) {
      const width = Math.min(256, size - n * 256);
      tiles.set(`0/${n}`, await bytesOf(`tile/0/${digits(n)}${width === 256 ? '' : `.p/${width}`}`));
    }
    const full = Math.floor(size / 256);
    if (full > 0) tiles.set('1/0', await bytesOf(`tile/1/000.p/${full}`));
    const root = rootOf(
      sha256,
      tileReader(sha256, (level, n) => tiles.get(`${level}/${n}`)),
      size,
    );
    expect(root).toEqual((await instance.store.ledger.published())?.root);
  });

  test('serves the entries, each after its length, whose hashes are the lowest tiles', async () => {
    const bundle = await bytesOf('tile/entries/000');
    expect(bundle.length).toBe(256 * 66);
    expect([bundle[0], bundle[1]]).toEqual([0, 64]);
    const tile = await bytesOf('tile/0/000');
    expect(entryHash(sha256, bundle.subarray(2, 66))).toEqual(tile.subarray(0, 32));
  });

  test('keeps a tile for good, and a part of one as well', async () => {
    for (const path of ['tile/0/000', 'tile/0/000.p/5', 'tile/entries/000.p/5'])
      expect((await get(path)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('opens the head of each published batch, signed by the log’s key', async () => {
    const leaf = (await (await get(`heads/${size}`)).json()) as OpenLeaf;
    const record = fromBase64Url(leaf.record);
    const { event } = verifyEvent(instance.suite, record, [instance.deps.ledger.publicKey]);
    expect(event.header).toMatchObject({ subject: 'log', type: 'batch_sealed' });
    const bundle = await bytesOf(`tile/entries/${digits(Math.floor((size - 1) / 256))}.p/${size % 256}`);
    const at = ((size - 1) % 256) * 66 + 2;
    const { citizenHash, header } = event;
    const entry = eventEntry(sha256, sha256(new Uint8Array([...fromBase64Url(leaf.leafSalt), ...record])), {
      citizenHash,
      prev: header.prev === null ? null : hashBytes(header.prev),
      no: header.no,
    });
    expect(bundle.subarray(at, at + 64)).toEqual(entry);
  });

  test('opens what happened to the directory, page by page', async () => {
    const { events } = (await (await get('directory/3')).json()) as { events: (OpenLeaf & { no: number })[] };
    expect(events[0]?.no).toBe(3);
    expect(events.every(({ index }) => index < size)).toBe(true);
  });

  test('says what it is called, who signs it, and how it grows', async () => {
    const facts = (await (await get('log')).json()) as LogFacts;
    const { logOrigin } = instance.deps.instance;
    expect(facts).toMatchObject({ origin: logOrigin, cadence: 10, minWitnesses: 1, former: [] });
    expect(facts.vkey).toBe(formatVkey(logKey(instance.deps, logOrigin)));
  });

  test.each([
    'tile/0/999',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/entries/x999/999',
    `tile/0/${'x999/'.repeat(30)}999`,
    'heads/0',
    'heads/7.5',
    'heads/1',
    'heads/99999999999999999999',
    'directory/-1',
    'directory/all',
    'somewhere',
  ])('has nothing at /ledger/%s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
  });

  test('shows nothing of a checkpoint that is not published', async () => {
    const newest = (await instance.store.ledger.unpublished(1)).at(-1)?.size ?? 0;
    expect(newest).toBeGreaterThan(size);
    expect((await get(`heads/${newest}`)).status).toBe(404);
    const last = (newest - 1) % 256;
    expect((await get(`tile/0/${digits(Math.floor((newest - 1) / 256))}.p/${last}`)).status).toBe(404);
  });

  test('is not written to from outside', async () => {
    expect((await get('checkpoint', { method: 'POST' })).status).toBeGreaterThanOrEqual(404);
  });
});

test('a log of which nothing is published has no checkpoint', async () => {
  const empty = await openInstance();
  for (const path of ['/ledger/checkpoint', '/ledger/tile/0/000', '/ledger/heads/8'])
    expect((await empty.app.request(path)).status).toBe(404);
  await empty.close();
});
