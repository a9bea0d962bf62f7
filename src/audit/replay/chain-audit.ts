import { dayOf } from '../../domain/calendar.ts';
import { isTipId, type TipId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plans.ts';
import type { Balance } from '../../domain/rates.ts';
import { chainUnbroken } from '../checks/chain.ts';
import { deadlineSpoken } from '../checks/deadline.ts';
import { mergeLives } from '../checks/merge.ts';
import { readBeforeOpen } from '../checks/read.ts';
import { signerEntitled } from '../checks/signer.ts';
import { stepLegal } from '../checks/step.ts';
import { timeBounded } from '../checks/time.ts';
import { twoSigners } from '../checks/two-signers.ts';
import type { LawData } from '../law.ts';
import type { People } from '../people.ts';
import { periodOf, RateBook } from '../rates.ts';
import type { AuditedRates } from '../report.ts';
import type { CheckName } from '../violation.ts';
import { ChainOrder, type Hole } from './chain-order.ts';
import { Escalations } from './escalations.ts';
import { auditEvent, type Fault, type OpenedEvent, type SignatureDue } from './event.ts';
import { Merges } from './merges.ts';
import { type ChainSoFar, type EventPoint, type Found, NOTHING, onlyFault } from './point.ts';
import { Reads } from './reads.ts';
import { Shredded } from './shredded.ts';
import { type BatchTimes, TimeOrder } from './times.ts';
import { type Holidays, type Rights, TipReplay } from './tip-replay.ts';

/** What chains are judged by. */
export interface ChainAuditWorld {
  readonly instance: string;
  readonly law: LawData;
  readonly people: People;
  readonly rights: Rights;
  readonly holidays: Holidays;
  /** Batches of the log, all of them. */
  readonly batches: BatchTimes;
  /** As in `EventPoint`. */
  readonly boxes: ReadonlyMap<string, Uint8Array>;
}

/** Checks of law and people that look at one event, in the order in which they name a fault. */
const ON_EVENT: readonly { readonly name: CheckName; readonly run: (at: EventPoint) => Found }[] = [
  { name: 'chainUnbroken', run: chainUnbroken },
  { name: 'signerEntitled', run: signerEntitled },
  { name: 'twoSigners', run: twoSigners },
  { name: 'timeBounded', run: timeBounded },
  { name: 'stepLegal', run: stepLegal },
  { name: 'readBeforeOpen', run: readBeforeOpen },
];

/**
 * The chains of a log, one after the other in any order but readers' before tips': who signed, who was two, when it was, whether the law allows
 * it, and what it adds to the figures. One chain is in memory at a time. Whoever reads the bundle has checked leaves and parts before.
 */
export class ChainAudit {
  readonly #world: ChainAuditWorld;
  readonly #wanted: (name: CheckName) => boolean;
  readonly #onEvent: typeof ON_EVENT;
  readonly #rates = new RateBook();
  readonly #reads = new Reads();
  readonly #merges = new Merges();
  readonly #escalations: Escalations;
  /** Subjects that are no tips: people, units, the directory, the log. */
  readonly #others = new Set<string>();
  #chain: ChainSoFar | null = null;
  #shredded = new Shredded();
  #tips = 0;

  /** `wanted`: checks that are to run. */
  constructor(world: ChainAuditWorld, wanted: (name: CheckName) => boolean = () => true) {
    this.#world = world;
    this.#escalations = new Escalations(world.law.rules);
    this.#wanted = wanted;
    this.#onEvent = ON_EVENT.filter(({ name }) => wanted(name));
  }

  get tips(): number {
    return this.#tips;
  }

  /** Each subject has one chain: a second would be another life of the same tip, or the same one counted twice. */
  begin(subject: string): Found {
    const { instance, law, people, rights, holidays } = this.#world;
    const id = subject.startsWith('tip:') ? subject.slice('tip:'.length) : '';
    const shared = { instance, law, people, rights, holidays, rates: this.#rates };
    const replay = isTipId(id) ? new TipReplay(shared, id) : null;
    if (replay !== null) this.#tips++;
    this.#shredded = new Shredded();
    this.#chain = { subject, order: new ChainOrder(), times: new TimeOrder(), replay };
    const isSecond = replay === null ? this.#others.has(subject) : this.#merges.knows(replay.tip);
    if (replay === null) this.#others.add(subject);
    return isSecond && this.#wanted('chainUnbroken')
      ? onlyFault({ check: 'chainUnbroken', detail: 'a second chain of one subject' })
      : NOTHING;
  }

  event(opened: OpenedEvent): Found {
    const event = auditEvent(opened);
    const chain = this.#chain;
    if (chain === null) throw new Error('no chain was begun');
    const { people, boxes, batches } = this.#world;
    if (chain.subject.startsWith('reader:')) this.#reads.note(event);
    if (chain.replay === null) this.#escalations.event(chain.subject, event);
    this.#shredded.event(event, this.#world.batches.isAnew(event.index));
    const point: EventPoint = {
      ...{ event, chain, people, boxes, reads: this.#reads },
      batch: batches.numberOf(event.index),
      bounds: batches.boundsOf(event.index),
      replayed: chain.replay === null ? NOTHING : chain.replay.step(event),
    };
    const faults: Fault[] = [];
    const due: SignatureDue[] = [];
    for (const { run } of this.#onEvent) {
      const found = run(point);
      if (found.faults.length > 0) faults.push(...found.faults);
      if (found.due.length > 0) due.push(...found.due);
    }
    return { faults, due };
  }

  /** Shredded events of the chain, with the places of their leaves. */
  hole(hole: Hole, indices: readonly number[]): Found {
    const chain = this.#chain;
    if (chain === null) throw new Error('no chain was begun');
    chain.replay?.hole();
    this.#shredded.hole(hole, indices);
    const batches = indices.map((index) => this.#world.batches.numberOf(index));
    const fault = chain.order.hole(hole, batches);
    return this.#wanted('chainUnbroken') ? onlyFault(fault) : NOTHING;
  }

  /** The chain's end. */
  end(): Found {
    const chain = this.#chain;
    this.#chain = null;
    const replay = chain?.replay ?? null;
    if (chain === null || replay === null) return NOTHING;
    replay.close();
    const { end } = replay;
    this.#merges.tip(replay.tip, end?.leftRates ?? false, end?.merge?.into ?? null);
    this.#escalations.tip(replay, this.#world.batches.newest);
    const undue = this.#undue();
    if (undue !== null) return onlyFault(undue);
    return this.#wanted('deadlineSpoken') ? deadlineSpoken(chain, this.#world.batches.newest) : NOTHING;
  }

  /** Of the chain that ends: a shredding that no rule allows. */
  #undue(): Fault | null {
    if (!this.#wanted('shreddingAttested')) return null;
    const detail = this.#shredded.fault(this.#world.law.retention);
    return detail === null ? null : { check: 'shreddingAttested', detail };
  }

  /** Duplicates that live on nowhere; after the last chain. */
  lostMerges(): readonly { readonly tip: TipId; readonly fault: Fault }[] {
    return this.#wanted('mergeLives') ? mergeLives(this.#merges) : [];
  }

  /** Deadlines that passed and of which nobody was told; after the last chain. */
  untold(): ReturnType<Escalations['missing']> {
    return this.#wanted('escalationMissing') ? this.#escalations.missing() : [];
  }

  /** Rates and balance as they stood at the newest batch head. */
  figures(plans: readonly Plan[]): { readonly rates: readonly AuditedRates[]; readonly balance: Balance } {
    const today = dayOf(this.#world.batches.newest);
    const balance = this.#rates.balance({ ...periodOf(null, today), today });
    return { rates: this.#rates.rates(plans, today), balance };
  }
}
