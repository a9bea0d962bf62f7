import type { Hash, Hour, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A telephone system that may hand in recordings. The token itself is shown once and never kept. */
export interface Switchboard {
  readonly id: string;
  readonly unit: UnitId;
  readonly name: string;
  /** SHA-256 of the token. */
  readonly tokenHash: Hash;
  readonly revoked: boolean;
}

/** A sealed recording. Its bytes are a blob under the same id. */
export interface NewRecording {
  /** 32 hex digits; its upload is `complete`. */
  readonly id: string;
  readonly unit: UnitId;
  readonly hour: Hour;
  readonly bytes: number;
  readonly parts: number;
  readonly root: Hash;
  readonly partHashes: Uint8Array;
  /** Type, length in seconds and line, sealed under the recording's key. */
  readonly meta: Uint8Array;
  /** The recording's key sealed to each operator (1168 bytes). At least one. */
  readonly wraps: readonly { readonly staff: StaffId; readonly wrap: Uint8Array }[];
  /** Shares of the key for the recovery holders (1169 bytes each). */
  readonly shares: readonly { readonly holder: string; readonly share: Uint8Array }[];
}

export interface RecordingRow {
  readonly id: string;
  readonly unit: UnitId;
  readonly hour: Hour;
  readonly bytes: number;
  /** True once somebody opened it. */
  readonly opened: boolean;
}

/** What an operator needs to open one. */
export interface OpenRecording extends RecordingRow {
  readonly parts: number;
  readonly root: Hash;
  readonly partHashes: Uint8Array;
  readonly meta: Uint8Array;
  readonly wrap: Uint8Array;
}

/** How a recording ended. `nothing`: silence, a wrong number; a reason is in the event. */
export type RecordingEnd = 'transcribed' | 'nothing';

/** A tip box opened by two people. */
export interface BoxOpening {
  readonly id: string;
  readonly unit: UnitId;
  readonly box: string;
  readonly day: string;
  /** Letters found, and how many of them have been entered as tips. */
  readonly count: number;
  readonly entered: number;
  /** Exact DSSE bytes: one signature while `pending`, two after. */
  readonly statement: Uint8Array;
  readonly pending: boolean;
  readonly openedBy: StaffId;
}

export interface HotlineStore {
  addSwitchboard(event: EventRow, switchboard: Switchboard): Promise<'added' | 'exists' | Stale>;
  revokeSwitchboard(event: EventRow, id: string): Promise<boolean | Stale>;
  switchboards(): Promise<readonly Switchboard[]>;
  byToken(tokenHash: Hash): Promise<Switchboard | null>;
  /** Takes in a recording whose upload is `complete`, with the service's event of its unit. */
  addRecording(event: EventRow, recording: NewRecording): Promise<'added' | 'missing' | Stale>;
  recordings(unit: UnitId): Promise<readonly RecordingRow[]>;
  /** Units that got recordings after the one of this number (0: all), and the newest number: for what another process brought in. */
  recordingsAfter(seq: number): Promise<{ readonly newest: number; readonly units: readonly UnitId[] }>;
  /** Commits one event of a reader (`recording_opened`); null when it has no wrap for this person or is gone. */
  openRecording(event: EventRow, staff: StaffId, id: string): Promise<OpenRecording | null | Stale>;
  /**
   * Commits one event of a reader (`recording_ended`) and, in the same transaction, deletes key wraps, shares, hashes and sealed
   * particulars, so that nothing can open the voice any more; then cuts the write-ahead log. The blob is the caller's to delete: its
   * upload is `dropping` now.
   */
  endRecording(event: EventRow, unit: UnitId, id: string, end: RecordingEnd): Promise<boolean | Stale>;
  /** Who took a tip down; null for tips that nobody did. */
  takenBy(tip: TipId): Promise<{ readonly staff: StaffId; readonly unit: UnitId } | null>;
  /** Marks that the caller went without the code, by a signed event of the tip (`code_not_given`). */
  codeNotGiven(event: EventRow, tip: TipId, staff: StaffId): Promise<'marked' | 'unknown' | Stale>;
  /** `exists`: an opening has this id already, of this unit or another. */
  proposeOpening(event: EventRow, opening: BoxOpening): Promise<'proposed' | 'exists' | Stale>;
  confirmOpening(
    event: EventRow,
    id: string,
    statement: Uint8Array,
  ): Promise<'confirmed' | 'unknown' | Stale>;
  /** One more letter of an opening was entered; which tip it became is told nowhere. `over`: all were entered already. */
  letterEntered(event: EventRow, id: string): Promise<'entered' | 'over' | 'unknown' | Stale>;
  openings(unit: UnitId): Promise<readonly BoxOpening[]>;
}
