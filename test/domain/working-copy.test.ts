import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COVERED, coverSpans } from '../../src/domain/working-copy.ts';

describe('covering words', () => {
  test('takes them out and puts a block of one length in their place', () => {
    const text = 'Tôi là Nguyễn Thị Ánh, nhà số 7';
    expect(coverSpans(text, [{ from: 7, to: 21 }])).toBe(`Tôi là ${COVERED}, nhà số 7`);
    expect(coverSpans(text, [{ from: 30, to: 31 }])).toBe(`Tôi là Nguyễn Thị Ánh, nhà số ${COVERED}`);
    expect(coverSpans(text, [])).toBe(text);
  });

  test('spans that overlap, touch or lie within one another are one', () => {
    const spans = [
      { from: 4, to: 6 },
      { from: 2, to: 4 },
      { from: 0, to: 3 },
      { from: 1, to: 2 },
    ];
    expect(coverSpans('abcdefgh', spans)).toBe(`${COVERED}gh`);
  });

  test('spans that are empty, turned around or beyond the text cover what there is', () => {
    expect(
      coverSpans('abc', [
        { from: 1, to: 1 },
        { from: 2, to: 0 },
      ]),
    ).toBe('abc');
    expect(
      coverSpans('abc', [
        { from: -5, to: 1 },
        { from: 2, to: 99 },
      ]),
    ).toBe(`${COVERED}b${COVERED}`);
  });

  test('half of a character is covered whole', () => {
    expect(coverSpans('a😀b', [{ from: 2, to: 3 }])).toBe(`a${COVERED}b`);
    expect(coverSpans('a😀b', [{ from: 0, to: 2 }])).toBe(`${COVERED}b`);
  });

  test('nothing that was covered is left, and all else stays in its order', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(60)).map(([from, to]) => ({ from, to }));
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
        const kept = [...text].filter((_, at) => !spans.some(({ from, to }) => at >= from && at < to));
        expect(coverSpans(text, spans).replaceAll(COVERED, '')).toBe(kept.join(''));
      }),
      { numRuns: 500 },
    );
  });
});
