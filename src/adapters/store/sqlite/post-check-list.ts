import { sql } from 'kysely';
import type { Day, StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import type { PostCheckStore } from '../../../ports/store/post-check-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { registerNumber } from './register.ts';

/** Lists of open follow-ups, by the index that holds none of those that are done. */
export function createPostCheckStore(db: Db): PostCheckStore {
  const waiting = prepared(db, (p: Names<{ unit: UnitId; day: string; seq: number; most: number }>) =>
    query
      .selectFrom('post_check as c')
      .innerJoin('tip as t', (join) => join.onRef('t.seq', '=', 'c.tip').onRef('t.unit', '=', 'c.unit'))
      .select(['t.seq', 't.id', 't.outcome', 'c.day', 'c.kind', 'c.focal', 'c.deputy'])
      .select(registerNumber('t.seq', 't.unit').as('register_number'))
      .where('c.unit', '=', p('unit'))
      .where('c.done_no', 'is', lit(null))
      .where(sql<boolean>`(c.day, c.tip) > (${p('day')}, ${p('seq')})`)
      .orderBy('c.day')
      .orderBy('c.tip')
      .limit(p('most')),
  );
  return {
    async waiting(unit, after, limit) {
      const place = after ?? { day: '', seq: 0 };
      const found = waiting.all({ unit, day: place.day, seq: place.seq, most: limit + 1 });
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      return {
        rows: rows.map((row) => ({
          tip: toHex<TipId>(row.id),
          registerNumber: row.register_number,
          outcome: row.outcome,
          day: row.day as Day,
          kind: row.kind,
          focal: toHex<StaffId>(row.focal),
          deputy: toHex<StaffId>(row.deputy),
        })),
        next: found.length > limit && last !== undefined ? { day: last.day, seq: last.seq } : null,
      };
    },
  };
}
