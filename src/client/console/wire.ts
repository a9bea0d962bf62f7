import type { Answerable } from '../../domain/focal.ts';
import type { HolidayTable } from '../../domain/holidays.ts';
import type { Hash, Seconds, StaffId, TipId, UnitId } from '../../domain/ids.ts';
import type { ClockName, Role, UnitKind } from '../../domain/terms.ts';
import type { ListedTip, QueueRow, TipFacts } from '../../domain/tip-row.ts';

/** JSON of the staff routes as the console reads it. Bytes are base64url, hashes and ids lowercase hex. */

/** A name in both languages. */
export interface Named {
  readonly vi: string;
  readonly en: string;
}

/** Who is logged in. The wrapped secrets open with their passphrase only. */
export interface Me {
  readonly staff: StaffId;
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly unitName: Named;
  readonly unitKind: UnitKind;
  readonly province: string;
  readonly parent: UnitId | null;
  readonly parentName: Named | null;
  readonly roles: readonly Role[];
  readonly wrappedSecrets: string;
  readonly signKey: string;
  readonly kemKey: string;
  readonly cost: { readonly salt: string; readonly memoryKiB: number; readonly passes: number };
  readonly epochWraps: readonly { readonly unit: UnitId; readonly epoch: number; readonly wrap: string }[];
  readonly focal: readonly { readonly stage: string; readonly rank: 'active' | 'deputy' }[];
  /** Active members of the unit, this person among them. */
  readonly colleagues: readonly Colleague[];
  readonly session: { readonly created: Seconds; readonly expires: Seconds };
  readonly instance: string;
  readonly now: Seconds;
  readonly demo: boolean;
}

/** Whether somebody is logged in on this browser; `over` when the session that it knew has ended. */
export type Presence =
  | { readonly state: 'open'; readonly me: Me }
  | { readonly state: 'over' }
  | { readonly state: 'none' };

/** A member of the unit as every member may know them. */
export interface Colleague {
  readonly staff: StaffId;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

export interface QueuePage {
  readonly rows: readonly ListedTip[];
  readonly next: string | null;
}

export type Counts = Readonly<
  Record<
    'open' | 'new' | 'due_soon' | 'overdue' | 'incoming_transfer' | 'pending_decision' | 'messages',
    number
  >
>;

/** One event of a tip with its openings. */
export interface WireEvent {
  readonly no: number;
  readonly type: string;
  readonly leaf: Hash;
  readonly record: string;
  readonly leafSalt: string;
  readonly citizenPart: string;
  readonly citizenSalt: string;
  readonly restrictedPart: string;
  readonly restrictedSalt: string;
}

export interface TipDetail extends TipFacts {
  readonly events: readonly WireEvent[];
  /** Why my unit sees it; the last three show neither content nor mailbox. */
  readonly access: 'holder' | 'offered' | 'over' | 'supervising' | 'diverting';
  /** Units above the holder, nearest first. */
  readonly above: readonly UnitId[];
  /** Who answers now; `since` knows of people alone, not of the tip's stage. */
  readonly answering: Answerable & { readonly name: string | null };
  /** Levels (per cent) that its running clocks have reached and that were told, the furthest first. */
  readonly reached: readonly { readonly clock: ClockName; readonly level: number; readonly due: Seconds }[];
  readonly mailboxKey: string;
  readonly mailboxLocator: string;
  readonly mailboxLoginKey: string;
  /** Exact facts of each change of code, oldest first. */
  readonly codes: readonly string[];
  /** Number of the citizen's newest envelope after the tip (0: none), and up to which the unit has seen them. */
  readonly marks: { readonly arrived: number; readonly seen: number };
  /** Tables of holidays by which clocks that begin now count, in place of those of the build. */
  readonly holidays: readonly HolidayTable[];
}

/** One envelope's bytes. */
export interface WireEnvelope {
  readonly tip: TipId;
  readonly no: number;
  readonly kind: 'tip' | 'message';
  readonly core: string;
  readonly body: string;
  readonly seal: string;
  readonly wraps: string;
  /** Exact manifest; `[]` where nothing is attached. */
  readonly manifest: string;
}

/** A signed event on its way to the server. */
export interface SignedEvent {
  readonly record: string;
  readonly citizenPart: string;
  readonly citizenSalt: string;
  readonly restrictedPart: string;
  readonly restrictedSalt: string;
}

export interface SessionView {
  readonly id: string;
  readonly created: Seconds;
  readonly lastSeen: Seconds;
  readonly expires: Seconds;
  readonly current: boolean;
}

/** What the browser needs to stretch a passphrase, and the nonce to sign. */
export interface LoginStart {
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly nonce: string;
  readonly expires: Seconds;
}

/** A hand-over note as the server keeps it: sealed. */
export interface WireNote {
  readonly id: number;
  readonly by: StaffId;
  readonly at: Seconds;
  readonly sealed: string;
}

/** A member of staff as colleagues see them. */
export interface WireMember {
  readonly staff: StaffId;
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  readonly status: 'invited' | 'active' | 'removed';
  readonly inviteExpires: Seconds | null;
  /** Empty until the person made keys. */
  readonly signKey: string;
  readonly kemKey: string;
  /** Epochs of the unit that are wrapped for this person. */
  readonly epochs: readonly number[];
  /** Those whose wrap the person said does not open: a colleague may make another. */
  readonly broken: readonly number[];
}

/** A statement with one signature, waiting for the second. */
export interface WirePending {
  readonly hash: Hash;
  readonly kind: 'member' | 'epoch' | 'revocation';
  readonly unit: UnitId;
  /** Staff id, epoch number, or `epoch:<n>` for the revocation of one. */
  readonly about: string;
  readonly record: string;
  readonly wraps: readonly { readonly member: StaffId; readonly wrap: string }[];
  readonly by: StaffId;
  readonly at: Seconds;
}

/** People, pending statements and focal points of a unit. */
export interface WireUnit {
  readonly members: readonly WireMember[];
  readonly below: readonly WireMember[];
  readonly pending: readonly WirePending[];
  readonly focal: readonly {
    readonly stage: string;
    readonly rank: 'active' | 'deputy';
    readonly staff: StaffId;
    readonly from: Seconds;
  }[];
}

/** The one time that an invitation's token is shown. */
export interface Invitation {
  readonly staff: StaffId;
  readonly token: string;
  readonly expires: Seconds;
}

/** A tip of a unit below that calls for somebody from above. */
export interface OutsideRow extends QueueRow {
  readonly why: 'decision' | 'urgent' | 'transfer' | 'overdue';
  readonly unitName: Named;
}

/** A proposal to replace somebody's lost phone. */
export interface SecondFactorProposal {
  readonly id: number;
  readonly staff: StaffId;
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly proposedBy: StaffId;
  readonly at: Seconds;
  readonly mine: boolean;
}

/** A unit as the administrator's list has it. */
export interface AdminUnit {
  readonly code: UnitId;
  readonly parent: UnitId | null;
  readonly kind: UnitKind;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly province: string;
  readonly epochsAhead: number;
  /** Of the five stages of its work, those for which somebody named is there. */
  readonly stagesFilled: number;
}

/** An account as the administrator's list has it. */
export interface AdminStaff {
  readonly staff: StaffId;
  readonly account: string;
  readonly displayName: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  readonly status: 'invited' | 'active' | 'removed';
  readonly joined: boolean;
  /** Set while the account waits for an administrator other than the one who opened it. */
  readonly awaits: {
    readonly by: StaffId;
    readonly mine: boolean;
    /** Null until the person has joined. */
    readonly fingerprint: string | null;
  } | null;
}
