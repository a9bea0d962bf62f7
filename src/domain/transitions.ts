import type { Step } from './life-cycle-types.ts';
import { HANDLER_ROLES, LEADER_ROLES, OUTSIDE_ROLES } from './roles.ts';
import type { ClockName, LegalKind, Outcome, Overlay, Role, Stage } from './terms.ts';

/**
 * Who may take a step: a member of the tip's unit, of the unit that a transfer is on its way to, of a unit above the tip's unit in
 * the tip's own tree, or the citizen.
 */
export interface Who {
  readonly party: 'unit' | 'receiver' | 'over' | 'citizen';
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

/** Data without which a step is refused. `answer` and `wraps` are envelopes that travel with the step in one operation. */
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
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Keys of the sentence under a button that says what pressing it does. */
export const CONSEQUENCES = [
  'promise_given',
  'number_taken',
  'kind_set',
  'kind_set_not_competent',
  'kind_changed',
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
  'keys_renewed',
  'paper_copy_logged',
] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** One row of the life cycle. Several rows may share a step; the first that fits state, actor and data is the one taken. */
export interface Transition {
  readonly step: Step;
  /** Stages in which the step may be taken; empty for the first one, which has none before it. */
  readonly from: readonly Stage[];
  /** The overlay that must lie over the stage. */
  readonly overlay: 'none' | 'transfer_sent' | 'any';
  readonly to: Stage | 'same';
  readonly toOverlay: Overlay | 'same';
  readonly who: readonly Who[];
  readonly people: People;
  readonly focal: FocalStage | null;
  /** Narrows the row to acts with this data or to tips of these legal kinds. */
  readonly only?: {
    readonly competent?: boolean;
    readonly outcomes?: readonly Outcome[];
    readonly legalKinds?: readonly LegalKind[];
  };
  readonly starts: readonly ClockName[];
  readonly stops: readonly ClockName[];
  readonly requires: readonly Requirement[];
  /** The article; `policy` where the law is silent and the design decided. */
  readonly basis: string;
  readonly consequence: Consequence;
}

const HANDLERS: Who = { party: 'unit', roles: HANDLER_ROLES };
const LEADERS: Who = { party: 'unit', roles: LEADER_ROLES };
const OUTSIDE: Who = { party: 'over', roles: OUTSIDE_ROLES };
const RECEIVERS: Who = { party: 'receiver', roles: HANDLER_ROLES };
const CITIZEN: Who = { party: 'citizen', roles: [] };

/** Every stage before an outcome. */
export const OPEN_STAGES: readonly Stage[] = ['submitted', 'received', 'classified', 'assigned', 'verifying'];
const ALL_STAGES: readonly Stage[] = [...OPEN_STAGES, 'resolved', 'notified', 'archived'];
const REGISTERED: readonly Stage[] = ['received', 'classified', 'assigned', 'verifying'];
const CLASSIFIED: readonly Stage[] = ['classified', 'assigned', 'verifying'];

/** Outcomes that set a tip apart: confirmed by somebody outside the unit, and shown beside the rates, not in them. */
export const APART_OUTCOMES: readonly Outcome[] = ['spam', 'unreadable'];
/** Outcomes that end a tip after verification. `suspended` is an overlay with a clock of its own, never proposed as an end. */
export const VERIFIED_OUTCOMES: readonly Outcome[] = [
  'prosecuted',
  'not_prosecuted',
  'sanctioned',
  'transferred',
  'inspected',
  'unfounded',
  'insufficient',
  'duplicate',
  'referred_support',
  'kept',
  'withdrawn',
];

const PROPOSAL = ['outcome', 'document_number', 'ground'] as const;

type Row = Partial<Transition> & Pick<Transition, 'step' | 'from' | 'who' | 'basis' | 'consequence'>;

const row = (given: Row): Transition => ({
  overlay: 'none',
  to: 'same',
  toOverlay: 'same',
  people: 'one',
  focal: null,
  starts: [],
  stops: [],
  requires: [],
  ...given,
});

/** The life cycle of a tip: the one table that pages, programs, the verifier and the documentation read. */
export const TRANSITIONS: readonly Transition[] = [
  row({
    step: 'submitted',
    from: [],
    to: 'submitted',
    toOverlay: 'none',
    who: [CITIZEN],
    starts: ['register', 'classify', 'verify', 'settle', 'handle'],
    basis: 'BLTTHS Đ145.1',
    consequence: 'promise_given',
  }),
  row({
    step: 'registered',
    from: ['submitted'],
    to: 'received',
    who: [HANDLERS],
    focal: 'intake',
    stops: ['register'],
    basis: 'BLTTHS Đ145.1; TT 28/2020/TT-BCA Đ4',
    consequence: 'number_taken',
  }),
  row({
    step: 'classified',
    from: ['received'],
    to: 'classified',
    who: [HANDLERS],
    focal: 'classification',
    only: { competent: true },
    stops: ['classify'],
    requires: ['legal_kind', 'conduct', 'priority'],
    basis: 'TTLT 01/2017 Đ8.1–2',
    consequence: 'kind_set',
  }),
  row({
    step: 'classified',
    from: ['received'],
    to: 'classified',
    who: [HANDLERS],
    focal: 'classification',
    only: { competent: false },
    starts: ['transfer'],
    stops: ['classify'],
    requires: ['legal_kind', 'conduct', 'priority'],
    basis: 'TTLT 01/2017 Đ8; TT 28/2020/TT-BCA Đ8, 18',
    consequence: 'kind_set_not_competent',
  }),
  row({
    step: 'classified',
    from: CLASSIFIED,
    who: [LEADERS],
    focal: 'classification',
    only: { competent: true },
    stops: ['transfer'],
    requires: ['legal_kind', 'conduct', 'priority'],
    basis: 'TTLT 01/2017 Đ8',
    consequence: 'kind_changed',
  }),
  row({
    step: 'prioritised',
    from: OPEN_STAGES,
    overlay: 'any',
    who: [HANDLERS],
    focal: 'intake',
    requires: ['priority', 'reason'],
    basis: 'policy',
    consequence: 'priority_set',
  }),
  row({
    step: 'assigned',
    from: ['classified', 'assigned'],
    to: 'assigned',
    who: [LEADERS],
    focal: 'resolution',
    requires: ['assignee'],
    basis: 'TTLT 01/2017 Đ9',
    consequence: 'assignee_set',
  }),
  row({
    step: 'assigned',
    from: ['verifying'],
    who: [LEADERS],
    focal: 'resolution',
    requires: ['assignee'],
    basis: 'TTLT 01/2017 Đ9',
    consequence: 'assignee_set',
  }),
  row({
    step: 'verification_started',
    from: ['classified', 'assigned'],
    to: 'verifying',
    who: [HANDLERS],
    focal: 'verification',
    requires: ['plan'],
    basis: 'TTLT 01/2017 Đ8.5; BLTTHS Đ147',
    consequence: 'verification_open',
  }),
  row({
    step: 'resolution_proposed',
    from: OPEN_STAGES,
    who: [HANDLERS, OUTSIDE],
    people: 'two_one_outside',
    focal: 'intake',
    only: { outcomes: APART_OUTCOMES },
    requires: PROPOSAL,
    basis: 'policy',
    consequence: 'outside_person_asked',
  }),
  row({
    step: 'resolution_proposed',
    from: ['verifying'],
    who: [HANDLERS],
    people: 'two',
    focal: 'verification',
    only: { outcomes: VERIFIED_OUTCOMES },
    stops: ['verify'],
    requires: PROPOSAL,
    basis: 'BLTTHS Đ147.1; TTLT 01/2017 Đ8.5b',
    consequence: 'second_person_asked',
  }),
  row({
    step: 'resolution_proposed',
    from: ['classified', 'assigned'],
    who: [HANDLERS],
    people: 'two',
    focal: 'verification',
    only: { outcomes: ['duplicate', 'withdrawn'] },
    stops: ['verify'],
    requires: PROPOSAL,
    basis: 'policy',
    consequence: 'second_person_asked',
  }),
  row({
    step: 'resolution_proposed',
    from: ['classified', 'assigned'],
    who: [HANDLERS],
    people: 'two',
    focal: 'verification',
    only: { outcomes: ['referred_support', 'kept', 'insufficient'], legalKinds: ['support_request'] },
    stops: ['verify'],
    requires: PROPOSAL,
    basis: 'policy',
    consequence: 'second_person_asked',
  }),
  row({
    step: 'resolution_refused',
    from: OPEN_STAGES,
    who: [LEADERS, OUTSIDE],
    focal: 'resolution',
    requires: ['decision', 'reason'],
    basis: 'policy',
    consequence: 'proposal_dropped',
  }),
  row({
    step: 'resolved',
    from: OPEN_STAGES,
    to: 'resolved',
    who: [LEADERS, OUTSIDE],
    people: 'two_one_outside',
    focal: 'resolution',
    only: { outcomes: APART_OUTCOMES },
    starts: ['notify_result', 'archive'],
    stops: ['register', 'classify', 'verify', 'settle', 'handle', 'transfer'],
    requires: ['decision', 'document_number'],
    basis: 'policy',
    consequence: 'outcome_fixed_apart',
  }),
  row({
    step: 'resolved',
    from: CLASSIFIED,
    to: 'resolved',
    who: [LEADERS],
    people: 'two',
    focal: 'resolution',
    only: { outcomes: VERIFIED_OUTCOMES },
    starts: ['notify_result', 'archive'],
    stops: ['verify', 'settle', 'transfer'],
    requires: ['decision', 'document_number'],
    basis: 'BLTTHS Đ147.1',
    consequence: 'outcome_fixed',
  }),
  row({
    step: 'notified',
    from: ['resolved'],
    to: 'notified',
    who: [HANDLERS],
    focal: 'answer',
    stops: ['handle', 'notify_result'],
    requires: ['answer'],
    basis: 'TTLT 01/2017 Đ14.3',
    consequence: 'answer_readable',
  }),
  row({
    step: 'archived',
    from: ['notified'],
    to: 'archived',
    who: [HANDLERS],
    focal: 'answer',
    stops: ['archive'],
    basis: 'TT 28/2020/TT-BCA Đ20',
    consequence: 'file_closed',
  }),
  row({
    step: 'transfer_sent',
    from: REGISTERED,
    toOverlay: 'transfer_sent',
    who: [LEADERS],
    focal: 'resolution',
    starts: ['transfer_ack'],
    stops: ['transfer'],
    requires: ['to_unit', 'ground', 'wraps'],
    basis: 'TTLT 01/2017 Đ8; TT 28/2020/TT-BCA Đ8, 18',
    consequence: 'other_unit_asked',
  }),
  row({
    step: 'transfer_acknowledged',
    from: REGISTERED,
    overlay: 'transfer_sent',
    to: 'received',
    toOverlay: 'none',
    who: [RECEIVERS],
    focal: 'intake',
    starts: ['classify', 'verify', 'settle', 'handle'],
    stops: ['classify', 'verify', 'settle', 'handle', 'transfer_ack'],
    basis: 'TT 28/2020/TT-BCA Đ8, 18',
    consequence: 'custody_taken',
  }),
  row({
    step: 'transfer_returned',
    from: REGISTERED,
    overlay: 'transfer_sent',
    toOverlay: 'none',
    who: [RECEIVERS],
    focal: 'intake',
    stops: ['transfer_ack'],
    requires: ['ground'],
    basis: 'TT 28/2020/TT-BCA Đ8, 18',
    consequence: 'custody_stays',
  }),
  row({
    step: 'message_posted',
    from: [...REGISTERED, 'resolved', 'notified'],
    overlay: 'any',
    who: [HANDLERS],
    focal: 'answer',
    requires: ['message'],
    basis: 'TT 28/2020/TT-BCA Đ17',
    consequence: 'citizen_can_read',
  }),
  row({
    step: 'message_received',
    from: ALL_STAGES,
    overlay: 'any',
    who: [CITIZEN],
    requires: ['message'],
    basis: 'BLTTHS Đ145.1',
    consequence: 'unit_can_read',
  }),
  row({
    step: 'rewrapped',
    from: ALL_STAGES,
    overlay: 'any',
    who: [HANDLERS],
    requires: ['wraps'],
    basis: 'policy',
    consequence: 'keys_renewed',
  }),
  row({
    step: 'printed',
    from: ALL_STAGES,
    overlay: 'any',
    who: [HANDLERS],
    requires: ['watermark'],
    basis: 'policy',
    consequence: 'paper_copy_logged',
  }),
];
