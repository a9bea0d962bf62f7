import { mkdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationError, migrate } from '../../src/adapters/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { MIGRATIONS, temporaryFolder } from './sqlite-fixture.ts';

describe('migrations', () => {
  let folder: string;
  let directory: string;
  let db: Database.Database;

  beforeEach(async () => {
    folder = await temporaryFolder();
    directory = join(folder, 'migrations');
    await mkdir(directory);
    db = new Database(join(folder, 'test.sqlite'));
    await write('0001_first.sql', 'CREATE TABLE first (id INTEGER PRIMARY KEY);');
    await write('0002_second.sql', 'CREATE TABLE second (id INTEGER PRIMARY KEY);');
  });

  afterEach(async () => {
    db.close();
    await rm(folder, { recursive: true });
  });

  const write = (name: string, sql: string) => writeFile(join(directory, name), sql);
  const tables = () =>
    db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .all()
      .map((row) => row.name);
  const failure = (run = () => migrate(db, directory)): MigrationError => {
    try {
      run();
    } catch (error) {
      if (error instanceof MigrationError) return error;
      throw error;
    }
    throw new Error('no error');
  };

  it('are applied in order, once', () => {
    expect(migrate(db, directory)).toEqual(['0001_first.sql', '0002_second.sql']);
    expect(migrate(db, directory)).toEqual([]);
    expect(tables()).toEqual(['first', 'schema_migration', 'second']);
  });

  it('are applied where the last run ended', async () => {
    migrate(db, directory);
    await write('0003_third.sql', 'CREATE TABLE third (id INTEGER PRIMARY KEY);');
    expect(migrate(db, directory)).toEqual(['0003_third.sql']);
  });

  it('are only compared in check mode, and a pending one is an error', () => {
    const error = failure(() => migrate(db, directory, 'check'));
    expect(error.code).toBe('migration_pending');
    expect(error.message).toContain('0001_first.sql');
    expect(tables()).toEqual([]);
    migrate(db, directory);
    expect(migrate(db, directory, 'check')).toEqual([]);
  });

  it('refuse a file that was edited after it was applied', async () => {
    migrate(db, directory);
    await write('0001_first.sql', 'CREATE TABLE first (id INTEGER PRIMARY KEY, more TEXT);');
    const error = failure();
    expect(error.code).toBe('migration_edited');
    expect(error.message).toContain('0001_first.sql was changed');
  });

  it('refuse a database that went through a migration this version lacks', async () => {
    migrate(db, directory);
    await unlink(join(directory, '0002_second.sql'));
    const error = failure();
    expect(error.code).toBe('migration_missing');
    expect(error.message).toContain('newer version');
  });

  it('refuse a database in which a migration began and never finished', () => {
    migrate(db, directory);
    db.exec('UPDATE schema_migration SET finished = 0 WHERE number = 2');
    const error = failure();
    expect(error.code).toBe('migration_half_applied');
    expect(error.message).toContain('0002_second.sql');
    expect(error.message).toContain('backup');
  });

  it('say so when a migration ends its own transaction and then breaks off, and refuse to go on', async () => {
    await write(
      '0002_second.sql',
      'CREATE TABLE second (id INTEGER PRIMARY KEY); COMMIT; CREATE TABLE broken (;',
    );
    expect(failure().code).toBe('migration_half_applied');
    await write('0002_second.sql', 'SELECT 1;');
    expect(failure().code).toBe('migration_half_applied');
  });

  it('leave nothing of one that fails, keep those before it, and can be run again once it is mended', async () => {
    await write('0002_second.sql', 'CREATE TABLE second (id INTEGER PRIMARY KEY); CREATE TABLE broken (;');
    const error = failure();
    expect(error.code).toBe('migration_failed');
    expect(error.message).toContain('0002_second.sql');
    expect(tables()).toEqual(['first', 'schema_migration']);
    await write('0002_second.sql', 'CREATE TABLE second (id INTEGER PRIMARY KEY);');
    expect(migrate(db, directory)).toEqual(['0002_second.sql']);
  });

  it('refuse one after which a foreign key does not hold', async () => {
    await write(
      '0002_second.sql',
      'CREATE TABLE second (id INTEGER REFERENCES first (id)); INSERT INTO second VALUES (7);',
    );
    expect(failure().code).toBe('migration_failed');
    expect(tables()).toEqual(['first', 'schema_migration']);
  });

  it('refuse numbers with a gap, a double, or a name of another form', async () => {
    for (const name of [
      '0004_gap.sql',
      '0002_double.sql',
      '3_short.sql',
      '0003_Upper.sql',
      '0003-dash.sql',
    ]) {
      await write(name, 'SELECT 1;');
      expect(failure().code).toBe('migration_name');
      await unlink(join(directory, name));
    }
  });

  it('refuse a folder that is missing or empty', async () => {
    expect(failure(() => migrate(db, join(folder, 'nowhere'))).code).toBe('migration_directory');
    await mkdir(join(folder, 'empty'));
    expect(failure(() => migrate(db, join(folder, 'empty'))).code).toBe('migration_directory');
  });

  it('keep the checksum of the exact bytes', async () => {
    migrate(db, directory);
    const text = await readFile(join(directory, '0001_first.sql'), 'utf8');
    await write('0001_first.sql', `${text}\n`);
    expect(failure().code).toBe('migration_edited');
  });

  it('close the file again when the store cannot be opened', async () => {
    const file = join(folder, 'store.sqlite');
    await (await openAt(file)).close();
    await write('0001_first.sql', 'SELECT 2;');
    expect(() => openSqliteStore({ file, migrations: directory })).toThrow(MigrationError);
    const open = new Database(file);
    expect(open.pragma('integrity_check', { simple: true })).toBe('ok');
    open.close();
  });

  const openAt = async (file: string) => openSqliteStore({ file, migrations: MIGRATIONS });
});
