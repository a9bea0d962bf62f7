import type { TipId } from './ids.ts';
import type { LegalKind, Outcome } from './terms.ts';
import { APART_OUTCOMES } from './transitions.ts';

/** True when an outcome takes a tip out of the population of every plan: a confirmed duplicate, spam, unreadable or out of scope. */
export const leavesPlans = (outcome: Outcome | null, legalKind: LegalKind | null): boolean =>
  outcome !== null &&
  (outcome === 'duplicate' || APART_OUTCOMES.includes(outcome) || legalKind === 'out_of_scope');

/** What must be known of the tip that a duplicate is merged into. */
export interface MergeTarget {
  readonly tip: TipId;
  readonly outcome: Outcome | null;
  readonly legalKind: LegalKind | null;
}

/**
 * True when a tip may be merged into another: not into itself, and into one that is still counted, so that what is merged goes on being
 * counted once. That the unit may see the other one, whoever loaded it has checked.
 */
export const mayMergeInto = (tip: TipId, target: MergeTarget): boolean =>
  target.tip !== tip && !leavesPlans(target.outcome, target.legalKind);
