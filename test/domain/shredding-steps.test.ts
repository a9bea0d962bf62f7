import { describe, expect, test } from 'vitest';
import type { Hash } from '../../src/domain/ids.ts';
import { allowedSteps, decide, decideCitizen } from '../../src/domain/life-cycle.ts';
import type { Act, Actor, TipState } from '../../src/domain/life-cycle-types.ts';
import { STAGES } from '../../src/domain/terms.ts';
import { ACTS, apply, at, codeOf, context, member, OTHER, outsider, tip } from './support.ts';

const PROPOSE = ACTS.shredding_proposed as Act;
const SHRED = ACTS.shredded as Act;
const REFUSE = ACTS.shredding_refused as Act;
const REVEAL = ACTS.canary_revealed as Act & { step: 'canary_revealed' };
const head = member('head');
const deputy = member('deputy');
const archived = tip({ stage: 'archived', outcome: 'unfounded', legalKind: 'crime_report', clocks: [] });
const waiting = apply(archived, decide(archived, head, PROPOSE, context()), head);
const result = (state: TipState, actor: Actor, act: Act): string =>
  codeOf(() => decide(state, actor, act, context()));

describe('shredding a concluded tip', () => {
  test.each(STAGES.filter((stage) => stage !== 'archived'))('is not proposed in stage %s', (stage) => {
    expect(result(tip({ stage }), head, PROPOSE)).toBe('step_not_allowed');
  });

  test('is proposed and approved by two leaders of the unit alone', () => {
    expect([result(archived, head, PROPOSE), result(waiting, deputy, SHRED)]).toEqual(['none', 'none']);
    for (const other of [member('officer'), member('head', { unit: OTHER }), outsider('head')]) {
      expect(result(archived, other, PROPOSE)).toBe('step_forbidden');
      expect(result(waiting, other, SHRED)).toBe('step_forbidden');
    }
  });

  test('never by one person twice', () => {
    expect(result(waiting, head, SHRED)).toBe('same_person');
  });

  test('waits as a decision that names rule, audited checkpoint and how far back it reaches', () => {
    const { openDecision } = decide(archived, head, PROPOSE, context());
    expect(openDecision).toEqual({
      kind: 'shredding',
      data: { rule: 'spam', audited: 'ab'.repeat(32), upTo: '9' },
      proposedBy: head.staff,
    });
  });

  test('is not proposed a second time while the first proposal waits', () => {
    expect(result(waiting, deputy, PROPOSE)).toBe('step_not_allowed');
  });

  test('is approved only as the decision that is open', () => {
    expect(result(waiting, deputy, { step: 'shredded', decision: 8 })).toBe('stale');
    expect(result(archived, deputy, SHRED)).toBe('step_not_allowed');
  });

  test('may be refused with a reason, by whoever proposed it too, and then proposed anew', () => {
    expect([result(waiting, head, REFUSE), result(waiting, deputy, REFUSE)]).toEqual(['none', 'none']);
    const dropped = apply(waiting, decide(waiting, deputy, REFUSE, context()), deputy);
    expect([dropped.pending, result(dropped, head, PROPOSE)]).toEqual([null, 'none']);
    expect(result(waiting, deputy, { step: 'shredding_refused', decision: 7, reason: ' ' })).toBe(
      'field_invalid',
    );
  });

  test('changes neither stage nor outcome nor any rate', () => {
    const change = decide(waiting, deputy, SHRED, context());
    expect(change).toMatchObject({ stage: 'archived', outcome: 'unfounded', leavesRates: false });
    expect([change.startClocks, change.stopClocks]).toEqual([[], []]);
  });

  test('is the end: afterwards nothing more can happen to the tip', () => {
    const gone = { ...archived, shredded: true };
    for (const actor of [head, member('officer'), member('auditor', { ofInstance: true })])
      expect(allowedSteps(gone, actor)).toEqual([]);
    expect(codeOf(() => decideCitizen(gone, 'message_received', context()))).toBe('step_not_allowed');
  });

  test('neither closes an outcome’s proposal nor is closed by one', () => {
    const proposed = tip({
      stage: 'archived',
      pending: {
        id: 7,
        kind: 'resolution',
        outcome: 'sanctioned',
        documentNumber: '1',
        mergedInto: null,
        violationLeft: false,
        proposedBy: deputy.staff,
        proposerUnit: deputy.unit,
      },
    });
    expect(result(proposed, head, SHRED)).toBe('step_not_allowed');
  });
});

describe('an auditor’s canary', () => {
  const auditor = member('auditor', { unit: OTHER, ofInstance: true });
  const resolved = (stage: 'resolved' | 'notified' | 'archived') =>
    tip({ stage, outcome: 'unfounded', legalKind: 'crime_report' });

  test.each(['resolved', 'notified', 'archived'] as const)(
    'is revealed by an auditor of the instance in stage %s',
    (stage) => {
      expect(result(resolved(stage), auditor, REVEAL)).toBe('none');
    },
  );

  test.each(['submitted', 'received', 'classified', 'assigned', 'verifying'] as const)(
    'is not revealed in stage %s',
    (stage) => {
      expect(result(tip({ stage }), auditor, REVEAL)).toBe('step_not_allowed');
    },
  );

  test('is revealed by no auditor of a unit', () => {
    expect(result(resolved('archived'), member('auditor'), REVEAL)).toBe('step_forbidden');
  });

  test('leaves the rates and keeps its outcome', () => {
    const change = decide(resolved('resolved'), auditor, REVEAL, context({ now: at('2026-06-20') }));
    expect(change).toMatchObject({ leavesRates: true, stage: 'resolved', outcome: 'unfounded' });
    expect(change.stopClocks.every((stop) => stop.result === 'void')).toBe(true);
    expect(change.stopClocks.length).toBeGreaterThan(0);
  });

  test('must have a place in the set', () => {
    const outside: Act = { ...REVEAL, index: 1, salt: 'ef'.repeat(32) as Hash };
    expect(result(resolved('archived'), auditor, outside)).toBe('field_invalid');
  });
});
