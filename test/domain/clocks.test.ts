import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromNumber, dayOf, endOfDay, startOfDay } from '../../src/domain/calendar.ts';
import { parseClockRules } from '../../src/domain/clock-rules.ts';
import {
  clockStanding,
  dueAfter,
  LIMIT_UNITS,
  ruleFor,
  startClock,
  stopClock,
} from '../../src/domain/clocks.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import type { Step } from '../../src/domain/life-cycle-types.ts';
import { CLOCKS, LEGAL_KINDS, type UnitKind } from '../../src/domain/terms.ts';
import { TRANSITIONS } from '../../src/domain/transitions.ts';
import { at, calendar, data, rules, T0 } from './support.ts';

const moment = (step: Step, t0: Seconds) => ({ step, now: t0, t0 });
const caseOf = (unitKind: UnitKind) => ({ unitKind, legalKind: null, circumstances: [], remote: false });
/** Cases of which at least one has each clock. */
const CASES = (['commune_police', 'provincial_police'] as const).flatMap((unitKind) =>
  LEGAL_KINDS.map((legalKind) => ({
    ...{ unitKind, legalKind, circumstances: ['minor'] as const, remote: false },
  })),
);

const local = (seconds: number): string => {
  const rest = seconds - startOfDay(dayOf(seconds));
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${dayOf(seconds)} ${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)}`;
};
const due = (day: string, time: string, n: number, unit: (typeof LIMIT_UNITS)[number]): string =>
  local(dueAfter(at(day, time), { n, unit }, calendar));

describe('periods counted by hand (BLTTHS Đ134)', () => {
  test.each([
    ['2026-06-01', '09:00:00', 24, 'h', '2026-06-02 09:00:00'],
    ['2026-02-16', '23:00:00', 24, 'h', '2026-02-17 23:00:00'], // hours run through Tết
    ['2026-12-31', '23:00:00', 12, 'h', '2027-01-01 11:00:00'],
    ['2026-06-01', '09:00:00', 20, 'd', '2026-06-21 23:59:59'], // a Sunday: days do not roll
    ['2026-06-01', '00:00:00', 7, 'd', '2026-06-08 23:59:59'],
    ['2026-06-01', '23:00:00', 7, 'd', '2026-06-08 23:59:59'],
    ['2026-01-28', '10:00:00', 20, 'd', '2026-02-17 23:59:59'], // ends on the first day of Tết 2026
    ['2027-01-17', '10:00:00', 20, 'd', '2027-02-06 23:59:59'], // ends on the first day of Tết 2027
    ['2028-02-09', '10:00:00', 20, 'd', '2028-02-29 23:59:59'],
    ['2026-02-09', '10:00:00', 20, 'd', '2026-03-01 23:59:59'],
    ['2026-12-20', '10:00:00', 20, 'd', '2027-01-09 23:59:59'],
    ['2026-02-13', '16:00:00', 3, 'wd', '2026-02-25 23:59:59'], // over Tết 2026
    ['2027-02-04', '16:00:00', 3, 'wd', '2027-02-16 23:59:59'], // over Tết 2027
    ['2026-06-05', '16:00:00', 10, 'wd', '2026-06-19 23:59:59'],
    ['2026-06-06', '16:00:00', 10, 'wd', '2026-06-19 23:59:59'], // a Saturday starts like the Friday before
    ['2026-06-10', '10:00:00', 1, 'm', '2026-07-10 23:59:59'],
    ['2026-01-31', '10:00:00', 1, 'm', '2026-03-02 23:59:59'], // 28 February is a Saturday
    ['2028-01-31', '10:00:00', 1, 'm', '2028-02-29 23:59:59'],
    ['2026-12-17', '10:00:00', 2, 'm', '2027-02-17 23:59:59'],
    ['2026-12-06', '10:00:00', 2, 'm', '2027-02-12 23:59:59'], // 6 February 2027 is Tết: rolls to the 12th
    ['2026-12-31', '10:00:00', 4, 'm', '2027-05-04 23:59:59'], // 30 April, 1–3 May are days off
  ] as const)('from %s %s, %i %s end at %s', (day, time, n, unit, end) =>
    expect(due(day, time, n, unit)).toBe(end),
  );

  test('with the switch on, days too roll from a rest day to the next working day', () => {
    const rolled = dueAfter(at('2026-06-01', '09:00:00'), { n: 20, unit: 'd' }, calendar, true);
    expect(local(rolled)).toBe('2026-06-22 23:59:59');
  });

  test('a period never ends before it starts, and a longer one never before a shorter', () => {
    const start = fc.integer({ min: 946_684_800, max: 4_102_444_800 }) as fc.Arbitrary<Seconds>;
    fc.assert(
      fc.property(
        start,
        fc.constantFrom(...LIMIT_UNITS),
        fc.integer({ min: 1, max: 60 }),
        (from, unit, n) => {
          const shorter = dueAfter(from, { n, unit }, calendar);
          expect(shorter).toBeGreaterThan(from);
          expect(dueAfter(from, { n: n + 1, unit }, calendar)).toBeGreaterThanOrEqual(shorter);
        },
      ),
    );
  });

  test('every period but one of hours ends at the last second of a day', () => {
    const start = fc.integer({ min: 946_684_800, max: 4_102_444_800 }) as fc.Arbitrary<Seconds>;
    fc.assert(
      fc.property(
        start,
        fc.constantFrom('d', 'wd', 'm' as const),
        fc.integer({ min: 1, max: 60 }),
        (from, unit, n) => {
          const end = dueAfter(from, { n, unit: unit as 'd' | 'wd' | 'm' }, calendar);
          expect(end).toBe(endOfDay(dayOf(end)));
        },
      ),
    );
  });
});

describe('rules', () => {
  test('every start in the life cycle has a rule that starts the clock there', () => {
    for (const row of TRANSITIONS)
      for (const clock of row.starts)
        expect(
          CASES.some((one) => ruleFor(rules, clock, moment(row.step, T0), one) !== null),
          `${row.step} ${clock}`,
        ).toBe(true);
  });

  test('every start that a rule names is one that the life cycle has', () => {
    for (const rule of rules.rules)
      for (const trigger of rule.starts)
        expect(
          TRANSITIONS.some((row) => row.step === trigger.step && row.starts.includes(rule.clock)),
          `${rule.id} at ${trigger.step}`,
        ).toBe(true);
  });

  test('every clock that starts stops somewhere', () => {
    for (const clock of CLOCKS)
      expect(
        TRANSITIONS.some((row) => row.stops.includes(clock)),
        clock,
      ).toBe(true);
  });

  test('commune police verify in 7 days where others have 20', () => {
    const verify = (kind: 'commune_police' | 'provincial_police') =>
      ruleFor(rules, 'verify', moment('submitted', T0), caseOf(kind))?.limit;
    expect([verify('commune_police'), verify('provincial_police')]).toEqual([
      { n: 7, unit: 'd' },
      { n: 20, unit: 'd' },
    ]);
  });

  test('the rule in force on the day of receipt is taken, not the one in force now', () => {
    const file = data('clocks') as { rules: Record<string, unknown>[]; rollDays: boolean };
    const changed = parseClockRules({
      ...file,
      rules: file.rules.flatMap((rule) =>
        rule.id === 'settle-20d'
          ? [
              { ...rule, until: '2026-06-30' },
              { ...rule, id: 'settle-15d', from: '2026-07-01', limit: { n: 15, unit: 'd' } },
            ]
          : [rule],
      ),
    });
    const rule = (day: string) =>
      ruleFor(changed, 'settle', moment('submitted', at(day, '23:00:00')), caseOf('commune_police'))?.id;
    expect([rule('2026-06-30'), rule('2026-07-01')]).toEqual(['settle-20d', 'settle-15d']);
  });

  test('a clock before its rule was in force does not start', () => {
    const t0 = at('2017-06-01');
    expect(
      startClock('settle', moment('submitted', t0), caseOf('commune_police'), { rules, calendar }),
    ).toBeNull();
  });

  const rule = (more: Record<string, unknown>) => {
    const file = data('clocks') as { rules: Record<string, unknown>[]; rollDays: boolean };
    return { ...file, rules: [{ ...file.rules[0], ...more }, ...file.rules.slice(1)] };
  };
  test.each([
    [rule({ limit: { n: 0, unit: 'h' } }), 'clocks.rules[0].limit.n: must be a whole number from 1 to 1000'],
    [rule({ limit: { n: 1, unit: 'week' } }), 'clocks.rules[0].limit.unit: must be one of h, d, wd, m'],
    [rule({ clock: 'egg' }), 'clocks.rules[0].clock: must be one of'],
    [rule({ until: '2001-01-01' }), 'clocks.rules[0].until: is before its first day'],
    [rule({ from: '2026-02-30' }), 'clocks.rules[0].from: must be a day'],
    [rule({ id: 'classify-24h' }), 'clocks.rules[1].id: is used twice: classify-24h'],
    [rule({ starts: [] }), 'clocks.rules[0].starts: must not be empty'],
    [rule({ when: { unitKinds: [] } }), 'clocks.rules[0].when.unitKinds: must not be empty'],
    [rule({ when: { unitKinds: ['customs'] } }), 'clocks.rules: has no general rule for register'],
    [
      rule({ clock: 'classify' }),
      'clocks.rules[1]: stands for the same cases at the same time as clocks.rules[0]',
    ],
    [{ rules: [], rollDays: false }, 'clocks.rules: has no general rule for register'],
    [rule({ basis: 'Luật Tố cáo'.normalize('NFD') }), 'clocks.rules[0].basis: must be in Unicode NFC'],
  ])('a wrong file %# is refused and the entry named', (json, message) =>
    expect(() => parseClockRules(json)).toThrow(message),
  );
});

describe('stopping', () => {
  const clock = { clock: 'classify' as const, due: at('2026-06-02', '09:00:00') };

  test('on the last second in time it counts as that day', () =>
    expect(stopClock(clock, clock.due, 'done').stoppedDay).toBe('2026-06-02'));

  test('late on the due day itself it counts as the day after, so that the roll-up sees it late', () =>
    expect(stopClock(clock, (clock.due + 1) as Seconds, 'done').stoppedDay).toBe('2026-06-03'));

  test('late by whole days it counts as the day it was', () =>
    expect(stopClock(clock, at('2026-06-09', '08:00:00'), 'done').stoppedDay).toBe('2026-06-09'));

  test('the roll-up day says late exactly when the second was late', () => {
    const dueDays = fc.integer({ min: 20_000, max: 25_000 }).map((n) => startOfDay(dayFromNumber(n)));
    fc.assert(
      fc.property(
        dueDays,
        fc.integer({ min: 0, max: 86_399 }),
        fc.integer({ min: -200_000, max: 200_000 }),
        (start, offset, shift) => {
          const dueAt = (start + offset) as Seconds;
          const stop = stopClock({ clock: 'settle', due: dueAt }, (dueAt + shift) as Seconds, 'done');
          expect(stop.stoppedDay > dayOf(dueAt)).toBe(shift > 0);
        },
      ),
    );
  });

  test.each([
    [at('2026-06-01', '10:00:00'), null, 'in_time'],
    [at('2026-06-02', '04:00:00'), null, 'soon'],
    [at('2026-06-02', '09:00:00'), null, 'soon'],
    [at('2026-06-02', '09:00:01'), null, 'overdue'],
    [at('2026-06-09'), at('2026-06-02', '09:00:00'), 'met'],
    [at('2026-06-09'), at('2026-06-02', '09:00:01'), 'missed'],
  ] as const)('at %i a day-long clock stopped at %s stands %s', (now, stopped, standing) =>
    expect(clockStanding({ started: at('2026-06-01', '09:00:00'), due: clock.due, stopped }, now)).toBe(
      standing,
    ),
  );
});
