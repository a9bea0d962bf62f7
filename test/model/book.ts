import type { Waiting } from './allowed.ts';
import { dayAt, end } from './dates.ts';
import { type Case, limitOf, VERB_OF } from './limits.ts';

/** One run of a clock as the model keeps it. */
export interface Round {
  readonly clock: string;
  readonly verb: string | null;
  unit: string;
  /** Which of the clock's limits it has. */
  name: string;
  due: number;
  stopped: number | null;
  /** `void`: in no rate. */
  fate: 'done' | 'void' | null;
  counted: boolean;
  passedOn: boolean;
}

/** A way into a unit's balance or out of it. */
export interface Flow {
  readonly kind: 'received' | 'reopened' | 'came' | 'went' | 'settled' | 'transferred' | 'merged';
  readonly unit: string;
  readonly day: string;
  readonly other: string | null;
}

/** What waits for a second person. */
export interface Proposal {
  readonly kind: Waiting;
  readonly by: string;
  readonly byUnit: string;
  readonly outcome?: string;
  readonly into?: string;
  readonly violationLeft?: boolean;
  readonly number?: 1 | 2;
  readonly until?: string;
  readonly toUnit?: string | null;
}

/** What a step needs of the world around the tip. */
export interface Around {
  readonly now: number;
  /** Kind of a unit, and whether it is remote. */
  kindOf(unit: string): string;
  isRemote(unit: string): boolean;
  /** The next number of a unit's register in a year. */
  nextNumber(unit: string, year: string): number;
}

/** The clocks of a tip and the ways it took through balances: all that rates and balance are counted from. */
export class Book {
  readonly t0: number;
  holder: string;
  kind: string | null = null;
  circumstances: readonly string[] = [];
  readonly rounds: Round[] = [];
  readonly flows: Flow[] = [];

  constructor(unit: string, t0: number) {
    this.holder = unit;
    this.t0 = t0;
  }

  running(clock: string): Round | undefined {
    return this.rounds.find((round) => round.clock === clock && round.stopped === null);
  }

  latest(clock: string): Round | undefined {
    return this.rounds.findLast((round) => round.clock === clock);
  }

  protected caseOf(unit: string, around: Around): Case {
    return {
      ...{ kind: this.kind, circumstances: this.circumstances },
      ...{ unitKind: around.kindOf(unit), remote: around.isRemote(unit) },
    };
  }

  protected start(clock: string, how: string, around: Around): void {
    const limit = limitOf(clock, how, this.caseOf(this.holder, around));
    if (limit === null) return;
    const due = end(limit.from === 't0' ? this.t0 : around.now, limit.period);
    this.begin(clock, limit.name, due);
  }

  protected begin(clock: string, name: string, due: number): void {
    const verb = VERB_OF[clock] ?? null;
    this.rounds.push({
      ...{ clock, verb, unit: this.holder, name, due, stopped: null, fate: null },
      ...{ counted: true, passedOn: false },
    });
    this.takesUp(verb);
  }

  /** The unit that holds the tip has this verb now: whoever had it before counts it for itself alone. */
  protected takesUp(verb: string | null): void {
    if (verb === null) return;
    for (const round of this.rounds)
      if (round.verb === verb && round.unit !== this.holder) round.passedOn = true;
  }

  protected stop(
    clocks: readonly string[],
    now: number,
    fate: 'done' | 'void' | 'void_in_time' = 'done',
  ): void {
    for (const clock of clocks) {
      const round = this.running(clock);
      if (round === undefined) continue;
      round.stopped = now;
      round.fate = fate === 'void_in_time' ? (now <= round.due ? 'void' : 'done') : fate;
    }
  }

  protected flow(kind: Flow['kind'], now: number, unit = this.holder, other: string | null = null): void {
    this.flows.push({ kind, unit, day: dayAt(now), other });
  }
}
