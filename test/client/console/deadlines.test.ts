import { describe, expect, test } from 'vitest';
import { LAW_FILES } from '../../../src/audit/law-hashes.ts';
import { dueText } from '../../../src/client/console/format.ts';
import { deadlinesOf } from '../../../src/client/console/tip/deadlines.ts';
import { nextExtension } from '../../../src/client/console/tip/extension-next.ts';
import type { OpenedTip } from '../../../src/client/console/worker/calls.ts';
import { lawWith } from '../../../src/client/console/worker/law.ts';
import { endOfDay, missingYears } from '../../../src/domain/calendar.ts';
import type { Day, Seconds, StaffId, UnitId } from '../../../src/domain/ids.ts';
import type { TipState } from '../../../src/domain/life-cycle-types.ts';
import { UNTOUCHED } from '../../fixtures/acts.ts';

/** Monday 02/03/2026 at noon in Vietnam. */
const T0 = (Date.UTC(2026, 2, 2, 5) / 1000) as Seconds;
const clockTo = (day: string) =>
  ({
    clock: 'settle',
    ruleVersion: 'settle-20d',
    started: T0,
    due: endOfDay(day as Day),
    stopped: null,
  }) as const;
const state = (more: Partial<TipState>): TipState => ({
  unit: '14-ca' as UnitId,
  stage: 'verifying',
  overlay: 'none',
  priority: 'P3',
  urgent: false,
  legalKind: 'crime_report',
  conduct: 'brokering',
  outcome: null,
  t0: T0,
  clocks: [clockTo('2026-03-22')],
  pending: null,
  transferTo: null,
  ...UNTOUCHED,
  ...more,
});
const law = lawWith([]);
const at = (day: string): Seconds => (endOfDay(day as Day) - 3600) as Seconds;

describe('the extension that a form offers', () => {
  test('the first ends two months from receipt, rolled from a rest day to the next working day', () =>
    expect(nextExtension(state({}), law, at('2026-03-20'))).toEqual({
      number: 1,
      who: 'leader',
      latest: '2026-05-04',
      askUntil: '2026-03-22',
    }));

  test('the second counts from the date before it rolled, and is asked for five days before the end', () =>
    expect(
      nextExtension(state({ extension: 1, clocks: [clockTo('2026-05-04')] }), law, at('2026-04-29')),
    ).toEqual({
      number: 2,
      who: 'procuracy',
      latest: '2026-07-02',
      askUntil: '2026-04-29',
    }));

  test.each([
    ['the day to ask has gone', { extension: 1, clocks: [clockTo('2026-05-04')] }, '2026-04-30'],
    ['both were given', { extension: 2, clocks: [clockTo('2026-07-02')] }, '2026-05-10'],
    ['the kind of tip has none', { legalKind: 'feedback' }, '2026-03-10'],
    ['the time is over', {}, '2026-03-23'],
    ['nothing runs', { clocks: [] }, '2026-03-10'],
  ] as const)('none is offered where %s', (_why, more, day) =>
    expect(nextExtension(state(more), law, at(day))).toBeNull(),
  );
});

describe('the deadlines that a form shows', () => {
  const tip = (of: TipState): OpenedTip =>
    ({
      detail: { state: of },
      actor: { staff: 'b'.repeat(32) as StaffId, unit: of.unit, roles: ['head'], overTipUnit: false },
      law,
      thread: { muted: false, consents: [], noCode: false, withdrew: false },
    }) as unknown as OpenedTip;
  const pending = {
    ...{ id: 7, kind: 'extension', proposedBy: 'a'.repeat(32), proposerUnit: '14-ca' },
    ...{ documentNumber: '1', number: 1, until: '2026-05-04', toUnit: null },
  } as unknown as TipState['pending'];
  const here = { now: at('2026-03-20'), unitKind: 'provincial_police' } as const;

  test('an extension moves the running clock to the day that was asked for', () => {
    const found = deadlinesOf(
      tip(state({ pending })),
      { step: 'extended', decision: 7, documentNumber: '3/QĐ' },
      here,
    );
    expect(found).toEqual([
      { kind: 'moves', clocks: ['settle'], due: endOfDay('2026-05-04' as Day), missing: [] },
    ]);
    expect(dueText(found[0]?.due ?? 0, 'vi')).toBe('thứ Hai 04/05/2026');
    expect(dueText(found[0]?.due ?? 0, 'en')).toBe('Monday 4 May 2026');
  });

  test('resuming begins a month, and says for which year the holidays are not known', () => {
    const suspended = state({ overlay: 'suspended', clocks: [] });
    const act = { step: 'resumed', documentNumber: '1', ground: 'x' } as const;
    expect(deadlinesOf(tip(suspended), act, here)).toMatchObject([
      {
        kind: 'begins',
        clocks: ['verify', 'settle', 'handle'],
        due: endOfDay('2026-04-20' as Day),
        missing: [],
      },
    ]);
    const later = deadlinesOf(tip(suspended), act, { ...here, now: at('2031-12-20') });
    expect(later[0]?.missing).toContain(2031);
  });

  test('an act that could not be taken sets none', () =>
    expect(
      deadlinesOf(tip(state({})), { step: 'extended', decision: 7, documentNumber: '3/QĐ' }, here),
    ).toEqual([]));
});

test('a form counts with the years that administrators saved, in place of those of the build', () => {
  const { calendar } = lawWith([
    { year: 2026, off: [{ day: '2026-05-04' as Day, name: 'Nghỉ thử' }], worked: [] },
    { year: 2031, off: [], worked: [] },
  ]);
  expect(missingYears(calendar, '2027-12-31' as Day, '2031-01-02' as Day)).toEqual([2028, 2029, 2030]);
  const saved = { ...law, calendar };
  expect(nextExtension(state({}), saved, at('2026-03-20'))).toMatchObject({ latest: '2026-05-05' });
});

test('the console is built with every file of law that a bundle names', () => {
  expect(Object.keys(JSON.parse(__TINKIN_LAW__)).sort()).toEqual([...LAW_FILES].sort());
});
