import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAfter } from '../../src/domain/clocks.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import { at, calendar } from '../domain/support.ts';
import { dayAt, end, lastSecond, type Period } from './dates.ts';

/** Every day of the years whose holidays are known, at every hour that matters. */
const start = fc.tuple(
  fc.integer({ min: 0, max: 900 }),
  fc.constantFrom('00:00:00', '00:00:01', '06:59:59', '07:00:00', '09:30:00', '16:59:59', '23:59:59'),
);
const period = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('h', 'd', 'wd', 'm'));

test('the program counts periods as the second reading of BLTTHS Đ134 does', () => {
  fc.assert(
    fc.property(start, period, ([days, time], [n, unit]) => {
      const from = (at('2025-01-01', time) + days * 86_400) as Seconds;
      const limit: Period = [unit === 'm' ? Math.min(n, 12) : n, unit as Period[1]];
      expect(dueAfter(from, { n: limit[0], unit: limit[1] }, calendar)).toBe(end(from, limit));
    }),
    { numRuns: process.env.TINKIN_FULL === '1' ? 20_000 : 1000 },
  );
});

test('the second reading itself: month ends, leap years, Tết and swapped days', () => {
  const day = (from: string, limit: Period): string => dayAt(end(at(from, '09:00:00'), limit));
  expect(day('2026-01-31', [1, 'm'])).toBe('2026-03-02');
  expect(day('2028-01-31', [1, 'm'])).toBe('2028-02-29');
  expect(day('2025-12-17', [2, 'm'])).toBe('2026-02-23');
  expect(day('2026-12-31', [2, 'm'])).toBe('2027-03-01');
  expect(day('2026-02-13', [3, 'wd'])).toBe('2026-02-25');
  expect(day('2026-01-08', [3, 'wd'])).toBe('2026-01-12');
  expect(day('2026-11-02', [20, 'd'])).toBe('2026-11-22');
  expect(end(at('2026-11-02', '09:00:00'), [20, 'd'])).toBe(lastSecond('2026-11-22'));
  expect(end(at('2026-02-15', '23:00:00'), [24, 'h'])).toBe(at('2026-02-16', '23:00:00'));
});
