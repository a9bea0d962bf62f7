import type { ContributedClock } from '../../domain/contribution.ts';
import type { Day, Seconds, UnitId } from '../../domain/ids.ts';
import type { ClockStart, ClockStop, RunningClock, TipChange } from '../../domain/life-cycle-types.ts';
import type { LegalKind, Verb } from '../../domain/terms.ts';

/** One run of a clock, with what the rates make of it. */
interface Round extends RunningClock {
  readonly verb: Verb | null;
  unit: UnitId;
  ruleVersion: string;
  /** Moment of the step that gave it its end. */
  set: Seconds;
  due: Seconds;
  dueDay: Day;
  stopped: Seconds | null;
  stoppedDay: Day | null;
  result: ClockStop['result'] | null;
  /** False once the tip has left the population of every plan. */
  counted: boolean;
  /** True once another unit has taken the verb over. */
  passedOn: boolean;
}

/** A clock that nobody has stopped. */
export type OpenClock = Readonly<Pick<Round, 'clock' | 'unit' | 'due' | 'dueDay' | 'ruleVersion' | 'set'>>;

/** The clocks of one tip, kept as every change of its life leaves them. */
export class ClockBook {
  readonly #rounds: Round[] = [];
  #legalKind: LegalKind | null = null;
  #conduct: string | null = null;

  /** As the life cycle wants them, oldest first. */
  get clocks(): readonly RunningClock[] {
    return this.#rounds;
  }

  get open(): readonly OpenClock[] {
    return this.#rounds.filter((round) => round.stopped === null);
  }

  /**
   * Carries out what a change does to clocks: stops for the unit that held the tip before it, starts for the one that holds it after. `at`
   * and `day` are those of the change's event.
   */
  apply(change: TipChange, unit: UnitId, at: Seconds, day: Day): void {
    for (const stop of change.stopClocks) this.#stop(stop);
    if (change.leavesRates) this.#leaveRates(at, day);
    for (const round of this.#rounds) if (round.stopped === null) round.unit = unit;
    this.#legalKind = change.legalKind;
    this.#conduct = change.conduct;
    for (const start of change.startClocks) this.#start(start, unit, at);
    for (const { verb } of change.startClocks) {
      if (verb === null) continue;
      for (const round of this.#rounds) if (round.verb === verb && round.unit !== unit) round.passedOn = true;
    }
  }

  /** What the tip's clocks add to the rates. */
  contributed(): readonly ContributedClock[] {
    const kind = { legalKind: this.#legalKind, conduct: this.#conduct };
    return this.#rounds.map(
      ({ clock, verb, unit, dueDay, stoppedDay, result, passedOn, counted }): ContributedClock => ({
        ...{ clock, verb, unit, ...kind, dueDay, stoppedDay, result, passedOn, counted },
      }),
    );
  }

  #stop({ clock, stopped, stoppedDay, result }: ClockStop): void {
    for (const round of this.#rounds) {
      if (round.clock !== clock || round.stopped !== null) continue;
      round.stopped = stopped;
      round.stoppedDay = stoppedDay;
      round.result = result;
    }
  }

  #leaveRates(at: Seconds, day: Day): void {
    for (const round of this.#rounds) {
      round.counted = false;
      if (round.stopped !== null) continue;
      round.stopped = at;
      round.stoppedDay = day;
      round.result = 'void';
    }
  }

  #start(start: ClockStart, unit: UnitId, set: Seconds): void {
    const { clock, verb, ruleVersion, started, due, dueDay } = start;
    const latest = start.again === null ? undefined : this.#rounds.findLast((round) => round.clock === clock);
    const running = { ruleVersion, set, due, dueDay, stopped: null, stoppedDay: null, result: null };
    if (latest !== undefined) Object.assign(latest, running);
    else this.#rounds.push({ ...running, clock, verb, unit, started, counted: true, passedOn: false });
  }
}
