import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { LONG_COPY } from '../../src/adapters/store/sqlite/long-copy.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { backupInstance, restoreBackup } from '../../src/instance/backup.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { instancePaths, readInstance, writeInstance } from '../../src/instance/folder.ts';
import { backupForYears } from '../../src/instance/long-backup.ts';
import { emptiedAgain, nothingEmptied, requireEmptied, restoredMark } from '../../src/instance/restore.ts';
import { MIGRATIONS } from '../adapters/sqlite-fixture.ts';
import { approval, type Concluded, concluded } from '../contract/shred-fixture.ts';
import { given } from '../contract/store-fixture.ts';
import { CHEAP, SMALL_ROSTER, START, temporaryFolder } from './support.ts';

const home = mkdtempSync(join(tmpdir(), 'tinkin-made-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const folder = join(home, 'demo');
const backup = join(home, 'backup');
const before = join(home, 'before');
const long = join(home, 'long');
let gone: Concluded;
let body: Uint8Array;

const opened = (place: string) =>
  openSqliteStore({ file: instancePaths(place).database, migrations: MIGRATIONS });

beforeAll(async () => {
  await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
  const store = opened(folder);
  await given(store);
  await backupInstance(folder, before, { now: START, secrets: true });
  gone = await concluded(store);
  body = gone.submission.envelope.body;
  await backupInstance(folder, backup, { now: START, secrets: true, keepDays: 7 });
  await store.retention.shred(await approval(store, gone.tip));
  await backupForYears(folder, long, START);
  await store.close();
});

const holds = (place: string, needle: Uint8Array): boolean =>
  readdirSync(place)
    .filter((name) => name.startsWith('tinkin.sqlite'))
    .some((name) => readFileSync(join(place, name)).includes(Buffer.from(needle)));

const restored = async (from = backup): Promise<string> => {
  const into = join(temporaryFolder(), 'restored');
  await restoreBackup(from, into);
  return into;
};

describe('an instance that was restored from a backup', () => {
  test('is not served before somebody said what was emptied since', async () => {
    const into = await restored();
    await expect(requireEmptied(into)).rejects.toMatchObject({ code: 'not_emptied' });
    await nothingEmptied(into);
    await requireEmptied(into);
    expect(await restoredMark(into)).toEqual({ format: 1, made: START, emptied: true, logged: false });
  });

  test.each([
    ['the folder of the lost instance', folder],
    ['a copy for years', long],
  ])('is emptied again by %s: no byte of the words is left, and the tip says so', async (_name, later) => {
    const into = await restored();
    expect(holds(into, body)).toBe(true);
    expect(await emptiedAgain(into, later)).toBe(1);
    await requireEmptied(into);
    expect(holds(into, body)).toBe(false);
    const store = opened(into);
    const tip = await store.triage.tip(gone.tip);
    expect(tip?.state).toMatchObject({ shredded: true, pending: null });
    expect(tip?.events.map(({ type }) => type)).toEqual(['shredding_proposed']);
    expect(await store.oversight.verifyRollups()).toEqual([]);
    await expect(
      Promise.resolve().then(() => store.connection.exec("UPDATE tip SET stage = 'received'")),
    ).rejects.toThrow('a tip changes only with its event');
    expect(await store.triage.counts(gone.submission.unit, START as never)).toMatchObject({
      pending_decision: 0,
    });
    await store.close();
    expect(await emptiedAgain(into, later)).toBe(0);
  });

  test('takes no list from an earlier copy, from another instance or from a folder without one', async () => {
    const into = await restored();
    await expect(emptiedAgain(into, before)).rejects.toMatchObject({ code: 'backup_invalid' });
    const other = await restored();
    await writeInstance(other, { ...(await readInstance(other)), id: 'ab'.repeat(16) });
    await expect(emptiedAgain(into, other)).rejects.toMatchObject({ code: 'other_instance' });
    await expect(emptiedAgain(into, temporaryFolder())).rejects.toMatchObject({ code: 'no_instance' });
    await expect(requireEmptied(into)).rejects.toMatchObject({ code: 'not_emptied' });
  });

  test('refuses to go on where a tip was not archived yet when the backup was made', async () => {
    const into = await restored();
    const db = new Database(instancePaths(into).database);
    db.exec('DROP TRIGGER tip_changes_with_an_event');
    db.exec("UPDATE tip SET stage = 'notified' WHERE stage = 'archived'");
    db.close();
    await expect(emptiedAgain(into, folder)).rejects.toMatchObject({ code: 'not_concluded' });
    expect(holds(into, body)).toBe(true);
  });

  test('is the only one to be emptied so', async () => {
    await expect(nothingEmptied(folder)).rejects.toMatchObject({ code: 'not_restored' });
    await requireEmptied(folder);
  });
});

describe('a copy for years', () => {
  test('holds nothing of what a tip said, and no key, before it is emptied either', async () => {
    const made = join(temporaryFolder(), 'long');
    const into = await restored();
    await nothingEmptied(into);
    await backupForYears(into, made, START);
    const { envelope, mailbox, event } = gone.submission;
    expect(holds(into, envelope.body)).toBe(true);
    for (const needle of [
      envelope.body,
      envelope.core,
      envelope.wraps,
      mailbox.mailboxKey,
      mailbox.loginKey,
      event.record,
    ])
      expect(holds(made, needle)).toBe(false);
    for (const salt of Object.values(event.openings)) expect(holds(made, salt)).toBe(false);
  });

  test('counts the same figures as the instance', async () => {
    const db = new Database(instancePaths(long).database, { readonly: true });
    const source = new Database(instancePaths(folder).database, { readonly: true });
    for (const [table, kept] of Object.entries(LONG_COPY)) {
      const count = (one: Database.Database) => one.prepare(`SELECT count(*) FROM "${table}"`).pluck().get();
      expect(count(db), table).toBe(kept === 'left out' ? 0 : count(source));
    }
    db.close();
    source.close();
  });

  test('cannot be restored', async () => {
    await expect(restored(long)).rejects.toMatchObject({ code: 'backup_invalid' });
  });
});
