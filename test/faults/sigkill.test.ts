import { randomInt } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instancePaths } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { openEnvelope, type RecipientKey } from '../../src/protocol/envelope.ts';
import { type Citizens, citizensOf, type ReadyTip, sendAll } from './support/citizen.ts';
import { makeInstance, readerKey } from './support/instance.ts';
import { startServer } from './support/server.ts';

const KILLS = process.env.TINKIN_FULL === '1' ? 50 : 10;
/** Enough that the load still runs when the process dies. */
const TIPS_A_KILL = 200;
const CLIENTS = 16;

interface StoredTip {
  readonly id: string;
  readonly core: Buffer;
  readonly wraps: Buffer;
  readonly body: Buffer;
  readonly seal: Buffer;
}

describe(`a server killed ${KILLS} times at random moments under load`, () => {
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let citizens: Citizens;
  let reader: RecipientKey;
  const sent = new Map<string, ReadyTip>();
  const acknowledged = new Set<string>();
  const brokenOff = { tips: 0, kills: 0 };
  let missingAfterKill = 0;
  let refusedOnRetry = 0;

  beforeAll(async () => {
    instance = await makeInstance();
    for (let kill = 0; kill < KILLS; kill++) {
      const server = await startServer(instance.folder);
      citizens ??= await citizensOf(instance.folder, server.origin);
      const tips = await citizens.prepare(server.origin, TIPS_A_KILL);
      for (const tip of tips) sent.set(tip.tip, tip);
      const load = sendAll(server.origin, tips, CLIENTS);
      await new Promise((resolve) => setTimeout(resolve, randomInt(2, 60)));
      await server.kill();
      const statuses = await load;
      const open = tips.filter((_, i) => statuses[i] === null);
      tips.forEach((tip, i) => {
        if (statuses[i] === 201) acknowledged.add(tip.tip);
      });
      if (open.length > 0) brokenOff.kills++;
      brokenOff.tips += open.length;
      missingAfterKill += countMissing(instance.folder, acknowledged);

      // The citizen's browser sends the same bytes again: stored or not, the answer must be the promise, and the tip there once.
      const again = await startServer(instance.folder);
      const retried = await sendAll(again.origin, open, CLIENTS);
      refusedOnRetry += retried.filter((status) => status !== 200 && status !== 201).length;
      for (const tip of open) acknowledged.add(tip.tip);
      await again.kill();
    }
    reader = await readerKey(instance.folder, citizens.epoch);
  }, 1_200_000);

  afterAll(() => instance?.remove());

  test('was really killed in the middle of submissions', () => {
    expect(brokenOff.kills).toBeGreaterThan(KILLS / 2);
    expect(brokenOff.tips).toBeGreaterThan(0);
    expect(acknowledged.size).toBe(KILLS * TIPS_A_KILL);
  });

  test('has every acknowledged tip on disk right after each kill', () => {
    expect(missingAfterKill).toBe(0);
  });

  test('takes every broken-off submission when it is sent again', () => {
    expect(refusedOnRetry).toBe(0);
  });

  test('holds every tip exactly once', () => {
    const ids = storedTips(instance.folder).map((tip) => tip.id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(new Set(ids)).toEqual(new Set(sent.keys()));
  });

  test('holds tips that the unit can open, as they were written', () => {
    const { suite, pins } = citizens;
    const wrong = storedTips(instance.folder).filter((stored) => {
      const tip = sent.get(stored.id);
      if (!tip) return true;
      const { content } = openEnvelope(suite, stored, reader, {
        instance: pins.instance,
        tip: tip.tip,
        no: 1,
        seal: stored.seal,
      });
      return JSON.parse(new TextDecoder().decode(content)).what !== tip.text;
    });
    expect(wrong).toEqual([]);
  });

  test('has a sound database, whole event chains and true roll-ups', async () => {
    const opened = await openInstance(instance.folder);
    try {
      const { connection, oversight } = opened.store;
      expect(connection.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(connection.pragma('foreign_key_check')).toEqual([]);
      expect(
        connection
          .prepare(
            'SELECT count(*) AS n FROM tip WHERE NOT EXISTS (SELECT 1 FROM event WHERE event.tip = tip.seq)',
          )
          .get(),
      ).toEqual({ n: 0 });
      expect(await oversight.verifyRollups()).toEqual([]);
    } finally {
      await opened.close();
    }
  });
});

function storedTips(folder: string): StoredTip[] {
  const db = new Database(instancePaths(folder).database, { readonly: true });
  try {
    return db
      .prepare<[], StoredTip>(
        `SELECT lower(hex(tip.id)) AS id, core, wraps, body, seal
         FROM tip JOIN envelope ON envelope.tip = tip.seq JOIN envelope_wraps ON envelope_wraps.envelope = envelope.seq`,
      )
      .all();
  } finally {
    db.close();
  }
}

/** How many of the acknowledged tips a reader of the database file does not find. */
function countMissing(folder: string, acknowledged: ReadonlySet<string>): number {
  const db = new Database(instancePaths(folder).database);
  try {
    const there = new Set(
      db
        .prepare<[], { id: string }>('SELECT lower(hex(id)) AS id FROM tip')
        .all()
        .map((row) => row.id),
    );
    return [...acknowledged].filter((tip) => !there.has(tip)).length;
  } finally {
    db.close();
  }
}
