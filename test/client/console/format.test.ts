import { describe, expect, test } from 'vitest';
import {
  dayText,
  dueIn,
  firstLine,
  grouped,
  hourText,
  timeText,
} from '../../../src/client/console/format.ts';

// 2026-11-22T17:30:00Z is half past midnight of the 23rd in Vietnam.
const LATE = Date.UTC(2026, 10, 22, 17, 30) / 1000;

describe('how times are shown', () => {
  test('times and days are Vietnam’s, whatever the computer’s zone', () => {
    expect(timeText(LATE)).toBe('23/11/2026 00:30');
    expect(dayText(LATE)).toBe('23/11/2026');
  });

  test('an hour of receipt shows no minute', () => {
    const hour = Math.floor(LATE / 3600);
    expect(hourText(hour, 'vi')).toBe('23/11/2026, 0 giờ');
    expect(hourText(hour, 'en')).toBe('23/11/2026, 00:00');
  });
});

describe('how deadlines stand', () => {
  test.each([
    ['the last second in time', 0, 'soon', 1, 'minute'],
    ['one second after', -1, 'overdue', 1, 'minute'],
    ['fifty minutes to go', 3000, 'soon', 50, 'minute'],
    ['exactly a day to go', 86_400, 'soon', 24, 'hour'],
    ['just over a day', 86_401, 'later', 24, 'hour'],
    ['five days', 5 * 86_400, 'later', 5, 'day'],
    ['three days over', -3 * 86_400, 'overdue', 3, 'day'],
  ])('%s', (_name, left, level, amount, unit) => {
    expect(dueIn(1_000_000 + left, 1_000_000)).toEqual({ level, amount, unit });
  });

  test('a tip without a running clock has no deadline', () => {
    expect(dueIn(null, 5).level).toBe('none');
  });
});

describe('texts in lists', () => {
  test('a first line ends at the first line break', () => {
    expect(firstLine('  Quán ở ngã ba\nTối nào cũng mở ')).toBe('Quán ở ngã ba');
  });

  test('a long line is cut between words', () => {
    const cut = firstLine('một hai ba bốn năm sáu bảy tám chín mười', 20);
    expect(cut).toBe('một hai ba bốn năm…');
  });

  test('a text of nothing gives an empty line', () => {
    expect(firstLine(' \n \n')).toBe('');
  });

  test('digits are grouped by four', () => {
    expect(grouped('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
  });
});
