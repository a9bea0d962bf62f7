import type { Day, StaffId, TipId } from './ids.ts';
import type { Outcome } from './terms.ts';

/** A follow-up that somebody still has to do. */
export interface PostCheckRow {
  readonly tip: TipId;
  readonly registerNumber: string | null;
  readonly outcome: Outcome | null;
  readonly day: Day;
  readonly kind: 'sanction' | 'hotspot';
  readonly focal: StaffId;
  readonly deputy: StaffId;
}
