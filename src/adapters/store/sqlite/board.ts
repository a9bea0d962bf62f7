import { sql } from 'kysely';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import { BOARD_CEILING, type BoardStore } from '../../../ports/store/board-store.ts';
import { listed, lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { listedTips, toQueueRow } from './queue.ts';

/** Boards over many units: each unit is one short range of the open tips' index, whatever the number of tips. */
export function createBoardStore(db: Db): BoardStore {
  const byUnit = prepared(db, (p: Names<{ units: string; now: Seconds }>) => {
    const overdue = query
      .selectFrom('tip')
      .where('tip.unit', '=', sql<UnitId>`u.value`)
      .where('tip.open', '=', lit(1))
      .where('tip.due', '<', p('now'));
    return query.selectFrom(listed<UnitId>(p('units'))).select((eb) => [
      'u.value as unit',
      sql<number>`(select count(*) from ${overdue.select(lit(1).as('one')).limit(lit(BOARD_CEILING))})`.as(
        'overdue',
      ),
      eb
        .selectFrom(overdue.select('tip.due').orderBy('tip.due').limit(lit(1)).as('first'))
        .select('first.due')
        .as('oldestDue'),
    ]);
  });
  // The first of each unit, then the first of those: what is read grows with the units, never with what is overdue in them.
  const tips = prepared(
    db,
    (p: Names<{ units: string; now: Seconds; due: number; seq: number; limit: number }>) =>
      listedTips
        .where(
          't.seq',
          'in',
          sql<number>`(select f.seq from json_each(${p('units')}) u cross join json_each((
              select json_group_array(g.seq) from (select t.seq from tip t where t.unit = u.value and t.open = 1
                and t.due < ${p('now')} and (t.due, t.seq) > (${p('due')}, ${p('seq')})
                order by t.due, t.seq limit ${p('limit')}) g)) n cross join tip f on f.seq = n.value
            order by f.due, f.seq limit ${p('limit')})`,
        )
        .orderBy('t.due')
        .orderBy('t.seq'),
  );
  return {
    async overdueByUnit(units, now) {
      const rows = byUnit.all({ units: JSON.stringify(units), now });
      return rows.filter(({ overdue }) => overdue > 0) as readonly {
        readonly unit: UnitId;
        readonly overdue: number;
        readonly oldestDue: Seconds | null;
      }[];
    },
    async overdueTips(units, now, after, limit) {
      const { key, seq } = after ?? { key: Number.MIN_SAFE_INTEGER, seq: 0 };
      const found = tips.all({ units: JSON.stringify(units), now, due: key, seq, limit: limit + 1 });
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const more = found.length > limit && last !== undefined;
      return { rows: rows.map(toQueueRow), next: more ? { key: last.due, seq: last.seq } : null };
    },
  };
}
