import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRecorder } from '../../../src/instance/recorder.ts';
import { epochRow } from '../../../src/instance/statement-rows.ts';
import { decodeBundle } from '../../../src/protocol/bundle.ts';
import { targetForUnit } from '../../../src/protocol/target.ts';
import { verifyDirectory } from '../../../src/protocol/verify-directory.ts';
import { errorOf } from '../../http/citizen.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';
import {
  COMMUNE,
  DAY,
  epochFields,
  NOW,
  PROVINCE,
  signEpoch,
  statementHashOf,
} from '../../protocol/world.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

const get = (query: string, headers: Record<string, string> = {}) =>
  instance.app.request(`/api/directory${query}`, { headers });

async function verified(query: string) {
  const response = await get(query);
  expect(response.status).toBe(200);
  const { suite, pins } = instance.world;
  const bundle = decodeBundle(new Uint8Array(await response.arrayBuffer()));
  return { bundle, directory: verifyDirectory(suite, pins, bundle, instance.clock.now()) };
}

/** Signs the commune's next epoch, a week after the first. */
async function addEpoch(from: number): Promise<void> {
  const { suite, people, bundle } = instance.world;
  const first = bundle.epochs[0]!;
  const fields = epochFields(suite, COMMUNE, suite.randomBytes(32), {
    n: 2,
    from,
    until: from + 7 * DAY,
    prev: statementHashOf(suite, first),
  });
  const record = signEpoch(suite, fields, [people.communeHead.sign, people.communeOfficer.sign]);
  await createRecorder(instance.deps, 'test').statement(epochRow(suite, record));
}

describe('a unit’s bundle', () => {
  test('verifies from the pins down and gives a target for sealing', async () => {
    const { directory } = await verified(`?unit=${COMMUNE}&epochs=live`);
    const target = targetForUnit(instance.world.suite, directory, COMMUNE, instance.clock.now());
    expect(target).toMatchObject({ unit: COMMUNE, epoch: 1, fallback: false });
  });

  test('holds the unit above, so that a tip can fall back to it', async () => {
    const { directory } = await verified(`?unit=${COMMUNE}`);
    expect(directory.epochs.has(PROVINCE)).toBe(true);
  });

  test('of the province holds nothing of the communes below', async () => {
    const { bundle } = await verified(`?unit=${PROVINCE}`);
    expect([bundle.members.length, bundle.epochs.length]).toEqual([2, 1]);
  });

  test('has only epochs that can take a tip when asked for live ones, and all of them otherwise', async () => {
    await addEpoch(NOW + 20 * DAY);
    expect((await verified(`?unit=${COMMUNE}&epochs=live`)).bundle.epochs.length).toBe(2);
    expect((await verified(`?unit=${COMMUNE}`)).bundle.epochs.length).toBe(3);
  });

  test('is made anew at once when the unit’s keys change in this process', async () => {
    await verified(`?unit=${COMMUNE}`);
    await addEpoch(NOW + 6 * DAY);
    instance.deps.live.publish(COMMUNE, { kind: 'unit_changed' });
    expect((await verified(`?unit=${COMMUNE}`)).bundle.epochs.length).toBe(3);
  });

  test('is made anew after seconds when another process changed them', async () => {
    await verified(`?unit=${COMMUNE}`);
    await addEpoch(NOW + 6 * DAY);
    instance.clock.set(instance.clock.now() + 16);
    expect((await verified(`?unit=${COMMUNE}`)).bundle.epochs.length).toBe(3);
  });

  test('is kept by no telephone and no proxy, because its address names a unit', async () => {
    const { headers } = await get(`?unit=${COMMUNE}`);
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
  });

  test.each(['gzip;q=0', 'br, gzip; q=0.0', 'xgzip', '*'])('is not compressed for %s', async (accepted) => {
    const { headers } = await get(`?unit=${COMMUNE}`, { 'accept-encoding': accepted });
    expect(headers.get('content-encoding')).toBeNull();
  });

  test('is the same bytes compressed for whoever accepts that', async () => {
    const plain = Buffer.from(await (await get(`?unit=${COMMUNE}`)).arrayBuffer());
    const packed = await get(`?unit=${COMMUNE}`, { 'accept-encoding': 'br, gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).equals(plain)).toBe(true);
  });
});

test.each([
  '',
  '?unit=',
  '?unit=../x',
  '?unit=A',
  `?unit=${COMMUNE}&epochs=some`,
  `?unit=${'a'.repeat(500)}`,
])('a query %j is refused with its field', async (query) => {
  expect(await errorOf(await get(query))).toMatchObject({ status: 400, code: 'field_invalid' });
});

test('an unknown unit is refused as unknown', async () => {
  expect(await errorOf(await get('?unit=99-ca'))).toMatchObject({ status: 400, code: 'unit_unknown' });
});
