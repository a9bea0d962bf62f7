import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { type Hash, hourOf } from '../../src/domain/ids.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { checkStore } from '../../src/instance/doctor-store.ts';
import { type OpenInstance, openInstance } from '../../src/instance/open-instance.ts';
import { CHEAP, SMALL_ROSTER, temporaryFolder } from './support.ts';

const ID = 'ab'.repeat(16);
const HASH = 'cd'.repeat(32) as Hash;

let instance: OpenInstance;
beforeEach(async () => {
  const folder = join(temporaryFolder(), 'demo');
  await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
  instance = await openInstance(folder);
});
afterEach(() => instance.close());

const committed = async (): Promise<void> => {
  await instance.blobs.create(ID);
  await instance.blobs.putPart(ID, 0, new Blob(['sealed']).stream());
  await instance.blobs.commit(ID, 1);
};

async function finished(): Promise<void> {
  const { uploads } = instance.store;
  const hour = hourOf(systemClock().now());
  await uploads.begin({
    ...{ id: ID, kind: 'attachment', bytes: 6, parts: 1, hour, challenge: null },
    room: 1000,
  });
  await uploads.notePart(ID, 0, HASH);
  await uploads.complete(ID, HASH);
}

const found = async (check: string) => (await checkStore(instance)).find((one) => one.check === check);

test('a finished file whose bytes are gone is an alarm', async () => {
  await finished();
  expect(await found('attachments')).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining(`first: ${ID}`),
  });
});

test('bytes that belong to nothing are a warning', async () => {
  await committed();
  expect(await found('attachments')).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining(`first: ${ID}`),
  });
});

test('a finished file with its bytes is in order', async () => {
  await committed();
  await finished();
  expect(await found('attachments')).toMatchObject({ status: 'ok' });
  expect(await found('blobs')).toMatchObject({ status: 'ok' });
});

test('a file that has its bytes and lost their hash is an alarm', async () => {
  await committed();
  await finished();
  rmSync(join(instance.paths.blobs, 'committed', 'ab', `${ID}.json`));
  expect(await found('blobs')).toMatchObject({ status: 'fail' });
});
