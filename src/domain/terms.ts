/** The field's fixed vocabularies. Vietnamese and English labels are in the i18n catalogues under the same identifiers. */

/** How a tip came in (kênh tiếp nhận). */
export const INTAKE_CHANNELS = [
  'web',
  'hotline',
  'tip_box',
  'in_person',
  'post',
  'email',
  'zalo',
  'facebook',
  'vneid',
  'mass_media',
  'hotline_111',
  'interagency',
] as const;
export type IntakeChannel = (typeof INTAKE_CHANNELS)[number];

/** How far the informant is known: nameless, refused to say (the reason is recorded), asked for secrecy, named. */
export const IDENTITY_MODES = ['anonymous', 'refused', 'confidential', 'named'] as const;
export type IdentityMode = (typeof IDENTITY_MODES)[number];

/** What a tip is in law once classified (loại nguồn tin). */
export const LEGAL_KINDS = [
  'crime_denunciation',
  'crime_report',
  'prosecution_proposal',
  'admin_violation',
  'denunciation',
  'denunciation_info',
  'complaint',
  'petition',
  'feedback',
  'support_request',
  'out_of_scope',
] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];

/** P1 human eyes within 15 minutes; P2 24 hours; P3 7 days; P4 too little to act on. */
export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How the text was sealed: in the citizen's browser, by the server for a browser without script, or by an operator. */
export const ASSURANCES = ['e2ee', 'server-sealed', 'operator'] as const;
export type Assurance = (typeof ASSURANCES)[number];

/** The coarse group that the server may know before an officer classifies. */
export const CONDUCT_GROUPS = [
  'prostitution',
  'trafficking',
  'child',
  'pornography',
  'official',
  'support',
  'other',
] as const;
export type ConductGroup = (typeof CONDUCT_GROUPS)[number];

/** Where a tip stands on its main path. */
export const STAGES = [
  'submitted',
  'received',
  'classified',
  'assigned',
  'verifying',
  'resolved',
  'notified',
  'archived',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What an officer finds when classifying and what changes clocks and duties: TTLT 01/2017 Đ8.5a, TT 43/2021 Đ5, BLHS Đ9. `checkable`: information
 * with the content of a denunciation that names a violator, gives proof and a basis (Luật Tố cáo Đ25).
 */
export const CIRCUMSTANCES = [
  'caught_in_act',
  'serious',
  'very_serious',
  'especially_serious',
  'public_concern',
  'may_flee',
  'minor',
  'checkable',
] as const;
export type Circumstance = (typeof CIRCUMSTANCES)[number];

/** What lies over a stage for a while without replacing it. */
export const OVERLAYS = ['none', 'transfer_sent', 'extended_1', 'extended_2', 'suspended'] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** How a tip ended. */
export const OUTCOMES = [
  'prosecuted',
  'not_prosecuted',
  'suspended',
  'sanctioned',
  'transferred',
  'inspected',
  'unfounded',
  'insufficient',
  'duplicate',
  'referred_support',
  'kept',
  'withdrawn',
  'unreadable',
  'spam',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The four verbs of the plans. */
export const VERBS = ['received', 'classified', 'verified', 'handled'] as const;
export type Verb = (typeof VERBS)[number];

/** What a member of staff may be. One person may hold several roles in one unit. */
export const ROLES = [
  'officer',
  'head',
  'deputy',
  'operator',
  'inspector',
  'prosecutor',
  'support_worker',
  'auditor',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** What a unit is. */
export const UNIT_KINDS = [
  'commune_police',
  'provincial_police',
  'inspectorate',
  'ministry_inspectorate',
  'provincial_inspectorate',
  'procuracy',
  'team_178',
  'border_guard',
  'customs',
  'health_department',
  'culture_social_office',
  'fatherland_front',
  'social_support',
  'peoples_committee',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** Which of its tips a unit's queue shows. */
export const QUEUE_SCOPES = [
  'open',
  'new',
  'due_soon',
  'overdue',
  'incoming_transfer',
  'pending_decision',
  'closed',
  'all',
] as const;
export type QueueScope = (typeof QUEUE_SCOPES)[number];

/**
 * The statutory and policy clocks that run on a tip. Limits and start events are data (`db/data/clocks.json`).
 * `settle` ends with the decision; `handle` has the same limit and ends only when the answer is posted as well: it feeds the
 * verb `handled`. `transfer` is the time to send a tip on once the unit has found that it is not competent. `ask_back` is the time after
 * which a tip whose sender was asked something comes back to the unit by itself.
 */
export const CLOCKS = [
  'register',
  'classify',
  'verify',
  'settle',
  'handle',
  'notify_result',
  'transfer',
  'transfer_ack',
  'archive',
  'ask_back',
  'notice_receipt',
  'assign',
  'child_measures',
  'propose_assignment',
  'extension_answer',
  'suspension_sent',
  'pass_file',
  'screen',
  'accept',
  'first_answer',
  'post_check',
] as const;
export type ClockName = (typeof CLOCKS)[number];
