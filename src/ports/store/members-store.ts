import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { Role } from '../../domain/terms.ts';
import type { StatementRow } from './directory-store.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A statement about a unit's people or keys that one person has signed and a second one has not. */
export interface PendingStatement {
  /** Hash over type and payload: the same before and after the second signature. */
  readonly hash: Hash;
  readonly kind: 'member' | 'epoch' | 'revocation';
  readonly unit: UnitId;
  /** Staff id, epoch number in decimal, or `epoch:<number>` for the revocation of one. One proposal at a time is open for it. */
  readonly about: string;
  /** Exact DSSE bytes with the first signature. */
  readonly record: Uint8Array;
  /** For an epoch: its secret wrapped to members, and its recovery shares. Empty otherwise. */
  readonly wraps: readonly MemberWrap[];
  readonly shares: readonly HolderShare[];
  readonly by: StaffId;
  readonly at: Seconds;
}

export interface MemberWrap {
  readonly member: StaffId;
  readonly wrap: Uint8Array;
}

export interface HolderShare {
  readonly holder: string;
  readonly share: Uint8Array;
}

/** Everything that completed statements change, in one transaction. */
export interface StatementsAccepted {
  readonly statements: readonly StatementRow[];
  /** What comes with new epochs. */
  readonly wraps: readonly (MemberWrap & { readonly unit: UnitId; readonly epoch: number })[];
  readonly shares: readonly (HolderShare & { readonly unit: UnitId; readonly epoch: number })[];
  /** Becomes an active account. */
  readonly activates: StaffId | null;
  /** Becomes a removed account: sessions end, epoch wraps of the unit are deleted, focal points end. */
  readonly removes: StaffId | null;
  /** Has these roles from now on. */
  readonly roles: { readonly staff: StaffId; readonly roles: readonly Role[] } | null;
}

/** Membership and keys of units: what waits for a second signature, and what both signatures bring about. */
export interface MembersStore {
  /** Keeps a proposal with its event, in place of any other about the same thing. */
  propose(event: EventRow, pending: PendingStatement): Promise<'kept' | Stale>;
  pending(hash: Hash): Promise<PendingStatement | null>;
  pendingOf(units: readonly UnitId[]): Promise<readonly PendingStatement[]>;
  /** Withdraws a proposal, with its event. */
  withdraw(event: EventRow, hash: Hash): Promise<'withdrawn' | 'unknown' | Stale>;
  /**
   * Carries out completed statements with all their events, or nothing: `known` when one of them was accepted before. Proposals with the
   * statements' hashes are closed.
   */
  accept(
    events: readonly EventRow[],
    change: StatementsAccepted,
    at: Seconds,
  ): Promise<'accepted' | 'known' | Stale>;
}
