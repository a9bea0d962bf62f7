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

/** Everything, whatever its kind and conduct. */
const ANY = '*';

/** Sums of one kind and conduct: the whole of their range in a unit, one row a month; open ones where the whole span is over. */
export const RATES_SQL = `SELECT s.unit, substr(s.span, 1, 7), s.passed_on,
    ${SUM_COLUMNS.map((column) => `sum(${column.endsWith('_open') ? `iif(s.span < @over, s.${column}, 0)` : `s.${column}`})`).join(', ')}
  FROM json_each(@units) u CROSS JOIN rollup_sum s
    ON s.grain = @grain AND s.legal_kind = @kind AND s.conduct = @conduct AND s.unit = u.value AND s.span BETWEEN @from AND @to
 GROUP BY s.unit, substr(s.span, 1, 7), s.passed_on`;

/** Figures for pages, from sums: the cost depends on units, months and the plan, not on tips. */
export function createRates(db: Db): Pick<OversightStore, 'rates'> {
  const select = db.prepare<unknown[], SumRow>(RATES_SQL).raw();
  return {
    async rates(units, period, population) {
      const list = JSON.stringify([...new Set(units)].sort());
      const found = new Map<string, Cells>();
      snapshot(db, () => {
        for (const { kind, conduct, sign } of termsOf(population)) {
          for (const part of periodParts(period)) {
            const over = part.grain === 'day' ? period.today : period.today.slice(0, 7);
            for (const row of select.iterate({ units: list, kind, conduct, over, ...part }))
              addTo(found, row, sign);
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

interface Term {
  readonly kind: string;
  readonly conduct: string;
  readonly sign: 1 | -1;
}

/**
 * What a plan counts (`counts` in domain/rates.ts) as sums to add and to take away. What is not classified, or out of scope by one
 * person's word, is counted by every plan and has no sum of its own kind to be found by, so it is what remains of everything.
 */
function termsOf(population: Population | null): readonly Term[] {
  const everything: Term = { kind: ANY, conduct: ANY, sign: 1 };
  if (population === null) return [everything];
  const { countedKinds, countedConduct } = population;
  const away = LEGAL_KINDS.filter(
    (kind) => kind !== 'out_of_scope' && (countedConduct !== null || !countedKinds.includes(kind)),
  ).map((kind): Term => ({ kind, conduct: ANY, sign: -1 }));
  if (countedConduct === null) return [everything, ...away];
  const back = [...new Set(countedKinds)]
    .filter((kind) => kind !== 'out_of_scope')
    .flatMap((kind) => ['', ...new Set(countedConduct)].map((conduct): Term => ({ kind, conduct, sign: 1 })));
  return [everything, ...away, ...back];
}
