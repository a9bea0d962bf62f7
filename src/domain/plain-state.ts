import type { Outcome, Overlay, Stage } from './terms.ts';

/** What the citizen is told of the way a tip has gone: the catalogue has one sentence for each. */
export const PLAIN_STATES = [
  'arrived',
  'registered',
  'sorted',
  'looking_into',
  'taking_longer',
  'resting',
  'passing_on',
  'decided',
  'answered',
  'closed',
] as const;
export type PlainState = (typeof PLAIN_STATES)[number];

/** What the citizen is told of how it ended. Several official outcomes share one plain sentence. */
export const PLAIN_OUTCOMES = [
  'case_opened',
  'no_case',
  'paused',
  'fined',
  'passed_to_competent',
  'inspected',
  'nothing_found',
  'too_little',
  'joined_to_other',
  'help_arranged',
  'kept_on_file',
  'taken_back',
  'could_not_open',
  'not_a_tip',
] as const;
export type PlainOutcome = (typeof PLAIN_OUTCOMES)[number];

const OF_STAGE: Readonly<Record<Stage, PlainState>> = {
  submitted: 'arrived',
  received: 'registered',
  classified: 'sorted',
  assigned: 'looking_into',
  verifying: 'looking_into',
  resolved: 'decided',
  notified: 'answered',
  archived: 'closed',
};

const OF_OUTCOME: Readonly<Record<Outcome, PlainOutcome>> = {
  prosecuted: 'case_opened',
  not_prosecuted: 'no_case',
  suspended: 'paused',
  sanctioned: 'fined',
  transferred: 'passed_to_competent',
  inspected: 'inspected',
  unfounded: 'nothing_found',
  insufficient: 'too_little',
  duplicate: 'joined_to_other',
  referred_support: 'help_arranged',
  kept: 'kept_on_file',
  withdrawn: 'taken_back',
  unreadable: 'could_not_open',
  spam: 'not_a_tip',
};

const OF_OVERLAY: Readonly<Partial<Record<Overlay, PlainState>>> = {
  transfer_sent: 'passing_on',
  suspended: 'resting',
};

/** What lies over a stage is told before the stage; that the time was extended only while it still runs. */
const stateOf = (stage: Stage, overlay: Overlay): PlainState => {
  const extended = overlay === 'extended_1' || overlay === 'extended_2';
  return OF_OVERLAY[overlay] ?? (extended && stage === 'verifying' ? 'taking_longer' : OF_STAGE[stage]);
};

/** The catalogue keys of the sentences that a citizen reads. `outcome` is null until there is one. */
export const plainState = (tip: {
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly outcome: Outcome | null;
}): { readonly state: PlainState; readonly outcome: PlainOutcome | null } => ({
  state: stateOf(tip.stage, tip.overlay),
  outcome: tip.outcome === null ? null : OF_OUTCOME[tip.outcome],
});
