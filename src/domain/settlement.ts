import { isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day, Hash, Seconds, StaffId, UnitId } from './ids.ts';
import {
  type Circumstance,
  LEGAL_KINDS,
  type LegalKind,
  OUTCOMES,
  type Outcome,
  UNIT_KINDS,
  type UnitKind,
} from './terms.ts';

export const INVESTIGATOR_GRADES = ['mid', 'high'] as const;
export type InvestigatorGrade = (typeof INVESTIGATOR_GRADES)[number];

/** A recorded assignment of the right to settle: to one person, by the unit above, on paper with a number. Ended, never edited. */
export interface SettlementRight {
  /** Hash of the signed statement. */
  readonly id: Hash;
  readonly unit: UnitId;
  readonly staff: StaffId;
  readonly grade: InvestigatorGrade;
  readonly legalKinds: readonly LegalKind[];
  readonly document: string;
  readonly from: Seconds;
  /** First second in which it no longer holds; null while it does. */
  readonly until: Seconds | null;
}

/** Where the right to settle hangs on an assignment (`db/data/settlement.json`); everywhere else a leader of the unit has it. */
export interface SettlementRule {
  readonly unitKinds: readonly UnitKind[];
  readonly legalKinds: readonly LegalKind[];
  /** `suspended` stands for the decision to suspend. */
  readonly outcomes: readonly Outcome[];
  readonly from: Day;
  readonly until: Day | null;
  readonly basis: string;
}

/** What is to be settled, where and as what. */
export interface Settling {
  readonly unitKind: UnitKind;
  readonly legalKind: LegalKind | null;
  readonly outcome: Outcome;
  readonly circumstances: readonly Circumstance[];
}

/** Graver than what an assigned commune officer may settle. */
const ABOVE: readonly Circumstance[] = ['very_serious', 'especially_serious'];

/**
 * Why this person may not settle at this moment, or null: `no_right_to_settle` (no assignment that holds now and covers the kind),
 * `above_level` (very or especially serious: it must be transferred, whatever the assignment says).
 */
export const settlingProblem = (
  settling: Settling,
  person: { readonly staff: StaffId; readonly unit: UnitId; readonly rights: readonly SettlementRight[] },
  at: { readonly now: Seconds; readonly day: Day; readonly rules: readonly SettlementRule[] },
): 'no_right_to_settle' | 'above_level' | null => {
  const { unitKind, legalKind, outcome, circumstances } = settling;
  const needed = at.rules.some(
    (rule) =>
      legalKind !== null &&
      rule.unitKinds.includes(unitKind) &&
      rule.legalKinds.includes(legalKind) &&
      rule.outcomes.includes(outcome) &&
      rule.from <= at.day &&
      (rule.until === null || at.day <= rule.until),
  );
  if (!needed || legalKind === null) return null;
  if (ABOVE.some((one) => circumstances.includes(one))) return 'above_level';
  const held = person.rights.some(
    (right) =>
      right.staff === person.staff &&
      right.unit === person.unit &&
      right.legalKinds.includes(legalKind) &&
      right.from <= at.now &&
      (right.until === null || at.now < right.until),
  );
  return held ? null : 'no_right_to_settle';
};

/** Reads the parsed `db/data/settlement.json`. Throws `DataError` naming the entry. */
export const parseSettlement = (json: unknown): SettlementRule[] => {
  const day = (entry: DataValue): Day => {
    const text = entry.text();
    return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
  };
  return new DataValue('settlement', json)
    .at('assignments')
    .items()
    .map((entry) => ({
      unitKinds: entry
        .only('unitKinds', 'legalKinds', 'outcomes', 'from', 'until', 'basis')
        .at('unitKinds')
        .items()
        .map((item) => item.oneOf(UNIT_KINDS)),
      legalKinds: entry
        .at('legalKinds')
        .items()
        .map((item) => item.oneOf(LEGAL_KINDS)),
      outcomes: entry
        .at('outcomes')
        .items()
        .map((item) => item.oneOf(OUTCOMES)),
      from: day(entry.at('from')),
      until: entry.at('until').orNull(day),
      basis: entry.at('basis').text(),
    }));
};
