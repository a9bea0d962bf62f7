import { type Conduct, type ConductTable, parseConduct } from '../../src/domain/conduct.ts';
import {
  hourOf,
  type Seconds,
  type StaffId,
  secondsOfHour,
  type TipId,
  type UnitId,
} from '../../src/domain/ids.ts';
import { type LawOfSteps, PLAIN_CASE, readLawOfSteps } from '../../src/domain/law.ts';
import { decide, initialState, outcomesFor } from '../../src/domain/life-cycle.ts';
import type { Act, Actor, TipChange, TipState } from '../../src/domain/life-cycle-types.ts';
import { initialPriority, proposedPriority } from '../../src/domain/priority.ts';
import type {
  Assurance,
  ConductGroup,
  IntakeChannel,
  LegalKind,
  Outcome,
  UnitKind,
} from '../../src/domain/terms.ts';
import type { ReferenceData } from '../../src/ports/deps.ts';
import { FORM_03, ORDINARY } from '../fixtures/acts.ts';
import { type SeededRandom, weighted } from './seeded-random.ts';
import { TipFold } from './tip-fold.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A unit that handles tips, with the people who sign there. */
export interface Place {
  readonly unit: UnitId;
  readonly kind: UnitKind;
  readonly parent: UnitId | null;
  readonly head: StaffId;
  readonly officers: readonly StaffId[];
}

/** One step as it was decided, for whoever wants to sign its event. */
export interface StoryStep {
  readonly state: TipState;
  readonly act: Act;
  readonly change: TipChange;
  readonly actor: Actor;
  readonly at: Seconds;
}

/** A tip's whole life up to now. */
export interface Story {
  readonly fold: TipFold;
  readonly first: TipChange;
  readonly unit: UnitId;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  readonly group: ConductGroup;
  readonly steps: readonly StoryStep[];
}

interface Law extends LawOfSteps {
  readonly conduct: ConductTable;
}

const OUTCOMES = weighted<Outcome>([
  ['sanctioned', 25],
  ['inspected', 20],
  ['unfounded', 18],
  ['kept', 10],
  ['insufficient', 10],
  ['prosecuted', 8],
  ['referred_support', 4],
  ['not_prosecuted', 3],
  ['duplicate', 2],
]);
/** The figures of a bench do not ask which tip a duplicate is merged into. */
const ANOTHER = '0'.repeat(32) as TipId;
const KINDS = weighted<LegalKind>([
  ['crime_denunciation', 30],
  ['crime_report', 18],
  ['denunciation_info', 15],
  ['feedback', 15],
  ['admin_violation', 12],
  // Complaints need a name and a door that takes one; most tips have neither.
  ['petition', 7],
  ['support_request', 2],
  ['out_of_scope', 1],
]);
const CHANNELS = weighted<IntakeChannel>([
  ['web', 80],
  ['hotline', 12],
  ['tip_box', 3],
  ['in_person', 3],
  ['post', 2],
]);
const ASSURANCES = weighted<Assurance>([
  ['e2ee', 88],
  ['server-sealed', 7],
  ['operator', 5],
]);

/**
 * Lives of tips as units lead them: nearly all in time, some late, a few left lying, spam and duplicates set apart by two people, some
 * handed to another unit. Every step is decided by the life cycle's own table and clocks.
 */
export class StoryTeller {
  readonly #law: Law;
  readonly #random: SeededRandom;
  readonly #places: ReadonlyMap<UnitId, Place>;
  readonly #order: readonly Place[];
  readonly #drawPlace: (random: SeededRandom) => Place;
  readonly #drawConduct: (random: SeededRandom) => Conduct;
  readonly #firsts = new Map<string, TipChange>();

  constructor(data: ReferenceData, places: readonly (readonly [Place, number])[], random: SeededRandom) {
    this.#law = {
      ...readLawOfSteps((name) => data.get(name)),
      conduct: parseConduct(data.get('conduct')),
    };
    this.#random = random;
    this.#order = places.map(([place]) => place);
    this.#places = new Map(this.#order.map((place) => [place.unit, place]));
    this.#drawPlace = weighted(places);
    this.#drawConduct = weighted(this.#law.conduct.conducts.map((entry, i) => [entry, 1 / (i + 1)] as const));
  }

  /** The life, until `now`, of a tip that came in within the hour of `received`. */
  tell(received: number, now: number): Story {
    const random = this.#random;
    const place = this.#drawPlace(random);
    const conduct = this.#drawConduct(random);
    const urgent = random.chance(0.04);
    const hour = hourOf(received);
    const first = this.#first(place.kind, urgent, conduct, secondsOfHour(hour));
    const fold = new TipFold(place.unit, urgent, hour, first);
    const steps: StoryStep[] = [];
    this.#lead(fold, steps, conduct, now);
    return {
      fold,
      first,
      unit: place.unit,
      channel: CHANNELS(random),
      assurance: ASSURANCES(random),
      group: conduct.group,
      steps,
    };
  }

  #first(unitKind: UnitKind, urgent: boolean, { group }: Conduct, t0: Seconds): TipChange {
    const priority = initialPriority(urgent, group, this.#law.conduct);
    const name = `${unitKind} ${priority} ${t0}`;
    const known = this.#firsts.get(name) ?? initialState({ unitKind, priority, t0 }, this.#law);
    if (this.#firsts.size > 2_000) this.#firsts.clear();
    this.#firsts.set(name, known);
    return known;
  }

  #lead(fold: TipFold, steps: StoryStep[], conduct: Conduct, now: number): void {
    const random = this.#random;
    const slow = random.chance(0.05) ? 6 : 1;
    let at = fold.state.t0 + random.below(HOUR);
    /** Takes one step after a wait; false when that lies ahead of us or nobody ever does it. */
    const take = (wait: number, actor: Actor, act: Act): boolean => {
      at += Math.max(60, Math.floor(wait * slow));
      if (at > now || random.chance(0.002)) return false;
      const { state } = fold;
      const unitKind = this.#kindAfter(state, act);
      // Whoever decides has the right to: of what is refused a bench measures nothing.
      const context = { ...this.#law, ...PLAIN_CASE, settlement: [], now: at as Seconds, unitKind };
      // The clocks of the fold change in place: what is kept of the state before is its list as it was.
      const change = decide(state, actor, act, context);
      steps.push({ state, act, change, actor, at: at as Seconds });
      fold.apply(change, at as Seconds);
      return true;
    };
    const officer = (): Actor => this.#actor(fold.state, 'officer');
    const head = (): Actor => this.#actor(fold.state, 'head');
    const priority = proposedPriority(fold.state.urgent, conduct.id, this.#law.conduct);
    const legalKind = KINDS(random);
    const classify = (competent: boolean): Act => ({
      step: 'classified',
      legalKind,
      conduct: conduct.id,
      priority,
      competent,
      ...ORDINARY,
      ...(legalKind === 'denunciation_info'
        ? { evidence: { violator: true, proof: true, basis: true } }
        : {}),
    });

    if (!take(random.waiting(5 * HOUR, 23 * HOUR), officer(), { step: 'registered' })) return;
    if (random.chance(0.015)) {
      const above = this.#above(fold.state);
      const proposal = { step: 'resolution_proposed', outcome: 'spam', ...document(random) } as const;
      if (above === null || !take(random.waiting(8 * HOUR, 2 * DAY), officer(), proposal)) return;
      take(random.waiting(12 * HOUR, 3 * DAY), above, { step: 'resolved', decision: 1 });
      return;
    }
    const other = random.chance(0.04) ? this.#other(fold.state) : null;
    if (!take(random.waiting(4 * HOUR, 20 * HOUR), officer(), classify(other === null))) return;
    if (other !== null) {
      const sent = {
        step: 'transfer_sent',
        toUnit: other.unit,
        ground: 'Thuộc thẩm quyền của đơn vị khác.',
        ...FORM_03,
      } as const;
      if (!take(random.waiting(6 * HOUR, 22 * HOUR), head(), sent)) return;
      const receiver = { staff: other.head, unit: other.unit, roles: ['head'], overTipUnit: false } as const;
      if (!take(random.waiting(6 * HOUR, 22 * HOUR), receiver, { step: 'transfer_acknowledged' })) return;
      if (!take(random.waiting(4 * HOUR, 20 * HOUR), officer(), classify(true))) return;
    }
    if (random.chance(0.7)) {
      const assignee = officer().staff;
      if (!take(random.waiting(8 * HOUR, DAY), head(), { step: 'assigned', assignee })) return;
    }
    const plan = 'Xác minh tại chỗ, ghi lời khai, đối chiếu hồ sơ.';
    if (!take(random.waiting(8 * HOUR, DAY), officer(), { step: 'verification_started', plan })) return;
    const drawn = OUTCOMES(random);
    // What the kind of the tip cannot end as is found to be without ground.
    const outcome = outcomesFor(fold.state, officer()).includes(drawn) ? drawn : 'unfounded';
    const merged = outcome === 'duplicate' ? { mergedInto: ANOTHER } : {};
    const noCase =
      outcome === 'not_prosecuted' ? ({ noCase: 'no_crime', violationLeft: false } as const) : {};
    const proposal: Act = {
      step: 'resolution_proposed',
      outcome,
      ...document(random),
      ...merged,
      ...noCase,
    };
    if (!take(random.waiting(2 * DAY, 5 * DAY), officer(), proposal)) return;
    if (!take(random.waiting(DAY, 4 * DAY), head(), { step: 'resolved', decision: 1 })) return;
    if (!take(random.waiting(DAY, 2.5 * DAY), officer(), { step: 'notified', impossible: null })) return;
    take(random.waiting(10 * DAY, 25 * DAY), officer(), { step: 'archived' });
  }

  #kindAfter(state: TipState, act: Act): UnitKind {
    const unit = act.step === 'transfer_acknowledged' ? (state.transferTo ?? state.unit) : state.unit;
    return this.#place(unit).kind;
  }

  #place(unit: UnitId): Place {
    const place = this.#places.get(unit);
    if (place === undefined) throw new Error(`no place ${unit}`);
    return place;
  }

  #actor({ unit }: TipState, role: 'officer' | 'head'): Actor {
    const { head, officers } = this.#place(unit);
    const staff = role === 'head' ? head : (officers[this.#random.below(officers.length)] ?? head);
    return { staff, unit, roles: [role], overTipUnit: false };
  }

  /** The head of the unit above, the person from outside in what sets a tip apart. */
  #above({ unit }: TipState): Actor | null {
    const parent = this.#place(unit).parent;
    const place = parent === null ? undefined : this.#places.get(parent);
    return place ? { staff: place.head, unit: place.unit, roles: ['head'], overTipUnit: true } : null;
  }

  /** Where a tip goes that is another unit's: mostly up, else to one of a few neighbours. */
  #other({ unit }: TipState): Place | null {
    const { parent } = this.#place(unit);
    const above = parent === null ? undefined : this.#places.get(parent);
    if (above !== undefined && this.#random.chance(0.6)) return above;
    const at = this.#order.findIndex((place) => place.unit === unit);
    return this.#order[at + 1 + this.#random.below(3)] ?? null;
  }
}

const document = (random: SeededRandom) => ({
  documentNumber: `${1 + random.below(900)}/KL-CA`,
  ground: 'Đã xác minh tại địa bàn, lập biên bản và báo cáo.',
});
