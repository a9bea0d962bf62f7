import { isDay, isHash, isTipId, isUnitId } from './ids.ts';
import { type PendingDecision, type Step, SUSPENSION_GROUNDS, type TipChange } from './life-cycle-types.ts';
import { OUTCOMES } from './terms.ts';

/** The step whose statement a completing step carries with both signatures. */
export const PROPOSAL_OF: Readonly<Partial<Record<Step, Step>>> = {
  resolved: 'resolution_proposed',
  extended: 'extension_proposed',
  suspended: 'suspension_proposed',
  shredded: 'shredding_proposed',
};

/** Who proposed, and the decision's number. */
export type ProposedBy = Pick<PendingDecision, 'id' | 'proposedBy' | 'proposerUnit'>;
type DecisionData = { readonly [key: string]: string };

const resolution = (data: DecisionData, proposed: ProposedBy): PendingDecision | null => {
  const outcome = OUTCOMES.find((known) => known === data.outcome);
  const { documentNumber = '', mergedInto = '' } = data;
  if (outcome === undefined) return null;
  return {
    ...{ ...proposed, kind: 'resolution', outcome, documentNumber: documentNumber || null },
    mergedInto: isTipId(mergedInto) ? mergedInto : null,
    violationLeft: data.violationLeft === 'yes',
  };
};

const extension = (data: DecisionData, proposed: ProposedBy): PendingDecision | null => {
  const { number, until = '', documentNumber = '', toUnit = null } = data;
  if (!isDay(until) || (toUnit !== null && !isUnitId(toUnit))) return null;
  return {
    ...{ ...proposed, kind: 'extension', documentNumber: documentNumber || null },
    ...{ number: number === '2' ? 2 : 1, until, toUnit },
  };
};

const suspension = (data: DecisionData, proposed: ProposedBy): PendingDecision | null => {
  const ground = SUSPENSION_GROUNDS.find((known) => known === data.why);
  const { documentNumber = '', toUnit = '' } = data;
  if (ground === undefined || !isUnitId(toUnit)) return null;
  return { ...proposed, kind: 'suspension', documentNumber: documentNumber || null, ground, toUnit };
};

const shredding = (data: DecisionData, proposed: ProposedBy): PendingDecision | null => {
  const { rule = '', audited = '', upTo = '' } = data;
  return isHash(audited) ? { ...proposed, kind: 'shredding', rule, audited, upTo: Number(upTo) } : null;
};

const READERS: Readonly<
  Record<PendingDecision['kind'], (data: DecisionData, proposed: ProposedBy) => PendingDecision | null>
> = { resolution, extension, suspension, shredding };

/** The open decision that a proposal's data (`TipChange.openDecision`) make; null where they are of no decision of that kind. */
export const pendingFrom = (
  { kind, data }: Pick<NonNullable<TipChange['openDecision']>, 'kind' | 'data'>,
  proposed: ProposedBy,
): PendingDecision | null => READERS[kind](data, proposed);
