import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

export type MigrationErrorCode =
  | 'migration_directory'
  | 'migration_name'
  | 'migration_edited'
  | 'migration_missing'
  | 'migration_order'
  | 'migration_half_applied'
  | 'migration_failed'
  | 'migration_pending';

/** The schema cannot be brought up to date safely; nothing was changed. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly checksum: string;
}

interface AppliedRow {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly finished: number;
}

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * Brings the schema up to date: every `NNNN_name.sql` of `directory` in order, each in a transaction of its own, its SHA-256 recorded.
 * Returns the names that were applied now. With `mode: 'check'` nothing is applied and a pending file is an error.
 *
 * Throws MigrationError: `migration_directory` (cannot be read, or empty), `migration_name` (bad or doubled number),
 * `migration_edited` (an applied file's bytes changed), `migration_missing` (an applied file is gone: the database is newer than the
 * program), `migration_order` (a new file's number lies below an applied one), `migration_half_applied` (a run began and never
 * finished), `migration_failed` (the SQL was refused and rolled back), `migration_pending`.
 */
export function migrate(
  db: Database,
  directory: string,
  mode: 'apply' | 'check' = 'apply',
): readonly string[] {
  const files = readMigrationFiles(directory);
  if (mode === 'apply') createMigrationTable(db);
  const pending = comparePlan(files, mode === 'apply' ? readBehindWriters(db) : readApplied(db));
  if (mode === 'check') {
    const first = pending[0];
    if (first === undefined) return [];
    throw new MigrationError(
      'migration_pending',
      `The database lacks migration ${first.name}: run "tinkin migrate" first.`,
    );
  }
  for (const file of pending) applyOne(db, file);
  return pending.map((file) => file.name);
}

function readMigrationFiles(directory: string): readonly MigrationFile[] {
  let names: readonly string[];
  try {
    names = readdirSync(directory).filter((name) => name.endsWith('.sql'));
  } catch (cause) {
    throw new MigrationError('migration_directory', `Migrations cannot be read from ${directory}.`, cause);
  }
  if (names.length === 0)
    throw new MigrationError('migration_directory', `There are no migrations in ${directory}.`);
  const files = [...names].sort().map((name) => {
    const number = FILE_NAME.exec(name)?.[1];
    if (number === undefined) {
      throw new MigrationError('migration_name', `${name} is not named NNNN_lower_case.sql.`);
    }
    const bytes = readFileSync(join(directory, name));
    const checksum = createHash('sha256').update(bytes).digest('hex');
    return { number: Number(number), name, sql: bytes.toString('utf8'), checksum };
  });
  files.forEach((file, index) => {
    if (file.number !== index + 1) {
      throw new MigrationError(
        'migration_name',
        `${file.name}: numbers must run from 0001 without gaps or doubles.`,
      );
    }
  });
  return files;
}

function createMigrationTable(db: Database): void {
  db.exec(`CREATE TABLE IF NOT EXISTS schema_migration (
    number   INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    checksum TEXT NOT NULL,
    finished INTEGER NOT NULL CHECK (finished IN (0, 1))
  ) STRICT`);
}

function readApplied(db: Database): readonly AppliedRow[] {
  const exists = db
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'`)
    .get();
  if (exists === undefined) return [];
  return db
    .prepare<[], AppliedRow>('SELECT number, name, checksum, finished FROM schema_migration ORDER BY number')
    .all();
}

/** Waits for another process that is just applying a migration, so that its unfinished row is not taken for a broken one. */
function readBehindWriters(db: Database): readonly AppliedRow[] {
  db.exec('BEGIN IMMEDIATE');
  try {
    return readApplied(db);
  } finally {
    db.exec('COMMIT');
  }
}

/** Compares what the files say with what the database went through; returns the files still to be applied. */
function comparePlan(
  files: readonly MigrationFile[],
  applied: readonly AppliedRow[],
): readonly MigrationFile[] {
  const byNumber = new Map(files.map((file) => [file.number, file]));
  for (const row of applied) {
    if (row.finished === 0) {
      throw new MigrationError(
        'migration_half_applied',
        `Migration ${row.name} began and never finished. Restore the backup taken before the upgrade, then start again.`,
      );
    }
    const file = byNumber.get(row.number);
    if (file === undefined || file.name !== row.name) {
      throw new MigrationError(
        'migration_missing',
        `The database went through ${row.name}, which this version does not have: it belongs to a newer version.`,
      );
    }
    if (file.checksum !== row.checksum) {
      throw new MigrationError(
        'migration_edited',
        `${row.name} was changed after it had been applied. Put the original file back; changes need a new migration.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.number));
  const latest = Math.max(0, ...done);
  const pending = files.filter((file) => !done.has(file.number));
  const late = pending.find((file) => file.number < latest);
  if (late !== undefined) {
    throw new MigrationError(
      'migration_order',
      `${late.name} was added below migrations that are applied already.`,
    );
  }
  return pending;
}

/**
 * The row with `finished = 0` is committed before the migration's own transaction and flipped inside it, so that a run that died in
 * between, or a statement that ended the transaction early, shows at the next start.
 */
function applyOne(db: Database, file: MigrationFile): void {
  const begun = db
    .prepare(
      'INSERT INTO schema_migration (number, name, checksum, finished) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING',
    )
    .run(file.number, file.name, file.checksum);
  if (begun.changes === 0) {
    comparePlan(
      [file],
      readBehindWriters(db).filter((row) => row.number === file.number),
    );
    return;
  }
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(file.sql);
    if (!db.inTransaction) throw new Error('the migration ended its own transaction');
    const violations = db.pragma('foreign_key_check');
    if (Array.isArray(violations) && violations.length > 0) throw new Error('a foreign key does not hold');
    db.prepare('UPDATE schema_migration SET finished = 1 WHERE number = ?').run(file.number);
    db.exec('COMMIT');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (!db.inTransaction) {
      throw new MigrationError(
        'migration_half_applied',
        `Migration ${file.name} broke off half-way: ${reason}.`,
        cause,
      );
    }
    db.exec('ROLLBACK');
    db.prepare('DELETE FROM schema_migration WHERE number = ? AND finished = 0').run(file.number);
    throw new MigrationError(
      'migration_failed',
      `Migration ${file.name} failed and was rolled back: ${reason}.`,
      cause,
    );
  }
}
