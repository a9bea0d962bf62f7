import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Db } from './connection.ts';

/** What `doctor` reports of the database. Sizes in bytes. */
export interface DatabaseHealth {
  /** `ok`, or what `integrity_check` found, at most 100 lines. */
  readonly integrity: readonly string[];
  /** Rows whose foreign key does not hold, as `table row parent`. */
  readonly foreignKeys: readonly string[];
  readonly pageSize: number;
  readonly size: number;
  /** Bytes in free pages, given back by `VACUUM`. */
  readonly free: number;
  readonly journalMode: string;
  /** 2 is FULL. */
  readonly synchronous: number;
  readonly migrations: number;
  readonly rows: Readonly<Record<CountedTable, number>>;
}

const COUNTED_TABLES = ['tip', 'event', 'envelope', 'tip_clock', 'staff', 'statement', 'unit'] as const;
type CountedTable = (typeof COUNTED_TABLES)[number];

/**
 * Copies the database as of one moment into a new file, beside running writers; freed pages stay behind. The copy needs no log file.
 * Throws an Error when `into` exists. Syncing the copy and its folder is the caller's.
 */
export function backupDatabase(file: string, into: string): void {
  if (existsSync(into)) throw new Error(`${into} exists already`);
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    db.prepare('VACUUM INTO ?').run(into);
  } finally {
    db.close();
  }
}

/** Full check of a live connection: every page, index and foreign key. Reads the whole file. */
export function databaseHealth(db: Db): DatabaseHealth {
  const number = (pragma: string) => Number(db.pragma(pragma, { simple: true }));
  const pageSize = number('page_size');
  const integrity = db.pragma('integrity_check(100)') as { readonly integrity_check: string }[];
  const keys = db.pragma('foreign_key_check') as {
    readonly table: string;
    readonly rowid: number | null;
    readonly parent: string;
  }[];
  const count = (table: string) =>
    db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  return {
    integrity: integrity.map((row) => row.integrity_check),
    foreignKeys: keys.map(({ table, rowid, parent }) => `${table} ${rowid ?? '?'} ${parent}`),
    pageSize,
    size: pageSize * number('page_count'),
    free: pageSize * number('freelist_count'),
    journalMode: String(db.pragma('journal_mode', { simple: true })),
    synchronous: number('synchronous'),
    migrations: count('schema_migration'),
    rows: Object.fromEntries(COUNTED_TABLES.map((table) => [table, count(table)])) as Record<
      CountedTable,
      number
    >,
  };
}

/**
 * Moves the write-ahead log into the database file and cuts it to nothing. `busy` when a reader stood in the way; nothing is lost then.
 */
export function checkpoint(db: Db): 'done' | 'busy' {
  const rows = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
  return rows[0]?.busy === 0 ? 'done' : 'busy';
}
