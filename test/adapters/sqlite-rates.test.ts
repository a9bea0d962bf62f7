import { describe, expect, it } from 'vitest';
import { partsBefore, periodParts } from '../../src/adapters/store/sqlite/period-parts.ts';
import type { Day } from '../../src/domain/ids.ts';

const parts = (from: string, to: string, today = '2030-06-15') =>
  periodParts({ from: from as Day, to: to as Day }, today).map((part) => Object.values(part).join(' '));

describe('a period', () => {
  it('of whole months is one range of months', () => {
    expect(parts('2026-01-01', '2026-12-31')).toEqual(['month 2026-01 2026-12']);
  });

  it('that begins and ends within months has their days beside the whole ones', () => {
    expect(parts('2025-12-15', '2026-02-27')).toEqual([
      'day 2025-12-15 2025-12-31',
      'month 2026-01 2026-01',
      'day 2026-02-01 2026-02-27',
    ]);
  });

  it('without a whole month is days alone', () => {
    expect(parts('2026-01-31', '2026-02-27')).toEqual([
      'day 2026-01-31 2026-01-31',
      'day 2026-02-01 2026-02-27',
    ]);
    expect(parts('2026-01-05', '2026-01-05')).toEqual(['day 2026-01-05 2026-01-05']);
  });

  it('knows the length of February', () => {
    expect(parts('2028-02-01', '2028-02-28')).toEqual(['day 2028-02-01 2028-02-28']);
    expect(parts('2028-02-01', '2028-02-29')).toEqual(['month 2028-02 2028-02']);
  });

  it("reads today's month by days, for only some of them are over", () => {
    expect(parts('2026-01-01', '2026-12-31', '2026-06-30')).toEqual([
      'month 2026-01 2026-05',
      'day 2026-06-01 2026-06-30',
      'month 2026-07 2026-12',
    ]);
  });

  it('that ends before it begins has no part', () => {
    expect(parts('2026-02-01', '2026-01-31')).toEqual([]);
  });

  it('has months and days before it', () => {
    expect(partsBefore('2026-03-15')).toEqual([
      { grain: 'month', from: '', to: '2026-02' },
      { grain: 'day', from: '2026-03-01', to: '2026-03-14' },
    ]);
    const [months, days] = partsBefore('2026-01-01');
    expect(months?.to).toBe('2025-12');
    expect((days?.from ?? '') > (days?.to ?? '')).toBe(true);
  });
});
