import type { Step } from './life-cycle-types.ts';
import type { ClockName, LegalKind, Outcome, Role, Stage } from './terms.ts';

/**
 * Who may take a step: a member of the tip's unit, of the unit that a transfer is on its way to, of a unit above the tip's unit in
 * the tip's own tree, the citizen, the operator who took the tip down (of whatever unit; known from the tip's first event), or an
 * auditor of the whole instance, whom the directory names.
 */
export interface Who {
  readonly party:
    | 'unit'
    | 'receiver'
    | 'over'
    | 'citizen'
    | 'taker'
    | 'supervisor'
    | 'diverter'
    | 'check_focal'
    | 'auditor';
  /** Any one of these roles is enough; empty for the citizen. */
  readonly roles: readonly Role[];
}

/** How many people a step takes, and from where. */
export type People =
  | 'one'
  /** Two different people, one after the other. */
  | 'two'
  /** Two different people, exactly one of them from outside the tip's unit. */
  | 'two_one_outside';

/** The stage of the work whose focal point answers for the step. */
export const FOCAL_STAGES = ['intake', 'classification', 'verification', 'resolution', 'answer'] as const;
export type FocalStage = (typeof FOCAL_STAGES)[number];

/** Data without which a step is refused. `answer`, `message`, `copy` and `wraps` travel with the step in one operation. */
export const REQUIREMENTS = [
  'legal_kind',
  'conduct',
  'priority',
  'reason',
  'assignee',
  'plan',
  'outcome',
  'document_number',
  'ground',
  'decision',
  'to_unit',
  'wraps',
  'message',
  'answer',
  'watermark',
  'consent',
  'new_keys',
  'copy',
  'retention_rule',
  'audited_checkpoint',
  'commitment',
  'until',
  'notice',
  'check_day',
  'focal_person',
  'result',
  'agency',
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Keys of the sentence under a button that says what pressing it does. */
export const CONSEQUENCES = [
  'promise_given',
  'number_taken',
  'kind_set',
  'kind_set_not_competent',
  'kind_changed',
  'kind_changed_not_competent',
  'priority_set',
  'assignee_set',
  'verification_open',
  'second_person_asked',
  'outside_person_asked',
  'proposal_dropped',
  'outcome_fixed',
  'outcome_fixed_apart',
  'answer_readable',
  'file_closed',
  'other_unit_asked',
  'custody_taken',
  'custody_stays',
  'citizen_can_read',
  'unit_can_read',
  'answer_awaited',
  'consent_awaited',
  'consent_recorded',
  'code_replaced',
  'thread_closed',
  'thread_opened',
  'answer_unreadable',
  'copy_kept',
  'keys_renewed',
  'paper_copy_logged',
  'shredding_asked',
  'words_stay',
  'words_gone',
  'canary_told',
  'receipt_told',
  'child_safe',
  'assignment_asked',
  'longer_asked',
  'longer_given',
  'longer_refused',
  'suspension_asked',
  'clock_rests',
  'suspension_dropped',
  'suspension_told',
  'suspension_undone',
  'clock_month',
  'withdrawal_kept',
  'unit_left_out',
  'file_on_its_way',
  'begins_anew',
  'check_dated',
  'check_recorded',
] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** One row of the life cycle. Several rows may share a step; the first that fits state, actor and data is the one taken. */
export interface Transition {
  readonly step: Step;
  /** Stages in which the step may be taken; empty for the first one, which has none before it. */
  readonly from: readonly Stage[];
  /** The overlay that must lie over the stage. */
  /** `none`: work goes on, extended or not. */
  readonly overlay: 'none' | 'transfer_sent' | 'suspended' | 'any';
  readonly to: Stage | 'same';
  /** `none` lifts what lies there and shows the extension again. */
  readonly toOverlay: 'none' | 'transfer_sent' | 'suspended' | 'extended' | 'same';
  readonly who: readonly Who[];
  readonly people: People;
  readonly focal: FocalStage | null;
  /** Narrows the row to acts with this data or to tips of these legal kinds. */
  readonly only?: {
    readonly competent?: boolean;
    readonly outcomes?: readonly Outcome[];
    readonly legalKinds?: readonly LegalKind[];
    /** Who decides the extension that waits (`db/data/extensions.json`). */
    readonly extension?: 'leader' | 'procuracy';
  };
  readonly starts: readonly ClockName[];
  readonly stops: readonly ClockName[];
  readonly requires: readonly Requirement[];
  /** The article; `policy` where the law is silent and the design decided. */
  readonly basis: string;
  readonly consequence: Consequence;
}
