import type { Hour, StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import { COUNT_CEILING, DUE_SOON, type TriageStore } from '../../../ports/store/triage-store.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { buildQueueQuery, TIP_COLUMNS, type TipRow, toQueueRow } from './queue.ts';

type QueueReads = Pick<TriageStore, 'queue' | 'counts' | 'urgentUntaken' | 'workload' | 'decisionsElsewhere'>;

const COUNTS = {
  open: 'unit = @unit AND open = 1',
  new: `unit = @unit AND open = 1 AND stage = 'submitted'`,
  due_soon: 'unit = @unit AND open = 1 AND due >= @now AND due < @soon',
  overdue: 'unit = @unit AND open = 1 AND due < @now',
  incoming_transfer: 'transfer_to = @unit AND transfer_to IS NOT NULL',
  pending_decision: 'unit = @unit AND pending = 1',
} as const;

/** SQL of the console's left column: each figure is one index range, cut off at the ceiling. */
export const COUNTS_SQL = `SELECT ${Object.entries(COUNTS)
  .map(
    ([name, where]) =>
      `(SELECT count(*) FROM (SELECT 1 FROM tip WHERE ${where} LIMIT ${COUNT_CEILING})) AS ${name}`,
  )
  .join(', ')}`;

/** Lists and figures over many tips; never a table scan. */
export function createQueueReads(db: Db): QueueReads {
  const counts = db.prepare<unknown[], Record<keyof typeof COUNTS, number>>(COUNTS_SQL);
  const urgent = db.prepare<[], { id: Uint8Array; unit: UnitId; t0: Hour }>(
    `SELECT id, unit, t0 FROM tip WHERE urgent = 1 AND stage = 'submitted' ORDER BY t0 DESC LIMIT 200`,
  );
  const perAssignee = db.prepare<unknown[], { assignee: Uint8Array; open: number; overdue: number }>(
    `SELECT assignee, count(*) AS open, sum(due < @now) AS overdue FROM tip
      WHERE unit = @unit AND open = 1 AND assignee IS NOT NULL GROUP BY assignee`,
  );
  const totals = db.prepare<unknown[], { open: number; overdue: number }>(
    `SELECT (SELECT count(*) FROM tip WHERE unit = @unit AND open = 1) AS open,
            (SELECT count(*) FROM tip WHERE unit = @unit AND open = 1 AND due < @now) AS overdue`,
  );
  const waiting = db.prepare<[string], TipRow>(
    `SELECT ${TIP_COLUMNS} FROM tip t JOIN json_each(?) u ON t.unit = u.value WHERE t.pending = 1 ORDER BY t.due, t.seq LIMIT 200`,
  );

  return {
    async queue(query) {
      const { sql, values, order } = buildQueueQuery(query);
      const found = db.prepare<unknown[], TipRow>(sql).all(values);
      const rows = found.slice(0, query.limit);
      const last = rows.at(-1);
      const more = found.length > query.limit && last !== undefined;
      return { rows: rows.map(toQueueRow), next: more ? { key: last[order], seq: last.seq } : null };
    },
    async counts(unit, now) {
      const row = counts.get({ unit, now, soon: now + DUE_SOON });
      if (row === undefined) throw new Error('counts gave no row');
      return row;
    },
    async urgentUntaken() {
      return urgent.all().map(({ id, unit, t0 }) => ({ tip: toHex<TipId>(id), unit, t0 }));
    },
    async workload(unit, now) {
      return snapshot(db, () => {
        const rows = perAssignee.all({ unit, now });
        const all = totals.get({ unit, now }) ?? { open: 0, overdue: 0 };
        const assigned = rows.map((row) => ({ ...row, assignee: toHex<StaffId>(row.assignee) }));
        const open = all.open - rows.reduce((sum, row) => sum + row.open, 0);
        const overdue = all.overdue - rows.reduce((sum, row) => sum + row.overdue, 0);
        return [{ assignee: null, open, overdue }, ...assigned];
      });
    },
    async decisionsElsewhere(units) {
      return waiting.all(JSON.stringify(units)).map(toQueueRow);
    },
  };
}
