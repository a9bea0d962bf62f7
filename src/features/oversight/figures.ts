import type { Figures, VerbRates } from '../../domain/figures.ts';
import type { Day } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plans.ts';
import type { Period, Rate } from '../../domain/rates.ts';
import { VERBS, type Verb } from '../../domain/terms.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import type { OversightStore, RateCell } from '../../ports/store/oversight-store.ts';

export interface FiguresRequest {
  readonly oversight: Pick<OversightStore, 'rates' | 'balance'>;
  readonly units: readonly UnitRow[];
  readonly plan: Plan | null;
  readonly period: Period;
}

/**
 * Computes the four rates in total, by unit and by month from the roll-ups: the cost depends on months and units, never on tips. In
 * totals over several units a tip that was handed on counts once, with the unit that has it.
 */
export async function figures({ oversight, units, plan, period }: FiguresRequest): Promise<Figures> {
  const codes = units.map((unit) => unit.code);
  const [rates, balance] = await Promise.all([
    oversight.rates({ units: codes, period, population: plan }),
    oversight.balance(codes, period.from, period.to, period.today),
  ]);
  const once = units.length > 1 ? rates.byMonth.filter((cell) => !cell.passedOn) : rates.byMonth;
  const byUnit = Map.groupBy(rates.byUnit, (cell) => cell.key);
  const byMonth = Map.groupBy(once, (cell) => cell.key);
  const busy = units.filter((unit) => byUnit.has(unit.code));
  return {
    period,
    plan: plan?.id ?? null,
    verbs: plan?.verbs ?? VERBS,
    total: verbRates(once),
    units: busy.map((unit) => ({
      code: unit.code,
      nameVi: unit.nameVi,
      nameEn: unit.nameEn,
      rates: verbRates(byUnit.get(unit.code) ?? []),
    })),
    quiet: units.length - busy.length,
    trend: months(period.from, period.to).map((month) => ({
      month,
      rates: verbRates(byMonth.get(month) ?? []),
    })),
    balance,
  };
}

const verbRates = (cells: readonly RateCell[]): VerbRates => ({
  received: sumOf(cells, 'received'),
  classified: sumOf(cells, 'classified'),
  verified: sumOf(cells, 'verified'),
  handled: sumOf(cells, 'handled'),
});

function sumOf(cells: readonly RateCell[], verb: Verb): Rate {
  let [onTime, late, openLate] = [0, 0, 0];
  for (const cell of cells) {
    if (cell.verb !== verb) continue;
    onTime += cell.onTime;
    late += cell.late;
    openLate += cell.openLate;
  }
  return { due: onTime + late + openLate, onTime, late, openLate };
}

/** Every month from the first day's to the last day's, in order. */
function months(from: Day, to: Day): string[] {
  const found: string[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (
    let name = from.slice(0, 7);
    name <= to.slice(0, 7);
    name = `${year}-${String(month).padStart(2, '0')}`
  ) {
    found.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return found;
}
