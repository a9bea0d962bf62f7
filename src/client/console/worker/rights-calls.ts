import type { Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { InvestigatorGrade } from '../../../domain/settlement.ts';
import type { LegalKind } from '../../../domain/terms.ts';

/** A right to settle as a leader wants to give it. */
export interface RightWish {
  readonly person: StaffId;
  readonly unit: UnitId;
  readonly grade: InvestigatorGrade;
  readonly legalKinds: readonly LegalKind[];
  readonly document: string;
  readonly from: Seconds;
  readonly until: Seconds | null;
}

/** What the page asks of the Worker about rights to settle. */
export interface RightsCalls {
  /** Signs an assignment and hands it in. */
  giveRight: { readonly in: RightWish; readonly out: null };
}
