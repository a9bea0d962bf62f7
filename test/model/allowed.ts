import type { Standing } from './people.ts';

/*
 * Who may do what and when: domain.md's life cycle and the design of the steps it lacks, written a second time by hand. It knows nothing of
 * the program's table; where the two differ one of them is wrong.
 */

export const OPEN = ['submitted', 'received', 'classified', 'assigned', 'verifying'];
/** In the register. */
export const REGISTERED = OPEN.slice(1);
export const KNOWN = OPEN.slice(2);
export const ENDED = ['resolved', 'notified', 'archived'];
const ALL = [...OPEN, ...ENDED];

export const CRIME = ['crime_denunciation', 'crime_report', 'prosecution_proposal'];
/** Set apart: one of the two comes from outside the unit. */
export const APART = ['spam', 'unreadable'];
/** Found by verifying. */
const FOUND = [
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
/** Decisions of criminal procedure (BLTTHS Đ147): only news of a crime ends so. */
const PROCEEDINGS = ['prosecuted', 'not_prosecuted'];

/** Who waits for whom: one decision a tip. */
export type Waiting = 'resolution' | 'extension' | 'suspension' | 'shredding';

/** What the matrix needs of a tip. */
export interface Desk {
  readonly stage: string;
  readonly lies: 'work' | 'sent' | 'suspended';
  readonly waiting: Waiting | null;
  /** Of a waiting resolution. */
  readonly waitingOutcome: string | null;
  /** Of a waiting extension: true when the procuracy was asked. */
  readonly waitingProcuracy: boolean;
  readonly kind: string | null;
  readonly outcome: string | null;
  readonly circumstances: readonly string[];
}

interface Line {
  readonly at: readonly string[];
  readonly lies: 'work' | 'sent' | 'suspended' | 'any';
  readonly who: readonly Standing[];
}

const line = (at: readonly string[], lies: Line['lies'], ...who: Standing[]): Line => ({ at, lies, who });

/** Steps whose line depends on nothing but stage and what lies over it. */
const PLAIN: Readonly<Record<string, Line>> = {
  registered: line(['submitted'], 'work', 'handler'),
  prioritised: line(OPEN, 'any', 'handler'),
  assigned: line(KNOWN, 'work', 'leader'),
  verification_started: line(['classified', 'assigned'], 'work', 'handler'),
  notified: line(['resolved'], 'work', 'handler'),
  archived: line(['notified'], 'work', 'handler'),
  transfer_sent: line(REGISTERED, 'work', 'leader'),
  transfer_acknowledged: line(REGISTERED, 'sent', 'receiver'),
  transfer_returned: line(REGISTERED, 'sent', 'receiver'),
  message_posted: line([...REGISTERED, 'resolved', 'notified'], 'any', 'handler'),
  question_posted: line(REGISTERED, 'any', 'handler'),
  consent_asked: line(REGISTERED, 'work', 'helper'),
  thread_muted: line(ALL, 'any', 'leader'),
  thread_unmuted: line(ALL, 'any', 'leader'),
  copy_made: line([...REGISTERED, ...ENDED], 'any', 'handler'),
  rewrapped: line(ALL, 'any', 'handler'),
  printed: line(ALL, 'any', 'handler'),
  shredding_proposed: line(['archived'], 'work', 'leader'),
  // The result tells of the receipt, too; measures for a child are better noted late than never.
  receipt_noticed: line(REGISTERED, 'work', 'handler'),
  child_measures_taken: line([...REGISTERED, ...ENDED], 'work', 'handler'),
  assignment_proposed: line(KNOWN, 'work', 'leader'),
  extension_proposed: line(['verifying'], 'work', 'handler'),
  suspension_proposed: line(['verifying'], 'work', 'handler'),
  suspension_noticed: line(['verifying'], 'suspended', 'handler'),
  suspension_annulled: line(['verifying'], 'suspended', 'procuracy'),
  resumed: line(['verifying'], 'suspended', 'leader', 'leader_above'),
  diverted: line(OPEN, 'any', 'handler', 'diverter'),
  reopened: line(ENDED, 'work', 'leader', 'leader_above'),
};

/** A tip's outcome after which a step is thought of at all. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  file_passed: ['not_prosecuted'],
  post_check_set: ['sanctioned', 'inspected'],
  post_check_done: ['sanctioned', 'inspected'],
};

/** From where an outcome may be proposed, and by whom. */
const proposing = (desk: Desk, outcome: string): Line | null => {
  // What two people, one from outside, find to be no tip at all needs no number of the register.
  if (APART.includes(outcome)) return line(OPEN, 'work', 'handler', 'outsider');
  if (!FOUND.includes(outcome)) return null;
  if (PROCEEDINGS.includes(outcome) && (desk.kind === null || !CRIME.includes(desk.kind))) return null;
  const early =
    ['duplicate', 'withdrawn'].includes(outcome) ||
    (desk.kind === 'support_request' && ['referred_support', 'kept', 'insufficient'].includes(outcome)) ||
    // Luật Tố cáo Đ25: only what names a violator, gives proof and a basis must be checked.
    (desk.kind === 'denunciation_info' &&
      !desk.circumstances.includes('checkable') &&
      ['kept', 'insufficient'].includes(outcome));
  return line(early ? KNOWN : ['verifying'], 'work', 'handler');
};

/** Closing a waiting decision: who says yes, who says no. */
const closing = (desk: Desk, step: string): Line | null => {
  const apart = desk.waitingOutcome !== null && APART.includes(desk.waitingOutcome);
  switch (step) {
    case 'resolved':
      if (desk.waiting !== 'resolution') return null;
      return apart ? line(OPEN, 'work', 'leader', 'outsider') : line(KNOWN, 'work', 'leader');
    case 'resolution_refused':
      if (desk.waiting !== 'resolution') return null;
      return apart
        ? line(OPEN, 'work', 'leader', 'outsider', 'proposer')
        : line(OPEN, 'work', 'leader', 'proposer');
    case 'extended':
      if (desk.waiting !== 'extension') return null;
      return line(['verifying'], 'work', desk.waitingProcuracy ? 'procuracy' : 'leader');
    case 'extension_refused':
      if (desk.waiting !== 'extension') return null;
      return line(['verifying'], 'work', desk.waitingProcuracy ? 'procuracy' : 'leader', 'proposer');
    case 'suspended':
    case 'suspension_refused':
      if (desk.waiting !== 'suspension') return null;
      return step === 'suspended'
        ? line(['verifying'], 'work', 'leader')
        : line(['verifying'], 'work', 'leader', 'proposer');
    case 'shredded':
    case 'shredding_refused':
      return desk.waiting === 'shredding' ? line(['archived'], 'work', 'leader') : null;
    default:
      return null;
  }
};

/** Steps that find no decision waiting: one at a time, and none over something that another person has not seen. */
const ALONE = [
  'resolution_proposed',
  'extension_proposed',
  'suspension_proposed',
  'shredding_proposed',
  'transfer_sent',
];

const CLOSING = [
  ...['resolved', 'resolution_refused', 'extended', 'extension_refused', 'suspended', 'suspension_refused'],
  ...['shredded', 'shredding_refused'],
];

/** Where the line for an act is, or null when there is none for this tip. `outcome` is that of a proposal. */
const lineFor = (desk: Desk, step: string, outcome: string | null): Line | null => {
  if (CLOSING.includes(step)) return closing(desk, step);
  if (step === 'classified')
    return desk.stage === 'received' ? line(['received'], 'work', 'handler') : line(KNOWN, 'work', 'leader');
  if (step === 'resolution_proposed') return outcome === null ? null : proposing(desk, outcome);
  const after = AFTER[step];
  if (after !== undefined) {
    if (desk.outcome === null || !after.includes(desk.outcome)) return null;
    if (step === 'file_passed') return line(ENDED, 'work', 'handler');
    return step === 'post_check_set' ? line(ENDED, 'any', 'leader') : line(ENDED, 'any', 'checker', 'leader');
  }
  // News of a crime alone is suspended (BLTTHS Đ148).
  if (step === 'suspension_proposed' && (desk.kind === null || !CRIME.includes(desk.kind))) return null;
  return PLAIN[step] ?? null;
};

/** Why an act is not to be had: nobody may do it now (`state`), or not this person (`person`). Empty: it may be done. */
export const refusedBecause = (
  desk: Desk,
  step: string,
  outcome: string | null,
  is: ReadonlySet<Standing>,
): ReadonlySet<'state' | 'person'> => {
  const why = new Set<'state' | 'person'>();
  const found = lineFor(desk, step, outcome);
  if (found === null) return new Set(['state', 'person']);
  if (!found.at.includes(desk.stage) || (found.lies !== 'any' && found.lies !== desk.lies)) why.add('state');
  const again = step === 'classified' && desk.stage !== 'received';
  if ((again || ALONE.includes(step)) && desk.waiting !== null) why.add('state');
  if (!found.who.some((one) => is.has(one))) why.add('person');
  return why;
};
