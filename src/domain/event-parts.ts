import type { Remains } from './contribution.ts';
import type { Hash, Seconds, StaffId, TipId, UnitId } from './ids.ts';
import type { Act, Actor, PendingDecision, Step, TipChange, TipState } from './life-cycle-types.ts';
import { type PlainAct, plainAct } from './plain-act.ts';
import type { LegalKind, Outcome, Overlay, Priority, Stage } from './terms.ts';

/**
 * The two parts of the event that records an officer's step. The console builds them and signs; the server builds them again from
 * the same facts and takes the step only when the bytes of `JSON.stringify` are equal, so that nothing unforeseen can hide in a
 * signed event (docs/protocol.md, Events). The order of the keys is part of the format.
 */
export interface StepFacts {
  /** The tip before the step. */
  readonly state: TipState;
  readonly act: Act;
  /** What `decide` made of it. */
  readonly change: TipChange;
  readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
  /** The envelope that travels with the step (message or answer): its number in the thread and its seal hash in hex. */
  readonly message?: SealedMessage;
  /** New wraps blocks by envelope number, with their hashes in hex; ascending numbers. */
  readonly wraps?: readonly WrapsHash[];
  /** Exact text of the decision statement (a DSSE envelope): one signature in a proposal, both in the step that completes it. */
  readonly decision?: string;
  /** What remains of a shredded tip; with `shredded` and no other step. */
  readonly remains?: Remains;
}

export interface SealedMessage {
  readonly no: number;
  readonly seal: string;
}

export interface WrapsHash {
  readonly no: number;
  readonly hash: string;
}

/** What the holder of the code may see of a step: no person, no pending proposal, no register, no priority. */
export type CitizenPart = {
  readonly v: 1;
  readonly step: Step;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly outcome: Outcome | null;
  /** The unit that holds the tip after the step. */
  readonly unit: UnitId;
  readonly message: { readonly no: number; readonly seal: string } | null;
};

/** What the unit, those over it and independent auditors see of a step. Never content. */
export type RestrictedPart = {
  readonly v: 1;
  readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
  readonly from: { readonly unit: UnitId; readonly stage: Stage; readonly overlay: Overlay };
  /** The act with its data, keys in the order of `Act`. */
  readonly act: PlainAct;
  readonly after: {
    readonly priority: Priority;
    readonly legalKind: LegalKind | null;
    readonly conduct: string | null;
  };
  readonly message: { readonly no: number; readonly seal: string } | null;
  readonly wraps: readonly { readonly no: number; readonly hash: string }[];
  readonly decision: string | null;
  readonly remains?: Remains;
};

/** The part of a step that the citizen is shown. */
export const citizenPartOf = (facts: StepFacts): CitizenPart => ({
  v: 1,
  step: facts.change.step,
  stage: facts.change.stage,
  overlay: facts.change.overlay,
  outcome: facts.change.outcome,
  unit: holderAfter(facts.state, facts.change),
  message: plainMessage(facts.message),
});

/** The part of a step that the citizen is not shown. */
export const restrictedPartOf = (facts: StepFacts): RestrictedPart => ({
  v: 1,
  actor: { staff: facts.actor.staff, unit: facts.actor.unit },
  from: { unit: facts.state.unit, stage: facts.state.stage, overlay: facts.state.overlay },
  act: plainAct(facts.act),
  after: {
    priority: facts.change.priority,
    legalKind: facts.change.legalKind,
    conduct: facts.change.conduct,
  },
  message: plainMessage(facts.message),
  wraps: (facts.wraps ?? []).map(({ no, hash }) => ({ no, hash })),
  decision: facts.decision ?? null,
  ...(facts.remains === undefined ? {} : { remains: facts.remains }),
});

/** The unit that holds a tip once a change is made: another one when it acknowledged a transfer, or was given what concerns the first. */
export const holderAfter = (state: TipState, { custody }: TipChange): UnitId => {
  if (custody?.kind === 'divert') return custody.to;
  return custody?.kind === 'accept' ? custody.unit : state.unit;
};

/** The unit by whose rules a step is decided: the one that holds the tip once it is done. */
export const holderOnceDone = (state: TipState, actor: Pick<Actor, 'unit'>, act: Act): UnitId => {
  if (act.step === 'diverted') return act.toUnit;
  return act.step === 'transfer_acknowledged' ? actor.unit : state.unit;
};

const plainMessage = (message: SealedMessage | undefined): SealedMessage | null =>
  message === undefined ? null : { no: message.no, seal: message.seal };

/** What both people sign in a two-person step (`protocol/decision.ts`); `data` is what the change opened the decision with. */
export interface OpenedDecision {
  readonly instance: string;
  readonly tip: TipId;
  readonly kind: PendingDecision['kind'];
  readonly proposedBy: StaffId;
  readonly at: Seconds;
  readonly data: { readonly [key: string]: string };
}

/**
 * The decision that a proposal opens, or null when the change opens none. `at` is the time of the proposal's event: both signatures
 * are over these very bytes.
 */
export const openedDecision = (
  change: TipChange,
  named: { readonly instance: string; readonly tip: TipId; readonly at: Seconds },
): OpenedDecision | null => {
  const opened = change.openDecision;
  if (opened === undefined) return null;
  const { kind, proposedBy, data } = opened;
  return {
    instance: named.instance,
    tip: named.tip,
    kind,
    proposedBy,
    at: named.at,
    data: DECISION_DATA[kind](data),
  };
};

type DecisionData = { readonly [key: string]: string };

const resolutionData = (data: DecisionData): DecisionData => {
  const { outcome = '', documentNumber = '', ground = '', mergedInto, noCase, violationLeft } = data;
  const { acknowledgedBy } = data;
  return {
    ...{ outcome, documentNumber, ground },
    ...(mergedInto === undefined ? {} : { mergedInto }),
    ...(noCase === undefined ? {} : { noCase }),
    ...(violationLeft === undefined ? {} : { violationLeft }),
    ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
  };
};

const extensionData = (data: DecisionData): DecisionData => {
  const { number = '', until = '', documentNumber = '', ground = '', toUnit } = data;
  return { number, until, documentNumber, ground, ...(toUnit === undefined ? {} : { toUnit }) };
};

const suspensionData = ({
  why = '',
  documentNumber = '',
  ground = '',
  toUnit = '',
}: DecisionData): DecisionData => ({ why, documentNumber, ground, toUnit });

const shreddingData = ({ rule = '', audited = '', upTo = '' }: DecisionData): DecisionData => ({
  rule,
  audited,
  upTo,
});

/** The data of each kind of decision, its keys in one order. */
const DECISION_DATA: Readonly<Record<PendingDecision['kind'], (data: DecisionData) => DecisionData>> = {
  resolution: resolutionData,
  extension: extensionData,
  suspension: suspensionData,
  shredding: shreddingData,
};

/** What SUBMITTED says: the citizen's half, and the half with facts, author and, for a tip that an operator wrote down, by whom. */
export interface SubmittedFacts {
  readonly unit: UnitId;
  readonly seal: Hash;
  /** H('tk1/facts', facts). */
  readonly facts: Hash;
  /** H('tk1/author', tip, author key). */
  readonly author: Hash;
  readonly taken: { readonly staff: StaffId; readonly unit: UnitId } | null;
}

/** The parts of SUBMITTED; the server takes no other fields. */
export const submittedParts = ({
  unit,
  seal,
  facts,
  author,
  taken,
}: SubmittedFacts): {
  readonly citizen: { readonly state: 'submitted'; readonly unit: UnitId; readonly seal: Hash };
  readonly restricted: {
    readonly facts: Hash;
    readonly seal: Hash;
    readonly author: Hash;
    readonly taken?: { readonly staff: StaffId; readonly unit: UnitId };
  };
} => ({
  citizen: { state: 'submitted', unit, seal },
  restricted:
    taken === null
      ? { facts, seal, author }
      : { facts, seal, author, taken: { staff: taken.staff, unit: taken.unit } },
});

/** Type of the event that records which tips a member of staff reads; its subject is `reader:<staff>`. */
export const READ_EVENT = 'batch_read';

/** Parts of a read's event: the citizen's is empty; the other names the tips in the order in which they are asked for. */
export const readPartsOf = (
  actor: { readonly staff: StaffId; readonly unit: UnitId },
  tips: readonly TipId[],
): {
  readonly citizen: { readonly v: 1 };
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
    readonly tips: readonly TipId[];
  };
} => ({
  citizen: { v: 1 },
  restricted: { v: 1, actor: { staff: actor.staff, unit: actor.unit }, tips: [...tips] },
});
