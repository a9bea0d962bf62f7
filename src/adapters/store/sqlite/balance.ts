import { sql } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import type { Balance } from '../../../domain/rates.ts';
import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import { listed, lit, type Names, query } from '../sql/builder.ts';
import { type Db, snapshot } from './connection.ts';
import { type PeriodPart, partsBefore, periodParts } from './period-parts.ts';
import { prepared } from './prepared.ts';

interface Range {
  readonly units: string;
  readonly from: string;
  readonly to: string;
}

const FLOWS = ['received', 'settled', 'transferred', 'merged'] as const;
type Flows = Record<(typeof FLOWS)[number], number>;
const NO_FLOWS: Flows = { received: 0, settled: 0, transferred: 0, merged: 0 };

const TABLES = {
  day: { flows: 'flow', transfers: 'transfer_flow' },
  month: { flows: 'flow_month', transfers: 'transfer_flow_month' },
} as const;
type Grain = keyof typeof TABLES;

/** What came into units and went out of them within a range, transfers between units aside; a reopened tip came in again. */
const flowsBy = (grain: Grain) => (p: Names<Range>) =>
  sql<Flows>`select ifnull(sum(f.received + f.reopened), 0) as received, ifnull(sum(f.settled), 0) as settled,
      ifnull(sum(f.transferred), 0) as transferred, ifnull(sum(f.merged), 0) as merged
    from json_each(${p('units')}) u cross join ${sql.table(TABLES[grain].flows)} f
      on f.unit = u.value and ${sql.ref(`f.${grain}`)} between ${p('from')} and ${p('to')}`;

/** Transfers between units of the list and others within a range, seen from `here`. */
const transfersBy =
  (grain: Grain, here: 'from_unit' | 'to_unit', there: 'from_unit' | 'to_unit') => (p: Names<Range>) =>
    sql<{ n: number }>`select ifnull(sum(f.n), 0) as n
      from json_each(${p('units')}) u cross join ${sql.table(TABLES[grain].transfers)} f
        on ${sql.ref(`f.${here}`)} = u.value and ${sql.ref(`f.${grain}`)} between ${p('from')} and ${p('to')}
       and ${sql.ref(`f.${there}`)} not in (select value from json_each(${p('units')}))`;

/** The balance that officials reconcile, from the flows of each unit and day. */
export function createBalance(db: Db): Pick<OversightStore, 'balance'> {
  const statements = {
    day: {
      flows: prepared(db, flowsBy('day')),
      came: prepared(db, transfersBy('day', 'to_unit', 'from_unit')),
      went: prepared(db, transfersBy('day', 'from_unit', 'to_unit')),
    },
    month: {
      flows: prepared(db, flowsBy('month')),
      came: prepared(db, transfersBy('month', 'to_unit', 'from_unit')),
      went: prepared(db, transfersBy('month', 'from_unit', 'to_unit')),
    },
  };
  const suspendedNow = prepared(db, (p: Names<Pick<Range, 'units'>>) =>
    query
      .selectFrom(listed<UnitId>(p('units')))
      .crossJoin('tip as t')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .whereRef('t.unit', '=', 'u.value')
      .where('t.overlay', '=', lit('suspended')),
  );
  const overdueNow = prepared(db, (p: Names<{ units: string; today: Day }>) =>
    query
      .selectFrom(listed<UnitId>(p('units')))
      .crossJoin('tip_clock as c')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .whereRef('c.unit', '=', 'u.value')
      .where('c.unsettled', '=', lit(1))
      .where('c.due_day', '<', p('today')),
  );
  const only = <T>(row: T | undefined): T => {
    if (row === undefined) throw new Error('an aggregate gave no row');
    return row;
  };

  /** Everything that came in and went out within some ranges, transfers with the rest. */
  const movements = (units: string, parts: readonly PeriodPart[]): Flows => {
    const sums = { ...NO_FLOWS };
    for (const { grain, from, to } of parts) {
      const range = { units, from, to };
      const flows = only(statements[grain].flows.get(range));
      for (const name of FLOWS) sums[name] += flows[name];
      sums.received += only(statements[grain].came.get(range)).n;
      sums.transferred += only(statements[grain].went.get(range)).n;
    }
    return sums;
  };
  const left = ({ received, settled, transferred, merged }: Flows): number =>
    received - settled - transferred - merged;

  return {
    async balance(units, from, to, today = to) {
      const list = JSON.stringify([...new Set(units)]);
      return snapshot(db, (): Balance => {
        const carriedOver = left(movements(list, partsBefore(from)));
        const within = movements(list, periodParts({ from, to }));
        const suspended = only(suspendedNow.get({ units: list })).n;
        const overdue = only(overdueNow.get({ units: list, today })).n;
        return { carriedOver, ...within, open: carriedOver + left(within) - suspended, overdue, suspended };
      });
    },
  };
}
