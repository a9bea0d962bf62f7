import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Db } from './connection.ts';
import { createPrivately } from './private-file.ts';

/** What a check of the database finds. */
export interface DatabaseHealth {
  /** Empty when every page, index and rule is in order; else what is wrong, at most 10 lines. */
  readonly damage: readonly string[];
  /** Rows whose foreign key does not hold, as `table row parent`. */
  readonly foreignKeys: readonly string[];
  readonly journalMode: string;
  /** 2 is FULL. */
  readonly synchronous: number;
}

/**
 * Copies the database as of one moment into a new file, beside running writers; freed pages stay behind. The copy needs no log file and
 * is its owner's alone.
 * Throws an Error when `into` exists. Syncing the copy and its folder is the caller's.
 */
export function backupDatabase(file: string, into: string): void {
  if (existsSync(into)) throw new Error(`${into} exists already`);
  createPrivately(into);
  readOnly(file, (db) => {
    // The copy takes this on. Without it pages that split while it is written keep what stood in them, where no deletion ever comes.
    db.pragma('secure_delete = ON');
    db.prepare('VACUUM INTO ?').run(into);
  });
}

/** Damage of a database file that no one serves: empty when there is none. Reads the whole file and writes nothing. */
export const damageOf = (file: string): readonly string[] => readOnly(file, damage);

/** Full check of a live connection: every page, index and foreign key. Reads the whole file. */
export function databaseHealth(db: Db): DatabaseHealth {
  const keys = db.pragma('foreign_key_check') as {
    readonly table: string;
    readonly rowid: number | null;
    readonly parent: string;
  }[];
  return {
    damage: damage(db),
    foreignKeys: keys.map(({ table, rowid, parent }) => `${table} ${rowid ?? '?'} ${parent}`),
    journalMode: String(db.pragma('journal_mode', { simple: true })),
    synchronous: Number(db.pragma('synchronous', { simple: true })),
  };
}

function readOnly<T>(file: string, work: (db: Db) => T): T {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function damage(db: Db): readonly string[] {
  const lines = db.pragma('integrity_check(10)') as { readonly integrity_check: string }[];
  return lines.map((line) => line.integrity_check).filter((line) => line !== 'ok');
}
