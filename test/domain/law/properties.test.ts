import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf, isWorkingDay } from '../../../src/domain/calendar.ts';
import { dueAfter, type Limit } from '../../../src/domain/clocks.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { readJsonWithPlaces } from '../../../src/domain/json-lines.ts';
import { at, calendar } from './support.ts';

const start = fc
  .integer({ min: at('2025-01-01'), max: at('2027-06-30') })
  .map((seconds) => seconds as Seconds);
const limit = fc.record({
  n: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('h', 'd', 'wd', 'm', 'wh'),
}) as fc.Arbitrary<Limit>;
const RUNS = { numRuns: 300 };

test('a period ends after it starts, and one more of a limit never ends earlier', () => {
  fc.assert(
    fc.property(start, limit, (from, of) => {
      const due = dueAfter(from, of, calendar);
      expect(due > from).toBe(true);
      expect(dueAfter(from, { ...of, n: of.n + 1 }, calendar) >= due).toBe(true);
    }),
    RUNS,
  );
});

test('a later start never ends earlier', () => {
  fc.assert(
    fc.property(start, limit, fc.integer({ min: 0, max: 400_000 }), (from, of, more) => {
      expect(dueAfter((from + more) as Seconds, of, calendar) >= dueAfter(from, of, calendar)).toBe(true);
    }),
    RUNS,
  );
});

test('working days end on one, with so many after the start', () => {
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 30 }), (from, n) => {
      const last = dayOf(dueAfter(from, { n, unit: 'wd' }, calendar));
      expect(isWorkingDay(last, calendar)).toBe(true);
      let worked = 0;
      for (let day = addDays(dayOf(from), 1); day <= last; day = addDays(day, 1))
        if (isWorkingDay(day, calendar)) worked += 1;
      expect(worked).toBe(n);
    }),
    RUNS,
  );
});

test('one more holiday never ends a period earlier', () => {
  fc.assert(
    fc.property(start, limit, fc.integer({ min: 1, max: 60 }), (from, of, ahead) => {
      const more = { ...calendar, daysOff: new Set([...calendar.daysOff, addDays(dayOf(from), ahead)]) };
      expect(dueAfter(from, of, more) >= dueAfter(from, of, calendar)).toBe(true);
    }),
    RUNS,
  );
});

test('places are remembered without changing what JSON says', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6, noUnicodeString: false }),
      fc.constantFrom(0, 1, 2),
      (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(readJsonWithPlaces('x', text).value)).toBe(JSON.stringify(JSON.parse(text)));
      },
    ),
    RUNS,
  );
});
