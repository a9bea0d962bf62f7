import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromNumber } from '../../src/domain/calendar.ts';
import type { Day, UnitId } from '../../src/domain/ids.ts';
import { parsePlans } from '../../src/domain/plans.ts';
import { balanceHolds, counts, type RateRow, rateOf, ratioText, standing } from '../../src/domain/rates.ts';
import { LEGAL_KINDS, VERBS } from '../../src/domain/terms.ts';
import { COMMUNE, data, PROVINCE } from './support.ts';

const day = (text: string): Day => text as Day;
const row = (dueDay: string, stoppedDay: string | null, more: Partial<RateRow> = {}): RateRow => ({
  unit: COMMUNE,
  legalKind: 'crime_report',
  conduct: 'harbouring',
  verb: 'handled',
  dueDay: day(dueDay),
  stoppedDay: stoppedDay === null ? null : day(stoppedDay),
  count: 1,
  ...more,
});
const november = { from: day('2026-11-01'), to: day('2026-11-30'), today: day('2026-11-22') };

describe('what fell due', () => {
  test.each([
    [row('2026-11-10', '2026-11-10'), { due: 1, onTime: 1, late: 0, openLate: 0 }],
    [row('2026-11-10', '2026-11-11'), { due: 1, onTime: 0, late: 1, openLate: 0 }],
    [row('2026-11-21', null), { due: 1, onTime: 0, late: 0, openLate: 1 }],
    [row('2026-11-22', null), { due: 0, onTime: 0, late: 0, openLate: 0 }], // due today: not over yet
    [row('2026-11-30', '2026-11-20'), { due: 1, onTime: 1, late: 0, openLate: 0 }],
    [row('2026-12-01', '2026-11-20'), { due: 0, onTime: 0, late: 0, openLate: 0 }], // next month's
    [row('2026-10-31', null), { due: 0, onTime: 0, late: 0, openLate: 0 }],
    [row('2026-11-10', '2026-11-10', { verb: 'verified' }), { due: 0, onTime: 0, late: 0, openLate: 0 }],
  ])('row %# gives its part of the rate', (one, expected) =>
    expect(rateOf([one], 'handled', november)).toEqual(expected),
  );

  test('a province that counts a tip once leaves out what was passed on; the unit that passed it on keeps it', () => {
    const rows = [
      row('2026-11-10', '2026-11-05', { passedOn: true }),
      row('2026-11-10', '2026-11-12', { unit: PROVINCE }),
    ];
    expect(rateOf(rows, 'handled', november).due).toBe(2);
    expect(rateOf(rows, 'handled', november, null, true)).toEqual({
      due: 1,
      onTime: 0,
      late: 1,
      openLate: 0,
    });
  });

  const rows = fc.array(
    fc.record({
      unit: fc.constantFrom(COMMUNE, PROVINCE, '14-tt' as UnitId),
      legalKind: fc.constantFrom(null, ...LEGAL_KINDS),
      conduct: fc.constantFrom(null, 'harbouring', 'other'),
      verb: fc.constantFrom(...VERBS),
      dueDay: fc.integer({ min: 20_750, max: 20_800 }).map(dayFromNumber),
      stoppedDay: fc.option(fc.integer({ min: 20_740, max: 20_800 }).map(dayFromNumber)),
      count: fc.integer({ min: 1, max: 9 }),
    }),
  );
  const period = { from: dayFromNumber(20_755), to: dayFromNumber(20_795), today: dayFromNumber(20_780) };

  test('the parts always make up what fell due, and the order of rows does not matter', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...VERBS), (all, verb) => {
        const rate = rateOf(all, verb, period);
        expect(rate.onTime + rate.late + rate.openLate).toBe(rate.due);
        expect(rateOf([...all].reverse(), verb, period)).toEqual(rate);
      }),
    );
  });

  test('a period cut in two gives the same in all', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 20_755, max: 20_794 }), (all, cut) => {
        const first = rateOf(all, 'handled', { ...period, to: dayFromNumber(cut) });
        const second = rateOf(all, 'handled', { ...period, from: dayFromNumber(cut + 1) });
        const whole = rateOf(all, 'handled', period);
        expect([first.due + second.due, first.onTime + second.onTime]).toEqual([whole.due, whole.onTime]);
      }),
    );
  });

  test('leaving a tip unclassified or calling it out of scope never makes a plan’s rate better', () => {
    const plans = parsePlans(data('plans'));
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.constantFrom(...plans),
        fc.constantFrom(null, 'out_of_scope' as const),
        (all, at, plan, hidden) => {
          if (all.length === 0) return;
          const buried = all.map((one, index) =>
            index === at % all.length ? { ...one, legalKind: hidden } : one,
          );
          const missed = (list: RateRow[]) => {
            const { late, openLate } = rateOf(list, 'handled', period, plan);
            return late + openLate;
          };
          expect(missed(buried)).toBeGreaterThanOrEqual(missed(all));
        },
      ),
    );
  });

  test('a clock stopped on its due day is in time, a day later late', () => {
    expect(standing(row('2026-11-10', '2026-11-10'), november.today)).toBe('on_time');
    expect(standing(row('2026-11-10', '2026-11-11'), november.today)).toBe('late');
  });
});

describe('the population of a plan', () => {
  const plans = new Map(parsePlans(data('plans')).map((plan) => [plan.id, plan]));
  test.each([
    ['tan-phong-2026-2030', 'crime_report', 'other', true],
    ['tan-phong-2026-2030', 'feedback', 'other', false],
    ['ninh-binh-2026', 'crime_denunciation', 'other', false],
    ['ninh-binh-2026', 'denunciation_info', 'other', true],
    ['son-la-2026', 'feedback', 'harbouring', true],
    ['son-la-2026', 'feedback', 'buying_sex', false],
    ['son-la-2026', 'feedback', null, true],
    ['son-la-2026', null, null, true],
    ['son-la-2026', 'out_of_scope', 'other', true],
    ['son-la-2026', 'support_request', 'support_needed', false],
  ] as const)('%s counts a %s about %s: %s', (id, legalKind, conduct, counted) => {
    const plan = plans.get(id);
    expect(plan !== undefined && counts(plan, { legalKind, conduct })).toBe(counted);
  });
});

describe('the ratio as text', () => {
  test.each([
    [0, 0, '–', '–'],
    [1, 1, '100 %', '100%'],
    [9996, 10_000, '99,9 %', '99.9%'],
    [999_999, 1_000_000, '99,9 %', '99.9%'],
    [182, 183, '99,4 %', '99.4%'],
    [1, 2, '50,0 %', '50.0%'],
    [0, 7, '0 %', '0%'],
    [1, 100_000, '0,0 %', '0.0%'],
    [2, 3, '66,6 %', '66.6%'],
  ])('%i of %i is %s', (onTime, due, vi, en) => {
    expect(ratioText({ onTime, due }, 'vi')).toBe(vi);
    expect(ratioText({ onTime, due }, 'en')).toBe(en);
  });

  test('says 100 % only when every one was in time, and – only when nothing fell due', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (a, b) => {
        const [onTime, due] = a < b ? [a, b] : [b, a];
        const text = ratioText({ onTime, due }, 'vi');
        expect(text === '100 %').toBe(due > 0 && onTime === due);
        expect(text === '–').toBe(due === 0);
      }),
    );
  });
});

test('the balance holds when everything that came in is somewhere', () => {
  const balance = {
    carriedOver: 3,
    received: 10,
    settled: 6,
    transferred: 2,
    merged: 1,
    open: 3,
    overdue: 1,
    suspended: 1,
  };
  expect(balanceHolds(balance)).toBe(true);
  expect(balanceHolds({ ...balance, open: 2 })).toBe(false);
  expect(balanceHolds({ ...balance, overdue: 4 })).toBe(false);
});
