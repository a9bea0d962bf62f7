import { execFileSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupDatabase, damageOf, databaseHealth } from '../../src/adapters/store/sqlite/maintenance.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { given, step } from '../contract/store-fixture.ts';
import { MIGRATIONS, makeSqliteStore } from './sqlite-fixture.ts';

describe('maintenance', () => {
  let opened: Awaited<ReturnType<typeof makeSqliteStore>>;

  beforeEach(async () => {
    opened = await makeSqliteStore();
  });
  afterEach(() => opened.close());

  it('backs up a live database as of one moment, in one file', async () => {
    const before = await given(opened.store);
    const copy = join(dirname(opened.file), 'copy.sqlite');
    backupDatabase(opened.file, copy);
    expect(damageOf(copy)).toEqual([]);
    const after = await given(opened.store);
    const restored = openSqliteStore({ file: copy, migrations: MIGRATIONS, migrate: 'check' });
    expect((await restored.triage.tip(before.tip))?.head.leaf).toBe(before.event.leaf);
    expect(await restored.triage.tip(after.tip)).toBeNull();
    await restored.close();
    expect((await readdir(dirname(copy))).filter((name) => name.startsWith('copy'))).toEqual(['copy.sqlite']);
  });

  it('makes database, log files and backup for their owner alone, however open the umask is', async () => {
    const folder = dirname(opened.file);
    // A process of its own, because a umask is the whole process's.
    const script = `
      process.umask(0);
      const { openSqliteStore } = await import('./src/adapters/store/sqlite/open.ts');
      const { backupDatabase } = await import('./src/adapters/store/sqlite/maintenance.ts');
      const { statSync } = await import('node:fs');
      const [file, copy] = [process.argv[1] + '/new.sqlite', process.argv[1] + '/saved.sqlite'];
      const store = openSqliteStore({ file, migrations: 'db/sqlite' });
      backupDatabase(file, copy);
      const modes = [file, file + '-wal', file + '-shm', copy].map((one) => (statSync(one).mode & 0o777).toString(8));
      console.log(JSON.stringify(modes));
      await store.close();`;
    const run = ['--input-type=module', '--eval', script, folder];
    const cwd = join(import.meta.dirname, '../..');
    const said = execFileSync(process.execPath, run, { cwd, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['600', '600', '600', '600']);
    expect((await stat(opened.file)).mode & 0o777).toBe(0o600);
  });

  it('backs up over nothing that exists', () => {
    expect(() => backupDatabase(opened.file, opened.file)).toThrow('exists already');
  });

  it('finds nothing wrong with a healthy database', async () => {
    const { tip } = await given(opened.store);
    await step(opened.store, tip, {});
    expect(databaseHealth(opened.store.connection)).toEqual({
      damage: [],
      foreignKeys: [],
      journalMode: 'wal',
      synchronous: 2,
    });
  });

  it('names a row whose foreign key does not hold', async () => {
    await given(opened.store);
    const db = opened.store.connection;
    db.pragma('foreign_keys = OFF');
    db.exec(`INSERT INTO handover_note (unit, author, at, sealed) VALUES ('x', zeroblob(16), 1, x'00')`);
    db.exec("INSERT INTO envelope_wraps (envelope, wraps) VALUES (999, x'00')");
    expect(databaseHealth(db).foreignKeys).toEqual(['envelope_wraps 999 envelope']);
  });

  it('names a table with a row that breaks its rules', async () => {
    await given(opened.store);
    const db = opened.store.connection;
    db.exec(`PRAGMA ignore_check_constraints = ON;
             INSERT INTO handover_note (unit, author, at, sealed) VALUES ('x', x'00', 1, x'00');
             PRAGMA ignore_check_constraints = OFF`);
    expect(databaseHealth(db).damage.join()).toContain('CHECK constraint failed in handover_note');
  });
});
