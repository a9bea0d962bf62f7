import { sql } from 'kysely';
import type { Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type {
  ClockKey,
  MarkedClock,
  MarksStore,
  NextMark,
  ReachedMark,
} from '../../../ports/store/marks-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';
import { listedTips, toQueueRow } from './queue.ts';

/** Name of the walk over the events that looks for clocks to be marked. */
const WALK = 'marks';

type Told = { readonly unit: UnitId; readonly at: Seconds };

/** Marks on running clocks. The row of a mark is the memory of what was told: it changes with the event that tells. */
export function createMarksStore(db: Db, events: EventLog): MarksStore {
  const clocks = query
    .selectFrom('tip_clock as c')
    .innerJoin('tip as t', 't.seq', 'c.tip')
    .leftJoin('escalation_mark as m', (join) =>
      join.onRef('m.tip', '=', 'c.tip').onRef('m.clock', '=', 'c.clock').onRef('m.round', '=', 'c.round'),
    )
    .select(['c.tip as seq', 't.id', 'c.clock', 'c.round', 't.unit', 't.transfer_to as transferTo'])
    .select(['c.rule_version as rule', 'c.started', 'c.due', 'c.stopped'])
    .select(['m.unit as knownUnit', 'm.due as knownDue', 'm.told']);
  const place = prepared(db, () => query.selectFrom('walk').select('event').where('name', '=', lit(WALK)));
  const next = prepared(db, (p: Names<{ from: number; limit: number }>) =>
    query
      .selectFrom('event')
      .select(['seq', 'chain'])
      .where('seq', '>', p('from'))
      .orderBy('seq')
      .limit(p('limit')),
  );
  const ofTips = prepared(db, (p: Names<{ tips: string }>) =>
    clocks.where('c.tip', 'in', sql<number>`(select value from json_each(${p('tips')}))`),
  );
  const setMark = prepared(db, (p: Names<NextMark>) => {
    const state = { unit: p('unit'), due: p('due'), told: p('told'), at: p('at') };
    return query
      .insertInto('escalation_mark')
      .values({ tip: p('seq'), clock: p('clock'), round: p('round'), ...state })
      .onConflict((conflict) => conflict.columns(['tip', 'clock', 'round']).doUpdateSet(state));
  });
  const dropMark = prepared(db, (p: Names<ClockKey>) =>
    query
      .deleteFrom('escalation_mark')
      .where('tip', '=', p('seq'))
      .where('clock', '=', p('clock'))
      .where('round', '=', p('round')),
  );
  const hide = prepared(db, (p: Names<ClockKey>) =>
    query
      .deleteFrom('escalated')
      .where('tip', '=', p('seq'))
      .where('clock', '=', p('clock'))
      .where('round', '=', p('round')),
  );
  const moveOn = prepared(db, (p: Names<{ upTo: number }>) =>
    query
      .insertInto('walk')
      .values({ name: lit(WALK), event: p('upTo') })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ event: p('upTo') })),
  );
  const reachedBy = prepared(db, (p: Names<{ now: Seconds; limit: number }>) =>
    clocks
      .where('m.at', '<=', p('now'))
      .where('c.stopped', 'is', null)
      .whereRef('c.due', '=', 'm.due')
      .whereRef('t.unit', '=', 'm.unit')
      .orderBy('m.at')
      .orderBy('m.tip')
      .limit(p('limit')),
  );
  const asKnown = prepared(db, (p: Names<NextMark & { was: number }>) =>
    query
      .selectFrom('escalation_mark as m')
      .innerJoin('tip_clock as c', (join) =>
        join.onRef('c.tip', '=', 'm.tip').onRef('c.clock', '=', 'm.clock').onRef('c.round', '=', 'm.round'),
      )
      .innerJoin('tip as t', 't.seq', 'm.tip')
      .select('m.told')
      .where('m.tip', '=', p('seq'))
      .where('m.clock', '=', p('clock'))
      .where('m.round', '=', p('round'))
      .where('m.told', '=', p('was'))
      .where('t.unit', '=', p('unit'))
      .where('c.due', '=', p('due'))
      .where('c.stopped', 'is', null),
  );
  const show = prepared(db, (p: Names<ClockKey & Told>) =>
    query
      .insertInto('escalated')
      .values({ ...{ unit: p('unit'), tip: p('seq'), clock: p('clock') }, round: p('round'), at: p('at') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  // Only while the tip is where it was told of: after a diversion the former tree knows nothing of it at once.
  const toldOf = (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('escalated as e')
      .innerJoin('escalation_mark as m', (join) =>
        join.onRef('m.tip', '=', 'e.tip').onRef('m.clock', '=', 'e.clock').onRef('m.round', '=', 'e.round'),
      )
      .innerJoin('tip_clock as c', (join) =>
        join.onRef('c.tip', '=', 'e.tip').onRef('c.clock', '=', 'e.clock').onRef('c.round', '=', 'e.round'),
      )
      .innerJoin('tip as h', 'h.seq', 'e.tip')
      .select('e.tip')
      .where('e.unit', '=', p('unit'))
      .where('c.stopped', 'is', null)
      .whereRef('c.due', '=', 'm.due')
      .whereRef('h.unit', '=', 'm.unit');
  const toldTo = prepared(db, (p: Names<{ unit: UnitId; limit: number }>) =>
    listedTips
      .where('t.seq', 'in', toldOf(p))
      .where('t.unit', '<>', p('unit'))
      .orderBy('t.due')
      .orderBy('t.seq')
      .limit(p('limit')),
  );
  const isToldTo = prepared(db, (p: Names<{ unit: UnitId; tip: Uint8Array }>) =>
    toldOf(p).where('h.id', '=', p('tip')).where('h.unit', '<>', p('unit')),
  );
  const reached = prepared(db, (p: Names<{ tips: string }>) =>
    query
      .selectFrom('tip as t')
      .innerJoin('escalation_mark as m', 'm.tip', 't.seq')
      .innerJoin('tip_clock as c', (join) =>
        join.onRef('c.tip', '=', 'm.tip').onRef('c.clock', '=', 'm.clock').onRef('c.round', '=', 'm.round'),
      )
      .select(['t.id', 'm.clock', 'm.told as level', 'm.due'])
      .where('t.id', 'in', sql<Uint8Array>`(select unhex(value) from json_each(${p('tips')}))`)
      .where('m.told', '>', lit(0))
      .where('c.stopped', 'is', null)
      .whereRef('c.due', '=', 'm.due')
      .orderBy('m.told', 'desc')
      .orderBy('m.due'),
  );

  const toClock = (row: ReturnType<typeof ofTips.all>[number]): MarkedClock => ({
    ...{ seq: row.seq, tip: toHex<TipId>(row.id), clock: row.clock as MarkedClock['clock'] },
    ...{ round: row.round, unit: row.unit, transferTo: row.transferTo, rule: row.rule },
    ...{ started: row.started as Seconds, due: row.due as Seconds, runs: row.stopped === null },
    known:
      row.knownUnit === null || row.knownDue === null || row.told === null
        ? null
        : { unit: row.knownUnit, due: row.knownDue, told: row.told },
  });

  return {
    async changed(limit) {
      const from = place.get({})?.event ?? 0;
      const page = next.all({ from, limit });
      const tips = [...new Set(page.map(({ chain }) => chain).filter((chain) => chain > 0))];
      const rows = tips.length === 0 ? [] : ofTips.all({ tips: JSON.stringify(tips) });
      return { clocks: rows.map(toClock), from, upTo: page.at(-1)?.seq ?? from };
    },
    async keep({ set, drop }, { from, upTo }) {
      return immediate(db, () => {
        if ((place.get({})?.event ?? 0) !== from) return 'elsewhere' as const;
        for (const mark of [...set, ...drop]) hide.run(mark);
        for (const mark of drop) dropMark.run(mark);
        for (const mark of set) setMark.run(mark);
        moveOn.run({ upTo });
        return 'kept' as const;
      });
    },
    async due(now, limit) {
      return reachedBy.all({ now, limit }).map(toClock);
    },
    async tell(event, marks, above, now) {
      return events.transaction(() => {
        if (marks.some((mark) => asKnown.get(mark) === undefined)) return 'passed' as const;
        events.append(event);
        for (const mark of marks) {
          setMark.run(mark);
          for (const unit of above) show.run({ ...mark, unit, at: now });
        }
        return 'told' as const;
      });
    },
    async toldTo(unit, limit) {
      return toldTo.all({ unit, limit }).map(toQueueRow);
    },
    async isToldTo(unit, tip) {
      return isToldTo.get({ unit, tip: fromHex(tip) }) !== undefined;
    },
    async reached(tips) {
      const found = new Map<TipId, ReachedMark[]>();
      for (const { id, clock, level, due } of reached.all({ tips: JSON.stringify(tips) })) {
        const tip = toHex<TipId>(id);
        found.set(tip, [...(found.get(tip) ?? []), { clock, level, due }]);
      }
      return found;
    },
  };
}
