import { describe, expect, test } from 'vitest';
import { parseClockRules } from '../../../src/domain/clock-rules.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { parseExtensions } from '../../../src/domain/extension.ts';
import type { Day, Seconds, StaffId, UnitId } from '../../../src/domain/ids.ts';
import { parseKindDuties } from '../../../src/domain/legal-duties.ts';
import { type DecideContext, decide } from '../../../src/domain/life-cycle.ts';
import type { Act, Actor, TipState } from '../../../src/domain/life-cycle-types.ts';
import { parseSettlement } from '../../../src/domain/settlement.ts';
import { at, calendar, lawJson, local } from './support.ts';

const PROVINCE = '14-ca' as UnitId;
const PROCURACY = '14-vks' as UnitId;
const t0 = at('2026-03-02 09:00');
const clock = (name: TipState['clocks'][number]['clock'], due: string) => ({
  clock: name,
  ruleVersion: `${name}-20d`,
  started: t0,
  due: (at(due) + 59) as Seconds,
  stopped: null,
});
const state = (more: Partial<TipState> = {}): TipState => ({
  ...{ unit: PROVINCE, stage: 'verifying', overlay: 'none', priority: 'P2', urgent: false },
  ...{ legalKind: 'crime_report', conduct: 'harbouring', outcome: null, t0, channel: 'web', extension: 0 },
  ...{ supervisor: null, circumstances: [], postCheck: null, pending: null, transferTo: null },
  clocks: [
    clock('verify', '2026-03-22 23:59'),
    clock('settle', '2026-03-22 23:59'),
    clock('handle', '2026-03-22 23:59'),
  ],
  ...more,
});
const actor = (staff: string, roles: Actor['roles'], unit: UnitId = PROVINCE): Actor => ({
  ...{ staff: staff as StaffId, unit, roles, overTipUnit: false, divertsFrom: false },
});
const context = (now: string, more: Partial<DecideContext> = {}): DecideContext => ({
  ...{ now: at(now), rules: parseClockRules(lawJson('clocks')), calendar, unitKind: 'provincial_police' },
  ...{
    extensions: parseExtensions(lawJson('extensions')),
    settlement: parseSettlement(lawJson('settlement')),
  },
  ...{ kinds: parseKindDuties(lawJson('legal-kinds')), rights: [], remote: false },
  ...more,
});
const asked = (number: 1 | 2, until: string): TipState['pending'] => ({
  ...{ id: 7, kind: 'extension', proposedBy: 'an' as StaffId, proposerUnit: PROVINCE, documentNumber: '1' },
  ...{ number, until: until as Day, toUnit: number === 2 ? PROCURACY : null },
});
const code = (run: () => unknown): string => {
  try {
    run();
    return 'taken';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};
const extended: Act = { step: 'extended', decision: 7, documentNumber: '2' };

describe('the first extension', () => {
  test('moves what runs to its day and shows over the stage', () => {
    const change = decide(
      state({ pending: asked(1, '2026-05-04') }),
      actor('chi', ['head']),
      extended,
      context('2026-03-20 10:00'),
    );
    expect(change.overlay).toBe('extended_1');
    expect(change.startClocks.map((one) => `${one.clock} ${one.again} ${local(one.due)}`)).toEqual(
      ['verify', 'settle', 'handle'].map((name) => `${name} moved 2026-05-04 23:59`),
    );
  });
  test('takes another person than the one who asked', () => {
    expect(
      code(() =>
        decide(
          state({ pending: asked(1, '2026-05-04') }),
          actor('an', ['head']),
          extended,
          context('2026-03-20 10:00'),
        ),
      ),
    ).toBe('same_person');
  });
  test('is refused once the time is over', () => {
    expect(
      code(() =>
        decide(
          state({ pending: asked(1, '2026-05-04') }),
          actor('chi', ['head']),
          extended,
          context('2026-03-23 00:00'),
        ),
      ),
    ).toBe('extension_late');
  });
});

describe('the second extension', () => {
  const tip = state({
    ...{ extension: 1, overlay: 'extended_1', supervisor: PROCURACY, pending: asked(2, '2026-07-02') },
    clocks: [clock('settle', '2026-05-04 23:59')],
  });
  test('is the procuracy’s to decide', () => {
    expect(
      decide(tip, actor('kim', ['prosecutor'], PROCURACY), extended, context('2026-05-02 10:00')).overlay,
    ).toBe('extended_2');
  });
  test('is not the head’s', () => {
    expect(code(() => decide(tip, actor('chi', ['head']), extended, context('2026-05-02 10:00')))).toBe(
      'step_forbidden',
    );
  });
});

test('what was extended comes back extended from a returned transfer', () => {
  const tip = state({ extension: 1, overlay: 'transfer_sent', transferTo: PROCURACY });
  const act: Act = { step: 'transfer_returned', why: 'incomplete', ground: 'thiếu' };
  expect(decide(tip, actor('kim', ['prosecutor'], PROCURACY), act, context('2026-03-10 10:00')).overlay).toBe(
    'extended_1',
  );
});

test('suspending takes a clock in time out of the rates and launders no late one', () => {
  const pending = {
    id: 7,
    kind: 'suspension',
    ground: 'expert_awaited',
    toUnit: PROCURACY,
    proposedBy: 'an' as StaffId,
    proposerUnit: PROVINCE,
    documentNumber: '1',
  } as const;
  const tip = state({
    pending,
    clocks: [clock('settle', '2026-03-22 23:59'), clock('handle', '2026-03-01 23:59')],
  });
  const change = decide(
    tip,
    actor('chi', ['head']),
    { step: 'suspended', decision: 7 },
    context('2026-03-10 10:00'),
  );
  expect(change.stopClocks.map((one) => `${one.clock} ${one.result}`)).toEqual([
    'settle void',
    'handle done',
  ]);
});

test('a commune does not keep what is too grave for it', () => {
  const act: Act = {
    ...{
      step: 'classified',
      legalKind: 'crime_report',
      conduct: 'harbouring',
      priority: 'P1',
      competent: true,
    },
    ...{ circumstances: ['minor'], identity: 'anonymous', evidence: null },
  };
  const tip = state({ stage: 'received' });
  expect(
    code(() =>
      decide(tip, actor('an', ['officer']), act, context('2026-03-02 12:00', { unitKind: 'commune_police' })),
    ),
  ).toBe('above_level');
  const up = decide(
    tip,
    actor('an', ['officer']),
    { ...act, competent: false },
    context('2026-03-02 12:00', { unitKind: 'commune_police' }),
  );
  expect(up.startClocks.filter((one) => one.clock === 'transfer').map((one) => local(one.due))).toEqual([
    '2026-03-03 09:00',
  ]);
});

test('a commune officer without an assignment does not settle a crime', () => {
  const pending = {
    id: 7,
    kind: 'resolution',
    outcome: 'not_prosecuted',
    mergedInto: null,
    violationLeft: false,
    proposedBy: 'an' as StaffId,
    proposerUnit: PROVINCE,
    documentNumber: '1',
  } as const;
  expect(
    code(() =>
      decide(
        state({ pending }),
        actor('chi', ['head']),
        { step: 'resolved', decision: 7 },
        context('2026-03-10 10:00', { unitKind: 'commune_police' }),
      ),
    ),
  ).toBe('no_right_to_settle');
});

describe('a tip that is opened again', () => {
  const reopen: Act = { step: 'reopened', why: 'new_facts', reason: 'Có tình tiết mới', documentNumber: '3' };
  const ends = (more: Partial<TipState>, unitKind: DecideContext['unitKind'], remote = false) =>
    decide(
      state({ stage: 'archived', outcome: 'kept', clocks: [], ...more }),
      actor('chi', ['head']),
      reopen,
      context('2026-05-04 10:00', { unitKind, remote }),
    ).startClocks.map((one) => `${one.clock} ${local(one.due)}`);
  const all = (day: string) => ['verify', 'settle', 'handle'].map((name) => `${name} ${day} 23:59`);

  test.each([
    ['crime_report', 'provincial_police', false, all('2026-05-24')],
    ['denunciation', 'provincial_police', false, all('2026-06-03')],
    ['denunciation', 'commune_police', false, all('2026-06-03')],
    ['complaint', 'provincial_police', false, all('2026-06-03')],
    ['complaint', 'provincial_police', true, all('2026-06-18')],
    [
      ...(['crime_report', 'commune_police', false] as const),
      ['verify 2026-05-11 23:59', 'settle 2026-05-24 23:59', 'handle 2026-05-24 23:59'],
    ],
    [
      ...(['support_request', 'social_support', false] as const),
      ['verify 2026-05-11 23:59', 'settle 2026-05-18 23:59', 'handle 2026-05-18 23:59'],
    ],
  ] as const)(
    'as %s in a unit of %s (remote: %s) has the whole time of its kind again',
    (kind, unit, remote, due) => {
      expect(ends({ legalKind: kind }, unit, remote)).toEqual(due);
    },
  );
});

describe('the first answer to a petition', () => {
  const tip = state({
    legalKind: 'petition',
    clocks: [
      { ...clock('settle', '2026-03-22 23:59'), clock: 'first_answer', ruleVersion: 'first-answer-10wd' },
    ],
  });
  test.each<[Act, string[]]>([
    [{ step: 'message_posted' }, ['first_answer']],
    [{ step: 'receipt_noticed', toUnit: null, impossible: null }, ['first_answer']],
    [{ step: 'printed', watermark: 'x' }, []],
  ])('is given by what the sender is told: %j', (act, stops) => {
    const { stopClocks } = decide(tip, actor('an', ['officer']), act, context('2026-03-05 10:00'));
    expect(stopClocks.map((one) => one.clock)).toEqual(stops);
  });
});
