import type { AttachmentEntry } from '../../../domain/attachments.ts';
import type { Asked, Informant, UnitMessage } from '../../../domain/conversation.ts';
import type { Day, StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import type { LawOfSteps } from '../../../domain/law.ts';
import type { Act, Actor } from '../../../domain/life-cycle-types.ts';
import type { Role } from '../../../domain/terms.ts';
import type { TipContent, TipExtras } from '../../../domain/tip-content.ts';
import type { Me, TipDetail, WireNote } from '../wire.ts';
import type { AttachmentCalls } from './attachment-calls.ts';
import type { AuditCalls } from './audit-calls.ts';
import type { ConversationCalls } from './conversation-calls.ts';
import type { CopyCalls } from './copy-calls.ts';
import type { BoxCalls, CallCalls, RecordingCalls } from './hotline-calls.ts';
import type { RetentionCalls } from './retention-calls.ts';
import type { RightsCalls } from './rights-calls.ts';
import type { WorkerState } from './state.ts';

/** The first line of an opened tip, or why it stays closed. */
export interface Line {
  readonly text: string | null;
  readonly code: string | null;
}

/** What the register shows of a tip's envelope, or why it stays closed. */
export interface Summary {
  /** The beginning of what it says, at most 300 characters. */
  readonly text: string | null;
  readonly code: string | null;
  /** Who gave it, as far as they said. */
  readonly informant: Pick<Informant, 'mode' | 'reason' | 'name' | 'address'> | null;
}

/** One message of the conversation, opened. */
export interface OpenedMessage {
  readonly no: number;
  readonly from: 'unit' | 'citizen';
  readonly name: string;
  readonly day: string;
  readonly text: string | null;
  /** Why it stays closed; `message_missing` for one that a step names and the server did not serve. */
  readonly code: string | null;
  readonly about: UnitMessage['about'];
  readonly ask: Asked | null;
  readonly attachments: readonly AttachmentView[];
  readonly informant: Informant | null;
  /** True when an operator wrote it down for a caller. */
  readonly byOperator: boolean;
  /** True for a message of the citizen that nobody of the unit has had on the screen. */
  readonly unseen: boolean;
}

/** An attachment as the page knows it: its key stays in the Worker. */
export interface AttachmentView extends Omit<AttachmentEntry, 'key'> {
  /** Number of its envelope in the thread; 1 is the tip. */
  readonly no: number;
}

/** Who signed a step, as far as it could be proven. */
export interface Signer {
  readonly kind: 'member' | 'citizen' | 'server' | 'unknown';
  readonly name: string;
  readonly unit: UnitId | null;
}

/** One step of the history with its proof. */
export interface HistoryStep {
  readonly no: number;
  readonly type: string;
  readonly time: { readonly at: number } | { readonly hour: number } | { readonly day: string };
  readonly signers: readonly Signer[];
  /** Leaf hash, hex. */
  readonly leaf: string;
  readonly proven: boolean;
  /** What kept it from being proven. */
  readonly code: string | null;
  /** The act's data as it was signed, without the step's name. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** An open two-person proposal as its proposer signed it. */
export interface PendingView {
  readonly id: number;
  readonly kind: 'resolution' | 'extension' | 'suspension';
  /** As `openedDecision` put it into the signed statement. */
  readonly data: Readonly<Record<string, string>>;
  readonly proposedBy: StaffId;
  readonly name: string;
  readonly at: number;
  /** True when the proposer's signature was checked and the data is what the server says. */
  readonly proven: boolean;
}

/** A tip with everything that this person may see of it. */
export interface OpenedTip {
  readonly detail: TipDetail;
  readonly actor: Actor;
  /** By which deadlines are shown before a step is taken. */
  readonly law: LawOfSteps;
  readonly content: TipContent | null;
  /** Why the content stays closed; `not_yours` when the unit does not hold the tip. */
  readonly code: string | null;
  /** Numbers of the events that replaced wraps which opened by others that do not; empty when the present ones open everything. */
  readonly brokenBy: readonly number[];
  readonly attachments: readonly AttachmentView[];
  /** How an operator took it down, and who the informant is, where they said so. */
  readonly extras: Pick<TipExtras, 'taken' | 'informant'>;
  readonly messages: readonly OpenedMessage[];
  readonly thread: ThreadState;
  readonly history: readonly HistoryStep[];
  /** When it came to its present stage in the unit that holds it, by the steps; UTC seconds. */
  readonly since: number | null;
  /** True when every step joins the one before it. */
  readonly chain: boolean;
  readonly pending: PendingView | null;
  /** Procuracies that may be told of the tip: that of the province first. Empty while the content is closed: who is kept out is not known then. */
  readonly procuracies: readonly UnitId[];
  readonly unitNames: Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
}

/** How the conversation stands, by the tip's events. */
export interface ThreadState {
  readonly muted: boolean;
  /** True while a question of the unit waits for an answer. */
  readonly asked: boolean;
  /** Units that the citizen agreed to. */
  readonly consents: readonly UnitId[];
  /** True when an operator has had the code that opens the mailbox now. */
  readonly byOperator: boolean;
  /** True when the caller left without a code: nobody reads what the unit writes. */
  readonly noCode: boolean;
  /** True when the citizen's own key signed a withdrawal. */
  readonly withdrew: boolean;
  /** Number of the newest envelope of the citizen after the tip, 0 for none. */
  readonly arrived: number;
  /** Numbers of envelopes that a step names and the server did not serve. */
  readonly missing: readonly number[];
}

/** A step to be taken, with the text that is sealed along with it. */
export interface StepWish {
  readonly tip: TipId;
  readonly act: Act;
  /** For steps that bring the citizen a message: the text that they will read. */
  readonly text?: string;
  /** For `message_posted`: `reward` says that a reward was decided; sealed with the text, told nowhere else. */
  readonly about?: UnitMessage['about'];
  /** For `question_posted`: the day by which an answer is hoped for. */
  readonly by?: Day;
}

/** A unit that a tip may be sent to. */
export interface TransferTarget {
  readonly unit: UnitId;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Null when the tip can go there; else the code of what stands against it. */
  readonly code: string | null;
}

export interface OpenedNote {
  readonly id: number;
  readonly by: StaffId;
  readonly at: number;
  readonly text: string | null;
}

/** What an invited person's page shows. */
export interface JoinStart {
  readonly displayName: string;
  readonly account: string;
  readonly unitName: { readonly vi: string; readonly en: string };
  readonly roles: readonly Role[];
  readonly passphrase: string;
  readonly secret: string;
  readonly uri: string;
}

/** A person of a unit with what is proven of their keys. */
export interface MemberView {
  readonly staff: StaffId;
  readonly displayName: string;
  readonly account: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  /**
   * `invited`: no keys yet. `joined`: has keys that nobody signed. `cosign`: one leader signed. `active`: in force. `changing`: one
   * leader signed other roles. `leaving`: one leader signed the removal. `removed`: ended.
   */
  readonly state: 'invited' | 'joined' | 'cosign' | 'active' | 'changing' | 'leaving' | 'removed';
  /** Roles that the waiting statement gives, while `changing`. */
  readonly nextRoles: readonly Role[] | null;
  /** Six groups of four digits over both public keys; null until the person made them. */
  readonly fingerprint: string | null;
  /** True when my signature is the next one needed. */
  readonly mySignature: boolean;
  /** True when I may sign their removal. */
  readonly removable: boolean;
  /** True when I may sign other roles for them. */
  readonly changeable: boolean;
  /** How many epochs that I can open they have no wrap for. */
  readonly missing: number;
}

export interface EpochView {
  readonly n: number;
  readonly from: number;
  readonly until: number;
  readonly state: 'now' | 'next' | 'past' | 'revoked' | 'proposed';
  /** True when I can open it. */
  readonly mine: boolean;
}

/** Everything about the people and keys of my unit. */
export interface UnitView {
  readonly members: readonly MemberView[];
  /** People of units directly below who wait for my signature. */
  readonly below: readonly MemberView[];
  readonly epochs: readonly EpochView[];
  /** Whole weeks from now that are covered by signed epochs. */
  readonly weeksAhead: number;
  /** True when the unit has an epoch in force now. */
  readonly live: boolean;
  /** What I can do about the proposed epochs: none are proposed, I proposed them, or I may add the second signature. */
  readonly proposed: 'none' | 'mine' | 'cosign';
  readonly focal: readonly {
    readonly stage: string;
    readonly rank: 'active' | 'deputy';
    readonly staff: StaffId;
  }[];
}

/** One signature was given: both are there now, or another person's is still needed. */
export interface SignedResult {
  readonly state: 'accepted' | 'pending';
}

/** What the page may ask of the crypto Worker about accounts, tips, people and keys. */
interface BaseCalls {
  login: { in: { readonly account: string; readonly passphrase: string; readonly code: string }; out: Me };
  unlock: { in: { readonly passphrase: string }; out: Me };
  refresh: { in: Record<string, never>; out: Me };
  lines: { in: { readonly tips: readonly TipId[] }; out: Readonly<Record<string, Line>> };
  summaries: { in: { readonly tips: readonly TipId[] }; out: Readonly<Record<string, Summary>> };
  open: { in: { readonly tip: TipId }; out: OpenedTip };
  step: { in: StepWish; out: { readonly registerNumber: string | null } };
  transferTarget: { in: { readonly tip: TipId; readonly unit: UnitId }; out: TransferTarget };
  sealNote: { in: { readonly text: string }; out: null };
  openNotes: { in: { readonly notes: readonly WireNote[] }; out: readonly OpenedNote[] };
  unit: { in: Record<string, never>; out: UnitView };
  /** Signs a person's keys; `fingerprint` is the one that was compared with them. */
  signMember: { in: { readonly staff: StaffId; readonly fingerprint: string }; out: SignedResult };
  removeMember: { in: { readonly staff: StaffId }; out: SignedResult };
  /** Signs other roles for an active member, or with `cosign` the statement that gives them these roles and waits. */
  changeRoles: {
    in: { readonly staff: StaffId; readonly roles: readonly Role[]; readonly cosign: boolean };
    out: SignedResult;
  };
  signEpochs: { in: Record<string, never>; out: SignedResult };
  /** Wraps every epoch that I can open for each member who lacks it. */
  wrapMissing: { in: Record<string, never>; out: { readonly count: number } };
  /** Locks open tips again with the present epoch where an older or revoked one still opens them. */
  rewrapOpen: { in: Record<string, never>; out: { readonly count: number } };
  /** Locks a tip again from the former wraps that opened it, where the present ones do not. */
  putBack: { in: { readonly tip: TipId }; out: null };
  fingerprint: { in: Record<string, never>; out: string };
  newPassphrase: { in: Record<string, never>; out: string };
  changePassphrase: { in: { readonly old: string; readonly fresh: string }; out: null };
  joinStart: { in: { readonly token: string }; out: JoinStart };
  joinFinish: {
    in: { readonly passphrase: string; readonly code: string };
    out: { readonly fingerprint: string; readonly status: 'active' | 'invited' };
  };
  fetchSecondFactor: {
    in: { readonly account: string; readonly passphrase: string; readonly token: string };
    out: { readonly uri: string; readonly secret: string };
  };
}

/** Everything that the page may ask of the crypto Worker; each area declares its own calls. */
export interface Calls
  extends BaseCalls,
    CopyCalls,
    ConversationCalls,
    RetentionCalls,
    RightsCalls,
    AttachmentCalls,
    AuditCalls,
    CallCalls,
    RecordingCalls,
    BoxCalls {}

/** What the Worker does for the calls of an area, by name. */
export type HandlersOf<Area> = {
  readonly [Name in keyof Area]: Area[Name] extends { readonly in: infer In; readonly out: infer Out }
    ? (state: WorkerState, input: In, report: Report) => Promise<Out>
    : never;
};

export interface Question {
  readonly id: number;
  readonly name: keyof Calls;
  readonly input: unknown;
  /** True when nobody asked: the console itself did, after an event. */
  readonly auto: boolean;
}

export type Answer =
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'progress'; readonly done: number; readonly total: number }
  | {
      readonly id: number;
      readonly kind: 'problem';
      readonly code: string;
      readonly status?: number | undefined;
      readonly field?: string | undefined;
      readonly sentence?: { readonly vi: string; readonly en: string } | undefined;
      readonly retryAfter?: number | undefined;
    };

export type Report = (done: number, total: number) => void;
