import { type Calendar, dayOf, endOfDay } from '../../domain/calendar.ts';
import { type ContributedFlow, type Contribution, readRemains } from '../../domain/contribution.ts';
import { DataError } from '../../domain/data-error.ts';
import type { Day, Seconds, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import { secondsOfHour } from '../../domain/ids.ts';
import type { Actor, TipChange, TipState } from '../../domain/life-cycle-types.ts';
import type { SettlementRight } from '../../domain/settlement.ts';
import type { ThreadReading } from '../../domain/thread.ts';
import type { Dsse } from '../../protocol/dsse.ts';
import type { EventTime } from '../../protocol/event.ts';
import type { LawData } from '../law.ts';
import type { People } from '../people.ts';
import type { RateBook } from '../rates.ts';
import { stateAfter } from './after.ts';
import { replayCitizenStep } from './citizen-step.ts';
import { ClockBook } from './clock-book.ts';
import { replayCodeNotGiven } from './code-not-given.ts';
import type { AuditEvent, Fault, SignatureDue } from './event.ts';
import { replayOfficerStep } from './officer-step.ts';
import { afterHole, replaySubmitted } from './submitted.ts';

/** What replaying an event found. */
export interface Replayed {
  readonly faults: readonly Fault[];
  readonly due: readonly SignatureDue[];
}

/** A confirmed duplicate and the tip that it lives on in. */
export interface Merge {
  readonly tip: TipId;
  readonly into: TipId;
}

/** Who holds which right to settle; of a unit's person at a moment. */
export interface Rights {
  of(staff: StaffId, unit: UnitId, at: number): readonly SettlementRight[];
}

/** By which calendar a step of a moment counted. */
export interface Holidays {
  at(moment: number): Calendar;
}

/** What replays share. */
export interface ReplayWorld {
  readonly instance: string;
  readonly law: LawData;
  readonly people: People;
  readonly rights: Rights;
  readonly holidays: Holidays;
  readonly rates: RateBook;
}

/** One step as it was replayed: what it made of the tip, and what was wrong with it. */
export interface Step {
  /** Null when the step cannot have been taken: what follows in the chain is then not replayed. */
  readonly change: TipChange | null;
  readonly actor: Pick<Actor, 'unit'>;
  readonly faults: readonly Fault[];
  readonly due: readonly SignatureDue[];
}

/** What the replay knows of its tip before a step. */
export interface TipSoFar {
  readonly tip: TipId;
  state: TipState;
  readonly thread: ThreadReading;
  /** Operator who took the tip down; null for what its sender sealed. */
  readonly taken: { readonly staff: string; readonly unit: UnitId } | null;
  /** Key id of the author's present key; null until an event shows it. */
  authorKeyId: string | null;
  /** Units for which the sender was asked whether the tip may go to them. */
  readonly askedFor: Set<UnitId>;
  /** Statement of the open decision. */
  proposal: Dsse | null;
  /** Numbers of decisions that were closed: none may be used again. */
  readonly decided: Set<number>;
  /** False until an officer's step shows the priority, whose first value follows from facts that stay closed. */
  priorityKnown: boolean;
  /** True once the tip is in the population of no plan. */
  leftRates: boolean;
}

/** Stages after an outcome. */
const SETTLED = new Set<string>(['resolved', 'notified', 'archived']);

/** Day of an event in UTC+7, as the figures count it. */
export const dayOfTime = (time: EventTime): Day => {
  if ('at' in time) return dayOf(time.at);
  return 'day' in time ? time.day : dayOf(secondsOfHour(time.t0));
};

/** The moment that the service kept for an event: the end of the day of a citizen's step, the beginning of the hour of a receipt. */
const secondsOfTime = (time: EventTime): Seconds => {
  if ('at' in time) return time.at;
  return 'day' in time ? endOfDay(time.day) : secondsOfHour(time.t0);
};

/**
 * Leads one tip through its life again, by the same `decide` and the same builders of parts as server and console, and keeps what its clocks
 * and its outcome do to the figures. After a step that cannot have been taken nothing more of the chain is replayed: one fault, one name.
 */
export class TipReplay {
  readonly #world: ReplayWorld;
  readonly #tip: TipId;
  readonly #clocks = new ClockBook();
  #so: TipSoFar | null = null;
  #halted = false;
  /** Latest moment of an officer's step. */
  #handled = 0;
  #merge: Merge | null = null;
  readonly #flows: ContributedFlow[] = [];
  #holed = false;
  /** What two people signed that a shredded tip adds. */
  #remains: Contribution | null = null;

  get tip(): TipId {
    return this.#tip;
  }

  constructor(world: ReplayWorld, tip: TipId) {
    this.#world = world;
    this.#tip = tip;
  }

  /** Replays the chain's next event; chain, parts and signatures are other checks' matter. */
  step(event: AuditEvent): Replayed {
    if (this.#halted) return { faults: [], due: [] };
    const { change, actor, faults, due } = this.#replayed(event);
    if (change === null) this.#halted = true;
    else this.#carryOut(change, actor, event);
    return { faults, due };
  }

  /** How the tip stands after its last event; null when it was not replayed to there. */
  get end(): {
    readonly state: TipState;
    readonly clocks: ClockBook;
    readonly handled: number;
    readonly merge: Merge | null;
    readonly leftRates: boolean;
  } | null {
    if (this.#so === null || this.#halted) return null;
    const { state, leftRates } = this.#so;
    return { state, clocks: this.#clocks, handled: this.#handled, merge: this.#merge, leftRates };
  }

  /** The chain's events up to here were shredded: what follows tells how the tip stood, and what it adds to the figures. */
  hole(): void {
    this.#holed = true;
  }

  /** Adds the tip to the figures, as far as it was replayed. Call once, after its last event. */
  close(): void {
    const { rates } = this.#world;
    if (this.#holed) {
      if (this.#remains !== null) rates.contribute(this.#remains);
      return;
    }
    rates.contribute({ clocks: this.#clocks.contributed(), flows: this.#flows });
    for (const { clock, dueDay } of this.#clocks.open) if (clock === 'settle') rates.unsettled(dueDay);
    if (this.#so?.state.overlay === 'suspended') rates.suspended();
  }

  #replayed(event: AuditEvent): Step {
    const { type } = event.parsed.header;
    if (this.#so === null && !this.#holed) {
      const begun = replaySubmitted(this.#world, this.#tip, event);
      if (begun.so !== null) this.#so = begun.so;
      return begun;
    }
    this.#so ??= afterHole(this.#tip, event);
    if (type === 'code_not_given') return replayCodeNotGiven(this.#so, event);
    if ('day' in event.parsed.header.time) return replayCitizenStep(this.#so, event);
    return replayOfficerStep(this.#world, this.#so, event);
  }

  #carryOut(change: TipChange, actor: Pick<Actor, 'unit'>, event: AuditEvent): void {
    const so = this.#so;
    if (so === null) return;
    const { header } = event.parsed;
    const before = so.state;
    const after = stateAfter(before, change, actor, this.#clocks.clocks);
    const day = dayOfTime(header.time);
    this.#clocks.apply(change, after.unit, secondsOfTime(header.time), day);
    so.state = after;
    // What begins anew is counted again.
    so.leftRates = change.leavesRates || (so.leftRates && change.step !== 'reopened');
    if (change.mergesInto !== undefined) this.#merge = { tip: this.#tip, into: change.mergesInto };
    so.thread.add({
      type: header.type,
      citizenPart: event.citizenPart ?? {},
      restrictedPart: event.restrictedPart ?? {},
    });
    if ('at' in header.time) this.#handled = Math.max(this.#handled, header.time.at);
    if (change.step === 'shredded' && this.#holed) this.#remember(so, remainsIn(event));
    this.#flow(change, before, after, day);
  }

  /** What is left of a tip whose events are gone. */
  #remember(so: TipSoFar, remains: Contribution | null): void {
    this.#remains = remains;
    if (remains === null) return;
    so.leftRates = remains.clocks.every(({ verb, counted }) => verb === null || !counted);
    if (remains.mergedInto !== null) this.#merge = { tip: this.#tip, into: remains.mergedInto };
  }

  /** What the change lets in or out of a unit's balance. */
  #flow({ step, custody }: TipChange, before: TipState, after: TipState, day: Day): void {
    const add = (kind: ContributedFlow['kind'], unit: UnitId, other: UnitId | null = null) =>
      this.#flows.push({ kind, unit, day, other });
    if (step === 'submitted') return void add('received', after.unit);
    if (custody?.kind === 'divert' && custody.unseen) return void this.#neverCame(before.unit, after.unit);
    if (after.unit !== before.unit) {
      add('went', before.unit, after.unit);
      add('came', after.unit, before.unit);
    }
    const settled = SETTLED.has(after.stage);
    if (SETTLED.has(before.stage) !== settled) add(settled ? settling(after) : 'reopened', after.unit);
  }

  /** What a unit gave no number went from the one before it, or from the sender, to the one that holds it now. */
  #neverCame(unit: UnitId, holder: UnitId): void {
    const last = this.#flows.findLastIndex((flow) => flow.unit === unit);
    const came = this.#flows[last];
    if (came === undefined) return;
    this.#flows[last] = { ...came, unit: holder };
    const went = this.#flows[last - 1];
    if (came.kind === 'came' && went !== undefined) this.#flows[last - 1] = { ...went, other: holder };
  }
}

function settling({ outcome }: TipState): ContributedFlow['kind'] {
  if (outcome === 'duplicate') return 'merged';
  return outcome === 'transferred' ? 'transferred' : 'settled';
}

/** What the event of a shredding says that the tip adds; null when it says nothing that can be read. */
function remainsIn(event: AuditEvent): Contribution | null {
  try {
    return readRemains(event.restrictedPart?.remains).contribution;
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}
