import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicRate, suppressParts } from '../../src/domain/suppression.ts';

describe('small numbers in public', () => {
  test.each([
    [[10, 20], [10, 20], 30],
    [[10, 0], [10, 0], 10],
    [[97, 3], [null, null], 100],
    [[10, 3, 20], [null, null, 20], 33],
    [[3], [null], null],
    [[3, 0], [null, 0], null],
    [[2, 2, 1], [null, null, null], null],
    [[4, 4, 5], [null, null, null], 13],
    [[], [], 0],
  ])('%j is shown as %j with the total %s', (parts, shown, total) =>
    expect(suppressParts(parts)).toEqual({ parts: shown, total }),
  );

  const parts = fc.array(fc.oneof(fc.nat(12), fc.nat(1000)), { maxLength: 8 });

  test('never shows a count from 1 to 4, as a part or as the total', () => {
    fc.assert(
      fc.property(parts, (counts) => {
        const shown = suppressParts(counts);
        for (const count of [...shown.parts, shown.total])
          expect(count === null || count === 0 || count >= 5).toBe(true);
      }),
    );
  });

  test('what is shown is true, and from a total nobody can subtract a small count', () => {
    fc.assert(
      fc.property(parts, (counts) => {
        const shown = suppressParts(counts);
        for (const [index, count] of shown.parts.entries())
          if (count !== null) expect(count).toBe(counts[index]);
        const hidden = counts.filter((_, index) => shown.parts[index] === null);
        if (shown.total === null || hidden.length === 0) return;
        expect(hidden.length).toBeGreaterThan(1);
        expect(hidden.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
      }),
    );
  });

  test('a rate for the public keeps to itself what would tell of a few tips', () => {
    expect(publicRate({ due: 100, onTime: 97, late: 2, openLate: 1 })).toEqual({
      due: 100,
      onTime: null,
      missed: null,
    });
    expect(publicRate({ due: 100, onTime: 90, late: 8, openLate: 2 })).toEqual({
      due: 100,
      onTime: 90,
      missed: 10,
    });
    expect(publicRate({ due: 2, onTime: 2, late: 0, openLate: 0 })).toEqual({
      due: null,
      onTime: null,
      missed: 0,
    });
  });
});
