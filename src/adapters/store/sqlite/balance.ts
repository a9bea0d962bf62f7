import type { Balance } from '../../../domain/rates.ts';
import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import { type Db, snapshot } from './connection.ts';

interface FlowSums {
  readonly before: number;
  readonly received: number;
  readonly settled: number;
  readonly transferred: number;
  readonly merged: number;
}

interface TransferSums {
  readonly before: number;
  readonly within: number;
}

/** Tips that came to a unit less those that left it, transfers aside. */
const NET = 'f.received + f.reopened - f.settled - f.transferred - f.merged';

const inPeriod = (expression: string) => `ifnull(sum(CASE WHEN f.day >= @from THEN ${expression} END), 0)`;
const beforePeriod = (expression: string) => `ifnull(sum(CASE WHEN f.day < @from THEN ${expression} END), 0)`;

const transfers = (
  here: string,
  there: string,
) => `SELECT ${beforePeriod('f.n')} AS before, ${inPeriod('f.n')} AS within
  FROM json_each(@units) u CROSS JOIN transfer_flow f
    ON f.${here} = u.value AND f.day <= @to AND f.${there} NOT IN (SELECT value FROM json_each(@units))`;

/** The balance that officials reconcile, from the flows of each unit and day. */
export function createBalance(db: Db): Pick<OversightStore, 'balance'> {
  const flows = db.prepare<unknown[], FlowSums>(
    `SELECT ${beforePeriod(NET)} AS before, ${inPeriod('f.received + f.reopened')} AS received,
            ${inPeriod('f.settled')} AS settled, ${inPeriod('f.transferred')} AS transferred, ${inPeriod('f.merged')} AS merged
       FROM json_each(@units) u CROSS JOIN flow f ON f.unit = u.value AND f.day <= @to`,
  );
  const transfersIn = db.prepare<unknown[], TransferSums>(transfers('to_unit', 'from_unit'));
  const transfersOut = db.prepare<unknown[], TransferSums>(transfers('from_unit', 'to_unit'));
  const suspendedNow = db.prepare<unknown[], { n: number }>(
    `SELECT count(*) AS n FROM json_each(@units) u CROSS JOIN tip t ON t.unit = u.value AND t.overlay = 'suspended'`,
  );
  const overdueNow = db.prepare<unknown[], { n: number }>(
    `SELECT count(*) AS n FROM json_each(@units) u CROSS JOIN tip_clock c
         ON c.unit = u.value AND c.unsettled = 1 AND c.due_day < @today`,
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
