import { randomInt } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/audit/report.ts';
import { instancePaths } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { audited } from './support/bundle.ts';
import { type Citizens, citizensOf, sendAll } from './support/citizen.ts';
import { makeInstance } from './support/instance.ts';
import { startServer } from './support/server.ts';

const KILLS = process.env.TINKIN_FULL === '1' ? 200 : 10;
const TIPS_A_KILL = 24;
const CLIENTS = 8;
/** The log grows each second; whoever starts after a kill waits two for the lease of the dead. */
const ENV = { TINKIN_LEDGER_CADENCE: '1' };

describe(`a service killed ${KILLS} times at random moments while its log grows`, () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let report: AuditReport;
  const acknowledged = new Set<string>();
  /** Every checkpoint that was ever seen by its size, in the database and from outside. */
  const seen = new Map<number, string>();
  const contradictions: number[] = [];

  const see = (size: number, note: string): void => {
    const [origin, , root] = note.split('\n');
    const said = `${origin} ${root}`;
    const known = seen.get(size) ?? said;
    if (known !== said) contradictions.push(size);
    seen.set(size, known);
  };
  const seeStored = (): void => {
    const db = new Database(instancePaths(instance.folder).database, { readonly: true });
    try {
      for (const { size, note } of db
        .prepare<[], { size: number; note: Buffer }>('SELECT size, note FROM ledger_batch')
        .all())
        see(size, note.toString('utf8'));
    } finally {
      db.close();
    }
  };
  const seePublished = async (origin: string): Promise<void> => {
    const note = await fetch(`${origin}/ledger/checkpoint`).then((answer) =>
      answer.ok ? answer.text() : '',
    );
    if (note !== '') see(Number(note.split('\n')[1]), note);
  };

  beforeAll(async () => {
    instance = await makeInstance();
    let citizens: Citizens | null = null;
    for (let kill = 0; kill < KILLS; kill++) {
      const server = await startServer(instance.folder, { env: ENV });
      citizens ??= await citizensOf(instance.folder, server.origin);
      const tips = await citizens.prepare(server.origin, TIPS_A_KILL);
      const load = sendAll(server.origin, tips, CLIENTS);
      await seePublished(server.origin);
      await new Promise((resolve) => setTimeout(resolve, randomInt(5, 2500)));
      await server.kill();
      const statuses = await load;
      tips.forEach(({ tip }, i) => {
        if (statuses[i] === 201) acknowledged.add(tip);
      });
      seeStored();
    }
    const last = await startServer(instance.folder, { env: ENV });
    // Two rounds take in what the last kill left waiting.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await seePublished(last.origin);
    await last.stop();
    seeStored();
    report = await audited(instance.folder);
  }, 1_200_000);

  afterAll(() => instance?.remove());

  test('took tips, and its log grew between the kills', () => {
    expect(acknowledged.size).toBeGreaterThan(KILLS);
    expect(seen.size).toBeGreaterThan(KILLS / 4);
  });

  test('never showed two checkpoints of one size', () => {
    expect(contradictions).toEqual([]);
  });

  test('has every acknowledged tip in its log, once', async () => {
    const opened = await openInstance(instance.folder);
    try {
      const places = await Promise.all(
        [...acknowledged].map((tip) => opened.store.ledger.indicesOf(1, tip as never)),
      );
      expect(places.filter(([index]) => index === null || index === undefined)).toEqual([]);
      expect(new Set(places.map(([index]) => index)).size).toBe(acknowledged.size);
    } finally {
      await opened.close();
    }
  });

  test('hands out a bundle in which nothing is wrong', () => {
    expect(report.violations).toEqual([]);
    expect(report.tips).toBeGreaterThanOrEqual(acknowledged.size);
  });
});
