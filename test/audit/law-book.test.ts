import { expect, test } from 'vitest';
import { LawBook } from '../../src/audit/law-book.ts';
import { People } from '../../src/audit/people.ts';
import { RightsBook } from '../../src/audit/rights.ts';
import { HolidayBook } from '../../src/domain/holidays.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { calendar } from '../domain/law/support.ts';

const suite = await loadSodiumSuite();
const book = () =>
  new LawBook(new RightsBook(suite, 'ab'.repeat(16), new People(suite, [], [])), new HolidayBook(calendar));
const AT = 1_780_000_000 as Seconds;
const YEAR = { year: 2028, off: [{ day: '2028-01-03', name: 'Tết Dương lịch' }], worked: [] };

test('a year that was saved counts for what comes after it', () => {
  const law = book();
  expect(law.take('holidays_saved', YEAR, AT)).toBeNull();
  expect(law.holidays.at(AT + 600).years.has(2028)).toBe(true);
  expect(law.holidays.at(AT + 599).years.has(2028)).toBe(false);
});

test.each([
  ['a day of another year', { ...YEAR, year: 2027 }],
  ['no year', { ...YEAR, year: 'x' }],
  ['no lists', { year: 2028 }],
  ['a working day that is worked', { ...YEAR, worked: ['2028-01-04'] }],
])('a service that recorded %s is found out, and nothing counts by it', (_name, part) => {
  const law = book();
  expect(law.take('holidays_saved', part, AT)).toMatchObject({ check: 'stepLegal' });
  expect(law.holidays.at(AT + 600)).toBe(calendar);
});

const TOLD = { clocks: 'ab', plans: 'cd' };

test.each([
  ['as they were recorded last', [TOLD], []],
  ['of which nothing was recorded', [], ['clocks', 'plans']],
  ['of which others were recorded', [TOLD, { clocks: 'ef' }], ['clocks']],
  ['that were recorded again', [{ ...TOLD, clocks: 'ef' }, { clocks: 'ab' }], []],
])('files of law %s', (_name, changes, others) => {
  const law = book();
  for (const change of changes) {
    const files = Object.entries(change).map(([name, hash]) => ({ name, hash }));
    expect(law.take('law_changed', { files }, AT)).toBeNull();
  }
  expect(law.otherThan(TOLD)).toEqual(others);
});

test.each([[{}], [{ files: [null] }], [{ files: 'clocks' }]])(
  'a change to %j names no files, and is found out',
  (part) => {
    expect(book().take('law_changed', part, AT)).toMatchObject({ check: 'lawInForce' });
  },
);

test('what says nothing of the law is let by', () => {
  expect(book().take('units_saved', { by: 'operator', units: 3 }, AT)).toBeNull();
});
