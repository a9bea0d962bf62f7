import { sql } from 'kysely';
import { dayOf } from '../../../domain/calendar.ts';
import { type Seconds, secondsOfHour, type TipId, type UnitId } from '../../../domain/ids.ts';
import type { ConcludedTip, RetentionStore } from '../../../ports/store/retention-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { TipChanges } from './change.ts';
import { fromHex, toHex } from './codec.ts';
import { type Db, immediate, snapshot } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';
import { registerNumber } from './register.ts';
import { createShredding } from './shred.ts';

/** The end of what is kept: which tips are concluded, what they add to the figures, and emptying them. */
export function createRetentionStore(db: Db, events: EventLog, changes: TipChanges): RetentionStore {
  const concluded = prepared(db, (p: Names<{ unit: string; after: number; limit: number }>) =>
    query
      .selectFrom('tip as t')
      .select([
        't.seq',
        't.id',
        't.t0',
        registerNumber('t.seq', 't.unit').as('registerNumber'),
        't.legal_kind as legalKind',
        't.outcome',
        sql<
          number | null
        >`(select max(e.at) from event as e where e.chain = t.seq and e.type = 'resolved')`.as('resolved'),
        sql<0 | 1>`t.pending = 1 or t.transfer_to is not null`.as('waiting'),
        sql<0 | 1>`exists (select 1 from tip_clock as c where c.tip = t.seq and c.stopped is null)
          or exists (select 1 from post_check as f where f.tip = t.seq and f.done_no is null)`.as(
          'clockRuns',
        ),
        // Only what the holder of the code did carries a day.
        sql<ConcludedTip['citizenDay']>`(select max(e.day) from event as e where e.chain = t.seq)`.as(
          'citizenDay',
        ),
        't.version as head',
      ])
      .where('t.unit', '=', p('unit') as never)
      .where('t.stage', '=', lit('archived'))
      .where('t.open', '=', lit(0))
      .where(
        sql<boolean>`(t.t0, t.seq) > (ifnull((select t0 from tip where seq = ${p('after')}), 0), ${p('after')})`,
      )
      .where(sql<boolean>`not exists (select 1 from shredded as x where x.tip = t.seq)`)
      .orderBy('t.t0')
      .orderBy('t.seq')
      .limit(p('limit')),
  );
  const first = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip as t')
      .innerJoin('custody as c', (join) => join.onRef('c.tip', '=', 't.seq').on('c.no', '=', lit(1)))
      .leftJoin('tip_merged as m', 'm.tip', 't.seq')
      .leftJoin('tip as into', 'into.seq', 'm.into_tip')
      .select(['t.seq', 't.t0', 't.outcome', 'c.unit', 'into.id as mergedInto'])
      .where('t.id', '=', p('tip')),
  );
  const clocks = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('tip_clock')
      .select([
        'clock',
        'verb',
        'unit',
        'legal_kind as legalKind',
        'conduct',
        'due_day as dueDay',
        'stopped_day as stoppedDay',
        'result',
        'passed_on',
        'counted',
      ])
      .where('tip', '=', p('tip'))
      .orderBy('clock')
      .orderBy('round'),
  );
  const flows = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('movement')
      .select(['kind', 'unit', 'day', 'other'])
      .where('tip', '=', p('tip'))
      .orderBy('event_no')
      // Out of one unit and into the other by one event.
      .orderBy('kind', 'desc'),
  );
  const forgetNotes = prepared(db, (p: Names<{ before: Seconds; limit: number }>) =>
    query
      .deleteFrom('handover_note')
      .where('at', '<', p('before'))
      .where('id', 'in', (eb) =>
        eb.selectFrom('handover_note').select('id').where('id', '>', lit(0)).orderBy('id').limit(p('limit')),
      ),
  );
  const emptied = prepared(db, () =>
    query
      .selectFrom('shredded as s')
      .innerJoin('tip as t', 't.seq', 's.tip')
      .select(['t.id', 's.up_to as upTo', 's.rule'])
      .orderBy('s.tip'),
  );

  return {
    ...createShredding(db, events, changes),
    async concluded(unit, after, limit) {
      return concluded.all({ unit, after, limit }).map(({ id, resolved, waiting, clockRuns, ...row }) => ({
        ...row,
        tip: toHex<TipId>(id),
        resolvedDay: resolved === null ? null : dayOf(resolved),
        waiting: waiting === 1,
        clockRuns: clockRuns === 1,
      }));
    },
    async contribution(tip) {
      return snapshot(db, () => {
        const row = first.get({ tip: fromHex(tip) });
        if (row === undefined) return null;
        return {
          received: { unit: row.unit as UnitId, day: dayOf(secondsOfHour(row.t0)) },
          clocks: clocks.all({ tip: row.seq }).map(({ passed_on, counted, ...clock }) => ({
            ...clock,
            passedOn: passed_on === 1,
            counted: counted === 1,
          })),
          flows: flows.all({ tip: row.seq }).map((flow) => ({
            ...flow,
            other: flow.other === '' ? null : flow.other,
          })),
          outcome: row.outcome,
          mergedInto: row.mergedInto === null ? null : toHex<TipId>(row.mergedInto),
        };
      });
    },
    async forgetNotes(before, limit) {
      return immediate(db, () => forgetNotes.run({ before, limit }).changes);
    },
    async shredded() {
      return emptied.all({}).map(({ id, upTo, rule }) => ({ tip: toHex<TipId>(id), upTo, rule }));
    },
  };
}
