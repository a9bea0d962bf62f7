import type { Day, Hash, StaffId, TipId } from '../../../domain/ids.ts';
import type { Kept } from '../../../domain/retention.ts';
import type { Outcome } from '../../../domain/terms.ts';

/** A tip that two leaders may shred, as `GET /api/staff/retention` gives it. */
export interface DueTip {
  readonly tip: TipId;
  readonly registerNumber: string | null;
  readonly outcome: Outcome;
  readonly resolvedDay: Day;
  readonly rule: { readonly id: string; readonly basis: string; readonly nature: 'law' | 'policy' };
  /** Code of why no audited checkpoint covers it; null when one does, or while a proposal waits. */
  readonly uncovered: string | null;
  readonly pending: { readonly proposedBy: StaffId } | null;
}

export interface DuePage {
  readonly rows: readonly DueTip[];
  /** How many other archived tips of the page stay, by reason. */
  readonly kept: Readonly<Partial<Record<Kept, number>>>;
  readonly audited: { readonly statement: Hash; readonly at: number } | null;
  readonly next: number | null;
}
