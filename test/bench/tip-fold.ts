import { dayOf } from '../../src/domain/calendar.ts';
import { type Hour, type Seconds, type StaffId, secondsOfHour, type UnitId } from '../../src/domain/ids.ts';
import type { ClockStart, Step, TipChange, TipState } from '../../src/domain/life-cycle-types.ts';
import { pendingFrom } from '../../src/domain/pending.ts';
import type { ClockName } from '../../src/domain/terms.ts';
import { UNTOUCHED } from '../fixtures/acts.ts';

export interface FoldedClock {
  readonly clock: ClockName;
  readonly round: number;
  readonly verb: ClockStart['verb'];
  unit: UnitId;
  ruleVersion: string;
  started: Seconds;
  due: Seconds;
  dueDay: string;
  stopped: Seconds | null;
  stoppedDay: string | null;
  result: string | null;
  passedOn: boolean;
  counted: boolean;
}

export interface FoldedCustody {
  readonly unit: UnitId;
  status: 'held' | 'offered' | 'ended' | 'returned';
  from: number;
  until: number | null;
}

export interface FoldedDecision {
  readonly data: Readonly<Record<string, string>>;
  readonly proposedBy: StaffId;
  readonly proposedNo: number;
  closedBy: StaffId | null;
  closedNo: number | null;
  result: 'approved' | 'refused' | null;
}

export interface FoldedEvent {
  readonly step: Step;
  /** The hour of a submission, or the second of a step. */
  readonly time: { readonly hour: Hour } | { readonly at: Seconds };
}

type Flow = 'received' | 'reopened' | 'settled' | 'transferred' | 'merged';
const SETTLED: readonly string[] = ['resolved', 'notified', 'archived'];

/**
 * A tip's life folded into the rows that it ends in, by the rules by which the store carries out each change: a million lives can then
 * be written as final rows. `seed-check.ts` lives some of them through the store as well.
 */
export class TipFold {
  state: TipState;
  readonly clocks: FoldedClock[] = [];
  readonly custody: FoldedCustody[];
  readonly registers: { readonly unit: UnitId; readonly year: number; readonly no: number }[] = [];
  readonly decisions: FoldedDecision[] = [];
  readonly flows: { readonly unit: UnitId; readonly day: string; readonly flow: Flow }[] = [];
  readonly transfers: { readonly from: UnitId; readonly to: UnitId; readonly day: string }[] = [];
  readonly events: FoldedEvent[] = [];
  assignee: StaffId | null = null;

  constructor(unit: UnitId, urgent: boolean, hour: Hour, change: TipChange) {
    const t0 = secondsOfHour(hour);
    this.state = {
      unit,
      stage: change.stage,
      overlay: change.overlay,
      priority: change.priority,
      urgent,
      legalKind: null,
      conduct: null,
      outcome: null,
      t0,
      clocks: this.clocks,
      pending: null,
      transferTo: null,
      ...UNTOUCHED,
    };
    this.custody = [{ unit, status: 'held', from: t0, until: null }];
    this.#start(change);
    this.flows.push({ unit, day: dayOf(t0), flow: 'received' });
    this.events.push({ step: 'submitted', time: { hour } });
  }

  /** Number of the tip's last event. */
  get version(): number {
    return this.events.length;
  }

  /** Carries out one decided change at a second. */
  apply(change: TipChange, at: Seconds): void {
    this.events.push({ step: change.step, time: { at } });
    const before = this.state;
    for (const stop of change.stopClocks) {
      const running = this.clocks.find((clock) => clock.clock === stop.clock && clock.stopped === null);
      if (running === undefined) throw new Error(`clock ${stop.clock} does not run`);
      Object.assign(running, { stopped: stop.stopped, stoppedDay: stop.stoppedDay, result: stop.result });
    }
    if (change.leavesRates) this.#leaveRates(at);
    const held = this.#custody(change, at);
    if (change.register) this.registers.push({ ...change.register, no: this.version });
    const pending = this.#decide(change);
    if (held.unit !== before.unit) {
      for (const clock of this.clocks) if (clock.stopped === null) clock.unit = held.unit;
      this.assignee = null;
    }
    this.state = {
      ...before,
      unit: held.unit,
      stage: change.stage,
      overlay: change.overlay,
      priority: change.priority,
      legalKind: change.legalKind,
      conduct: change.conduct,
      outcome: change.outcome,
      extension: change.extension,
      supervisor: change.supervisor,
      circumstances: change.circumstances,
      pending,
      transferTo: held.transferTo,
    };
    this.#start(change);
    if (change.assignee !== undefined) this.assignee = change.assignee;
    this.#flow(change, before, dayOf(at));
  }

  #start(change: TipChange): void {
    for (const { clock, verb, ruleVersion, started, due, dueDay, again } of change.startClocks) {
      const latest = this.clocks.findLast((candidate) => candidate.clock === clock);
      if (again !== null && latest !== undefined) {
        Object.assign(latest, { stopped: null, stoppedDay: null, result: null, due, dueDay, ruleVersion });
        continue;
      }
      const round = (latest?.round ?? 0) + 1;
      const unit = this.state.unit;
      const fresh = { clock, round, ruleVersion, verb, unit, started, due, dueDay };
      const running = { stopped: null, stoppedDay: null, result: null, passedOn: false, counted: true };
      this.clocks.push({ ...fresh, ...running });
      if (verb === null) continue;
      for (const other of this.clocks) if (other.verb === verb && other.unit !== unit) other.passedOn = true;
    }
  }

  #leaveRates(at: Seconds): void {
    for (const clock of this.clocks) {
      if (clock.stopped === null)
        Object.assign(clock, { stopped: at, stoppedDay: dayOf(at), result: 'void' });
      clock.counted = false;
    }
  }

  #custody({ custody }: TipChange, at: Seconds): { unit: UnitId; transferTo: UnitId | null } {
    const { unit, transferTo } = this.state;
    const last = this.custody.at(-1);
    const held = this.custody.find((row) => row.status === 'held');
    if (custody === undefined || last === undefined || held === undefined) return { unit, transferTo };
    if (custody.kind === 'offer') {
      this.custody.push({ unit: custody.to, status: 'offered', from: at, until: null });
      return { unit, transferTo: custody.to };
    }
    if (custody.kind === 'return') {
      Object.assign(last, { status: 'returned', until: at });
      return { unit, transferTo: null };
    }
    if (custody.kind === 'divert') throw new Error('no story diverts a tip');
    Object.assign(held, { status: 'ended', until: Math.max(held.from, at) });
    Object.assign(last, { status: 'held', from: at });
    return { unit: custody.unit, transferTo: null };
  }

  #decide({ openDecision, closeDecision }: TipChange): TipState['pending'] {
    if (openDecision) {
      const { data, proposedBy } = openDecision;
      const open = { closedBy: null, closedNo: null, result: null };
      this.decisions.push({ data, proposedBy, proposedNo: this.version, ...open });
      const proposed = { id: this.decisions.length, proposedBy, proposerUnit: this.state.unit };
      return pendingFrom(openDecision, proposed);
    }
    const waiting = this.decisions.at(-1);
    if (!closeDecision || waiting === undefined) return this.state.pending;
    const { approvedBy, result } = closeDecision;
    Object.assign(waiting, { closedBy: approvedBy, closedNo: this.version, result });
    return null;
  }

  #flow(change: TipChange, before: TipState, day: string): void {
    const { unit } = this.state;
    if (unit !== before.unit) this.transfers.push({ from: before.unit, to: unit, day });
    const is = SETTLED.includes(change.stage);
    if (SETTLED.includes(before.stage) === is) return;
    const settled =
      change.outcome === 'duplicate'
        ? 'merged'
        : change.outcome === 'transferred'
          ? 'transferred'
          : 'settled';
    this.flows.push({ unit, day, flow: is ? settled : 'reopened' });
  }
}
