import Database from 'better-sqlite3';
import { immediate, openConnection } from './connection.ts';
import { createEmptying } from './emptying.ts';

/** A tip that was emptied after a backup was made. */
export interface Gone {
  /** 32 lowercase hex digits. */
  readonly tip: string;
  readonly rule: string;
}

/** What a database file that nobody serves says of emptied tips. */
export interface GoneList {
  /** Number of its newest event: of two copies of one database the one with the greater number is the later one. */
  readonly newest: number;
  readonly tips: readonly Gone[];
}

/** Reads the list of emptied tips. Throws SqliteError when the file is no such database. */
export function goneTips(file: string): GoneList {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const tips = db
      .prepare(
        'SELECT lower(hex(t.id)) AS tip, s.rule FROM shredded s JOIN tip t ON t.seq = s.tip ORDER BY s.tip',
      )
      .all() as Gone[];
    return { newest: newestOf(db), tips };
  } finally {
    db.close();
  }
}

const newestOf = (db: Database.Database): number =>
  db.prepare('SELECT ifnull(max(seq), 0) FROM event').pluck().get() as number;

/** Rules that keep a served database from emptying a tip without two people; the people have signed, in events that this copy lacks. */
const STANDS_ASIDE = ['shredded_tip_is_archived', 'tip_changes_with_an_event'];

interface Row {
  readonly seq: number;
  readonly version: number;
  readonly stage: string;
  readonly emptied: 0 | 1;
}

/**
 * Empties in a restored database, which nobody serves, what was emptied after its backup was made, in one transaction; then clears the log.
 * The event of two people is not in this copy: the tip's last event takes its place. Gives how many were emptied now, and those that cannot
 * be because they were not concluded yet when the backup was made; then nothing is written at all. `earlier` when the list is of a copy
 * that is older than this one.
 */
export function emptyAgain(
  file: string,
  gone: readonly Gone[],
  newest: number,
): { readonly emptied: number; readonly open: readonly string[] } | 'earlier' {
  const db = openConnection({ file });
  try {
    if (newest < newestOf(db)) return 'earlier';
    const empty = createEmptying(db);
    const find = db.prepare<[Buffer], Row>(
      `SELECT t.seq, t.version, t.stage, s.tip IS NOT NULL AS emptied
         FROM tip t LEFT JOIN shredded s ON s.tip = t.seq WHERE t.id = ?`,
    );
    const found = gone.flatMap((one) => {
      const row = find.get(Buffer.from(one.tip, 'hex'));
      return row === undefined || row.emptied === 1 ? [] : [{ ...one, ...row }];
    });
    const open = found.filter(({ stage }) => stage !== 'archived').map(({ tip }) => tip);
    if (open.length > 0) return { emptied: 0, open };
    const rules = STANDS_ASIDE.map(
      (name) => db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) as string,
    );
    immediate(db, () => {
      for (const name of STANDS_ASIDE) db.exec(`DROP TRIGGER ${name}`);
      const settle = db.prepare('UPDATE tip SET pending = 0 WHERE seq = ?');
      const forget = db.prepare('DELETE FROM decision WHERE tip = ? AND result IS NULL');
      for (const { seq, version, rule } of found) {
        settle.run(seq);
        forget.run(seq);
        empty({ tip: seq, no: version, upTo: version - 1, rule });
      }
      for (const rule of rules) db.exec(rule);
    });
    // A backup may have been written by an older version or another tool: only new pages are sure to hold nothing beside their rows.
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
    return { emptied: found.length, open };
  } finally {
    db.close();
  }
}
