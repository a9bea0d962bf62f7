import type { CitizenAct } from './conversation.ts';
import type { CitizenPart, SealedMessage } from './event-parts.ts';
import type { Hash, StaffId, UnitId } from './ids.ts';
import type { TipChange, TipState } from './life-cycle-types.ts';

/** Who wrote something down for a caller. */
export interface OperatorName {
  readonly staff: StaffId;
  readonly unit: UnitId;
}

/** What the parts of a citizen's step are made of; the browser knows all of it from the mailbox. */
export interface CitizenStepFacts {
  readonly state: Pick<TipState, 'unit'>;
  /** What `decideCitizen` made of it. */
  readonly change: Pick<TipChange, 'stage' | 'overlay' | 'outcome'>;
  readonly act: CitizenAct;
  /** H('tk1/author', tip, key) of the key that signs this step. */
  readonly author: Hash;
  /** The envelope that travels with it; null for a step without one. */
  readonly message: SealedMessage | null;
  /** The operator who typed it; null for the citizen's own browser. */
  readonly operator: OperatorName | null;
}

/** The part of a citizen's step that the holder of the code sees; `via` only where an operator took part. */
export type CitizenStepPart = CitizenPart & { readonly via?: 'operator' };

/** The part of a citizen's step that the unit sees. No person but an operator, no text. */
export type CitizenStepRestricted = {
  readonly v: 1;
  readonly author: Hash;
  readonly act: { readonly [key: string]: string | boolean };
  readonly message: { readonly no: number; readonly seal: string } | null;
  readonly operator: { readonly staff: StaffId; readonly unit: UnitId } | null;
};

/** An act's data with its keys in one order. */
const plainCitizenAct = (act: CitizenAct): { readonly [key: string]: string | boolean } => {
  const { step } = act;
  if (act.step === 'consent_answered') return { step, unit: act.unit, yes: act.yes };
  if (act.step === 'mailbox_changed') return { step, mailbox: act.mailbox, next: act.next };
  return { step };
};

/**
 * The two parts of the event that records a citizen's step. The browser builds and signs them, the server builds them again and takes
 * only equal bytes (docs/protocol.md, Citizens' steps). The order of the keys is part of the format.
 */
export const citizenStepParts = (
  facts: CitizenStepFacts,
): { readonly citizen: CitizenStepPart; readonly restricted: CitizenStepRestricted } => {
  const { state, change, act, author, operator } = facts;
  const message = facts.message === null ? null : { no: facts.message.no, seal: facts.message.seal };
  const citizen: CitizenStepPart = {
    v: 1,
    step: act.step,
    stage: change.stage,
    overlay: change.overlay,
    outcome: change.outcome,
    unit: state.unit,
    message,
  };
  return {
    citizen: operator === null ? citizen : { ...citizen, via: 'operator' },
    restricted: {
      v: 1,
      author,
      act: plainCitizenAct(act),
      message,
      operator: operator === null ? null : { staff: operator.staff, unit: operator.unit },
    },
  };
};

/** The parts of `code_not_given`, which the operator who took the tip signs: the caller hung up before the code was read back. */
export const codeNotGivenParts = (
  state: Pick<TipState, 'unit' | 'stage' | 'overlay' | 'outcome'>,
  operator: OperatorName,
): {
  readonly citizen: CitizenPart;
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
  };
} => ({
  citizen: {
    v: 1,
    step: 'code_not_given',
    stage: state.stage,
    overlay: state.overlay,
    outcome: state.outcome,
    unit: state.unit,
    message: null,
  },
  restricted: { v: 1, actor: { staff: operator.staff, unit: operator.unit } },
});
