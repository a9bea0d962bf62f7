import type { UnitId } from '../../../domain/ids.ts';
import type { Period } from '../../../domain/rates.ts';
import type { Verb } from '../../../domain/terms.ts';
import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import type { Db } from './connection.ts';
import { populationSql, populationValues } from './population.ts';

interface StoredRate {
  readonly unit: UnitId;
  readonly month: string;
  readonly verb: Verb;
  readonly passed_on: number;
  readonly on_time: number;
  readonly late: number;
  readonly open_late: number;
}

const FROM_UNITS = 'FROM json_each(@units) u CROSS JOIN';
const KEY = 'c.unit, c.verb, c.legal_kind, c.conduct, c.passed_on, c.n';
const closedDays = (from: string, to: string) =>
  `SELECT substr(c.due_day, 1, 7) AS month, iif(c.stopped_day <= c.due_day, 1, 2) AS standing, ${KEY}
     ${FROM_UNITS} rollup c ON c.unit = u.value AND c.due_day BETWEEN ${from} AND ${to} AND c.stopped_day <> ''`;

/**
 * Whole months of the period come from the months' table, the days before and after them from the days', and what is open from the
 * index of open cells: three ranges a unit.
 */
export const RATES_SQL = `WITH part AS (
    SELECT c.month, c.standing, ${KEY} ${FROM_UNITS} rollup_month c ON c.unit = u.value AND c.month BETWEEN @firstMonth AND @lastMonth
    UNION ALL ${closedDays('@from', '@beforeMonths')}
    UNION ALL ${closedDays('@afterMonths', '@to')}
    UNION ALL
    SELECT substr(c.due_day, 1, 7), 0, ${KEY}
      ${FROM_UNITS} rollup c ON c.unit = u.value AND c.due_day BETWEEN @from AND @to AND c.due_day < @today AND c.stopped_day = '')
  SELECT unit, month, verb, passed_on, sum(iif(standing = 1, n, 0)) AS on_time, sum(iif(standing = 2, n, 0)) AS late,
         sum(iif(standing = 0, n, 0)) AS open_late
    FROM part WHERE ${populationSql('part')} GROUP BY unit, month, verb, passed_on`;

/** Figures for pages. */
export function createRates(db: Db): Pick<OversightStore, 'rates'> {
  const select = db.prepare<unknown[], StoredRate>(RATES_SQL);
  return {
    async rates(units, period, population) {
      const list = JSON.stringify([...new Set(units)]);
      return select
        .all({ units: list, ...splitPeriod(period), today: period.today, ...populationValues(population) })
        .map((row) => ({
          unit: row.unit,
          month: row.month,
          verb: row.verb,
          passedOn: row.passed_on === 1,
          onTime: row.on_time,
          late: row.late,
          openLate: row.open_late,
        }));
    },
  };
}

/** The whole months of a period, and the days before and after them; where there are none, the bounds are empty ranges. */
export function splitPeriod({ from, to }: Pick<Period, 'from' | 'to'>): Record<string, string> {
  const firstMonth = from.endsWith('-01') ? from.slice(0, 7) : monthAfter(from.slice(0, 7));
  const lastMonth = nextDay(to).endsWith('-01') ? to.slice(0, 7) : monthBefore(to.slice(0, 7));
  if (firstMonth > lastMonth) {
    return { from, to, firstMonth, lastMonth, beforeMonths: to, afterMonths: nextDay(to) };
  }
  return {
    from,
    to,
    firstMonth,
    lastMonth,
    beforeMonths: `${firstMonth}-00`,
    afterMonths: `${monthAfter(lastMonth)}-01`,
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const monthAfter = (month: string): string => monthOf(monthNumber(month) + 1);
const monthBefore = (month: string): string => monthOf(monthNumber(month) - 1);
const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
