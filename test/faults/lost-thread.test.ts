import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeInstance } from './support/instance.ts';
import { startServer } from './support/server.ts';

const preload = join(import.meta.dirname, 'support/ends-a-thread.mjs');

describe('a server that loses a thread without which it can serve nothing', () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  beforeAll(async () => {
    instance = await makeInstance();
  });
  afterAll(() => instance.remove());

  test.each([
    ['store', 'store'],
    ['verify-0', 'verify'],
  ])('ends with a failure and says once that it was %s, so that it is started anew', async (name, thread) => {
    const server = await startServer(instance.folder, { preload, env: { ENDS_THREAD: name } });
    const status = new Promise((resolve) => server.child.once('close', resolve));
    server.child.kill('SIGUSR2');
    expect(await status).toBe(1);
    const lines = server.logged().map((line) => JSON.parse(line) as { msg: string; thread?: string });
    expect(lines).toMatchObject([{ msg: 'thread_lost', thread }]);
  });
});
