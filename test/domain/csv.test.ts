import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/domain/csv.ts';

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;

describe('a CSV table', () => {
  it('is read whatever its quoted fields hold', () => {
    const row = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const text = ['a,b,c', ...rows.map((fields) => fields.map(quote).join(','))].join('\r\n');
        const read = parseCsv(text).map(({ get }) => ['a', 'b', 'c'].map(get));
        expect(read).toEqual(rows.map((fields) => fields.map((field) => field.normalize('NFC').trim())));
      }),
    );
  });

  it('may begin with a byte order mark and end with an empty line', () => {
    const [row, ...more] = parseCsv('\uFEFFcode,name\n1,Tô Hiệu\n');
    expect([row?.get('code'), row?.get('name'), more]).toEqual(['1', 'Tô Hiệu', []]);
  });

  it('is refused with the number of a line that has too few fields', () => {
    expect(() => parseCsv('a,b\n1,2\n3')).toThrow(/line 3/);
  });

  it('knows on which line of the text a row begins, whatever rows before it hold', () => {
    expect(parseCsv('a,b\n"1\n2",3\n\n4,5').map(({ line }) => line)).toEqual([2, 5]);
  });

  it('is refused with other columns than those wanted', () => {
    expect(() => parseCsv('a,c\n1,2', ['a', 'b'])).toThrow('line 1: the column b is missing');
    expect(() => parseCsv('a,b,c\n1,2,3', ['a', 'b'])).toThrow('line 1: there is no column c');
  });

  it('is refused when a quote is not closed', () => {
    expect(() => parseCsv('a,b\n"1,2\n3,4')).toThrow(/quote is not closed/);
  });
});
