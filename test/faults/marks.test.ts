import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instancePaths } from '../../src/instance/folder.ts';
import { citizensOf, sendAll } from './support/citizen.ts';
import { makeInstance } from './support/instance.ts';
import { type RunningServer, startServer } from './support/server.ts';

const FULL = process.env.TINKIN_FULL === '1';
/** Each tip has two clocks of 24 hours whose marks are told: 12 events of at most a hundred for every level. */
const TIPS = 600;
const CLOCKS = 2;
const KILLS = FULL ? 8 : 1;
/** Hours after which half of the time, four fifths, and all of it have passed, whenever within an hour a tip came in. */
const WAVES = FULL ? [13, 20, 25] : [13, 25];
const CLIENTS = 16;

interface Told {
  readonly level: number;
  readonly items: readonly (readonly [tip: string, clock: string, due: number])[];
}

describe('a service killed while it tells marks of deadlines', () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let inTheMiddle = 0;

  const told = (): readonly Told[] => {
    const db = new Database(instancePaths(instance.folder).database, { readonly: true });
    try {
      return db
        .prepare<[], { part: Buffer }>(
          `SELECT restricted_part AS part FROM event WHERE type = 'clocks_escalated' ORDER BY seq`,
        )
        .all()
        .map(({ part }) => JSON.parse(part.toString('utf8')));
    } finally {
      db.close();
    }
  };
  const counted = (): number => told().reduce((sum, { items }) => sum + items.length, 0);
  const at = (hours: number): Promise<RunningServer> =>
    startServer(instance.folder, { env: { TINKIN_DEMO_CLOCK_OFFSET: String(hours * 3600) } });
  /** Waits until the database tells of more marks than so many. */
  const more = async (than: number): Promise<void> => {
    for (let tries = 0; counted() <= than; tries++) {
      if (tries === 6_000) throw new Error(`no more than ${than} marks were told`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  beforeAll(async () => {
    instance = await makeInstance();
    const server = await startServer(instance.folder);
    const citizens = await citizensOf(instance.folder, server.origin);
    const statuses = await sendAll(server.origin, await citizens.prepare(server.origin, TIPS), CLIENTS);
    if (statuses.some((status) => status !== 201)) throw new Error('not every tip was taken');
    await server.stop();
    for (const [wave, hours] of WAVES.entries()) {
      const all = (wave + 1) * TIPS * CLOCKS;
      for (let kill = 0; kill < KILLS && counted() < all; kill++) {
        const killed = await at(hours);
        await more(counted());
        await killed.kill();
        if (counted() < all) inTheMiddle++;
      }
      const last = await at(hours);
      await more(all - 1);
      await last.stop();
    }
  }, 1_200_000);
  afterAll(() => instance?.remove());

  test('was really killed between two of its events', () => {
    expect(inTheMiddle).toBeGreaterThan(0);
  });

  test('has told every mark of every clock, and none of them twice', () => {
    const marks = told().flatMap(({ level, items }) =>
      items.map(([tip, clock]) => `${tip} ${clock} ${level}`),
    );
    expect(new Set(marks).size).toBe(marks.length);
    expect(marks).toHaveLength(WAVES.length * TIPS * CLOCKS);
  });

  test('names at most a hundred clocks in one event', () => {
    expect(Math.max(...told().map(({ items }) => items.length))).toBe(100);
  });
});
