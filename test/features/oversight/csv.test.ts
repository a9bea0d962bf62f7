import { expect, test } from 'vitest';
import type { Figures } from '../../../src/domain/figures.ts';
import type { UnitId } from '../../../src/domain/ids.ts';
import { figuresCsv } from '../../../src/features/oversight/csv.ts';
import { oversight as vi } from '../../../src/i18n/vi/oversight.ts';

const rate = { due: 3, onTime: 2, late: 1, openLate: 0 };
const rates = { received: rate, classified: rate, verified: rate, handled: rate };

const withUnit = (name: string): Pick<Figures, 'verbs' | 'total' | 'units'> => ({
  verbs: ['handled'],
  total: rates,
  units: [{ code: '14-ca' as UnitId, nameVi: name, nameEn: name, rates }],
});

const secondLine = (name: string): string | undefined =>
  figuresCsv(withUnit(name) as Figures, vi.csv, 'vi').split('\r\n')[1];

test('a name with a comma and a quote is quoted', () => {
  expect(secondLine('Đội 1, "cũ"')).toBe('"Đội 1, ""cũ""",3,2,1,0,"66,6 %"');
});

test('a name that a spreadsheet would run as a formula is made text', () => {
  expect(secondLine('=1+1')).toBe('\'=1+1,3,2,1,0,"66,6 %"');
});
