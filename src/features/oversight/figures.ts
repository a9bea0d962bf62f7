import type { Day } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plans.ts';
import { type Balance, type Period, type Rate, type RateRow, rateOf } from '../../domain/rates.ts';
import { VERBS, type Verb } from '../../domain/terms.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import type { OversightStore } from '../../ports/store/oversight-store.ts';

export type VerbRates = Readonly<Record<Verb, Rate>>;

/** Everything that the auditor's page shows for one question. */
export interface Figures {
  readonly period: Period;
  readonly plan: string | null;
  /** The verbs that the plan promises; all four without a plan. */
  readonly verbs: readonly Verb[];
  readonly total: VerbRates;
  /** Units with at least one tip that fell due; the others are counted in `quiet`. */
  readonly units: readonly {
    readonly code: string;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly rates: VerbRates;
  }[];
  readonly quiet: number;
  /** One point a month of the period, `YYYY-MM`. */
  readonly trend: readonly { readonly month: string; readonly rates: VerbRates }[];
  readonly balance: Balance;
}

export interface FiguresRequest {
  readonly oversight: Pick<OversightStore, 'rollup' | 'balance'>;
  readonly units: readonly UnitRow[];
  readonly plan: Plan | null;
  readonly period: Period;
}

/**
 * Computes the four rates in total, by unit and by month from the roll-ups: the cost depends on days and units, never on tips. In
 * totals over several units a tip that was handed on counts once, with the unit that has it.
 */
export async function figures({ oversight, units, plan, period }: FiguresRequest): Promise<Figures> {
  const codes = units.map((unit) => unit.code);
  const [rows, balance] = await Promise.all([
    oversight.rollup(codes, period.from, period.to),
    oversight.balance(codes, period.from, period.to, period.today),
  ]);
  const once = units.length > 1;
  const byUnit = groupBy(rows, (row) => row.unit);
  const byMonth = groupBy(rows, (row) => row.dueDay.slice(0, 7));
  const busy = units.filter((unit) => byUnit.has(unit.code));
  return {
    period,
    plan: plan?.id ?? null,
    verbs: plan?.verbs ?? VERBS,
    total: verbRates(rows, period, plan, once),
    units: busy.map((unit) => ({
      code: unit.code,
      nameVi: unit.nameVi,
      nameEn: unit.nameEn,
      rates: verbRates(byUnit.get(unit.code) ?? [], period, plan, false),
    })),
    quiet: units.length - busy.length,
    trend: months(period.from, period.to).map((month) => ({
      month,
      rates: verbRates(byMonth.get(month) ?? [], period, plan, once),
    })),
    balance,
  };
}

const verbRates = (
  rows: readonly RateRow[],
  period: Period,
  plan: Plan | null,
  once: boolean,
): VerbRates => ({
  received: rateOf(rows, 'received', period, plan, once),
  classified: rateOf(rows, 'classified', period, plan, once),
  verified: rateOf(rows, 'verified', period, plan, once),
  handled: rateOf(rows, 'handled', period, plan, once),
});

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
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
