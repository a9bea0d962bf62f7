import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import { createApp } from '../../src/http/create-app.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { buildDeps } from '../../src/instance/deps.ts';
import { type InstanceFile, readInstance, writeInstance } from '../../src/instance/folder.ts';
import { startHousekeeping, tidy } from '../../src/instance/housekeeping.ts';
import { markRestored, nothingEmptied } from '../../src/instance/restore.ts';
import { CHEAP, movableClock, SMALL_ROSTER, START, temporaryFolder } from './support.ts';

const ORIGIN = 'https://tin.example.vn';
let made = '';
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'tinkin-made-'));
  await ensureDemo(join(made, 'demo'), { clock: movableClock(), cost: CHEAP, roster: SMALL_ROSTER });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A copy of the demonstration whose facts are changed as somebody might who wants to pass it off as a real instance. */
async function instanceWith(change: Partial<InstanceFile>): Promise<string> {
  const folder = join(temporaryFolder(), 'instance');
  cpSync(join(made, 'demo'), folder, { recursive: true });
  await writeInstance(folder, { ...(await readInstance(folder)), ...change });
  return folder;
}

const build = (folder: string, environment: Record<string, string> = {}) =>
  buildDeps(
    readConfig({ TINKIN_DATA: folder, TINKIN_LOG_LEVEL: 'silent', ...environment }),
    'http://127.0.0.1:8080',
  );

const production = { TINKIN_MODE: 'production', TINKIN_ORIGIN: ORIGIN };

describe('an instance that was restored', () => {
  test('is not opened before somebody said what was emptied since', async () => {
    const folder = await instanceWith({});
    await markRestored(folder, START);
    await expect(build(folder)).rejects.toMatchObject({ code: 'not_emptied' });
    await nothingEmptied(folder);
    await (await build(folder)).close();
  });
});

describe('a demonstration', () => {
  test('is opened with everything that its pages need, and closed again', async () => {
    const deps = await build(await instanceWith({}));
    const app = createApp(deps, { files: deps.files });
    expect((await app.request('/')).status).toBe(200);
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await app.request('/data/places/14.json')).status).toBe(200);
    expect(deps.instance).toMatchObject({ mode: 'demo', origin: 'http://127.0.0.1:8080' });
    await deps.close();
    expect((await app.request('/healthz')).status).toBe(503);
  });

  test('without script-less pages has no sealer', async () => {
    const deps = await build(await instanceWith({}), { TINKIN_PLAIN_FORM: 'off' });
    expect(deps.sealer).toBeNull();
    expect((await createApp(deps).request('/tip/plain')).status).toBe(404);
    await deps.close();
  });

  test('has its clock moved where asked for', async () => {
    const deps = await build(await instanceWith({}), { TINKIN_DEMO_CLOCK_OFFSET: '5184000' });
    expect(deps.clock.now() - Date.now() / 1000).toBeGreaterThan(5_183_000);
    await deps.close();
  });
});

describe('production refuses', () => {
  test('a demonstration', async () => {
    const folder = await instanceWith({});
    await expect(build(folder, production)).rejects.toMatchObject({ code: 'demo_in_production' });
  });

  test('the demonstration’s id in an instance that says production', async () => {
    const folder = await instanceWith({ mode: 'production' });
    await expect(build(folder, production)).rejects.toMatchObject({ code: 'demo_in_production' });
  });

  test('a directory signed with the demonstration’s root keys', async () => {
    const folder = await instanceWith({ mode: 'production', id: 'ab'.repeat(16) });
    await expect(build(folder, production)).rejects.toMatchObject({ code: 'demo_in_production' });
  });

  test('to run without its public https origin, or with a moved clock', async () => {
    const folder = await instanceWith({ mode: 'production', id: 'ab'.repeat(16) });
    await expect(build(folder)).rejects.toThrow('TINKIN_ORIGIN');
    await expect(build(folder, { TINKIN_ORIGIN: 'http://tin.example.vn' })).rejects.toThrow('TINKIN_ORIGIN');
    const moved = { TINKIN_ORIGIN: ORIGIN, TINKIN_DEMO_CLOCK_OFFSET: '60' };
    await expect(build(folder, moved)).rejects.toThrow('TINKIN_DEMO_CLOCK_OFFSET');
  });

  test('to be called a demonstration', async () => {
    const folder = await instanceWith({ mode: 'production', id: 'ab'.repeat(16) });
    await expect(build(folder, { TINKIN_MODE: 'demo' })).rejects.toMatchObject({ code: 'demo_only' });
  });
});

test('a folder without an instance is refused with its name', async () => {
  const folder = temporaryFolder();
  await expect(build(folder)).rejects.toThrow(folder);
});

describe('housekeeping', () => {
  test('forgets what has expired, in small statements, until nothing is left', async () => {
    const asked: number[] = [];
    const left = [1_000, 1_000, 7];
    const store = {
      accounts: { forgetExpiredSessions: async () => 0 },
      intake: {
        forgetExpiredChallenges: async (_now: Seconds, limit: number) => {
          asked.push(limit);
          return left.shift() ?? 0;
        },
      },
      uploads: { dropOlder: async () => [] },
      retention: { forgetNotes: async () => 0, clearLog: async () => true },
    };
    const blobs = { orphans: async () => [] };
    await tidy({ store, blobs, clock: movableClock() } as unknown as Parameters<typeof tidy>[0]);
    expect(asked).toEqual([1_000, 1_000, 1_000]);
  });

  test('ends when it is told to', () => {
    const deps = { store: {}, clock: movableClock(), log: {} } as unknown as Parameters<
      typeof startHousekeeping
    >[0];
    expect(() => startHousekeeping(deps).stop()).not.toThrow();
  });
});
