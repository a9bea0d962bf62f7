import type { UnitId } from '../../../domain/ids.ts';
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
/** Unit, day or month, passed on, and the sums. */
type SumRow = readonly [unit: UnitId, span: string, passedOn: number, ...counts: number[]];
const FIRST_COUNT = 3;

/** Sums of some kinds in one conduct (or any), one range a kind and unit. Rows as they are: to sum them up here would sort them. */
export const RATES_SQL = `SELECT s.unit, s.span, s.passed_on,
    ${SUM_COLUMNS.map((column) => (column.endsWith('_open') ? `iif(s.span < @over, s.${column}, 0)` : `s.${column}`)).join(', ')}
  FROM json_each(@kinds) k CROSS JOIN json_each(@units) u CROSS JOIN rollup_sum s
    ON s.grain = @grain AND s.level = @level AND s.conduct = @conduct AND s.legal_kind = k.value AND s.unit = u.value
   AND s.span BETWEEN @from AND @to`;

/** Figures for pages, from sums: the cost depends on units, months and the plan, not on tips. */
export function createRates(db: Db): Pick<OversightStore, 'rates'> {
  const select = db.prepare<unknown[], SumRow>(RATES_SQL).raw();
  return {
    async rates({ units, period, population }) {
      const list = JSON.stringify([...new Set(units)]);
      const byUnit = new Cells();
      const byMonth = new Cells();
      snapshot(db, () => {
        for (const { sign, level, conduct, kinds } of termsOf(population)) {
          for (const part of periodParts(period, period.today)) {
            // Open clocks are late once their whole day or month is over.
            const over = part.grain === 'day' ? period.today : period.today.slice(0, 7);
            const values = { units: list, level, conduct, kinds: JSON.stringify(kinds), over, ...part };
            for (const row of select.all(values)) {
              byUnit.add(row[0], row, sign);
              byMonth.add(row[1].slice(0, 7), row, sign);
            }
          }
        }
      });
      return { byUnit: byUnit.toArray(), byMonth: byMonth.toArray() };
    },
  };
}

/** Sums of rows by a key, what was passed on apart. */
class Cells {
  readonly #counts = [new Map<string, number[]>(), new Map<string, number[]>()];

  add(key: string, row: SumRow, sign: 1 | -1): void {
    const counts = this.#of(key, row[2]);
    for (let index = 0; index < SUM_COLUMNS.length; index++) {
      counts[index] = (counts[index] ?? 0) + sign * Number(row[FIRST_COUNT + index]);
    }
  }

  toArray(): RateCell[] {
    return this.#counts.flatMap((cells, passedOn) =>
      [...cells].flatMap(([key, counts]) => cellsOf(key, passedOn === 1, counts)),
    );
  }

  #of(key: string, passedOn: number): number[] {
    const cells = this.#counts[passedOn] as Map<string, number[]>;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const fresh = SUM_COLUMNS.map(() => 0);
    cells.set(key, fresh);
    return fresh;
  }
}

function cellsOf(key: string, passedOn: boolean, counts: readonly number[]): RateCell[] {
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
