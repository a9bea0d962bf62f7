import { describe, expect, it } from 'vitest';
import { splitPeriod } from '../../src/adapters/store/sqlite/rates.ts';
import type { Day } from '../../src/domain/ids.ts';

const split = (from: string, to: string) => {
  const { firstMonth, lastMonth, beforeMonths, afterMonths } = splitPeriod({
    from: from as Day,
    to: to as Day,
  });
  return { months: [firstMonth, lastMonth], before: [from, beforeMonths], after: [afterMonths, to] };
};

describe('a period', () => {
  it('of whole months has no days beside them', () => {
    const { months, before, after } = split('2026-01-01', '2026-12-31');
    expect(months).toEqual(['2026-01', '2026-12']);
    expect(before[0]! > before[1]! && after[0]! > after[1]!).toBe(true);
  });

  it('that begins and ends within months has their days beside the whole ones', () => {
    expect(split('2025-12-15', '2026-02-27')).toEqual({
      months: ['2026-01', '2026-01'],
      before: ['2025-12-15', '2026-01-00'],
      after: ['2026-02-01', '2026-02-27'],
    });
  });

  it('without a whole month is days alone', () => {
    const { months, before, after } = split('2026-01-31', '2026-02-27');
    expect(months[0]! > months[1]!).toBe(true);
    expect(before).toEqual(['2026-01-31', '2026-02-27']);
    expect(after[0]! > after[1]!).toBe(true);
  });

  it('knows the length of February', () => {
    expect(split('2028-02-01', '2028-02-28').months).toEqual(['2028-02', '2028-01']);
    expect(split('2028-02-01', '2028-02-29').months).toEqual(['2028-02', '2028-02']);
  });
});
