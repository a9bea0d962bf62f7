import { sql } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

interface Transfer {
  readonly from: UnitId;
  readonly to: UnitId;
  readonly day: Day;
}

/**
 * What of a tip that was diverted before its unit gave it a number goes to the unit that has it now, as if the first one never had it: what was
 * received from its sender or, where it had been diverted before, what came from the unit before. Inside the caller's transaction.
 */
export function createNeverCame(
  db: Db,
  addTransfer: (transfer: Transfer) => void,
): (tip: number, unit: UnitId, holder: UnitId) => void {
  const arrival = prepared(db, (p: Names<{ tip: number; unit: UnitId }>) =>
    query
      .selectFrom('movement')
      .select(['event_no as eventNo', 'day', 'other'])
      .where('tip', '=', p('tip'))
      .where('unit', '=', p('unit'))
      .where('kind', '=', lit('came'))
      .orderBy('event_no', 'desc')
      .limit(lit(1)),
  );
  const moveArrival = prepared(db, (p: Names<{ tip: number; eventNo: number; holder: UnitId }>) =>
    query
      .updateTable('movement')
      .set({
        unit: sql<UnitId>`iif(kind = 'came', ${p('holder')}, unit)`,
        other: sql<UnitId>`iif(kind = 'went', ${p('holder')}, other)`,
      })
      .where('tip', '=', p('tip'))
      .where('event_no', '=', p('eventNo'))
      .where(sql<boolean>`kind in ('came', 'went')`),
  );
  const received = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('event')
      .select(sql<Day>`ifnull(day, date(ifnull(at, hour * 3600) + 25200, 'unixepoch'))`.as('day'))
      .where('chain', '=', p('tip'))
      .where('no', '=', lit(1)),
  );
  const takeReceived = prepared(db, (p: Names<{ unit: UnitId; day: Day }>) =>
    query
      .updateTable('flow')
      .set({ received: sql<number>`received - 1` })
      .where('unit', '=', p('unit'))
      .where('day', '=', p('day')),
  );
  const giveReceived = prepared(db, (p: Names<{ unit: UnitId; day: Day }>) =>
    query
      .insertInto('flow')
      .values({ unit: p('unit'), day: p('day'), received: lit(1) })
      .onConflict((conflict) =>
        conflict.doUpdateSet((eb) => ({ received: eb('flow.received', '+', eb.ref('excluded.received')) })),
      ),
  );
  const takeOne = prepared(db, (p: Names<Transfer>) =>
    query
      .updateTable('transfer_flow')
      .set({ n: sql<number>`n - 1` })
      .where('from_unit', '=', p('from'))
      .where('to_unit', '=', p('to'))
      .where('day', '=', p('day'))
      .where('n', '>', lit(1)),
  );
  // The last one of its day: a row is never empty, and no trigger follows a deletion.
  const takeLast = prepared(db, (p: Names<Transfer>) =>
    query
      .deleteFrom('transfer_flow')
      .where('from_unit', '=', p('from'))
      .where('to_unit', '=', p('to'))
      .where('day', '=', p('day')),
  );
  const takeMonth = prepared(db, (p: Names<Transfer>) =>
    query
      .updateTable('transfer_flow_month')
      .set({ n: sql<number>`n - 1` })
      .where('from_unit', '=', p('from'))
      .where('to_unit', '=', p('to'))
      .where('month', '=', sql<string>`substr(${p('day')}, 1, 7)`),
  );
  const dropMonth = prepared(db, (p: Names<Transfer>) =>
    query
      .deleteFrom('transfer_flow_month')
      .where('from_unit', '=', p('from'))
      .where('to_unit', '=', p('to'))
      .where('month', '=', sql<string>`substr(${p('day')}, 1, 7)`)
      .where('n', '=', lit(0)),
  );

  const takeTransfer = (transfer: Transfer): void => {
    if (takeOne.run(transfer).changes === 1) return;
    takeLast.run(transfer);
    takeMonth.run(transfer);
    dropMonth.run(transfer);
  };

  return (tip, unit, holder) => {
    const came = arrival.get({ tip, unit });
    if (came === undefined) {
      const day = received.get({ tip })?.day;
      if (day === undefined) throw new Error('a tip begins with an event');
      takeReceived.run({ unit, day });
      giveReceived.run({ unit: holder, day });
      return;
    }
    const { day, eventNo, other } = came;
    moveArrival.run({ tip, eventNo, holder });
    takeTransfer({ from: other as UnitId, to: unit, day });
    addTransfer({ from: other as UnitId, to: holder, day });
  };
}
