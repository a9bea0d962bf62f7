import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { TABLES } from '../sql/schema.ts';
import { createPrivately } from './private-file.ts';

/** `whole`; `left out`; or whole but for these columns, which are emptied. */
type Kept = 'whole' | 'left out' | { readonly empty: readonly string[] };

/**
 * What a copy for years holds: the public log with all that proves it, the signed directory, and what the figures are counted from. Nothing
 * that opens a leaf, nothing that anybody wrote, no key and no way in: what retention shreds in the years after was never in it. A table
 * that is missing here fails the type check.
 */
export const LONG_COPY: Readonly<Record<keyof typeof TABLES, Kept>> = {
  schema_migration: 'whole',
  meta: 'whole',
  staff: {
    empty: [
      'sign_key',
      'kem_key',
      'salt',
      'memory_kib',
      'passes',
      'login_key',
      'wrapped_secrets',
      'totp_sealed',
      'invite_hash',
      'invite_expires',
    ],
  },
  session: 'left out',
  throttle: 'left out',
  focal_point: 'whole',
  absence: 'whole',
  focal_alarm: 'left out',
  staff_decision: 'left out',
  tip: 'whole',
  subject: 'whole',
  event: { empty: ['record', 'citizen_part', 'restricted_part'] },
  event_opening: 'left out',
  envelope: 'left out',
  envelope_wraps: 'left out',
  former_wraps: 'left out',
  mailbox: 'left out',
  acceptance: 'left out',
  spent_challenge: 'left out',
  custody: 'whole',
  decision: { empty: ['data'] },
  tip_merged: 'whole',
  register: 'whole',
  handover_note: 'left out',
  alarm: 'left out',
  tip_clock: 'whole',
  rollup: 'whole',
  rollup_sum: 'whole',
  flow: 'whole',
  transfer_flow: 'whole',
  flow_month: 'whole',
  transfer_flow_month: 'whole',
  movement: 'whole',
  statement: 'whole',
  shard: 'whole',
  holiday_year: 'whole',
  law_file: 'whole',
  epoch_wrap: 'left out',
  broken_epoch_wrap: 'left out',
  former_epoch_wrap: 'left out',
  recovery_share: 'left out',
  unit: 'whole',
  pending_statement: 'left out',
  upload: 'left out',
  upload_part: 'left out',
  thread: 'left out',
  citizen_acceptance: 'left out',
  author_key: 'left out',
  working_copy: 'left out',
  copy_picture: 'left out',
  tip_taken: 'left out',
  switchboard: 'left out',
  recording: 'left out',
  recording_wrap: 'left out',
  recording_share: 'left out',
  box_opening: 'left out',
  ledger_log: 'whole',
  ledger_batch: 'whole',
  ledger_leaf: 'whole',
  ledger_tile: 'whole',
  ledger_entries: 'whole',
  ledger_cosignature: 'whole',
  ledger_lease: 'left out',
  auditor_statement: 'whole',
  settlement_right: 'whole',
  post_check: 'whole',
  escalation_mark: 'whole',
  escalated: 'whole',
  walk: 'whole',
  staff_contact: 'left out',
  digest_slot: 'left out',
  shredded: 'whole',
};

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: 0 | 1;
  /** Above 0 for what is computed. */
  readonly hidden: number;
}

const emptyValue = ({ type, notnull }: Column): string => {
  if (notnull === 0) return 'NULL';
  return type === 'TEXT' ? `'{}'` : `x''`;
};

/**
 * Builds a copy for years from a database that may be in use, as of one moment, table by table into a new file: a plain copy would carry
 * pages and rules that keep what must not be in it. The new file is its owner's alone. Throws an Error when `into` exists.
 */
export function longCopy(file: string, into: string): void {
  if (existsSync(into)) throw new Error(`${into} exists already`);
  createPrivately(into);
  const db = new Database(into, { timeout: 10_000 });
  try {
    db.pragma('foreign_keys = OFF');
    db.pragma('secure_delete = ON');
    db.prepare('ATTACH ? AS source').run(file);
    // One transaction reads all of it as of one moment.
    db.transaction(() => {
      for (const [table, kept] of Object.entries(LONG_COPY)) {
        db.exec(schemaOf(db, table));
        if (kept === 'left out') continue;
        const columns = (db.pragma(`source.table_xinfo(${table})`) as Column[]).filter(
          ({ hidden }) => hidden === 0,
        );
        const names = columns.map(({ name }) => `"${name}"`).join(', ');
        const values = columns.map((column) =>
          kept !== 'whole' && kept.empty.includes(column.name) ? emptyValue(column) : `"${column.name}"`,
        );
        db.exec(`INSERT INTO main.${table} (${names}) SELECT ${values.join(', ')} FROM source.${table}`);
      }
    })();
    db.exec('DETACH source');
  } finally {
    db.close();
  }
}

const schemaOf = (db: Database.Database, table: string): string =>
  db
    .prepare("SELECT sql FROM source.sqlite_schema WHERE type = 'table' AND name = ?")
    .pluck()
    .get(table) as string;
