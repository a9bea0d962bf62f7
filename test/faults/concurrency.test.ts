import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInstance } from '../../src/instance/open-instance.ts';
import { type Citizens, citizensOf, sendAll } from './support/citizen.ts';
import { makeInstance } from './support/instance.ts';
import { type RunningServer, startServer } from './support/server.ts';

const CLIENTS = 64;
const TIPS = process.env.TINKIN_FULL === '1' ? 10_000 : 1_000;

describe(`${CLIENTS} citizens at once`, () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let server: RunningServer;
  let citizens: Citizens;

  beforeAll(async () => {
    instance = await makeInstance();
    server = await startServer(instance.folder);
    citizens = await citizensOf(instance.folder, server.origin);
  });

  afterAll(async () => {
    await server?.stop();
    await instance?.remove();
  });

  test(`have all of their ${TIPS} tips accepted and stored`, async () => {
    const tips = await citizens.prepare(server.origin, TIPS);
    const statuses = await sendAll(server.origin, tips, CLIENTS);
    expect(statuses.filter((status) => status !== 201)).toEqual([]);
    const opened = await openInstance(instance.folder);
    const stored = opened.store.connection.prepare('SELECT count(*) AS n FROM tip').get();
    await opened.close();
    expect(stored).toEqual({ n: TIPS });
  });
});
