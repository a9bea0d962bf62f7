import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import type { Db } from './connection.ts';
import { SUM_COLUMNS } from './rates.ts';

type Difference = { readonly key: string; readonly stored: number; readonly computed: number };

const KEY = 'unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on';

/** Recomputes every cell from the clocks in one statement and keeps those that differ. */
const CELLS_SQL = `WITH computed AS (
    SELECT unit, due_day, verb, ifnull(legal_kind, '') AS legal_kind, ifnull(conduct, '') AS conduct,
           ifnull(stopped_day, '') AS stopped_day, passed_on, count(*) AS n
      FROM tip_clock WHERE tallied = 1 GROUP BY 1, 2, 3, 4, 5, 6, 7)
  SELECT 'rollup ' || ${KEY.replaceAll(', ', ` || ' ' || `)} AS key, sum(stored) AS stored, sum(counted) AS computed
    FROM (SELECT ${KEY}, n AS stored, 0 AS counted FROM rollup UNION ALL SELECT ${KEY}, 0, n FROM computed)
   GROUP BY ${KEY} HAVING sum(stored) <> sum(counted)`;

const SUM_KEY = 'grain, level, conduct, legal_kind, unit, span, passed_on';
const sumsOver = (from: string): string =>
  `${SUM_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ')} FROM ${from}`;

/**
 * Every sum as the clocks give it: first by day, kind and conduct, then each coarser one from the one before. Rows: the sums' key and
 * columns, in their order.
 */
export const COMPUTED_SUMS_SQL = `
  WITH finest AS MATERIALIZED (
    SELECT 'conduct' AS level, ifnull(conduct, '') AS conduct, ifnull(legal_kind, '') AS legal_kind, unit, due_day AS span, passed_on,
           ${SUM_COLUMNS.map((column) => {
             const [verb, ...standing] = column.split('_');
             const number = { open: 0, on_time: 1, late: 2 }[standing.join('_')];
             return `sum(verb = '${verb}' AND standing = ${number}) AS ${column}`;
           }).join(', ')}
      FROM tip_clock WHERE tallied = 1 GROUP BY 2, 3, 4, 5, 6),
  kinds AS MATERIALIZED (
    SELECT 'kind' AS level, '' AS conduct, legal_kind, unit, span, passed_on, ${sumsOver('finest')} GROUP BY 3, 4, 5, 6),
  days AS (
    SELECT * FROM finest WHERE legal_kind <> ''
    UNION ALL SELECT * FROM kinds WHERE legal_kind <> ''
    UNION ALL SELECT 'classified', '', '', unit, span, passed_on, ${sumsOver('kinds')}
               WHERE legal_kind NOT IN ('', 'out_of_scope') GROUP BY 4, 5, 6
    UNION ALL SELECT 'all', '', '', unit, span, passed_on, ${sumsOver('kinds')} GROUP BY 4, 5, 6)
  SELECT 'day' AS grain, * FROM days
  UNION ALL
  SELECT 'month', level, conduct, legal_kind, unit, substr(span, 1, 7), passed_on, ${sumsOver('days')} GROUP BY 2, 3, 4, 5, 6, 7`;

/** Sums that differ from what the clocks give: the totals over all columns, and how many columns differ. */
const SUMS_SQL = `WITH computed AS MATERIALIZED (${COMPUTED_SUMS_SQL}),
  both AS (
    SELECT ${SUM_KEY}, ${SUM_COLUMNS.join(', ')}, 1 AS stored FROM rollup_sum
    UNION ALL SELECT ${SUM_KEY}, ${SUM_COLUMNS.join(', ')}, 0 FROM computed)
  SELECT 'rollup_sum ' || ${SUM_KEY.replaceAll(', ', ` || ' ' || `)} AS key,
         sum(iif(stored, ${SUM_COLUMNS.join(' + ')}, 0)) AS stored, sum(iif(stored, 0, ${SUM_COLUMNS.join(' + ')})) AS computed
    FROM both GROUP BY ${SUM_KEY}
  HAVING ${SUM_COLUMNS.map((column) => `sum(iif(stored, ${column}, -${column})) <> 0`).join(' OR ')}`;

/** Months of the balance that differ from the sum of their days. */
const monthsSql = (table: string, key: string, counts: readonly string[]): string => {
  const sum = counts.join(' + ');
  const computed = `SELECT ${key.replace('month', 'substr(day, 1, 7) AS month')}, ${counts.join(', ')}, 0 AS stored FROM ${table}`;
  return `WITH computed AS (${computed})
    SELECT '${table}_month ' || ${key.replaceAll(', ', ` || ' ' || `)} AS key,
      sum(iif(stored, ${sum}, 0)) AS stored, sum(iif(stored, 0, ${sum})) AS computed
    FROM (SELECT ${key}, ${counts.join(', ')}, 1 AS stored FROM ${table}_month
          UNION ALL SELECT * FROM computed)
   GROUP BY ${key} HAVING ${counts.map((column) => `sum(iif(stored, ${column}, -${column})) <> 0`).join(' OR ')}`;
};

/** The check behind `rollup verify`: reads every clock once for the cells and once for their sums, every day of the flows. */
export function createRollupCheck(db: Db): Pick<OversightStore, 'verifyRollups'> {
  const cells = db.prepare<[], Difference>(CELLS_SQL);
  const sums = db.prepare<[], Difference>(SUMS_SQL);
  const flows = db.prepare<[], Difference>(
    monthsSql('flow', 'unit, month', ['received', 'reopened', 'settled', 'transferred', 'merged']),
  );
  const transfers = db.prepare<[], Difference>(
    monthsSql('transfer_flow', 'from_unit, month, to_unit', ['n']),
  );
  return {
    async verifyRollups() {
      return [...cells.all(), ...sums.all(), ...flows.all(), ...transfers.all()];
    },
  };
}
