import type { Population } from '../../../domain/rates.ts';
import { VERBS } from '../../../domain/terms.ts';
import type { OversightStore, RateCell } from '../../../ports/store/oversight-store.ts';
import { type Db, snapshot } from './connection.ts';
import { periodParts } from './period-parts.ts';

const STANDINGS = ['open', 'on_time', 'late'] as const;
/** Columns of a sum: of each verb what is open, what was in time, what was late. */
export const SUM_COLUMNS: readonly string[] = VERBS.flatMap((verb) =>
  STANDINGS.map((standing) => `${verb}_${standing}`),
);
/** Unit or month, passed on, and the sums; `open` counts what is late by now. */
type SumRow = readonly [key: string, passedOn: number, ...counts: number[]];

/** Sums of some kinds in one conduct (or any), one range a kind and unit; what is open counts where its whole span is over. */
const ratesSql = (key: string): string => `SELECT ${key}, s.passed_on,
    ${SUM_COLUMNS.map((column) => `sum(${column.endsWith('_open') ? `iif(s.span < @over, s.${column}, 0)` : `s.${column}`})`).join(', ')}
  FROM json_each(@kinds) k CROSS JOIN json_each(@units) u CROSS JOIN rollup_sum s
    ON s.grain = @grain AND s.level = @level AND s.conduct = @conduct AND s.legal_kind = k.value AND s.unit = u.value
   AND s.span BETWEEN @from AND @to
 GROUP BY ${key}, s.passed_on`;

/** Figures for pages, from sums: the cost depends on units, months and the plan, not on tips. */
export function createRates(db: Db): Pick<OversightStore, 'rates'> {
  const select = {
    unit: db.prepare<unknown[], SumRow>(ratesSql('s.unit')).raw(),
    month: db.prepare<unknown[], SumRow>(ratesSql('substr(s.span, 1, 7)')).raw(),
  };
  return {
    async rates({ units, period, population, by }) {
      const list = JSON.stringify([...new Set(units)].sort());
      const found = new Map<string, Cells>();
      snapshot(db, () => {
        for (const { sign, level, conduct, kinds } of termsOf(population)) {
          for (const part of periodParts(period)) {
            const over = part.grain === 'day' ? period.today : period.today.slice(0, 7);
            const values = { units: list, level, conduct, kinds: JSON.stringify(kinds), over, ...part };
            for (const row of select[by].iterate(values)) addTo(found, row, sign);
          }
        }
      });
      return [...found.values()].flatMap(cellsOf);
    },
  };
}

interface Cells {
  readonly key: string;
  readonly passedOn: boolean;
  readonly counts: number[];
}

function addTo(found: Map<string, Cells>, row: SumRow, sign: 1 | -1): void {
  const [key, passedOn, ...counts] = row;
  const name = `${key} ${passedOn}`;
  const cells = found.get(name);
  if (cells === undefined) {
    found.set(name, { key, passedOn: passedOn === 1, counts: counts.map((n) => sign * n) });
    return;
  }
  for (const [index, n] of counts.entries()) cells.counts[index] = (cells.counts[index] ?? 0) + sign * n;
}

function cellsOf({ key, passedOn, counts }: Cells): RateCell[] {
  return VERBS.flatMap((verb, index) => {
    const [openLate = 0, onTime = 0, late = 0] = counts.slice(index * STANDINGS.length);
    return openLate + onTime + late === 0 ? [] : [{ key, verb, passedOn, onTime, late, openLate }];
  });
}

/** Sums to add or to take away. */
interface Term {
  readonly sign: 1 | -1;
  readonly level: 'all' | 'classified' | 'kind' | 'conduct';
  readonly conduct: string;
  readonly kinds: readonly string[];
}

/**
 * What a plan counts (`counts` in domain/rates.ts) as few sums: what is not classified, or out of scope by one person's word, is all
 * less what has a kind; to it come the plan's kinds, or its conducts within its kinds.
 */
function termsOf(population: Population | null): readonly Term[] {
  const all: Term = { sign: 1, level: 'all', conduct: '', kinds: [''] };
  if (population === null) return [all];
  const { countedKinds, countedConduct } = population;
  const classified: Term = { sign: -1, level: 'classified', conduct: '', kinds: [''] };
  const kinds = [...new Set(countedKinds)].filter((kind) => kind !== 'out_of_scope');
  if (countedConduct === null) return [all, classified, { sign: 1, level: 'kind', conduct: '', kinds }];
  const conducts = ['', ...new Set(countedConduct)];
  return [
    all,
    classified,
    ...conducts.map((conduct): Term => ({ sign: 1, level: 'conduct', conduct, kinds })),
  ];
}
