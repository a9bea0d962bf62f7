import { describe, expect, test } from 'vitest';
import { alsoIn, blocksOf, coverSelection } from '../../../../src/client/console/copies/blocks.ts';
import type { OpenedTip } from '../../../../src/client/console/worker/calls.ts';
import { COVERED } from '../../../../src/domain/working-copy.ts';

const tip = (messages: readonly object[]) =>
  ({
    content: { what: 'Ở số 5 ngõ 3', when: '', where: 'Ngõ 3', who: '', how: '' },
    messages,
  }) as unknown as OpenedTip;

describe('what a working copy is made of', () => {
  test('the sender’s own words, then and later, and no empty answer', () => {
    const messages = [
      { no: 2, from: 'unit', text: 'Bạn ở đâu?' },
      { no: 3, from: 'citizen', text: 'Số 5' },
      { no: 4, from: 'citizen', text: null },
    ];
    expect(blocksOf(tip(messages))).toEqual([
      { field: 'what', no: 1, text: 'Ở số 5 ngõ 3' },
      { field: 'where', no: 1, text: 'Ngõ 3' },
      { field: 'message', no: 3, text: 'Số 5' },
    ]);
  });

  test('a selection is covered; nothing selected changes nothing', () => {
    expect(coverSelection('Ở số 5 ngõ 3', 2, 6)).toBe(`Ở ${COVERED} ngõ 3`);
    expect(coverSelection('Ở số 5', 3, 3)).toBe('Ở số 5');
    expect(coverSelection('Ở số 5', null, null)).toBe('Ở số 5');
  });

  test('a covered word that stands elsewhere is counted, whatever its case', () => {
    expect(alsoIn(['Chị Hoa nói', 'nhà CHỊ HOA', 'không'], ' chị hoa ')).toBe(2);
    expect(alsoIn(['a b a'], 'a')).toBe(0);
  });
});
