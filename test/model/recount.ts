import type { Balance } from '../../src/domain/rates.ts';
import { dayAt } from './dates.ts';
import type { Paper } from './paper.ts';

/* The four rates and the balance, counted from the papers one by one, by domain.md ("Rates"). */

export const VERBS = ['received', 'classified', 'verified', 'handled'] as const;

export interface Counted {
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
  readonly openLate: number;
}

/** What a plan counts; null: everything. */
export interface Population {
  readonly countedKinds: readonly string[];
  readonly countedConduct: readonly string[] | null;
}

/** Days, both included, in which clocks fell due, and the day on which it is asked. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly today: string;
}

/** Nobody makes a rate better by leaving tips unclassified, or by calling them out of scope alone. */
const isCounted = ({ kind, conduct }: Paper, population: Population | null): boolean => {
  if (population === null || kind === null || kind === 'out_of_scope') return true;
  const { countedKinds, countedConduct } = population;
  return (
    countedKinds.includes(kind) &&
    (countedConduct === null || conduct === null || countedConduct.includes(conduct))
  );
};

/** One verb over some units; `once`: what was passed on counts with whoever has it now. */
export const rate = (
  papers: readonly Paper[],
  verb: string,
  units: readonly string[],
  { from, to, today }: Span,
  population: Population | null,
  once: boolean,
): Counted => {
  let [onTime, late, openLate] = [0, 0, 0];
  for (const paper of papers) {
    if (!isCounted(paper, population)) continue;
    for (const round of paper.rounds) {
      if (round.verb !== verb || !units.includes(round.unit) || !round.counted) continue;
      if (round.fate === 'void' || (once && round.passedOn)) continue;
      const due = dayAt(round.due);
      if (due < from || due > to) continue;
      if (round.stopped !== null) {
        if (round.stopped <= round.due) onTime += 1;
        else late += 1;
      } else if (due < today) openLate += 1;
    }
  }
  return { due: onTime + late + openLate, onTime, late, openLate };
};

/** Stocks and flows of some units together: what goes from one of them to another is neither. */
export const balance = (
  papers: readonly Paper[],
  units: readonly string[],
  { from, to, today }: Span,
): Balance => {
  const sums = { carriedOver: 0, received: 0, settled: 0, transferred: 0, merged: 0 };
  let [open, overdue, suspended] = [0, 0, 0];
  for (const paper of papers) {
    for (const { kind, unit, day, other } of paper.flows) {
      if (!units.includes(unit) || (other !== null && units.includes(other))) continue;
      const came = kind === 'received' || kind === 'reopened' || kind === 'came';
      if (day < from) sums.carriedOver += came ? 1 : -1;
      else if (day <= to) {
        if (came) sums.received += 1;
        else if (kind === 'went' || kind === 'transferred') sums.transferred += 1;
        else if (kind === 'merged') sums.merged += 1;
        else if (kind === 'settled') sums.settled += 1;
      }
    }
    if (!units.includes(paper.holder) || !paper.open) continue;
    if (paper.lies === 'suspended') suspended += 1;
    else open += 1;
    const settle = paper.running('settle');
    if (settle !== undefined && dayAt(settle.due) < today) overdue += 1;
  }
  return { ...sums, open, overdue, suspended };
};
