import { addDays } from '../domain/calendar.ts';
import { type ContributedFlow, type Contribution, rateRowsOf } from '../domain/contribution.ts';
import type { VerbRates } from '../domain/figures.ts';
import type { Day, UnitId } from '../domain/ids.ts';
import type { Plan } from '../domain/plans.ts';
import { type Balance, type Period, type RateRow, rateOf } from '../domain/rates.ts';
import { VERBS } from '../domain/terms.ts';
import type { AuditedRates } from './report.ts';

type Counted = Exclude<ContributedFlow['kind'], 'came' | 'went'>;
type Flow = Record<Counted, number>;
const NO_FLOW: Flow = { received: 0, reopened: 0, settled: 0, transferred: 0, merged: 0 };

/** Days without end, for what the balance carries over. */
const EVER = '0000-01-01' as Day;

/**
 * Everything that the figures are made of, as days and counts: memory follows units and days, not tips. Tips are added by what their replay
 * says, shredded ones by the contribution that two people signed.
 */
export class RateBook {
  readonly #cells = new Map<UnitId, Map<string, RateRow & { count: number }>>();
  readonly #flows = new Map<Day, Flow>();
  /** Open tips by the day on which their time for an outcome ends. */
  readonly #unsettled = new Map<Day, number>();
  #suspended = 0;

  /** What one tip adds, whether its replay or two people say so. */
  contribute(given: Pick<Contribution, 'clocks' | 'flows'>): void {
    for (const row of rateRowsOf(given)) this.#add(row);
    for (const { kind, day } of given.flows) {
      // A transfer between two units of the instance is neither received nor passed on by it.
      if (kind !== 'came' && kind !== 'went') this.#flow(day)[kind]++;
    }
  }

  #add(row: RateRow): void {
    const { unit, legalKind, conduct, verb, dueDay, stoppedDay, passedOn } = row;
    const key = `${verb} ${dueDay} ${stoppedDay} ${passedOn} ${legalKind} ${conduct}`;
    const cells = this.#cells.get(unit) ?? new Map<string, RateRow & { count: number }>();
    this.#cells.set(unit, cells);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { ...row });
    else cell.count += row.count;
  }

  /** A tip that waits for its outcome, and until when. */
  unsettled(dueDay: Day): void {
    this.#unsettled.set(dueDay, (this.#unsettled.get(dueDay) ?? 0) + 1);
  }

  suspended(): void {
    this.#suspended++;
  }

  #flow(day: Day): Flow {
    const known = this.#flows.get(day);
    if (known !== undefined) return known;
    const fresh = { ...NO_FLOW };
    this.#flows.set(day, fresh);
    return fresh;
  }

  /** Rates over all tips and by each plan's rule: of the whole instance, where a tip counts once, and of each unit that anything fell due in. */
  rates(plans: readonly Plan[], today: Day): readonly AuditedRates[] {
    return [null, ...plans].flatMap((plan) => this.#ratesOf(plan, { ...periodOf(plan, today), today }));
  }

  #ratesOf(plan: Plan | null, period: Period): readonly AuditedRates[] {
    const verbs = (rows: readonly RateRow[], once: boolean): VerbRates => {
      const [received, classified, verified, handled] = VERBS.map((verb) =>
        rateOf(rows, verb, period, plan, once),
      );
      const none = { due: 0, onTime: 0, late: 0, openLate: 0 };
      return {
        received: received ?? none,
        classified: classified ?? none,
        verified: verified ?? none,
        handled: handled ?? none,
      };
    };
    const named = { plan: plan?.id ?? null };
    const units = [...this.#cells]
      .map(([unit, cells]) => ({ ...named, unit, rates: verbs([...cells.values()], false) }))
      .filter(({ rates }) => VERBS.some((verb) => rates[verb].due > 0))
      .toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
    const all = [...this.#cells.values()].flatMap((cells) => [...cells.values()]);
    return [{ ...named, unit: null, rates: verbs(all, true) }, ...units];
  }

  /** Stocks and flows of the whole instance in a period: a transfer between its units is neither received nor transferred. */
  balance({ from, to, today }: Period): Balance {
    const before = this.#sum(EVER, addDays(from, -1));
    const within = this.#sum(from, to);
    const carriedOver = left(before);
    const overdue = [...this.#unsettled].reduce((sum, [day, n]) => (day < today ? sum + n : sum), 0);
    return {
      carriedOver,
      received: within.received + within.reopened,
      settled: within.settled,
      transferred: within.transferred,
      merged: within.merged,
      open: carriedOver + left(within) - this.#suspended,
      overdue,
      suspended: this.#suspended,
    };
  }

  #sum(from: Day, to: Day): Flow {
    const sum = { ...NO_FLOW };
    for (const [day, flow] of this.#flows) {
      if (day < from || day > to) continue;
      for (const name of Object.keys(NO_FLOW) as (keyof Flow)[]) sum[name] += flow[name];
    }
    return sum;
  }
}

const left = ({ received, reopened, settled, transferred, merged }: Flow): number =>
  received + reopened - settled - transferred - merged;

/** The period that the figures are about, the same as on the page when it is opened: the plan's own, or the year until a month from now. */
export const periodOf = (plan: Plan | null, today: Day): Pick<Period, 'from' | 'to'> =>
  plan === null
    ? { from: `${today.slice(0, 4)}-01-01` as Day, to: addDays(today, 31) }
    : { from: plan.from, to: plan.to };
