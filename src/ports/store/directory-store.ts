import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A signed statement of the directory: exact DSSE bytes with what the server indexes it by. */
export interface StatementRow {
  readonly hash: Hash;
  readonly kind: 'directory-keys' | 'directory' | 'member' | 'epoch' | 'revocation';
  /** Unit for member, epoch, revocation; empty otherwise. */
  readonly unit: UnitId | '';
  /** Directory version, epoch number, or 0. */
  readonly version: number;
  readonly from: Seconds;
  readonly until: Seconds;
  /** Member's staff id where the kind is `member`, else empty. */
  readonly person: StaffId | '';
  readonly record: Uint8Array;
}

export interface ShardRow {
  readonly hash: Hash;
  readonly province: string;
  readonly bytes: Uint8Array;
}

export interface UnitRow {
  readonly code: UnitId;
  readonly parent: UnitId | null;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly province: string;
  readonly remote: boolean;
  readonly from: string;
  readonly until: string | null;
}

/** A member's wrap of an epoch; `broken` while their report that it does not open stands. */
export interface HeldWrap {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly wrap: Uint8Array;
  readonly broken: boolean;
}

/** A recovery holder's share of an epoch's secret, sealed to them. */
export interface RecoveryShareRow {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly holder: string;
  readonly share: Uint8Array;
}

export interface DirectoryStore {
  /** Adds a statement with its open event; the same hash again is a no-op that answers `known`. */
  addStatement(
    event: EventRow,
    row: StatementRow,
    shards?: readonly ShardRow[],
  ): Promise<'added' | 'known' | Stale>;
  latest(kind: 'directory-keys' | 'directory'): Promise<StatementRow | null>;
  /** One statement of any kind by its hash. */
  statement(hash: Hash): Promise<StatementRow | null>;
  /** Every directory key set, newest first: older ones still vouch for the statements that they signed in their time. */
  keySets(): Promise<readonly StatementRow[]>;
  shard(hash: Hash): Promise<ShardRow | null>;
  /** Member, epoch and revocation statements of these units that are in force or were within `since`; for bundles. */
  statementsOf(units: readonly UnitId[], since: Seconds): Promise<readonly StatementRow[]>;
  /** Every statement ever added, in that order, after a position; 0 for the first page. `next` is null with the last one. */
  history(
    after: number,
    limit: number,
  ): Promise<{ readonly rows: readonly StatementRow[]; readonly next: number | null }>;
  epochs(unit: UnitId): Promise<readonly StatementRow[]>;
  /** Last day until which each listed unit has an epoch signed ahead. */
  epochsAhead(
    now: Seconds,
  ): Promise<readonly { readonly unit: UnitId; readonly until: Seconds; readonly ahead: number }[]>;

  /**
   * Epoch secrets wrapped to members by colleagues; carried, never opened. A wrap is written where none is yet, or where the recipient has
   * reported theirs: what that was is kept. `taken` when one stands that nobody reported; then nothing is written.
   */
  putEpochWraps(
    event: EventRow,
    rows: readonly {
      readonly unit: UnitId;
      readonly epoch: number;
      readonly member: StaffId;
      readonly wrap: Uint8Array;
    }[],
  ): Promise<'saved' | 'taken' | Stale>;
  /** A member says that wraps made for them do not open. `unknown` when one does not exist or was reported before; then nothing is written. */
  reportEpochWraps(
    event: EventRow,
    unit: UnitId,
    member: StaffId,
    epochs: readonly number[],
  ): Promise<'reported' | 'unknown' | Stale>;
  epochWraps(member: StaffId): Promise<readonly HeldWrap[]>;
  /** Deletes a former member's wraps, those that were replaced too. */
  dropEpochWraps(event: EventRow, unit: UnitId, member: StaffId): Promise<'saved' | Stale>;
  /** Keeps the shares of new epochs; one that is there stays as it is. */
  putRecoveryShares(event: EventRow, rows: readonly RecoveryShareRow[]): Promise<'saved' | Stale>;
  recoveryShares(
    unit: UnitId,
    epoch: number,
  ): Promise<readonly { readonly holder: string; readonly share: Uint8Array }[]>;

  saveUnits(event: EventRow, rows: readonly UnitRow[]): Promise<'saved' | Stale>;
  unit(code: UnitId): Promise<UnitRow | null>;
  units(province: string | null): Promise<readonly UnitRow[]>;
}
