import { describe, expect, test } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import { allowedSteps, decide, initialState, outcomesFor } from '../../src/domain/life-cycle.ts';
import { type Act, type Actor, STEPS, type Step, type TipState } from '../../src/domain/life-cycle-types.ts';
import { OVERLAYS, ROLES, STAGES, type Stage } from '../../src/domain/terms.ts';
import { FORM_03, ORDINARY } from '../fixtures/acts.ts';
import {
  ACTS,
  apply,
  at,
  COMMUNE,
  calendar,
  codeOf,
  context,
  member,
  OTHER,
  outsider,
  rules,
  SILENT,
  T0,
  tip,
} from './support.ts';

const classified: Act = {
  step: 'classified',
  legalKind: 'crime_report',
  conduct: 'harbouring',
  priority: 'P2',
  competent: true,
  ...ORDINARY,
};

/** Whenever, whatever lies over the stage. */
const HANDLING = ['rewrapped', 'printed'];
const COPYING = ['copy_made', ...HANDLING];
const ASKING = ['prioritised', 'resolution_proposed', 'diverted'];
const WRITING = ['message_posted', 'question_posted', ...COPYING];
const NOTICES = ['receipt_noticed', 'child_measures_taken'];
/** What the law lets an officer and a head do in each stage, written down again apart from the table. */
const OFFICER: Readonly<Record<Stage, readonly string[]>> = {
  submitted: ['registered', ...ASKING, ...HANDLING],
  received: ['classified', ...ASKING, ...NOTICES, ...WRITING],
  classified: ['verification_started', ...ASKING, ...NOTICES, ...WRITING],
  assigned: ['verification_started', ...ASKING, ...NOTICES, ...WRITING],
  // Only news of a crime is suspended: no kind is set here.
  verifying: [...ASKING, ...NOTICES, 'extension_proposed', ...WRITING],
  resolved: ['notified', 'child_measures_taken', 'message_posted', ...COPYING],
  notified: ['archived', 'child_measures_taken', 'message_posted', ...COPYING],
  archived: ['child_measures_taken', ...COPYING],
};
const MUTING = ['thread_muted', 'thread_unmuted'];
const LEADING = ['classified', 'assigned', 'transfer_sent', 'assignment_proposed', ...MUTING];
const HEAD_ALSO: Readonly<Record<Stage, readonly string[]>> = {
  submitted: MUTING,
  received: ['transfer_sent', ...MUTING],
  classified: LEADING,
  assigned: LEADING,
  verifying: LEADING,
  resolved: ['reopened', ...MUTING],
  notified: ['reopened', ...MUTING],
  archived: ['reopened', ...MUTING, 'shredding_proposed'],
};
const OUTSIDE: Readonly<Record<Stage, readonly string[]>> = {
  submitted: ['resolution_proposed'],
  received: ['resolution_proposed'],
  classified: ['resolution_proposed'],
  assigned: ['resolution_proposed'],
  verifying: ['resolution_proposed'],
  resolved: ['reopened'],
  notified: ['reopened'],
  archived: ['reopened'],
};
const inOrder = (steps: readonly string[]): Step[] => STEPS.filter((step) => steps.includes(step));

describe('who may do what, stage by stage', () => {
  test.each(STAGES)('an officer of the unit in stage %s', (stage) =>
    expect(allowedSteps(tip({ stage }), member('officer'))).toEqual(inOrder(OFFICER[stage])),
  );

  test.each(STAGES)('a head or deputy of the unit in stage %s', (stage) => {
    const expected = inOrder([...OFFICER[stage], ...HEAD_ALSO[stage]]);
    expect(allowedSteps(tip({ stage }), member('head'))).toEqual(expected);
    expect(allowedSteps(tip({ stage }), member('deputy'))).toEqual(expected);
  });

  test.each(STAGES)(
    'a head of the unit above in stage %s may at most propose to set a tip apart, or have an ended one taken up again',
    (stage) => {
      expect(allowedSteps(tip({ stage }), outsider('head'))).toEqual(inOrder(OUTSIDE[stage]));
      if (OUTSIDE[stage].includes('resolution_proposed'))
        expect(outcomesFor(tip({ stage }), outsider('head'))).toEqual(['spam', 'unreadable']);
    },
  );

  test.each(STAGES)('administrators, auditors and operators take no step in stage %s', (stage) => {
    for (const role of ['administrator', 'auditor', 'operator'] as const) {
      expect(allowedSteps(tip({ stage }), member(role))).toEqual([]);
      expect(allowedSteps(tip({ stage }), outsider(role))).toEqual([]);
    }
  });

  test.each(STAGES)('a head of a unit that is not above takes no step in stage %s', (stage) =>
    expect(allowedSteps(tip({ stage }), member('head', { unit: OTHER }))).toEqual([]),
  );

  test.each(STAGES)(
    'while a transfer is on its way in stage %s nothing moves the tip but the receiving unit, or a conflict of interest',
    (stage) => {
      const state = tip({ stage, overlay: 'transfer_sent', transferTo: OTHER });
      const open = ['received', 'classified', 'assigned', 'verifying'].includes(stage);
      const still = allowedSteps(state, member('head'));
      const apart = ['prioritised', 'diverted', ...MUTING, ...WRITING];
      expect(still.filter((step) => !apart.includes(step))).toEqual([]);
      expect(allowedSteps(state, member('officer', { unit: OTHER }))).toEqual(
        open ? ['transfer_acknowledged', 'transfer_returned'] : [],
      );
    },
  );

  test('decide agrees with allowedSteps for every stage, overlay, role and step', () => {
    let checked = 0;
    for (const stage of STAGES)
      for (const overlay of OVERLAYS)
        for (const role of ROLES)
          for (const actor of [member(role), outsider(role), member(role, { unit: OTHER })]) {
            const state = tip({ stage, overlay, transferTo: overlay === 'transfer_sent' ? OTHER : null });
            const allowed = allowedSteps(state, actor);
            for (const step of STEPS) {
              const act = ACTS[step];
              if (act === undefined) continue;
              const fits =
                step === 'resolution_proposed' ? outcomesFor(state, actor).includes('sanctioned') : true;
              const code = codeOf(() => decide(state, actor, act, context()));
              const expected =
                allowed.includes(step) && fits ? ['none'] : ['step_forbidden', 'step_not_allowed'];
              expect(expected, `${stage} ${overlay} ${role} ${actor.unit} ${step}`).toContain(code);
              checked += 1;
            }
          }
    expect(checked).toBe(STAGES.length * OVERLAYS.length * ROLES.length * 3 * Object.keys(ACTS).length);
  });

  test('a person who could never take the step is told so, in whatever state the tip is', () => {
    for (const stage of STAGES)
      expect(codeOf(() => decide(tip({ stage }), member('auditor'), { step: 'registered' }, context()))).toBe(
        'step_forbidden',
      );
  });

  test('a step in the wrong state is refused as such to somebody who may take it', () =>
    expect(codeOf(() => decide(tip(), member('officer'), { step: 'archived' }, context()))).toBe(
      'step_not_allowed',
    ));
});

describe('the main path', () => {
  const officer = member('officer');
  const head = member('head');
  const take = (state: TipState, actor: Actor, act: Act, now: Seconds): TipState =>
    apply(state, decide(state, actor, act, context({ now })), actor);

  test('a submission starts the clocks of receipt from its hour', () => {
    const change = initialState({ unitKind: 'commune_police', priority: 'P1', t0: T0 }, { rules, calendar });
    expect([change.stage, change.priority, change.legalKind]).toEqual(['submitted', 'P1', null]);
    expect(
      change.startClocks.map((clock) => [clock.clock, clock.verb, clock.started, clock.due, clock.dueDay]),
    ).toEqual([
      ['register', 'received', T0, T0 + 86_400, '2026-06-02'],
      ['classify', 'classified', T0, T0 + 86_400, '2026-06-02'],
      ['verify', 'verified', T0, at('2026-06-08', '23:59:59'), '2026-06-08'],
      ['settle', null, T0, at('2026-06-21', '23:59:59'), '2026-06-21'],
      ['handle', 'handled', T0, at('2026-06-21', '23:59:59'), '2026-06-21'],
    ]);
  });

  test('from submission to the archive every verb stops once, and handled only with the answer', () => {
    const stops: string[] = [];
    let state = tip();
    const go = (actor: Actor, act: Act, day: string): void => {
      const change = decide(state, actor, act, context({ now: at(day, '10:00:00') }));
      for (const stop of change.stopClocks)
        stops.push(`${act.step} stops ${stop.clock} ${stop.stoppedDay} ${stop.result}`);
      state = apply(state, change, actor);
    };
    go(officer, { step: 'registered' }, '2026-06-01');
    go(officer, classified, '2026-06-02');
    go(head, { step: 'assigned', assignee: officer.staff }, '2026-06-02');
    go(officer, { step: 'verification_started', plan: 'xác minh' }, '2026-06-02');
    go(officer, ACTS.resolution_proposed as Act, '2026-06-05');
    go(head, { step: 'resolved', decision: 7 }, '2026-06-06');
    go(officer, { step: 'notified', impossible: null }, '2026-06-08');
    go(officer, { step: 'archived' }, '2026-06-30');
    expect(stops).toEqual([
      'registered stops register 2026-06-01 done',
      'classified stops classify 2026-06-03 done', // an hour late on its due day
      'resolution_proposed stops verify 2026-06-05 done',
      'resolved stops settle 2026-06-06 done',
      'resolved stops propose_assignment 2026-06-06 done',
      'notified stops handle 2026-06-08 done',
      'notified stops notice_receipt 2026-06-08 done',
      'notified stops notify_result 2026-06-08 done',
      'archived stops archive 2026-06-30 done',
    ]);
    expect([state.stage, state.outcome, state.clocks.filter((clock) => clock.stopped === null)]).toEqual([
      'archived',
      'sanctioned',
      [],
    ]);
  });

  test('registering takes a number of the unit for the year in Vietnam', () => {
    const now = at('2027-01-01', '00:30:00');
    expect(decide(tip(), officer, { step: 'registered' }, context({ now })).register).toEqual({
      unit: COMMUNE,
      year: 2027,
    });
  });

  test('nothing but registering takes a number on the main path', () => {
    for (const stage of STAGES)
      for (const step of allowedSteps(tip({ stage }), head)) {
        const act = ACTS[step];
        if (act === undefined || step === 'registered' || step === 'resolution_proposed') continue;
        expect(decide(tip({ stage }), head, act, context()).register).toBeUndefined();
      }
  });

  test('a tip that is not the unit’s to settle gets 24 hours to be sent on', () => {
    const state = tip({ stage: 'received' });
    const now = at('2026-06-01', '11:00:00');
    const change = decide(state, officer, { ...classified, competent: false } as Act, context({ now }));
    expect(change.startClocks.find(({ clock }) => clock === 'transfer')?.due).toBe(
      at('2026-06-02', '11:00:00'),
    );
  });

  test('a head who classifies again as competent ends that time', () => {
    const now = at('2026-06-01', '11:00:00');
    const sent = take(tip({ stage: 'received' }), officer, { ...classified, competent: false } as Act, now);
    const change = decide(sent, head, classified, context({ now }));
    expect([change.stage, change.stopClocks.map((stop) => [stop.clock, stop.result])]).toEqual([
      'classified',
      [['transfer', 'void']],
    ]);
  });
});

describe('data that a step needs', () => {
  const officer = member('officer');
  const refused = (state: TipState, act: Act, more = {}) => {
    try {
      decide(state, officer, act, context(more));
      return 'none';
    } catch (error) {
      const { code, field } = error as { code: string; field?: string };
      return `${code} ${field}`;
    }
  };
  const verifying = tip({ stage: 'verifying' });
  const crime = tip({ stage: 'verifying', legalKind: 'crime_report' });
  const proposal = ACTS.resolution_proposed as Act & { step: 'resolution_proposed' };

  test.each([
    [verifying, { ...proposal, documentNumber: '  ' }, 'document_number documentNumber'],
    [verifying, { ...proposal, ground: '' }, 'field_invalid ground'],
    [verifying, { ...proposal, outcome: 'duplicate' }, 'merge_target mergedInto'],
    [verifying, { ...proposal, mergedInto: '0'.repeat(32) }, 'field_invalid mergedInto'],
    [verifying, { ...proposal, outcome: 'suspended' }, 'step_not_allowed outcome'],
    [verifying, { ...proposal, outcome: 'not_prosecuted' }, 'step_not_allowed outcome'],
    [crime, { ...proposal, outcome: 'not_prosecuted' }, 'field_invalid noCase'],
    [crime, { ...proposal, outcome: 'not_prosecuted', noCase: 'no_crime' }, 'field_invalid violationLeft'],
    [verifying, { ...proposal, noCase: 'no_crime' }, 'field_invalid noCase'],
    [verifying, { ...proposal, violationLeft: true }, 'field_invalid violationLeft'],
    [verifying, { ...proposal, outcome: 'transferred' }, 'acknowledgement acknowledgedBy'],
    [
      verifying,
      { ...proposal, outcome: 'transferred', acknowledgedBy: ' ' },
      'acknowledgement acknowledgedBy',
    ],
    [verifying, { ...proposal, acknowledgedBy: 'Chi cục Kiểm lâm' }, 'field_invalid acknowledgedBy'],
    [verifying, { ...proposal, outcome: 'withdrawn' }, 'withdrawal_missing outcome'],
    [tip(), { ...proposal, outcome: 'spam', documentNumber: '' }, 'document_number documentNumber'],
    [tip({ stage: 'received' }), { ...classified, conduct: ' ' }, 'field_invalid conduct'],
    [tip({ stage: 'received' }), { ...classified, legalKind: 'denunciation' }, 'identity_needed legalKind'],
    [tip({ stage: 'classified' }), { step: 'verification_started', plan: ' ' }, 'field_invalid plan'],
    [tip(), { step: 'prioritised', priority: 'P1', reason: '' }, 'field_invalid reason'],
    [tip(), { step: 'printed', watermark: '' }, 'field_invalid watermark'],
  ] as [TipState, Act, string][])('missing or wrong: case %#', (state, act, expected) =>
    expect(refused(state, act)).toBe(expected),
  );

  test('a conduct that the table does not have is refused', () => {
    const knownConducts = new Set(['other']);
    expect(refused(tip({ stage: 'received' }), classified, { knownConducts })).toBe('field_invalid conduct');
  });

  test.each([
    ['in_person', 'named', 'none'],
    ['post', 'confidential', 'none'],
    ['in_person', 'anonymous', 'identity_needed legalKind'],
    ['in_person', 'refused', 'identity_needed legalKind'],
    ['web', 'named', 'identity_needed legalKind'],
    ['hotline', 'named', 'identity_needed legalKind'],
  ] as const)('a denunciation that came by %s from somebody %s: %s', (channel, identity, expected) =>
    expect(
      refused(tip({ stage: 'received', channel }), {
        ...classified,
        legalKind: 'denunciation',
        identity,
      } as Act),
    ).toBe(expected),
  );

  test('what the author signed away may be withdrawn', () =>
    expect(
      refused(verifying, { ...proposal, outcome: 'withdrawn' }, { thread: { ...SILENT, withdrew: true } }),
    ).toBe('none'));

  test('a tip cannot be sent to the unit that holds it', () => {
    const act: Act = {
      step: 'transfer_sent',
      toUnit: COMMUNE,
      ground: 'nhầm',
      ...FORM_03,
    };
    expect(codeOf(() => decide(tip({ stage: 'received' }), member('head'), act, context()))).toBe(
      'field_invalid',
    );
  });
});
