import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/cli/csv.ts';

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;

describe('a CSV table', () => {
  it('is read whatever its quoted fields hold', () => {
    const row = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const text = ['a,b,c', ...rows.map((fields) => fields.map(quote).join(','))].join('\r\n');
        expect(parseCsv(text).map(({ a, b, c }) => [a, b, c])).toEqual(rows);
      }),
    );
  });

  it('may begin with a byte order mark and end with an empty line', () => {
    expect(parseCsv('\uFEFFcode,name\n1,Tô Hiệu\n')).toEqual([{ code: '1', name: 'Tô Hiệu' }]);
  });

  it('is refused with the number of a line that has too few fields', () => {
    expect(() => parseCsv('a,b\n1,2\n3')).toThrow(/line 3/);
  });

  it('is refused when a quote is not closed', () => {
    expect(() => parseCsv('a,b\n"1,2\n3,4')).toThrow(/quote is not closed/);
  });
});
