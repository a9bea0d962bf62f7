import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import type { Db } from './connection.ts';

const DAY_KEY = ['unit', 'due_day', 'verb', 'legal_kind', 'conduct', 'stopped_day', 'passed_on'];
const MONTH_KEY = ['unit', 'month', 'verb', 'legal_kind', 'conduct', 'standing', 'passed_on'];

/** Recomputes a roll-up from the clocks in one statement and keeps the cells that differ. */
function differences(table: string, key: readonly string[], computed: string): string {
  const columns = key.join(', ');
  return `WITH computed AS (${computed})
    SELECT '${table} ' || ${key.join(` || ' ' || `)} AS key, sum(stored) AS stored, sum(counted) AS computed
      FROM (SELECT ${columns}, n AS stored, 0 AS counted FROM ${table} UNION ALL SELECT ${columns}, 0, n FROM computed)
     GROUP BY ${columns} HAVING sum(stored) <> sum(counted)`;
}

const NAMED = `unit, verb, ifnull(legal_kind, '') AS legal_kind, ifnull(conduct, '') AS conduct, passed_on, count(*) AS n`;
const GROUPS = `verb, ifnull(legal_kind, ''), ifnull(conduct, ''), passed_on`;

/** The check behind `rollup verify`: reads every clock once for each roll-up. */
export function createRollupCheck(db: Db): Pick<OversightStore, 'verifyRollups'> {
  type Difference = { key: string; stored: number; computed: number };
  const days = db.prepare<[], Difference>(
    differences(
      'rollup',
      DAY_KEY,
      `SELECT due_day, ifnull(stopped_day, '') AS stopped_day, ${NAMED}
         FROM tip_clock WHERE tallied = 1 GROUP BY unit, due_day, stopped_day, ${GROUPS}`,
    ),
  );
  const months = db.prepare<[], Difference>(
    differences(
      'rollup_month',
      MONTH_KEY,
      `SELECT substr(due_day, 1, 7) AS month, standing, ${NAMED}
         FROM tip_clock WHERE tallied = 1 AND standing > 0 GROUP BY unit, substr(due_day, 1, 7), standing, ${GROUPS}`,
    ),
  );
  return {
    async verifyRollups() {
      return [...days.all(), ...months.all()];
    },
  };
}
