import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import type { FocalStage } from '../../domain/transition-types.ts';
import type { EventRow, Stale } from './event-row.ts';

export interface StaffRow {
  readonly id: StaffId;
  /** Account name, lower case, unique. */
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly roles: readonly string[];
  readonly status: 'invited' | 'active' | 'removed';
  readonly credential: Credential | null;
  /** Ed25519 and X-Wing public keys as in the MEMBER statement (null until the invited person made them). */
  readonly signKey: Uint8Array | null;
  readonly kemKey: Uint8Array | null;
  /** SHA-256 of the one-time invitation token while `invited`, with its expiry. */
  readonly invite: { readonly tokenHash: Hash; readonly expires: Seconds } | null;
}

export interface Credential {
  /** 16-byte Argon2id salt. */
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
  /** Ed25519 login public key, 32 bytes. */
  readonly loginKey: Uint8Array;
  /** AEAD of the long-term secrets under the wrap key; the server cannot open it. */
  readonly wrappedSecrets: Uint8Array;
  /** One-time-code secret, encrypted under the server's key at rest. */
  readonly totpSealed: Uint8Array;
}

export interface SessionRow {
  /** SHA-256 of the cookie's token. */
  readonly tokenHash: Hash;
  readonly staff: StaffId;
  readonly created: Seconds;
  readonly lastSeen: Seconds;
  readonly expires: Seconds;
}

export interface ThrottleState {
  readonly failures: number;
  readonly notBefore: Seconds;
}

export interface FocalPointRow {
  readonly unit: UnitId;
  readonly stage: FocalStage;
  readonly staff: StaffId;
  readonly rank: 'active' | 'deputy';
  readonly from: Seconds;
  readonly until: Seconds | null;
}

/** What else happens to a person's account in the one transaction that saves their record. */
export interface StaffEffects {
  /** Keeps who opened the account: it waits for the approval of somebody else. */
  readonly awaitsApproval?: { readonly by: StaffId; readonly at: Seconds };
  /** Takes the approval that the account waits for. */
  readonly approvedBy?: StaffId;
  /** An administrator who stays: without one who is active at this moment, no active administrator ends. */
  readonly remains?: StaffId;
  /** Ends the person's sessions: all of them, or all but one. */
  readonly endSessions?: { readonly except: Hash | null };
}

export interface AccountsStore {
  byAccount(account: string): Promise<StaffRow | null>;
  byId(id: StaffId): Promise<StaffRow | null>;
  byInvite(tokenHash: Hash): Promise<StaffRow | null>;
  ofUnit(unit: UnitId): Promise<readonly StaffRow[]>;
  /** Keyset page over all staff by account name; for the administrator. */
  page(after: string | null, limit: number): Promise<readonly StaffRow[]>;
  /**
   * Adds or changes one staff record, with its event and all effects. `taken` when the account name is another person's; `same_person` when
   * who approves has opened the account; `unknown` when it waits for no approval; `last_administrator` when an active administrator would
   * end and nobody is known to remain. An account that is no longer `invited` waits for no approval.
   */
  saveStaff(
    event: EventRow,
    row: StaffRow,
    effects?: StaffEffects,
  ): Promise<'saved' | 'taken' | 'same_person' | 'unknown' | 'last_administrator' | Stale>;
  /** Who opened the account that waits for another person's approval; null for one that waits for none. */
  approvalAwaited(staff: StaffId): Promise<{ readonly by: StaffId; readonly at: Seconds } | null>;
  /** Accepts a one-time-code step once: false when that step or a later one was used already. */
  spendOneTimeCode(staff: StaffId, step: number): Promise<boolean>;
  throttle(account: string): Promise<ThrottleState>;
  setThrottle(account: string, state: ThrottleState): Promise<void>;

  openSession(session: SessionRow, event: EventRow): Promise<'opened' | Stale>;
  session(tokenHash: Hash): Promise<SessionRow | null>;
  touchSession(tokenHash: Hash, lastSeen: Seconds): Promise<void>;
  /** Ends one session, with its event; `unknown`, and no event, when there is none. */
  endSession(event: EventRow, tokenHash: Hash): Promise<'ended' | 'unknown' | Stale>;
  /** Ends a person's sessions, all or all but one, with one event; gives how many there were. */
  endSessionsOf(event: EventRow, staff: StaffId, except: Hash | null): Promise<number | Stale>;
  /** Takes away a session that ran out by itself; nobody acted, so no event is written. */
  dropSession(tokenHash: Hash): Promise<void>;
  sessionsOf(staff: StaffId): Promise<readonly SessionRow[]>;
  forgetExpiredSessions(now: Seconds): Promise<number>;

  focalPoints(unit: UnitId, now: Seconds): Promise<readonly FocalPointRow[]>;

  /** Two-person staff acts (replace a lost phone): opened by one, approved by another. */
  openStaffDecision(
    event: EventRow,
    decision: {
      readonly kind: 'replace_second_factor';
      readonly staff: StaffId;
      readonly by: StaffId;
      readonly at: Seconds;
    },
  ): Promise<{ readonly id: number } | Stale>;
  staffDecisions(unit: UnitId): Promise<
    readonly {
      readonly id: number;
      readonly kind: string;
      readonly staff: StaffId;
      readonly proposedBy: StaffId;
      readonly at: Seconds;
    }[]
  >;
  /** The second person's approval, with the new secret; the person's sessions end with it. */
  closeStaffDecision(
    event: EventRow,
    id: number,
    by: StaffId,
    totpSealed: Uint8Array,
  ): Promise<'closed' | 'same_person' | 'unknown' | Stale>;
}
