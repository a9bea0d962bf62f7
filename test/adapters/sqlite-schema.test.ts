import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { given, givenStaff, HOME, nextEvent, step, submission } from '../contract/store-fixture.ts';
import { MIGRATIONS, makeSqliteStore } from './sqlite-fixture.ts';

describe('the SQLite file', () => {
  let opened: Awaited<ReturnType<typeof makeSqliteStore>>;

  beforeEach(async () => {
    opened = await makeSqliteStore();
  });
  afterEach(() => opened.close());

  const run = (sql: string) => opened.store.connection.exec(sql);
  const pragma = (name: string) => opened.store.connection.pragma(name, { simple: true });

  it('syncs the log at every commit, and keeps foreign keys, on the live connection', () => {
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('secure_delete')).toBe(1);
    expect(Number(pragma('busy_timeout'))).toBeGreaterThan(0);
  });

  it('keeps its promises on a connection that opens an existing file', async () => {
    await given(opened.store);
    const again = openSqliteStore({ file: opened.file, migrations: MIGRATIONS, migrate: 'check' });
    expect(again.connection.pragma('synchronous', { simple: true })).toBe(2);
    expect((await again.triage.counts(HOME, 0 as never)).open).toBe(1);
    await again.close();
  });

  it('has strict tables only', () => {
    const loose = opened.store.connection
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(loose).toEqual([]);
  });

  it.each([
    ["UPDATE event SET record = x'00'", 'an event is never changed'],
    ['DELETE FROM event', 'an event is never deleted'],
    ["UPDATE envelope SET body = x'00'", 'an envelope is never changed'],
    ['DELETE FROM envelope', 'an envelope is never deleted'],
    ['DELETE FROM tip', 'a tip is never deleted'],
    ["UPDATE tip SET stage = 'archived'", 'a tip changes only with its event'],
    ['UPDATE tip SET t0 = t0 + 1, version = version + 1', 'what came in is never edited'],
    ['UPDATE tip SET urgent = 1, version = version + 1', 'what came in is never edited'],
    ["UPDATE acceptance SET answer = x'00'", 'an answer is never changed'],
    ['DELETE FROM tip_clock', 'a clock is never deleted'],
    ['UPDATE register SET number = 9', 'a register entry is never changed'],
    ['DELETE FROM register', 'a register entry is never deleted'],
    ['DELETE FROM staff', 'staff rows are never deleted'],
  ])('refuses %s', async (sql, message) => {
    const { tip } = await given(opened.store);
    await givenStaff(opened.store);
    await step(opened.store, tip, { register: { unit: HOME, year: 2026 } });
    expect(() => run(sql)).toThrow(message);
  });

  it('refuses to replace an event or an envelope as well', async () => {
    await given(opened.store);
    const columns = 'seq, chain, no, prev, type, leaf, hour, record, citizen_part, restricted_part';
    expect(() => run(`INSERT OR REPLACE INTO event (${columns}) SELECT ${columns} FROM event`)).toThrow(
      'never deleted',
    );
    expect(() =>
      run(
        'INSERT OR REPLACE INTO envelope (seq, tip, no, kind, core, seal, body) SELECT seq, tip, no, kind, core, seal, body FROM envelope',
      ),
    ).toThrow('never deleted');
  });

  it('refuses to commit a tip whose version has no event', async () => {
    await given(opened.store);
    expect(() => run(`UPDATE tip SET stage = 'archived', open = 0, version = version + 1`)).toThrow(
      'FOREIGN KEY',
    );
  });

  it('refuses an event out of its chain even when it is written by hand', async () => {
    await given(opened.store);
    const insert = (no: number, prev: string) =>
      run(`INSERT INTO event (chain, no, prev, type, leaf, at, record, citizen_part, restricted_part)
           SELECT chain, ${no}, ${prev}, type, leaf, 5, record, citizen_part, restricted_part FROM event`);
    expect(() => insert(2, 'zeroblob(32)')).toThrow('FOREIGN KEY');
    expect(() => insert(3, 'leaf')).toThrow('FOREIGN KEY');
    expect(() => insert(1, 'NULL')).toThrow('UNIQUE');
  });

  it('writes a fact of the instance once', async () => {
    await opened.store.setMetaOnce('instance', 'one');
    expect(() => run(`UPDATE meta SET value = 'two'`)).toThrow('written once');
  });

  it('keeps what was committed when the process ends without closing', async () => {
    const made = await given(opened.store);
    const copy = openSqliteStore({ file: opened.file, migrations: MIGRATIONS });
    expect(await copy.intake.answerFor(made.tip, made.sealHash)).toEqual(made.answer);
    await copy.close();
  });

  it('answers a full disk with storage_full, keeps nothing of the batch and goes on afterwards', async () => {
    const pages = Number(pragma('page_count'));
    run(`PRAGMA max_page_count = ${pages + 4}`);
    const batch = Array.from({ length: 20 }, () => submission());
    await expect(opened.store.intake.accept(batch)).rejects.toMatchObject({ code: 'storage_full' });
    for (const made of batch) expect(await opened.store.triage.tip(made.tip)).toBeNull();
    run('PRAGMA max_page_count = 1000000');
    expect((await opened.store.intake.accept(batch)).every((result) => result.kind === 'accepted')).toBe(
      true,
    );
  });

  it('answers unavailable while another process holds the lock, and goes on afterwards', async () => {
    const other = openSqliteStore({ file: opened.file, migrations: MIGRATIONS });
    run('PRAGMA busy_timeout = 20');
    other.connection.exec('BEGIN IMMEDIATE');
    const made = submission();
    await expect(opened.store.intake.accept([made])).rejects.toMatchObject({
      code: 'unavailable',
      retryAfter: 1,
    });
    other.connection.exec('COMMIT');
    expect(await opened.store.intake.accept([made])).toEqual([{ kind: 'accepted' }]);
    await other.close();
  });

  it('keeps an epoch wrap that was replaced, and finds its bytes nowhere in the file once its member left and the log was taken in', async () => {
    const { store } = opened;
    const row = await givenStaff(store);
    const wrap = new TextEncoder().encode('an old wrap that must be gone');
    await store.directory.putEpochWraps(await nextEvent(store, `unit:${HOME}`), [
      { unit: HOME, epoch: 1, member: row.id, wrap },
    ]);
    await store.directory.reportEpochWraps(await nextEvent(store, `unit:${HOME}`), HOME, row.id, [1]);
    const another = { unit: HOME, epoch: 1, member: row.id, wrap: new Uint8Array(60) };
    await store.directory.putEpochWraps(await nextEvent(store, `unit:${HOME}`), [another]);
    const former = store.connection.prepare('SELECT wrap, reported_no, replaced_no FROM former_epoch_wrap');
    expect(former.get()).toEqual({ wrap: Buffer.from(wrap), reported_no: 2, replaced_no: 3 });
    await store.directory.dropEpochWraps(await nextEvent(store, `unit:${HOME}`), HOME, row.id);
    pragma('wal_checkpoint(TRUNCATE)');
    const { readFile } = await import('node:fs/promises');
    for (const file of [opened.file, `${opened.file}-wal`]) {
      expect((await readFile(file)).includes('an old wrap')).toBe(false);
    }
  });
});
