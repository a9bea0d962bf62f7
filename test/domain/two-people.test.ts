import { describe, expect, test } from 'vitest';
import type { Hash, Seconds, TipId } from '../../src/domain/ids.ts';
import { allowedSteps, decide, outcomesFor } from '../../src/domain/life-cycle.ts';
import type { Act, Actor, TipState } from '../../src/domain/life-cycle-types.ts';
import type { SettlementRight } from '../../src/domain/settlement.ts';
import { OUTCOMES, type Outcome, STAGES } from '../../src/domain/terms.ts';
import { ORDINARY } from '../fixtures/acts.ts';
import { apply, at, COMMUNE, codeOf, context, member, OTHER, outsider, T0, tip } from './support.ts';

const propose = (outcome: Outcome): Act => ({
  step: 'resolution_proposed',
  outcome,
  documentNumber: '12/BB',
  ground: 'biên bản',
  ...(outcome === 'duplicate' ? { mergedInto: 'c'.repeat(32) as TipId } : {}),
  ...(outcome === 'not_prosecuted' ? { noCase: 'no_crime', violationLeft: false } : {}),
  ...(outcome === 'transferred' ? { acknowledgedBy: 'Chi cục Kiểm lâm, công văn 12/KL' } : {}),
});
const APPROVE: Act = { step: 'resolved', decision: 7 };
const REFUSE: Act = { step: 'resolution_refused', decision: 7, reason: 'chưa rõ' };
const proposed = (state: TipState, by: Actor, outcome: Outcome): TipState =>
  apply(state, decide(state, by, propose(outcome), context()), by);
const verifying = tip({ stage: 'verifying', legalKind: 'crime_report' });
const officer = member('officer');
const head = member('head');
const result = (state: TipState, actor: Actor, act: Act = APPROVE): string =>
  codeOf(() => decide(state, actor, act, context()));

describe('an outcome', () => {
  test.each(
    OUTCOMES.filter((outcome) => !['spam', 'unreadable', 'suspended', 'withdrawn'].includes(outcome)),
  )('%s takes an officer and a leader of the unit, two different people', (outcome) => {
    // Where the right to settle hangs on an assignment, it is not what is looked at here.
    const settled = (state: TipState, actor: Actor): string =>
      codeOf(() => decide(state, actor, APPROVE, context({ settlement: [] })));
    const state = proposed(verifying, officer, outcome);
    expect([
      settled(state, head),
      settled(state, member('deputy')),
      settled(state, member('officer')),
      settled(state, outsider('head')),
    ]).toEqual(['none', 'none', 'step_forbidden', 'step_forbidden']);
    const own = proposed(verifying, head, outcome);
    expect([settled(own, head), settled(own, member('deputy'))]).toEqual(['same_person', 'none']);
  });

  test.each(['prosecuted', 'not_prosecuted'] as const)(
    '%s of a crime in a commune takes a leader to whom the right to settle was assigned, while it holds',
    (outcome) => {
      const state = proposed(verifying, officer, outcome);
      const right: SettlementRight = {
        ...{ id: 'ab'.repeat(32) as Hash, unit: COMMUNE, staff: head.staff, grade: 'mid' },
        ...{ legalKinds: ['crime_report'], document: '5/QĐ', from: T0, until: null },
      };
      const by = (given: Partial<SettlementRight>, actor: Actor = head): string =>
        codeOf(() => decide(state, actor, APPROVE, context({ rights: [{ ...right, ...given }] })));
      expect([
        by({}),
        by({}, member('deputy')),
        by({ legalKinds: ['crime_denunciation'] }),
        by({ until: (T0 + 60) as Seconds }),
        by({ from: at('2027-01-01') }),
        by({ unit: OTHER }),
      ]).toEqual(['none', ...Array.from({ length: 5 }, () => 'no_right_to_settle')]);
    },
  );

  test('not to prosecute starts the clock of passing the file only where a violation is left', () => {
    const passes = (violationLeft: boolean): boolean => {
      const act = { ...propose('not_prosecuted'), violationLeft } as Act;
      const lawless = context({ settlement: [] });
      const state = apply(verifying, decide(verifying, officer, act, lawless), officer);
      return decide(state, head, APPROVE, lawless).startClocks.some(({ clock }) => clock === 'pass_file');
    };
    expect([passes(true), passes(false)]).toEqual([true, false]);
  });

  test.each(['spam', 'unreadable'] as const)(
    '%s takes one person of the unit and one from outside it',
    (outcome) => {
      const inside = proposed(verifying, officer, outcome);
      expect([
        result(inside, head),
        result(inside, outsider('head')),
        result(inside, outsider('deputy')),
        result(inside, outsider('inspector')),
        result(inside, outsider('officer')),
      ]).toEqual(['outside_person', 'none', 'none', 'none', 'step_forbidden']);
      const inspector = outsider('inspector');
      const outside = proposed(verifying, inspector, outcome);
      expect([
        result(outside, head),
        result(outside, officer),
        result(outside, inspector),
        result(outside, outsider('head')),
      ]).toEqual(['none', 'step_forbidden', 'same_person', 'outside_person']);
    },
  );

  test('is decided only on the decision that is open', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    expect(result(state, head, { step: 'resolved', decision: 8 })).toBe('stale');
    expect(result(verifying, head)).toBe('step_not_allowed');
  });

  test('without a document number cannot be approved even when one was proposed so', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    const { pending } = state;
    if (pending?.kind !== 'resolution') throw new Error('no pending decision');
    expect(result({ ...state, pending: { ...pending, documentNumber: null } }, head)).toBe('document_number');
  });

  test('waits alone: meanwhile nothing else is proposed and the tip is not sent on', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    expect(allowedSteps(state, head)).toEqual([
      'prioritised',
      'assigned',
      'resolution_refused',
      'resolved',
      'message_posted',
      'question_posted',
      'thread_muted',
      'thread_unmuted',
      'copy_made',
      'rewrapped',
      'printed',
      'receipt_noticed',
      'child_measures_taken',
      'assignment_proposed',
      'diverted',
    ]);
    expect(outcomesFor(state, head)).toEqual([]);
  });

  test('keeps the outcome and number that were proposed', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    const change = decide(state, head, APPROVE, context());
    expect([change.stage, change.outcome, change.closeDecision]).toEqual([
      'resolved',
      'sanctioned',
      { id: 7, approvedBy: head.staff, result: 'approved' },
    ]);
  });
});

describe('a duplicate', () => {
  test('keeps the tip it is merged into from the proposal to the outcome', () => {
    const state = proposed(verifying, officer, 'duplicate');
    expect(decide(state, head, APPROVE, context()).mergesInto).toBe('c'.repeat(32));
  });

  test('that was proposed before it had to name one is not approved', () => {
    const state = proposed(verifying, officer, 'duplicate');
    const nameless = { ...state, pending: state.pending && { ...state.pending, mergedInto: null } };
    expect(result(nameless, head)).toBe('merge_target');
  });
});

describe('the end of a tip that was not verified', () => {
  test('only spam, unreadable, a duplicate or a withdrawal may skip verification', () => {
    const skipping = Object.fromEntries(
      STAGES.map((stage) => [stage, outcomesFor(tip({ stage, legalKind: 'crime_report' }), officer)]),
    );
    expect(skipping).toMatchObject({
      submitted: ['spam', 'unreadable'],
      received: ['spam', 'unreadable'],
      classified: ['duplicate', 'withdrawn', 'spam', 'unreadable'],
      assigned: ['duplicate', 'withdrawn', 'spam', 'unreadable'],
      resolved: [],
      notified: [],
      archived: [],
    });
  });

  test('a request for support may be answered without verification', () =>
    expect(outcomesFor(tip({ stage: 'classified', legalKind: 'support_request' }), officer)).toEqual([
      'insufficient',
      'duplicate',
      'referred_support',
      'kept',
      'withdrawn',
      'spam',
      'unreadable',
    ]));

  test('spam from a tip just in takes no register number and no clock of it counts any more', () => {
    const state = proposed(tip(), officer, 'spam');
    const change = decide(state, outsider('head'), APPROVE, context());
    expect(change.leavesRates).toBe(true);
    expect(change.register).toBeUndefined();
    expect(change.stopClocks.map((stop) => [stop.clock, stop.result])).toEqual([
      ['register', 'void'],
      ['classify', 'void'],
      ['verify', 'void'],
      ['settle', 'void'],
      ['handle', 'void'],
    ]);
    expect(change.startClocks.map((clock) => clock.clock)).toEqual(['notify_result', 'archive']);
  });

  test.each([
    ['duplicate', 'crime_report', true],
    ['unfounded', 'crime_report', false],
    ['insufficient', 'crime_report', false],
    ['unfounded', 'out_of_scope', true],
    ['sanctioned', 'admin_violation', false],
  ] as const)('%s of a %s leaves the rates: %s', (outcome, legalKind, leaves) => {
    const state = proposed({ ...verifying, legalKind }, officer, outcome);
    expect(decide(state, head, APPROVE, context()).leavesRates).toBe(leaves);
  });

  test('calling a tip out of scope alone does not take it out of the rates', () => {
    const act: Act = {
      step: 'classified',
      legalKind: 'out_of_scope',
      conduct: 'other',
      priority: 'P4',
      competent: true,
      ...ORDINARY,
    };
    expect(decide(tip({ stage: 'received' }), officer, act, context()).leavesRates).toBe(false);
  });
});

describe('a proposal that is not taken', () => {
  test('may be refused by a leader of the unit or taken back by the proposer, nobody else', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    expect([
      result(state, head, REFUSE),
      result(state, officer, REFUSE),
      result(state, member('officer'), REFUSE),
      result(state, outsider('head'), REFUSE),
    ]).toEqual(['none', 'none', 'step_forbidden', 'step_forbidden']);
  });

  test('of spam may also be refused from outside', () =>
    expect(result(proposed(tip(), officer, 'spam'), outsider('inspector'), REFUSE)).toBe('none'));

  test('lets the clock of verification run on with its old limit', () => {
    const state = proposed(verifying, officer, 'sanctioned');
    const before = verifying.clocks.find((clock) => clock.clock === 'verify');
    const change = decide(state, head, REFUSE, context({ now: at('2026-06-20') }));
    expect(change.startClocks).toEqual([
      {
        clock: 'verify',
        verb: 'verified',
        ruleVersion: 'verify-commune-7d',
        started: before?.started,
        due: before?.due,
        dueDay: '2026-06-08',
        again: 'run_on',
      },
    ]);
    expect([change.stage, change.outcome, change.closeDecision?.result]).toEqual([
      'verifying',
      null,
      'refused',
    ]);
    expect(apply(state, change, head).clocks).toEqual(verifying.clocks);
  });

  test('of spam leaves the clocks alone', () => {
    const change = decide(proposed(tip(), officer, 'spam'), head, REFUSE, context());
    expect([change.startClocks, change.stopClocks]).toEqual([[], []]);
  });
});
