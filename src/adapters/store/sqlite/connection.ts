import Database from 'better-sqlite3';
import { AppError } from '../../../domain/errors.ts';
import { createPrivately } from './private-file.ts';

export type Db = Database.Database;

/**
 * Bytes in a page of a new file. Measured with real sizes (351 B core, 438 B seal, 1 191 B wraps): a tip with its event, mailbox, answer,
 * clocks and indexes takes 11,7 kB for a body of 4 137 B and 16,1 kB for one of 8 700 B; with 8 KiB pages 14,8 and 16,2 kB, with 16 KiB
 * 12,1 and 23,1 kB.
 */
export const PAGE_SIZE = 4096;

export interface ConnectionOptions {
  /** Path of the database file; its folder must exist. */
  readonly file: string;
  /** Milliseconds to wait for another process's lock. */
  readonly busyTimeout?: number;
  readonly pageSize?: number;
}

/**
 * Opens a connection with the settings that every promise of durability rests on: write-ahead log, `synchronous = FULL` (a commit
 * returns only after the log is synced), foreign keys, and freed pages overwritten with zeros. A new file is its owner's alone.
 */
export function openConnection(options: ConnectionOptions): Db {
  createPrivately(options.file);
  const db = new Database(options.file, { timeout: options.busyTimeout ?? 5_000 });
  try {
    db.pragma(`page_size = ${options.pageSize ?? PAGE_SIZE}`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('recursive_triggers = ON');
    db.pragma('secure_delete = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -65536');
    db.pragma('wal_autocheckpoint = 4000');
    db.pragma('journal_size_limit = 67108864');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Runs `work` in one `BEGIN IMMEDIATE … COMMIT`; anything thrown rolls all of it back. A full disk becomes AppError `storage_full`, a
 * lock held by another process for longer than the busy timeout `unavailable`.
 */
export function immediate<T>(db: Db, work: () => T): T {
  try {
    db.exec('BEGIN IMMEDIATE');
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw translate(error);
  }
}

/** Runs `work` in one read transaction, so that everything it reads is of one moment. */
export function snapshot<T>(db: Db, work: () => T): T {
  db.exec('BEGIN');
  try {
    return work();
  } finally {
    if (db.inTransaction) db.exec('COMMIT');
  }
}

/** True for a failure of the disk, not of the data: the whole transaction is in doubt, not one row. */
export function isDiskFailure(error: unknown): boolean {
  const code = sqliteCode(error);
  return code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_BUSY');
}

/** True when a unique key is taken. */
export const isTaken = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE';

/** True when a row refers to one that is not there. */
export const isUnmet = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY';

function translate(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_FULL')) return new AppError('storage_full', { cause: error });
  if (code.startsWith('SQLITE_BUSY')) return new AppError('unavailable', { cause: error, retryAfter: 1 });
  return error;
}

function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}
