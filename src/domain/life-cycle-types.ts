import type { Day, Hash, Seconds, StaffId, TipId, UnitId } from './ids.ts';
import type { Evidence } from './legal-duties.ts';
import type { Extension } from './overlay.ts';
import type {
  Circumstance,
  ClockName,
  IdentityMode,
  IntakeChannel,
  LegalKind,
  Outcome,
  Overlay,
  Priority,
  Role,
  Stage,
  Verb,
} from './terms.ts';

/**
 * Every step that can happen to a tip. The name is also the `type` of the signed event that records it.
 * `propose`/`approve` pairs are steps that two different people take over identical bytes.
 */
export const STEPS = [
  'submitted',
  'registered',
  'classified',
  'prioritised',
  'assigned',
  'verification_started',
  'resolution_proposed',
  'resolution_refused',
  'resolved',
  'notified',
  'archived',
  'transfer_sent',
  'transfer_acknowledged',
  'transfer_returned',
  'message_posted',
  'message_received',
  'question_posted',
  'consent_asked',
  'consent_answered',
  'mailbox_changed',
  'thread_muted',
  'thread_unmuted',
  'code_not_given',
  'copy_made',
  'rewrapped',
  'printed',
  'shredding_proposed',
  'shredding_refused',
  'shredded',
  'canary_revealed',
  'receipt_noticed',
  'child_measures_taken',
  'assignment_proposed',
  'extension_proposed',
  'extended',
  'extension_refused',
  'suspension_proposed',
  'suspended',
  'suspension_refused',
  'suspension_noticed',
  'suspension_annulled',
  'resumed',
  'withdrawal_signed',
  'diverted',
  'file_passed',
  'reopened',
  'post_check_set',
  'post_check_done',
] as const;
export type Step = (typeof STEPS)[number];

/** What `decide` must know of a tip; loaded by the use case, never mutated. Instants are UTC seconds. */
export interface TipState {
  readonly unit: UnitId;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly priority: Priority;
  readonly urgent: boolean;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly outcome: Outcome | null;
  readonly t0: Seconds;
  readonly channel: IntakeChannel;
  /** How often the time was extended since the unit took the tip up; `overlay` shows it while nothing stronger lies there. */
  readonly extension: Extension;
  /** The procuracy that was told of the tip. */
  readonly supervisor: UnitId | null;
  readonly circumstances: readonly Circumstance[];
  /** The open follow-up's people. */
  readonly postCheck: { readonly focal: StaffId; readonly deputy: StaffId } | null;
  readonly clocks: readonly RunningClock[];
  /** The open two-person step, if any. */
  readonly pending: PendingDecision | null;
  /** The unit that a transfer is on its way to. */
  readonly transferTo: UnitId | null;
  /** True once the words are gone for good: nothing more can happen to the tip. */
  readonly shredded?: boolean;
}

export interface RunningClock {
  readonly clock: ClockName;
  readonly ruleVersion: string;
  readonly started: Seconds;
  /** The last second that is still in time. */
  readonly due: Seconds;
  readonly stopped: Seconds | null;
}

/** The open two-person step of a tip: what one person proposed and another has to approve. One at a time is open on a tip. */
export type PendingDecision = PendingResolution | PendingExtension | PendingSuspension | PendingShredding;

interface Proposed {
  readonly id: number;
  readonly proposedBy: StaffId;
  readonly proposerUnit: UnitId;
}

export interface PendingResolution extends Proposed {
  readonly kind: 'resolution';
  readonly outcome: Outcome;
  readonly documentNumber: string | null;
  /** For `duplicate`: the tip that this one is to be merged into. */
  readonly mergedInto: TipId | null;
  /** For `not_prosecuted`: an administrative violation is left, so the file is passed on (TTLT 01/2017 Đ16.1). */
  readonly violationLeft: boolean;
}

export interface PendingExtension extends Proposed {
  readonly kind: 'extension';
  readonly documentNumber: string | null;
  readonly number: 1 | 2;
  readonly until: Day;
  /** The procuracy that decides; null when a leader of the unit does. */
  readonly toUnit: UnitId | null;
}

export interface PendingSuspension extends Proposed {
  readonly kind: 'suspension';
  readonly documentNumber: string | null;
  readonly ground: SuspensionGround;
  readonly toUnit: UnitId;
}

export interface PendingShredding extends Proposed {
  readonly kind: 'shredding';
  /** Id of the rule of retention that is due (`db/data/retention.json`). */
  readonly rule: string;
  /** Hash of the auditor's statement on the checkpoint that covers the tip's events. */
  readonly audited: Hash;
  /** Number of the last event that is emptied: the one before the proposal. */
  readonly upTo: number;
}

/** BLTTHS 2015 Đ148.1: an expert's answer, a valuation, or another body's answer is awaited; the requested papers are; force majeure. */
export const SUSPENSION_GROUNDS = ['expert_awaited', 'papers_awaited', 'force_majeure'] as const;
export type SuspensionGround = (typeof SUSPENSION_GROUNDS)[number];

/** BLTTHS 2015 Đ157.1–8, in its order. */
export const NO_CASE_GROUNDS = [
  'no_event',
  'no_crime',
  'under_age',
  'already_judged',
  'time_barred',
  'amnestied',
  'deceased',
  'no_request',
] as const;
export type NoCaseGround = (typeof NO_CASE_GROUNDS)[number];

/** Why a tip goes to another unit, or comes back (form 03). */
export const TRANSFER_GROUNDS = [
  'not_competent',
  'other_place',
  'above_level',
  'victim_minor',
  'caught_in_act',
  'other',
] as const;
export type TransferGround = (typeof TRANSFER_GROUNDS)[number];
export const RETURN_GROUNDS = ['not_competent', 'incomplete', 'wrong_unit'] as const;
export type ReturnGround = (typeof RETURN_GROUNDS)[number];
export const REOPEN_GROUNDS = ['new_facts', 'decision_annulled', 'follow_up'] as const;
export type ReopenGround = (typeof REOPEN_GROUNDS)[number];
export const DIVERT_GROUNDS = ['conflict', 'capacity'] as const;
export type DivertGround = (typeof DIVERT_GROUNDS)[number];
/** Why the informant cannot be told: no code exists, or identity was refused at a door without mailbox. */
export const NO_NOTICE = ['no_code', 'refused'] as const;
export type NoNotice = (typeof NO_NOTICE)[number];

/** Who acts: roles held now in a unit, and whether that person is the stage's focal point or deputy. */
export interface Actor {
  readonly staff: StaffId;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  /** True when the actor's unit is an ancestor of the tip's unit in the tip's own tree. */
  readonly overTipUnit: boolean;
  /** True for an auditor of the whole instance, whom the directory names: no unit's auditor acts on a tip. */
  readonly ofInstance?: boolean;
  /** True when the routes send tips about the tip's unit to the actor's unit (`diverterOf`). */
  readonly divertsFrom?: boolean;
}

/** A requested step with its data, already validated in shape at the edge. */
export type Act =
  | { readonly step: 'registered' }
  | {
      readonly step: 'classified';
      readonly legalKind: LegalKind;
      readonly conduct: string;
      readonly priority: Priority;
      readonly competent: boolean;
      readonly circumstances: readonly Circumstance[];
      /** As the officer read it in the envelope. */
      readonly identity: IdentityMode;
      /** For `denunciation_info`, and only then. */
      readonly evidence: Evidence | null;
    }
  | { readonly step: 'prioritised'; readonly priority: Priority; readonly reason: string }
  | { readonly step: 'assigned'; readonly assignee: StaffId }
  | { readonly step: 'verification_started'; readonly plan: string }
  | {
      readonly step: 'resolution_proposed';
      readonly outcome: Outcome;
      readonly documentNumber: string;
      readonly ground: string;
      /** For `duplicate`, and only then: the tip that this one is merged into. */
      readonly mergedInto?: TipId | undefined;
      /** For `not_prosecuted`, and only then: the point of Đ157, and whether an administrative violation is left. */
      readonly noCase?: NoCaseGround | undefined;
      readonly violationLeft?: boolean | undefined;
      /** For `transferred`, and only then: who took the file over, and the paper by which they said so. */
      readonly acknowledgedBy?: string | undefined;
    }
  | { readonly step: 'resolution_refused'; readonly decision: number; readonly reason: string }
  | { readonly step: 'resolved'; readonly decision: number }
  | { readonly step: 'notified'; readonly impossible: NoNotice | null }
  | { readonly step: 'archived' }
  | {
      readonly step: 'transfer_sent';
      readonly toUnit: UnitId;
      readonly why: TransferGround;
      readonly ground: string;
      readonly documentNumber: string;
      readonly documentDay: Day;
      readonly pages: number;
    }
  | { readonly step: 'transfer_acknowledged' }
  | { readonly step: 'transfer_returned'; readonly why: ReturnGround; readonly ground: string }
  | { readonly step: 'message_posted' }
  | { readonly step: 'question_posted' }
  | { readonly step: 'consent_asked'; readonly toUnit: UnitId }
  | { readonly step: 'thread_muted'; readonly reason: string }
  | { readonly step: 'thread_unmuted'; readonly reason: string }
  | {
      readonly step: 'copy_made';
      /** Number of the working copy in its series, its seal's hash, and for whom it was made: the unit itself or another. */
      readonly copy: number;
      readonly seal: Hash;
      readonly toUnit: UnitId;
    }
  | { readonly step: 'rewrapped' }
  | { readonly step: 'printed'; readonly watermark: string }
  | {
      readonly step: 'shredding_proposed';
      /** As `PendingShredding`. */
      readonly rule: string;
      readonly audited: Hash;
      readonly upTo: number;
    }
  | { readonly step: 'shredding_refused'; readonly decision: number; readonly reason: string }
  | { readonly step: 'shredded'; readonly decision: number }
  | {
      readonly step: 'canary_revealed';
      /** Hash of the auditor's statement that committed to the set beforehand. */
      readonly set: Hash;
      /** Place of this tip's commitment in the set, and how many there are. */
      readonly index: number;
      readonly size: number;
      /** RFC 6962 path of the commitment to the root in the statement, and the salt that opens it. */
      readonly path: readonly Hash[];
      readonly salt: Hash;
    }
  /** `toUnit`: the procuracy; null for kinds of which it is not told. */
  | { readonly step: 'receipt_noticed'; readonly toUnit: UnitId | null; readonly impossible: NoNotice | null }
  | { readonly step: 'child_measures_taken'; readonly documentNumber: string; readonly ground: string }
  | { readonly step: 'assignment_proposed'; readonly documentNumber: string }
  | {
      readonly step: 'extension_proposed';
      readonly number: 1 | 2;
      readonly until: Day;
      readonly ground: string;
      readonly documentNumber: string;
      readonly toUnit: UnitId | null;
    }
  | { readonly step: 'extended'; readonly decision: number; readonly documentNumber: string }
  | { readonly step: 'extension_refused'; readonly decision: number; readonly reason: string }
  | {
      readonly step: 'suspension_proposed';
      readonly why: SuspensionGround;
      readonly ground: string;
      readonly documentNumber: string;
      readonly toUnit: UnitId;
    }
  | { readonly step: 'suspended'; readonly decision: number }
  | { readonly step: 'suspension_refused'; readonly decision: number; readonly reason: string }
  | { readonly step: 'suspension_noticed'; readonly impossible: NoNotice | null }
  | { readonly step: 'suspension_annulled'; readonly documentNumber: string; readonly reason: string }
  | { readonly step: 'resumed'; readonly documentNumber: string; readonly ground: string }
  | {
      readonly step: 'diverted';
      readonly toUnit: UnitId;
      readonly why: DivertGround;
      readonly ground: string;
    }
  | { readonly step: 'file_passed'; readonly agency: string; readonly documentNumber: string }
  | {
      readonly step: 'reopened';
      readonly why: ReopenGround;
      readonly reason: string;
      readonly documentNumber: string;
    }
  | {
      readonly step: 'post_check_set';
      readonly day: Day;
      readonly kind: 'sanction' | 'hotspot';
      readonly focal: StaffId;
      readonly deputy: StaffId;
    }
  | {
      readonly step: 'post_check_done';
      readonly result: 'clean' | 'again' | 'not_found';
      readonly reason: string;
    };

/** One atomic change to a tip, decided purely; the store carries it out together with its event or not at all. */
export interface TipChange {
  readonly step: Step;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly priority: Priority;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly outcome: Outcome | null;
  readonly assignee?: StaffId;
  /** For a confirmed duplicate: the tip that it is merged into. The store takes it only while that one is in the rates itself. */
  readonly mergesInto?: TipId;
  /**
   * True when the tip leaves the population of every plan (a confirmed duplicate, spam, unreadable, out of scope, an auditor's canary): before
   * `startClocks`, the store marks every clock that the tip has so far `void`, stopped ones too, and takes their rows out of
   * the roll-ups.
   */
  readonly leavesRates: boolean;
  /** Take the next register number of this unit and year (inside the store's statement). */
  readonly register?: { readonly unit: UnitId; readonly year: number };
  /** Carried out after `stopClocks` and after `custody`: a new clock belongs to the unit that then holds the tip. */
  readonly startClocks: readonly ClockStart[];
  /** Running clocks that stop, counted for the unit that holds the tip before this change. */
  readonly stopClocks: readonly ClockStop[];
  readonly extension: Extension;
  readonly supervisor: UnitId | null;
  readonly circumstances: readonly Circumstance[];
  readonly openDecision?: {
    readonly kind: PendingDecision['kind'];
    readonly data: Record<string, string>;
    readonly proposedBy: StaffId;
  };
  readonly closeDecision?: {
    readonly id: number;
    readonly approvedBy: StaffId;
    readonly result: 'approved' | 'refused';
  };
  /** `offer` opens a pending transfer; `accept` ends the first unit's custody and deletes its wraps; `return` drops the offer. */
  readonly custody?:
    | { readonly kind: 'offer'; readonly to: UnitId }
    | { readonly kind: 'accept'; readonly unit: UnitId }
    | { readonly kind: 'return' }
    /** At once and without being asked; `content` false when nobody could wrap it to the new unit yet. */
    /** `unseen`: the former holder gave it no number, so nothing of it stays there. */
    | { readonly kind: 'divert'; readonly to: UnitId; readonly content: boolean; readonly unseen: boolean };
  readonly postCheck?:
    | {
        readonly kind: 'set';
        readonly day: Day;
        readonly about: 'sanction' | 'hotspot';
        readonly focal: StaffId;
        readonly deputy: StaffId;
      }
    | { readonly kind: 'done'; readonly result: 'clean' | 'again' | 'not_found' };
}

export interface ClockStart {
  readonly clock: ClockName;
  /** The verb whose rate this clock feeds; null when it feeds none. */
  readonly verb: Verb | null;
  readonly ruleVersion: string;
  readonly started: Seconds;
  readonly due: Seconds;
  /** Day of `due` in UTC+7: the key of the roll-up. */
  readonly dueDay: Day;
  /**
   * Null: a new round. `run_on`: the latest round runs on, its stop is taken back. `moved`: the running round has this end and rule from
   * now on (an extension, another kind of tip); one that has stopped stays as it is.
   */
  readonly again: 'run_on' | 'moved' | null;
}

export interface ClockStop {
  readonly clock: ClockName;
  readonly stopped: Seconds;
  /**
   * Day of `stopped` in UTC+7 as the roll-ups use it: when the stop came late on the due day itself (an hours' clock), the day
   * after, so that `stoppedDay > dueDay` says late exactly.
   */
  readonly stoppedDay: Day;
  /** `transferred`: passed on and acknowledged; it counts for this unit and is left out where a province counts a tip once. */
  readonly result: 'done' | 'transferred' | 'void';
}
