import type { TipId, UnitId } from '../../domain/ids.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { EventRow, Stale } from './event-row.ts';
import type { AttachmentClaim } from './upload-store.ts';

/** A working copy as it was sealed: what of a tip may be passed on. */
export interface CopyRow {
  readonly tip: TipId;
  /** Number in the tip's series of copies, 1 to 100. */
  readonly no: number;
  /** The unit that made it, and the one that it is for; the same where it stays. */
  readonly unit: UnitId;
  readonly toUnit: UnitId;
  readonly core: Uint8Array;
  readonly body: Uint8Array;
  readonly seal: Uint8Array;
  readonly wraps: Uint8Array;
  /** Exact bytes of the manifest; absent where no picture goes with it. */
  readonly manifest?: Uint8Array;
}

/** One step `copy_made` with its copy. */
export interface CopyCommit {
  readonly event: EventRow;
  readonly change: TipChange;
  readonly copy: CopyRow;
  /** Finished uploads that the copy's manifest names, in its order; none where there is no manifest. */
  readonly pictures: readonly AttachmentClaim[];
}

export interface CopiesStore {
  /**
   * Writes the step's event and its copy, and claims its pictures, or nothing. AppError `tip_unknown`, `step_not_allowed` (the number is taken),
   * `attachment_missing` (a picture that is not finished, or claimed before).
   */
  make(commit: CopyCommit): Promise<'made' | Stale>;
  /** The copies of a tip, by number. */
  ofTip(tip: TipId): Promise<readonly CopyRow[]>;
  /** Copies that other units made for this one, newest tips first, at most 200. */
  receivedBy(unit: UnitId): Promise<readonly CopyRow[]>;
}
