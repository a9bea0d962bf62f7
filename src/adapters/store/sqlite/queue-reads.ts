import { type NotNull, type SelectQueryBuilder, sql } from 'kysely';
import type { Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import {
  COUNT_CEILING,
  DUE_SOON,
  type Supervised,
  type TriageStore,
} from '../../../ports/store/triage-store.ts';
import { listed, lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { allOf, prepared } from './prepared.ts';
import { buildQueueQuery, listedTips, toQueueRow } from './queue.ts';

type QueueReads = Pick<TriageStore, 'queue' | 'counts' | 'workload' | 'decisionsElsewhere' | 'supervised'>;

/** How many tips a query finds, cut off at the ceiling. */
const upTo = (tips: SelectQueryBuilder<Schema, 'tip', unknown>) =>
  sql<number>`(select count(*) from ${tips.select(lit(1).as('one')).limit(lit(COUNT_CEILING))})`;

/** Figures of the console's left column, each one index range. */
function countsQuery(p: Names<{ unit: UnitId; now: Seconds; soon: number }>) {
  const tips = query.selectFrom('tip');
  const ofUnit = tips.where('unit', '=', p('unit'));
  const open = ofUnit.where('open', '=', lit(1));
  const coming = tips.where('transfer_to', '=', p('unit')).where('transfer_to', 'is not', null);
  return query.selectNoFrom([
    upTo(open).as('open'),
    upTo(open.where('stage', '=', lit('submitted'))).as('new'),
    upTo(open.where('due', '>=', p('now')).where('due', '<', p('soon'))).as('due_soon'),
    upTo(open.where('due', '<', p('now'))).as('overdue'),
    upTo(coming).as('incoming_transfer'),
    upTo(ofUnit.where('pending', '=', lit(1))).as('pending_decision'),
  ]);
}

/** Lists and figures over many tips; never a table scan. */
export function createQueueReads(db: Db): QueueReads {
  const counts = prepared(db, countsQuery);
  const openOf = (p: Names<{ unit: UnitId; now: Seconds }>) =>
    query.selectFrom('tip').where('unit', '=', p('unit')).where('open', '=', lit(1));
  const perAssignee = prepared(db, (p: Names<{ unit: UnitId; now: Seconds }>) =>
    openOf(p)
      .select((eb) => [
        'assignee',
        eb.fn.countAll<number>().as('open'),
        sql<number>`sum(due < ${p('now')})`.as('overdue'),
      ])
      .where('assignee', 'is not', null)
      .groupBy('assignee')
      .$narrowType<{ assignee: NotNull }>(),
  );
  const totals = prepared(db, (p: Names<{ unit: UnitId; now: Seconds }>) => {
    const count = openOf(p).select((eb) => eb.fn.countAll<number>().as('n'));
    return query
      .selectNoFrom([count.as('open'), count.where('due', '<', p('now')).as('overdue')])
      .$narrowType<{ open: NotNull; overdue: NotNull }>();
  });
  const waiting = prepared(db, (p: Names<{ units: string }>) =>
    listedTips
      .innerJoin(listed<UnitId>(p('units')), 'u.value', 't.unit')
      .where('t.pending', '=', lit(1))
      .orderBy('t.due')
      .orderBy('t.seq')
      .limit(lit(200)),
  );

  // Conditions as in the definitions of the partial indexes that serve them.
  const supervised = (which: Supervised) =>
    prepared(db, (p: Names<{ supervisor: UnitId; due: number; seq: number; limit: number }>) => {
      const told = listedTips
        .where('t.supervisor', '=', p('supervisor'))
        .where('t.supervisor', 'is not', null);
      const of =
        which === 'pending'
          ? told.where('t.pending', '=', lit(1))
          : which === 'suspended'
            ? told.where('t.overlay', '=', lit('suspended'))
            : told;
      return of
        .select(
          sql<number>`exists (select 1 from decision d where d.tip = t.seq and d.result is null and d.kind = 'extension'
            and json_extract(d.data, '$.toUnit') = t.supervisor)`.as('asked'),
        )
        .where(sql<boolean>`(t.due, t.seq) > (${p('due')}, ${p('seq')})`)
        .orderBy('t.due')
        .orderBy('t.seq')
        .limit(p('limit'));
    });
  const bySupervisor = {
    pending: supervised('pending'),
    suspended: supervised('suspended'),
    all: supervised('all'),
  };

  return {
    async supervised(supervisor, which, after, limit) {
      const { key, seq } = after ?? { key: Number.MIN_SAFE_INTEGER, seq: 0 };
      const found = bySupervisor[which].all({ supervisor, due: key, seq, limit: limit + 1 });
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const more = found.length > limit && last !== undefined;
      return {
        rows: rows.map((row) => ({ ...toQueueRow(row), asked: row.asked === 1 })),
        next: more ? { key: last.due, seq: last.seq } : null,
      };
    },
    async queue(asked) {
      const { compiled, order } = buildQueueQuery(asked);
      const found = allOf(db, compiled);
      const rows = found.slice(0, asked.limit);
      const last = rows.at(-1);
      const more = found.length > asked.limit && last !== undefined;
      return { rows: rows.map(toQueueRow), next: more ? { key: last[order], seq: last.seq } : null };
    },
    async counts(unit, now) {
      const row = counts.get({ unit, now, soon: now + DUE_SOON });
      if (row === undefined) throw new Error('counts gave no row');
      return row;
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
      return waiting.all({ units: JSON.stringify(units) }).map(toQueueRow);
    },
  };
}
