import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../src/domain/calendar.ts';
import { citizenStepParts, codeNotGivenParts } from '../../src/domain/citizen-parts.ts';
import { CITIZEN_STEPS } from '../../src/domain/conversation.ts';
import type { Day, Hash, Seconds } from '../../src/domain/ids.ts';
import { allowedSteps, decide, decideCitizen } from '../../src/domain/life-cycle.ts';
import type { TipState } from '../../src/domain/life-cycle-types.ts';
import { plainAct } from '../../src/domain/plain-act.ts';
import { OVERLAYS, STAGES } from '../../src/domain/terms.ts';
import { TRANSITIONS } from '../../src/domain/transitions.ts';
import { FORM_03 } from '../fixtures/acts.ts';
import { ACTS, apply, at, COMMUNE, codeOf, context, member, OTHER, SILENT, staff, tip } from './support.ts';

const officer = member('officer');
const head = member('head');
const asked = (state: TipState, now: Seconds): TipState =>
  apply(state, decide(state, officer, { step: 'question_posted' }, context({ now })), officer);
const waiting = (state: TipState) =>
  state.clocks.filter((clock) => clock.clock === 'ask_back' && clock.stopped === null);
const author = 'cd'.repeat(32) as Hash;
const received = tip({ stage: 'received' });

describe('asking back', () => {
  test('a question brings the tip back after ten days', () => {
    const [clock] = waiting(asked(received, at('2026-06-02', '15:30:00')));
    expect(clock?.due).toBe(endOfDay('2026-06-12' as Day));
    expect(clock?.ruleVersion).toBe('ask-back-10d');
  });

  test('a second question takes the place of the first', () => {
    const twice = asked(asked(received, at('2026-06-02')), at('2026-06-05'));
    expect(waiting(twice).map((clock) => clock.due)).toEqual([endOfDay('2026-06-15' as Day)]);
  });

  test('the citizen’s answer ends the waiting, and no finer time than the day is kept', () => {
    const state = asked(received, at('2026-06-02', '15:30:00'));
    const change = decideCitizen(state, 'message_received', { now: at('2026-06-02', '16:45:10') });
    expect(change.stopClocks).toEqual([
      {
        clock: 'ask_back',
        stopped: endOfDay('2026-06-02' as Day),
        stoppedDay: '2026-06-02',
        result: 'done',
      },
    ]);
  });

  test('an answer on the last day is in time, one day later it is late', () => {
    const state = asked(received, at('2026-06-02', '15:30:00'));
    const stop = (day: string) =>
      decideCitizen(state, 'message_received', { now: at(day, '23:00:00') }).stopClocks[0];
    const due = waiting(state)[0]?.due ?? 0;
    expect(stop('2026-06-12')?.stopped).toBeLessThanOrEqual(due);
    expect(stop('2026-06-13')?.stopped).toBeGreaterThan(due);
  });

  test('an outcome and an acknowledged transfer end the waiting, too', () => {
    for (const row of TRANSITIONS.filter(({ step }) => ['resolved', 'transfer_acknowledged'].includes(step)))
      expect(row.stops).toContain('ask_back');
  });

  test('a message that asks nothing starts no clock and ends none', () => {
    const change = decide(received, officer, { step: 'message_posted' }, context());
    expect([change.startClocks, change.stopClocks]).toEqual([[], []]);
  });
});

describe('steps of the citizen', () => {
  test.each(STAGES)('are taken in stage %s under every overlay and move nothing', (stage) => {
    for (const overlay of OVERLAYS)
      for (const step of CITIZEN_STEPS) {
        const state = tip({ stage, overlay, outcome: 'kept', priority: 'P1' });
        // From what has ended nobody withdraws.
        if (step === 'withdrawal_signed' && ['resolved', 'notified', 'archived'].includes(stage)) {
          expect(codeOf(() => decideCitizen(state, step, { now: at('2026-06-02') }))).toBe(
            'step_not_allowed',
          );
          continue;
        }
        const change = decideCitizen(state, step, { now: at('2026-06-02') });
        expect(change).toMatchObject({ step, stage, overlay, outcome: 'kept', priority: 'P1' });
        expect(change.startClocks).toEqual([]);
        expect(change.leavesRates).toBe(false);
      }
  });

  test('are never offered to staff', () => {
    for (const role of ['officer', 'head', 'operator', 'support_worker'] as const)
      for (const stage of STAGES) {
        const steps = allowedSteps(tip({ stage }), member(role));
        for (const step of [...CITIZEN_STEPS, 'code_not_given']) expect(steps).not.toContain(step);
      }
  });

  const message = { no: 4, seal: 'ab'.repeat(32) };
  const change = decideCitizen(received, 'message_received', { now: at('2026-06-02') });

  test('have parts that name neither person nor text', () => {
    const parts = citizenStepParts({
      state: received,
      change,
      act: { step: 'message_received' },
      author,
      message,
      operator: null,
    });
    expect(JSON.stringify(parts.citizen)).toBe(
      `{"v":1,"step":"message_received","stage":"received","overlay":"none","outcome":null,"unit":"${COMMUNE}","message":{"no":4,"seal":"${message.seal}"}}`,
    );
    expect(JSON.stringify(parts.restricted)).toBe(
      `{"v":1,"author":"${author}","act":{"step":"message_received"},"message":{"no":4,"seal":"${message.seal}"},"operator":null}`,
    );
  });

  test('written down by an operator say so to the citizen, and to the unit by whom', () => {
    const operator = { staff: staff(5), unit: OTHER };
    const act = { step: 'consent_answered', unit: OTHER, yes: true } as const;
    const parts = citizenStepParts({ state: received, change, act, author, message: null, operator });
    expect(parts.citizen).toMatchObject({ via: 'operator', message: null });
    expect(JSON.stringify(parts.citizen)).not.toContain(operator.staff);
    expect(parts.restricted).toMatchObject({ operator, act });
  });

  test('a caller without a code is marked by who took the tip, unseen by name', () => {
    const parts = codeNotGivenParts(received, { staff: staff(5), unit: OTHER });
    expect(parts.citizen).toMatchObject({ step: 'code_not_given', stage: 'received', unit: COMMUNE });
    expect(JSON.stringify(parts.citizen)).not.toContain(staff(5));
    expect(parts.restricted.actor).toEqual({ staff: staff(5), unit: OTHER });
  });
});

describe('muting', () => {
  const mute = { step: 'thread_muted', reason: 'chửi bới' } as const;
  const unmute = { step: 'thread_unmuted', reason: 'đã xin lỗi' } as const;
  const thread = (muted: boolean) => context({ thread: { ...SILENT, muted, consents: [] } });

  test('is for leaders, with a reason', () => {
    expect(codeOf(() => decide(received, officer, mute, context()))).toBe('step_forbidden');
    expect(codeOf(() => decide(received, head, { ...mute, reason: ' ' }, context()))).toBe('field_invalid');
    expect(decide(received, head, mute, context()).step).toBe('thread_muted');
    expect(plainAct(mute)).toEqual(mute);
  });

  test('what is muted cannot be muted again, nor opened when it is open', () => {
    expect(codeOf(() => decide(received, head, mute, thread(true)))).toBe('step_not_allowed');
    expect(codeOf(() => decide(received, head, unmute, thread(false)))).toBe('step_not_allowed');
    expect(codeOf(() => decide(received, head, mute, thread(false)))).toBe('none');
    expect(codeOf(() => decide(received, head, unmute, thread(true)))).toBe('none');
  });
});

describe('consent to pass on what a support unit was told', () => {
  const transfer = {
    step: 'transfer_sent',
    toUnit: OTHER,
    ground: 'cần công an',
    ...FORM_03,
  } as const;
  const send = (unitKind: 'social_support' | 'commune_police', toUnitKind: never, consents: never[]) => () =>
    decide(
      received,
      head,
      transfer,
      context({ unitKind, toUnitKind, thread: { ...SILENT, muted: false, consents } }),
    );
  const kind = (of: string) => of as never;

  test('without the sender’s yes nothing goes to the police', () => {
    const to = kind('commune_police');
    expect(codeOf(send('social_support', to, []))).toBe('consent_missing');
    expect(codeOf(send('social_support', to, [COMMUNE as never]))).toBe('consent_missing');
    expect(codeOf(send('social_support', to, [OTHER as never]))).toBe('none');
  });

  test('other helpers need no asking, and the police need none to send a tip to helpers', () => {
    for (const of of ['social_support', 'health_department'])
      expect(codeOf(send('social_support', kind(of), []))).toBe('none');
    expect(codeOf(send('commune_police', kind('social_support'), []))).toBe('none');
  });

  test('a redacted copy for the police needs the same yes, one that stays needs none', () => {
    const copy = (toUnit: typeof OTHER, consents: never[]) => () =>
      decide(
        received,
        head,
        { step: 'copy_made', copy: 1, seal: author, toUnit },
        context({
          ...{ unitKind: 'social_support', toUnitKind: 'commune_police' },
          thread: { ...SILENT, muted: false, consents },
        }),
      );
    expect(codeOf(copy(OTHER, []))).toBe('consent_missing');
    expect(codeOf(copy(OTHER, [OTHER as never]))).toBe('none');
    expect(codeOf(copy(COMMUNE, []))).toBe('none');
    const act = { step: 'copy_made', copy: 2, seal: author, toUnit: OTHER } as const;
    expect(plainAct(act)).toEqual(act);
  });

  test('only support workers ask, and never about their own unit', () => {
    const ask = ACTS.consent_asked;
    const worker = member('support_worker');
    if (ask === undefined || ask.step !== 'consent_asked') throw new Error('no act');
    expect(codeOf(() => decide(received, officer, ask, context()))).toBe('step_forbidden');
    expect(codeOf(() => decide(received, worker, ask, context()))).toBe('none');
    expect(codeOf(() => decide(received, worker, { ...ask, toUnit: COMMUNE }, context()))).toBe(
      'field_invalid',
    );
    expect(plainAct(ask)).toEqual({ step: 'consent_asked', toUnit: OTHER });
  });
});
