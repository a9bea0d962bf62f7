import { expect, test } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import type { Day, Hash, Seconds, StaffId, TipId, UnitId } from '../../src/domain/ids.ts';
import { allowedSteps, decide } from '../../src/domain/life-cycle.ts';
import {
  type Act,
  type Actor,
  type PendingDecision,
  STEPS,
  type Step,
  type TipState,
} from '../../src/domain/life-cycle-types.ts';
import type { SettlementRight } from '../../src/domain/settlement.ts';
import { type Outcome, OVERLAYS, type Overlay, STAGES, type Stage } from '../../src/domain/terms.ts';
import { context, T0 } from '../domain/support.ts';
import { FORM_03, ORDINARY, UNTOUCHED } from '../fixtures/acts.ts';
import { APART, type Desk, ENDED, refusedBecause, type Waiting } from './allowed.ts';
import { end } from './dates.ts';
import { type Place, standings } from './people.ts';

const HOLDER = '14-ca' as UnitId;
const RECEIVER = '14-03646-ca' as UnitId;
const ABOVE = 'vn-ttb' as UnitId;
const PROCURACY = '14-vks' as UnitId;
const INSPECTORATE = '14-ttca' as UnitId;
const HASH = 'ab'.repeat(32) as Hash;
const NOW = (T0 + 3600) as Seconds;

const id = (n: number) => n.toString(16).padStart(32, '0') as StaffId;
const person = (n: number, unit: UnitId, role: Actor['roles'][number], more: Partial<Actor> = {}): Actor => ({
  ...{ staff: id(n), unit, roles: [role], overTipUnit: false },
  ...more,
});
const PROPOSER = person(1, HOLDER, 'head');
const CHECKER = person(2, HOLDER, 'officer');

/** One of every sort of person there is beside a tip. */
const ACTORS: readonly Actor[] = [
  PROPOSER,
  CHECKER,
  person(3, HOLDER, 'officer'),
  person(4, HOLDER, 'deputy'),
  person(5, HOLDER, 'operator'),
  person(6, HOLDER, 'auditor'),
  person(7, HOLDER, 'administrator'),
  person(8, HOLDER, 'support_worker'),
  person(9, RECEIVER, 'officer'),
  person(10, RECEIVER, 'head'),
  person(11, ABOVE, 'inspector', { overTipUnit: true, divertsFrom: true }),
  person(12, ABOVE, 'head', { overTipUnit: true, divertsFrom: true }),
  person(13, ABOVE, 'officer', { overTipUnit: true, divertsFrom: true }),
  person(14, PROCURACY, 'prosecutor'),
  person(15, PROCURACY, 'auditor'),
  person(16, INSPECTORATE, 'inspector', { divertsFrom: true }),
  person(17, 'vn-vks' as UnitId, 'prosecutor'),
];

/** A right act for each step; the citizen's steps and those that are told by the service go other ways. */
const ACTS: Partial<Record<Step, Act>> = {
  registered: { step: 'registered' },
  classified: {
    ...{ step: 'classified', legalKind: 'crime_report', conduct: 'selling_sex', priority: 'P3' },
    ...{ competent: true, ...ORDINARY },
  },
  prioritised: { step: 'prioritised', priority: 'P2', reason: 'x' },
  assigned: { step: 'assigned', assignee: id(3) },
  verification_started: { step: 'verification_started', plan: 'x' },
  resolution_refused: { step: 'resolution_refused', decision: 7, reason: 'x' },
  resolved: { step: 'resolved', decision: 7 },
  notified: { step: 'notified', impossible: null },
  archived: { step: 'archived' },
  transfer_sent: { step: 'transfer_sent', toUnit: RECEIVER, ground: 'x', ...FORM_03 },
  transfer_acknowledged: { step: 'transfer_acknowledged' },
  transfer_returned: { step: 'transfer_returned', why: 'incomplete', ground: 'x' },
  message_posted: { step: 'message_posted' },
  question_posted: { step: 'question_posted' },
  consent_asked: { step: 'consent_asked', toUnit: RECEIVER },
  thread_muted: { step: 'thread_muted', reason: 'x' },
  thread_unmuted: { step: 'thread_unmuted', reason: 'x' },
  copy_made: { step: 'copy_made', copy: 1, seal: HASH, toUnit: HOLDER },
  rewrapped: { step: 'rewrapped' },
  printed: { step: 'printed', watermark: 'x' },
  shredding_proposed: { step: 'shredding_proposed', rule: 'x', audited: HASH, upTo: 1 },
  shredding_refused: { step: 'shredding_refused', decision: 7, reason: 'x' },
  shredded: { step: 'shredded', decision: 7 },
  receipt_noticed: { step: 'receipt_noticed', toUnit: PROCURACY, impossible: null },
  child_measures_taken: { step: 'child_measures_taken', documentNumber: '1', ground: 'x' },
  assignment_proposed: { step: 'assignment_proposed', documentNumber: '1' },
  extension_proposed: {
    ...{ step: 'extension_proposed', number: 1, until: '2026-07-10' as Day, ground: 'x' },
    ...{ documentNumber: '1', toUnit: null },
  },
  extended: { step: 'extended', decision: 7, documentNumber: '1' },
  extension_refused: { step: 'extension_refused', decision: 7, reason: 'x' },
  suspension_proposed: {
    ...{ step: 'suspension_proposed', why: 'expert_awaited', ground: 'x' },
    ...{ documentNumber: '1', toUnit: PROCURACY },
  },
  suspended: { step: 'suspended', decision: 7 },
  suspension_refused: { step: 'suspension_refused', decision: 7, reason: 'x' },
  suspension_noticed: { step: 'suspension_noticed', impossible: null },
  suspension_annulled: { step: 'suspension_annulled', documentNumber: '1', reason: 'x' },
  resumed: { step: 'resumed', documentNumber: '1', ground: 'x' },
  diverted: { step: 'diverted', toUnit: INSPECTORATE, why: 'conflict', ground: 'x' },
  file_passed: { step: 'file_passed', agency: 'x', documentNumber: '1' },
  reopened: { step: 'reopened', why: 'new_facts', reason: 'x', documentNumber: '1' },
  post_check_set: {
    ...{ step: 'post_check_set', day: '2026-07-10' as Day, kind: 'sanction' },
    ...{ focal: CHECKER.staff, deputy: id(3) },
  },
  post_check_done: { step: 'post_check_done', result: 'clean', reason: 'x' },
};

const OUTCOMES: readonly Outcome[] = ['spam', 'unfounded', 'prosecuted', 'duplicate', 'kept', 'suspended'];
const proposal = (outcome: Outcome): Act => ({
  ...{ step: 'resolution_proposed', outcome, documentNumber: '1', ground: 'x' },
  ...(outcome === 'duplicate' ? { mergedInto: HASH.slice(0, 32) as TipId } : {}),
  ...(outcome === 'not_prosecuted' ? { noCase: 'no_crime', violationLeft: false } : {}),
  ...(outcome === 'transferred' ? { acknowledgedBy: 'Chi cục Kiểm lâm, công văn 12/KL' } : {}),
});

const proposed = { id: 7, proposedBy: PROPOSER.staff, proposerUnit: HOLDER, documentNumber: '1' };
const ending = { ...proposed, mergedInto: null, violationLeft: false };
const PENDING: readonly (PendingDecision | null)[] = [
  null,
  { ...ending, kind: 'resolution', outcome: 'unfounded' },
  { ...ending, kind: 'resolution', outcome: 'spam' },
  { ...proposed, kind: 'extension', number: 1, until: '2026-07-10' as Day, toUnit: null },
  { ...proposed, kind: 'suspension', ground: 'expert_awaited', toUnit: PROCURACY },
  { ...proposed, kind: 'shredding', rule: 'x', audited: HASH, upTo: 1 },
];

/** Both leaders may settle, so that nothing but stage, overlay and person decides. */
const RIGHTS: readonly SettlementRight[] = [PROPOSER.staff, id(4)].map((staff) => ({
  ...{ id: HASH, unit: HOLDER, staff, grade: 'mid', legalKinds: ['crime_report'], document: '1' },
  ...{ from: T0, until: null },
}));

/** The next extension: the second is the procuracy's. */
const extensionOf = (tip: Pick<TipState, 'extension'>) =>
  tip.extension === 0
    ? ({ number: 1, until: '2026-07-10' as Day, toUnit: null } as const)
    : ({ number: 2, until: '2026-07-10' as Day, toUnit: PROCURACY } as const);

const state = (
  stage: Stage,
  overlay: Overlay,
  pending: PendingDecision | null,
  more: Partial<TipState>,
): TipState => ({
  ...{ unit: HOLDER, stage, overlay, priority: 'P3', urgent: false, conduct: 'selling_sex', t0: T0 },
  ...UNTOUCHED,
  legalKind: stage === 'submitted' || stage === 'received' ? null : 'crime_report',
  outcome: null,
  supervisor: PROCURACY,
  extension: overlay === 'extended_1' ? 1 : overlay === 'extended_2' ? 2 : 0,
  postCheck: null,
  clocks: [
    ...(['settle', 'verify', 'handle'] as const).map((clock) => ({
      ...{ clock, ruleVersion: `${clock}-20d`, started: T0, stopped: null },
      due: end(T0, [20, 'd']) as Seconds,
    })),
  ],
  pending:
    pending?.kind === 'extension'
      ? { ...pending, ...extensionOf({ extension: overlay === 'extended_1' ? 1 : 0 }) }
      : pending,
  transferTo: overlay === 'transfer_sent' ? RECEIVER : null,
  ...more,
});

const desk = ({ stage, overlay, pending, legalKind, outcome, circumstances }: TipState): Desk => ({
  stage,
  lies: overlay === 'transfer_sent' ? 'sent' : overlay === 'suspended' ? 'suspended' : 'work',
  waiting: (pending?.kind ?? null) as Waiting | null,
  waitingOutcome: pending?.kind === 'resolution' ? pending.outcome : null,
  waitingProcuracy: pending?.kind === 'extension' && pending.toUnit !== null,
  kind: legalKind,
  outcome,
  circumstances,
});

const place = (tip: TipState): Place => ({
  holder: HOLDER,
  sentTo: tip.transferTo,
  supervisor: tip.supervisor,
  proposer: tip.pending?.proposedBy ?? null,
  checkers: tip.postCheck === null ? [] : [tip.postCheck.focal, tip.postCheck.deputy],
  above: [ABOVE],
  diverters: [ABOVE, INSPECTORATE],
});

/** What the second person must be: another than the first; for what is set apart one inside and one outside. */
const second = (tip: TipState, actor: Actor, step: Step): readonly string[] => {
  const { pending } = tip;
  if (pending === null || !['resolved', 'extended', 'suspended', 'shredded'].includes(step)) return [];
  const codes: string[] = [];
  if (pending.proposedBy === actor.staff) codes.push('same_person');
  const apart = pending.kind === 'resolution' && APART.includes(pending.outcome);
  if (apart && (actor.unit === HOLDER) === (pending.proposerUnit === HOLDER)) codes.push('outside_person');
  return codes;
};

const decided = (tip: TipState, actor: Actor, act: Act): string => {
  try {
    decide(tip, actor, act, context({ now: NOW, rights: RIGHTS }));
    return 'taken';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

const states = function* (): Generator<TipState> {
  for (const stage of STAGES)
    for (const overlay of OVERLAYS)
      for (const pending of PENDING) {
        if (pending?.kind === 'extension' && overlay === 'extended_2') continue;
        if (!ENDED.includes(stage)) yield state(stage, overlay, pending, {});
        else
          for (const outcome of ['not_prosecuted', 'sanctioned', 'spam'] as const) {
            yield state(stage, overlay, pending, { outcome });
            const postCheck = { focal: CHECKER.staff, deputy: id(30) };
            yield state(stage, overlay, pending, { outcome, postCheck });
          }
      }
};

const acts: readonly Act[] = [...Object.values(ACTS), ...OUTCOMES.map(proposal)];

/** The act as it fits this tip. */
const fitted = (act: Act, tip: TipState): Act =>
  act.step === 'extension_proposed' ? { ...act, ...extensionOf(tip) } : act;

const expected = (tip: TipState, actor: Actor, act: Act): ReadonlySet<string> => {
  const outcome = act.step === 'resolution_proposed' ? act.outcome : null;
  const why = refusedBecause(
    desk(tip),
    act.step,
    outcome,
    standings({ ...actor, id: actor.staff }, place(tip)),
  );
  const codes = new Set<string>(second(tip, actor, act.step));
  if (why.has('state')) codes.add('step_not_allowed').add('stale');
  if (why.has('person')) codes.add('step_forbidden');
  if (act.step === 'post_check_set' && tip.postCheck !== null) codes.add('post_check_open');
  if (act.step === 'post_check_done' && tip.postCheck === null) codes.add('step_not_allowed');
  if (['extension_proposed', 'extended'].includes(act.step) && tip.extension === 2)
    codes.add('extension_order');
  return codes;
};

test('the table takes a step exactly where the second reading does, and refuses with its codes', () => {
  const differences = new Map<string, number>();
  for (const tip of states())
    for (const actor of ACTORS)
      for (const one of acts) {
        const act = fitted(one, tip);
        const codes = expected(tip, actor, act);
        const found = decided(tip, actor, act);
        if (codes.size === 0 ? found === 'taken' : found !== 'taken' && codes.has(found)) continue;
        const outcome = act.step === 'resolution_proposed' ? `:${act.outcome}` : '';
        const key = `${act.step}${outcome} at ${tip.stage} over ${tip.overlay}, waiting ${tip.pending?.kind ?? '-'}${tip.pending?.kind === 'resolution' ? `:${tip.pending.outcome}` : ''}, by ${actor.roles[0]} of ${actor.unit}: ${found}, not ${[...codes].join(' or ') || 'taken'}`;
        differences.set(key, (differences.get(key) ?? 0) + 1);
      }
  expect([...differences.keys()]).toEqual([]);
});

test('what may be done is offered, and nothing else', () => {
  const differences: string[] = [];
  const offered = STEPS.filter((step) => step in ACTS);
  for (const tip of states())
    for (const actor of ACTORS) {
      const steps = allowedSteps(tip, actor);
      for (const step of offered)
        if (steps.includes(step) !== (expected(tip, actor, ACTS[step] as Act).size === 0))
          differences.push(
            `${step} at ${tip.stage} over ${tip.overlay}, waiting ${tip.pending?.kind ?? '-'}, by ${actor.roles[0]} of ${actor.unit}`,
          );
    }
  expect(differences).toEqual([]);
});
