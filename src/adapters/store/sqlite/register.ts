import { type RawBuilder, sql } from 'kysely';
import type { UnitId } from '../../../domain/ids.ts';
import { type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

export interface Register {
  /** Takes the unit's next number of the year, as `N/YYYY`. */
  take(tip: number, entry: { readonly unit: UnitId; readonly year: number }, eventNo: number): string;
}

/** The unit's register: the number is assigned inside the insert, so it has neither gaps nor duplicates. */
export function createRegister(db: Db): Register {
  const insert = prepared(db, (p: Names<{ tip: number; unit: UnitId; year: number; eventNo: number }>) =>
    query
      .insertInto('register')
      .values({
        unit: p('unit'),
        year: p('year'),
        number: query
          .selectFrom('register')
          .select(sql<number>`ifnull(max(number), 0) + 1`.as('number'))
          .where('unit', '=', p('unit'))
          .where('year', '=', p('year')),
        tip: p('tip'),
        event_no: p('eventNo'),
      })
      .returning('number'),
  );
  return {
    take(tip, { unit, year }, eventNo) {
      const row = insert.get({ unit, year, tip, eventNo });
      if (row === undefined) throw new Error('the register gave no number');
      return `${row.number}/${year}`;
    },
  };
}

/** The register number that `unit` gave a tip last, null when it gave none; both are columns of the query around it. */
export const registerNumber = (
  tip: 't.seq' | 'c.tip',
  unit: 't.unit' | 'c.unit',
): RawBuilder<string | null> =>
  sql`(select r.number || '/' || r.year from register r where r.tip = ${sql.ref(tip)} and r.unit = ${sql.ref(unit)}
    order by r.year desc, r.number desc limit 1)`;
