import { APART, type Desk } from './allowed.ts';
import { type Around, Book, type Proposal } from './book.ts';
import { dayAt, end, lastSecond } from './dates.ts';
import { type Case, limitOf } from './limits.ts';

type Said = { readonly step: string } & { readonly [key: string]: unknown };

const WORK = ['verify', 'settle', 'handle'];
/** What hangs on the kind of a tip. */
const DUTIES = ['assign', 'child_measures', 'propose_assignment', 'screen', 'accept', 'first_answer'];
/** What every unit that takes a tip over owes anew. */
const OF_EACH_UNIT = ['assign', 'propose_assignment', 'screen', 'accept'];
const ENDED = ['resolved', 'notified', 'archived'];

/** A tip as domain.md has it live: what it is, where it lies, which clocks run, and what it adds to rates and balance. */
export class Paper extends Book {
  readonly tip: string;
  readonly channel: string;
  stage = 'submitted';
  lies: Desk['lies'] = 'work';
  extension: 0 | 1 | 2 = 0;
  conduct: string | null = null;
  outcome: string | null = null;
  waiting: Proposal | null = null;
  sentTo: string | null = null;
  supervisor: string | null = null;
  assignee: string | null = null;
  check: { readonly focal: string; readonly deputy: string } | null = null;
  priority = 'P3';
  muted = false;
  withdrew = false;
  into: string | null = null;
  /** Units and years in whose registers it has a number. */
  readonly numbers: { readonly unit: string; readonly year: string; readonly number: number }[] = [];
  steps = 1;

  constructor(tip: string, unit: string, around: Around, channel = 'web') {
    // A tip came at a whole hour: nothing finer is kept.
    super(unit, Math.floor(around.now / 3600) * 3600);
    this.tip = tip;
    this.channel = channel;
    for (const clock of ['register', 'classify', ...WORK]) this.start(clock, 'submitted', around);
    this.flows.push({ kind: 'received', unit, day: dayAt(this.t0), other: null });
  }

  get desk(): Desk {
    return {
      ...{ stage: this.stage, lies: this.lies, kind: this.kind, outcome: this.outcome },
      circumstances: this.circumstances,
      waiting: this.waiting?.kind ?? null,
      waitingOutcome: this.waiting?.outcome ?? null,
      waitingProcuracy: this.waiting?.kind === 'extension' && this.waiting.toUnit !== null,
    };
  }

  get open(): boolean {
    return !ENDED.includes(this.stage);
  }

  #number(around: Around): void {
    const [unit, year] = [this.holder, dayAt(around.now).slice(0, 4)];
    this.numbers.push({ unit, year, number: around.nextNumber(unit, year) });
  }

  /** What a lawful step makes of the tip. */
  apply(said: Said, by: { readonly id: string; readonly unit: string }, around: Around): void {
    const { now } = around;
    this.steps += 1;
    switch (said.step) {
      case 'registered':
        this.stage = 'received';
        this.#number(around);
        this.stop(['register'], now);
        this.start('notice_receipt', 'registered', around);
        return;
      case 'classified':
        this.#classify(said, around);
        return;
      case 'prioritised':
        this.priority = String(said.priority);
        return;
      case 'assigned':
        if (this.stage !== 'verifying') this.stage = 'assigned';
        this.assignee = String(said.assignee);
        this.stop(['assign'], now);
        return;
      case 'verification_started':
        this.stage = 'verifying';
        // To begin with it is to accept it (Luật Tố cáo Đ24, 29; Luật Khiếu nại Đ27).
        this.stop(['screen', 'accept'], now);
        return;
      case 'resolution_proposed':
        this.waiting = {
          ...{ kind: 'resolution', by: by.id, byUnit: by.unit, outcome: String(said.outcome) },
          ...(said.mergedInto === undefined ? {} : { into: String(said.mergedInto) }),
          violationLeft: said.violationLeft === true,
        };
        if (!APART.includes(String(said.outcome))) this.stop(['verify'], now);
        return;
      case 'resolution_refused':
        this.#refuseOutcome();
        return;
      case 'resolved':
        this.#resolve(now, around);
        return;
      case 'notified':
        this.stage = 'notified';
        this.stop(['handle', 'notify_result', 'first_answer', 'notice_receipt'], now);
        return;
      case 'archived':
        this.stage = 'archived';
        this.stop(['archive'], now);
        return;
      case 'file_passed':
        this.stop(['pass_file'], now);
        return;
      case 'receipt_noticed':
        // "First answer": whoever asked hears what becomes of it.
        this.stop(['notice_receipt', 'first_answer'], now);
        if (said.toUnit !== null) this.supervisor = String(said.toUnit);
        return;
      case 'child_measures_taken':
        this.stop(['child_measures'], now);
        return;
      case 'assignment_proposed':
        this.stop(['propose_assignment'], now);
        return;
      case 'question_posted':
        this.stop(['ask_back'], now);
        this.start('ask_back', said.step, around);
        return;
      case 'message_posted':
        this.stop(['first_answer'], now);
        return;
      case 'message_received':
        this.stop(['ask_back'], lastSecond(dayAt(now)));
        return;
      case 'withdrawal_signed':
        this.withdrew = true;
        return;
      case 'thread_muted':
      case 'thread_unmuted':
        this.muted = said.step === 'thread_muted';
        return;
      case 'post_check_set':
        this.check = { focal: String(said.focal), deputy: String(said.deputy) };
        this.begin('post_check', 'general', lastSecond(String(said.day)));
        return;
      case 'post_check_done':
        this.check = null;
        this.stop(['post_check'], now);
        return;
      default:
        this.#lawSteps(said, by, around);
    }
  }

  /** Transfers, extensions, suspension, beginning anew. */
  #lawSteps(said: Said, by: { readonly id: string; readonly unit: string }, around: Around): void {
    const { now } = around;
    switch (said.step) {
      case 'transfer_sent':
        this.lies = 'sent';
        this.sentTo = String(said.toUnit);
        this.stop(['transfer'], now);
        this.start('transfer_ack', said.step, around);
        return;
      case 'transfer_returned':
        this.lies = 'work';
        this.sentTo = null;
        this.stop(['transfer_ack'], now, 'void');
        this.start('transfer', 'returned', around);
        return;
      case 'transfer_acknowledged':
        this.#takeOver(by.unit, around);
        return;
      case 'extension_proposed':
        this.waiting = {
          ...{ kind: 'extension', by: by.id, byUnit: by.unit, until: String(said.until) },
          ...{ number: said.number as 1 | 2, toUnit: said.toUnit as string | null },
        };
        if (said.toUnit !== null) {
          this.supervisor = String(said.toUnit);
          // "Answered in 3 days" is the procuracy's time.
          this.start('extension_answer', said.step, around);
        }
        return;
      case 'extended':
        this.#extend(now);
        return;
      case 'extension_refused':
      case 'suspension_refused':
        this.waiting = null;
        this.stop(['extension_answer'], now);
        return;
      case 'suspension_proposed':
        this.waiting = {
          ...{ kind: 'suspension', by: by.id, byUnit: by.unit },
          toUnit: String(said.toUnit),
        };
        this.supervisor = String(said.toUnit);
        return;
      case 'suspended':
        this.waiting = null;
        this.lies = 'suspended';
        // It leaves the rates while it rests; what was late before stays late.
        this.stop([...WORK, 'ask_back', 'transfer'], now, 'void_in_time');
        this.start('suspension_sent', said.step, around);
        return;
      case 'suspension_noticed':
        this.stop(['suspension_sent'], now);
        return;
      case 'resumed':
      case 'suspension_annulled':
        this.lies = 'work';
        this.stop(['suspension_sent'], now);
        for (const clock of WORK) this.start(clock, 'resumed', around);
        return;
      case 'reopened':
        this.stage = 'classified';
        this.extension = 0;
        this.outcome = null;
        this.withdrew = false;
        // No answer was given: the tip is not handled, however quickly it was decided.
        this.stop(['handle'], now, 'void_in_time');
        this.stop(['notify_result', 'archive', 'pass_file', 'post_check'], now);
        this.check = null;
        for (const clock of WORK) this.start(clock, 'reopened', around);
        this.flow('reopened', now);
        return;
      // Messages, copies, prints and renewed keys change nothing that is counted.
    }
  }

  #classify(said: Said, around: Around): void {
    const { now } = around;
    const evidence = said.evidence as { violator: boolean; proof: boolean; basis: boolean } | null;
    const first = this.stage === 'received';
    this.kind = String(said.legalKind);
    this.conduct = String(said.conduct);
    this.priority = String(said.priority);
    const found = (said.circumstances as readonly string[]).filter((one) => one !== 'checkable');
    const checkable = evidence?.violator === true && evidence.proof && evidence.basis;
    this.circumstances = checkable ? [...found, 'checkable'] : found;
    if (first) {
      this.stage = 'classified';
      this.stop(['classify'], now);
    }
    const given = this.caseOf(this.holder, around);
    for (const clock of [...WORK, ...DUTIES]) {
      const limit = limitOf(clock, 'classified', given);
      const round = this.latest(clock);
      if (limit === null) {
        // Nobody owes what hangs on another kind.
        this.stop([clock], now, 'void');
      } else if (round === undefined || (round.stopped !== null && first && OF_EACH_UNIT.includes(clock))) {
        this.start(clock, 'classified', around);
      } else if (
        round.stopped === null &&
        round.name !== limit.name &&
        !(round.name === 'resumed' || round.name.startsWith('reopened'))
      ) {
        round.name = limit.name;
        round.due = end(this.t0, limit.period);
        this.takesUp(round.verb);
      }
    }
    if (said.competent === true) this.stop(['transfer'], now, 'void');
    else this.#sendOn(given, around);
  }

  /** Found not to be competent: the time to send it on runs once, by the limit that fits what it is. */
  #sendOn(given: Case, around: Around): void {
    const round = this.running('transfer');
    const limit = limitOf('transfer', 'classified', given);
    if (round === undefined || limit === null) {
      this.start('transfer', 'classified', around);
      return;
    }
    if (round.name === limit.name) return;
    round.name = limit.name;
    round.due = end(limit.from === 't0' ? this.t0 : around.now, limit.period);
  }

  #refuseOutcome(): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null || APART.includes(waiting.outcome ?? '')) return;
    const round = this.latest('verify');
    if (round === undefined || round.stopped === null) return;
    round.stopped = null;
    round.fate = null;
    this.takesUp(round.verb);
  }

  #resolve(now: number, around: Around): void {
    const { waiting } = this;
    const outcome = waiting?.outcome ?? '';
    this.stage = 'resolved';
    this.outcome = outcome;
    this.waiting = null;
    this.into = waiting?.into ?? null;
    const apart = APART.includes(outcome);
    if (apart || outcome === 'duplicate' || this.kind === 'out_of_scope') {
      for (const round of this.rounds) {
        round.counted = false;
        if (round.stopped !== null) continue;
        round.stopped = now;
        round.fate = 'void';
      }
    } else {
      this.stop(['verify', 'settle', 'ask_back', 'extension_answer', 'assign'], now);
      this.stop(['screen', 'accept', 'propose_assignment'], now);
      this.stop(['transfer'], now, 'void');
    }
    this.start('notify_result', 'resolved', around);
    this.start('archive', 'resolved', around);
    if (waiting?.violationLeft === true) this.start('pass_file', 'resolved', around);
    this.flow(
      outcome === 'duplicate' ? 'merged' : outcome === 'transferred' ? 'transferred' : 'settled',
      now,
    );
  }

  #takeOver(unit: string, around: Around): void {
    const { now } = around;
    this.stop(['classify', ...WORK, 'transfer_ack', 'ask_back', ...OF_EACH_UNIT], now);
    this.flow('went', now, this.holder, unit);
    this.flow('came', now, unit, this.holder);
    this.holder = unit;
    this.sentTo = null;
    this.lies = 'work';
    this.stage = 'received';
    this.extension = 0;
    this.assignee = null;
    for (const round of this.rounds) if (round.stopped === null) round.unit = unit;
    this.#number(around);
    this.start('classify', 'taken_over', around);
    for (const clock of WORK) this.start(clock, 'taken_over', around);
  }

  #extend(now: number): void {
    const { waiting } = this;
    this.waiting = null;
    this.extension = waiting?.number ?? this.extension;
    this.stop(['extension_answer'], now);
    const due = this.running('settle')?.due;
    for (const clock of WORK) {
      const round = this.running(clock);
      if (round === undefined || round.due !== due || waiting?.until === undefined) continue;
      round.due = lastSecond(waiting.until);
    }
  }
}
