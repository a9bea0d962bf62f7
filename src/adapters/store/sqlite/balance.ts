import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import type { Balance } from '../../../domain/rates.ts';
import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import { listed, lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { type Db, snapshot } from './connection.ts';
import { prepared } from './prepared.ts';

interface Period {
  readonly units: string;
  readonly from: Day;
  readonly to: Day;
}

type FlowRows = Selectable<Schema['flow']>;

/** Sums over the rows under the alias `f` from the period's first day on, and before it. */
const sums = (p: Names<Pick<Period, 'from'>>) => ({
  within: (terms: RawBuilder<number>) =>
    sql<number>`ifnull(sum(case when f.day >= ${p('from')} then ${terms} end), 0)`,
  before: (terms: RawBuilder<number>) =>
    sql<number>`ifnull(sum(case when f.day < ${p('from')} then ${terms} end), 0)`,
});

const column = (name: keyof FlowRows | 'n') => sql<number>`${sql.ref(`f.${name}`)}`;

/** Tips that came to a unit less those that left it, transfers aside. */
const NET = sql<number>`f.received + f.reopened - f.settled - f.transferred - f.merged`;

/** Transfers between units of the list and others, seen from `here`. */
const transfers = (here: 'from_unit' | 'to_unit', there: 'from_unit' | 'to_unit') => (p: Names<Period>) =>
  query
    .selectFrom(listed<UnitId>(p('units')))
    .crossJoin('transfer_flow as f')
    .select([sums(p).before(column('n')).as('before'), sums(p).within(column('n')).as('within')])
    .whereRef(`f.${here}`, '=', 'u.value')
    .where('f.day', '<=', p('to'))
    .where(`f.${there}`, 'not in', query.selectFrom(listed<UnitId>(p('units'))).select('u.value'));

/** The balance that officials reconcile, from the flows of each unit and day. */
export function createBalance(db: Db): Pick<OversightStore, 'balance'> {
  const flows = prepared(db, (p: Names<Period>) =>
    query
      .selectFrom(listed<UnitId>(p('units')))
      .crossJoin('flow as f')
      .select([
        sums(p).before(NET).as('before'),
        sums(p).within(sql`f.received + f.reopened`).as('received'),
        sums(p).within(column('settled')).as('settled'),
        sums(p).within(column('transferred')).as('transferred'),
        sums(p).within(column('merged')).as('merged'),
      ])
      .whereRef('f.unit', '=', 'u.value')
      .where('f.day', '<=', p('to')),
  );
  const transfersIn = prepared(db, transfers('to_unit', 'from_unit'));
  const transfersOut = prepared(db, transfers('from_unit', 'to_unit'));
  const suspendedNow = prepared(db, (p: Names<Pick<Period, 'units'>>) =>
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

  return {
    async balance(units, from, to, today = to) {
      const list = JSON.stringify([...new Set(units)]);
      const period = { units: list, from, to };
      return snapshot(db, (): Balance => {
        const flow = only(flows.get(period));
        const came = only(transfersIn.get(period));
        const went = only(transfersOut.get(period));
        const suspended = only(suspendedNow.get({ units: list })).n;
        const carriedOver = flow.before + came.before - went.before;
        const received = flow.received + came.within;
        const transferred = flow.transferred + went.within;
        const open = carriedOver + received - flow.settled - transferred - flow.merged - suspended;
        const overdue = only(overdueNow.get({ units: list, today })).n;
        return {
          carriedOver,
          received,
          settled: flow.settled,
          transferred,
          merged: flow.merged,
          open,
          overdue,
          suspended,
        };
      });
    },
  };
}
