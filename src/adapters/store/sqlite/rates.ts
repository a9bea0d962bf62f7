import type { UnitId } from '../../../domain/ids.ts';
import type { Population } from '../../../domain/rates.ts';
import { LEGAL_KINDS, VERBS } from '../../../domain/terms.ts';
import type { OversightStore, RateCell } from '../../../ports/store/oversight-store.ts';
import { type Db, snapshot } from './connection.ts';
import { periodParts } from './period-parts.ts';

const STANDINGS = ['open', 'on_time', 'late'] as const;
/** Columns of a sum: of each verb what is open, what was in time, what was late. */
export const SUM_COLUMNS: readonly string[] = VERBS.flatMap((verb) =>
  STANDINGS.map((standing) => `${verb}_${standing}`),
);
/** Unit, month, passed on, and the sums; `open` counts what is late by now. */
type SumRow = readonly [unit: UnitId, month: string, passedOn: number, ...counts: number[]];

/** Sums of some kinds in one conduct (or any): a row for each unit, month and passed on; open ones where the whole span is over. */
export const RATES_SQL = `SELECT s.unit, substr(s.span, 1, 7), s.passed_on,
    ${SUM_COLUMNS.map((column) => `sum(${column.endsWith('_open') ? `iif(s.span < @over, s.${column}, 0)` : `s.${column}`})`).join(', ')}
  FROM json_each(@units) u CROSS JOIN rollup_sum s
    ON s.grain = @grain AND s.level = @level AND s.conduct = @conduct AND s.unit = u.value AND s.span BETWEEN @from AND @to
   AND s.legal_kind IN (SELECT value FROM json_each(@kinds))
 GROUP BY s.unit, substr(s.span, 1, 7), s.passed_on`;

/** Figures for pages, from sums: the cost depends on units, months and the plan, not on tips. */
export function createRates(db: Db): Pick<OversightStore, 'rates'> {
  const select = db.prepare<unknown[], SumRow>(RATES_SQL).raw();
  return {
    async rates(units, period, population) {
      const list = JSON.stringify([...new Set(units)].sort());
      const found = new Map<string, Cells>();
      snapshot(db, () => {
        for (const { sign, level, conduct, kinds } of termsOf(population)) {
          for (const part of periodParts(period)) {
            const over = part.grain === 'day' ? period.today : period.today.slice(0, 7);
            const values = { units: list, level, conduct, kinds: JSON.stringify(kinds), over, ...part };
            for (const row of select.iterate(values)) addTo(found, row, sign);
          }
        }
      });
      return [...found.values()].flatMap(cellsOf);
    },
  };
}

interface Cells {
  readonly unit: UnitId;
  readonly month: string;
  readonly passedOn: boolean;
  readonly counts: number[];
}

function addTo(found: Map<string, Cells>, row: SumRow, sign: 1 | -1): void {
  const [unit, month, passedOn, ...counts] = row;
  const key = `${unit} ${month} ${passedOn}`;
  const cells = found.get(key);
  if (cells === undefined) {
    found.set(key, { unit, month, passedOn: passedOn === 1, counts: counts.map((n) => sign * n) });
    return;
  }
  for (const [index, n] of counts.entries()) cells.counts[index] = (cells.counts[index] ?? 0) + sign * n;
}

function cellsOf({ unit, month, passedOn, counts }: Cells): RateCell[] {
  return VERBS.flatMap((verb, index) => {
    const [openLate = 0, onTime = 0, late = 0] = counts.slice(index * STANDINGS.length);
    return openLate + onTime + late === 0 ? [] : [{ unit, month, verb, passedOn, onTime, late, openLate }];
  });
}

/** Sums to add or to take away. */
interface Term {
  readonly sign: 1 | -1;
  readonly level: 'all' | 'kind' | 'conduct';
  readonly conduct: string;
  readonly kinds: readonly string[];
}

/**
 * What a plan counts (`counts` in domain/rates.ts) as few sums. What is not classified, or out of scope by one person's word, is
 * counted by every plan; it is what remains of everything when the other kinds are taken away.
 */
function termsOf(population: Population | null): readonly Term[] {
  const everything: Term = { sign: 1, level: 'all', conduct: '', kinds: [''] };
  if (population === null) return [everything];
  const { countedKinds, countedConduct } = population;
  const byPlan = LEGAL_KINDS.filter((kind) => kind !== 'out_of_scope');
  const without = (kinds: readonly string[]): Term => ({ sign: -1, level: 'kind', conduct: '', kinds });
  if (countedConduct === null) {
    return [everything, without(byPlan.filter((kind) => !countedKinds.includes(kind)))];
  }
  const kinds = byPlan.filter((kind) => countedKinds.includes(kind));
  const back = ['', ...new Set(countedConduct)].map(
    (conduct): Term => ({ sign: 1, level: 'conduct', conduct, kinds }),
  );
  return [everything, without(byPlan), ...back];
}
