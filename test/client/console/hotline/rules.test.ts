import { describe, expect, test } from 'vitest';
import { asksFor, emptyDraft, informantOf } from '../../../../src/client/console/hotline/call.ts';
import { pressInFind, typedIn } from '../../../../src/client/console/hotline/find.ts';
import { commandOf, saidBy, spotAfter } from '../../../../src/client/console/hotline/keys.ts';
import { findConduct, findPlaces } from '../../../../src/client/console/hotline/reference.ts';
import { marksIn, stamp } from '../../../../src/client/console/hotline/stamps.ts';
import { homeOf, navFor } from '../../../../src/client/console/nav.ts';
import { consoleHotlineEn } from '../../../../src/i18n/en/console-hotline.ts';
import { consoleHotlineVi } from '../../../../src/i18n/vi/console-hotline.ts';
import { REFERENCE, SON_LA } from './tables.ts';

describe('a question', () => {
  test.each([
    ['c', 'yes'],
    ['Y', 'yes'],
    ['k', 'no'],
    ['n', 'no'],
    ['u', 'unknown'],
    [' ', 'unknown'],
    ['x', null],
    ['Tab', null],
  ] as const)('hears %s as %s', (key, said) => expect(saidBy(key, '')).toBe(said));

  test('goes on with what was chosen before when Space is pressed', () =>
    expect(saidBy(' ', 'yes')).toBe('yes'));

  test('about officials is followed by who it is only when somebody is involved', () => {
    expect(spotAfter('official', { official: 'yes', help: false })).toBe('involved');
    expect(spotAfter('official', { official: 'no', help: false })).toBe('what');
    expect(spotAfter('conduct', { official: '', help: true })).toBe('what');
  });
});

describe('a search field', () => {
  const list = ['Phường Tô Hiệu', 'Xã Thuận Châu', 'Xã Mai Sơn'];
  const search = (typed: string) => list.filter((one) => one.toLowerCase().includes(typed));
  const rules = { all: () => list, mayLeave: true };

  test('takes the first hit by Enter', () => {
    expect(pressInFind(typedIn('xã', search), 'Enter', rules)).toEqual({
      kind: 'take',
      hit: 'Xã Thuận Châu',
    });
  });

  test('marks the next by ArrowDown, and the last before the first', () => {
    const down = pressInFind(typedIn('xã', search), 'ArrowDown', rules);
    expect(down).toMatchObject({ state: { at: 1 } });
    expect(pressInFind(typedIn('xã', search), 'ArrowUp', rules)).toMatchObject({ state: { at: 1 } });
  });

  test('lists everything by ArrowDown while it is empty, and is left by Enter where that means something', () => {
    const empty = { typed: '', hits: [], at: 0 };
    expect(pressInFind(empty, 'ArrowDown', rules)).toMatchObject({ state: { hits: list } });
    expect(pressInFind(empty, 'Enter', rules)).toEqual({ kind: 'leave' });
    expect(pressInFind(empty, 'Enter', { ...rules, mayLeave: false })).toEqual({ kind: 'none' });
  });

  test('is not left by Enter with letters that found nothing', () => {
    expect(pressInFind(typedIn('zz', search), 'Enter', rules)).toEqual({ kind: 'none' });
  });

  test.each([
    ['tohi', '03646'],
    ['pth', '03646'],
    ['thuanch', '03721'],
    ['thuan ch', '03721'],
  ])('finds the commune by %s', (typed, code) => {
    expect(findPlaces(REFERENCE, '14', typed).map((hit) => hit.code)).toContain(code);
  });

  test.each([
    ['baok', 'protection_racket'],
    ['moi gioi mai', 'brokering'],
    ['mua ban ng', 'trafficking'],
    ['cuong b', 'coercion'],
    ['giup do', 'support_needed'],
  ])('finds the conduct by %s, in a citizen’s words or the law’s', (typed, id) => {
    expect(findConduct(REFERENCE.conduct, typed)[0]?.id).toBe(id);
  });
});

describe('keys of the page', () => {
  const press = { key: '', shift: false, control: false, repeat: false, writing: false };

  test('a key held down does nothing', () => {
    expect(commandOf({ ...press, key: 'Enter', repeat: true }, 'code')).toBeNull();
  });

  test('Enter confirms only what waits for it, and never while somebody writes', () => {
    expect(commandOf({ ...press, key: 'Enter' }, 'nothing')).toBeNull();
    expect(commandOf({ ...press, key: 'Enter' }, 'confirm')).toBe('yes');
    expect(commandOf({ ...press, key: 'Enter', writing: true }, 'confirm')).toBeNull();
    expect(commandOf({ ...press, key: 'Enter', control: true, writing: true }, 'nothing')).toBe('send');
  });

  test('p prints only while a code is on the screen', () => {
    expect(commandOf({ ...press, key: 'p' }, 'code')).toBe('print');
    expect(commandOf({ ...press, key: 'p' }, 'confirm')).toBeNull();
  });
});

describe('time stamps', () => {
  test('are minutes and seconds since the call began', () => {
    expect([stamp(0), stamp(67_900), stamp(61 * 60_000)]).toEqual(['[00:00]', '[01:07]', '[61:00]']);
  });

  test('are read out of the text with what was noted, fifty at most', () => {
    expect(marksIn('a [00:12] tiếng la\n[61:00] xe chạy [61:09] im')).toEqual([
      { after: 12, text: 'tiếng la' },
      { after: 3660, text: 'xe chạy' },
      { after: 3669, text: 'im' },
    ]);
    expect(marksIn('[00:01] x '.repeat(80))).toHaveLength(50);
    expect(marksIn('[1:2] [00:99] nothing')).toEqual([]);
  });
});

describe('the informant', () => {
  const of = (change: object) =>
    informantOf({ ...emptyDraft(SON_LA), informant: { ...emptyDraft(SON_LA).informant, ...change } });

  test('who gives no name leaves nothing, even when something was typed before', () => {
    expect(of({ mode: 'anonymous', name: 'A' })).toBeNull();
  });

  test('who refuses leaves the reason alone', () => {
    expect(of({ mode: 'refused', reason: ' sợ ', name: 'A' })).toMatchObject({
      mode: 'refused',
      reason: 'sợ',
      name: '',
    });
  });

  test('is asked for particulars only when a name is given', () => {
    expect([asksFor('anonymous'), asksFor('refused'), asksFor('confidential'), asksFor('named')]).toEqual([
      'nothing',
      'reason',
      'particulars',
      'particulars',
    ]);
  });
});

test('every text of the operator’s page is NFC and is there in both languages', () => {
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function') return [String(value(1, 2))];
    return Object.values(value as object).flatMap(texts);
  };
  const [vi, en] = [texts(consoleHotlineVi), texts(consoleHotlineEn)];
  expect(en).toHaveLength(vi.length);
  for (const text of [...vi, ...en]) {
    expect(text).toBe(text.normalize('NFC'));
    expect(text.trim()).not.toBe('');
  }
});

describe('the way to the operator’s page', () => {
  test('an operator lands on it and finds nothing of the tips beside it', () => {
    expect(homeOf(['operator'])).toEqual({ page: 'hotline' });
    expect(navFor(['operator'], 'provincial_police').map(({ key }) => key)).toEqual(['hotline', 'me']);
  });

  test('an officer who is an operator as well finds it beside their work', () => {
    expect(homeOf(['officer', 'operator'])).toEqual({ page: 'day' });
    expect(navFor(['officer', 'operator'], 'provincial_police').map(({ key }) => key)).toContain('hotline');
  });

  test('an officer alone does not', () => {
    expect(navFor(['officer'], 'provincial_police').map(({ key }) => key)).not.toContain('hotline');
  });
});

test.each([
  ['an operator', ['operator']],
  ['a leader', ['head']],
  ['a leader who takes calls', ['head', 'operator']],
] as const)('%s finds the posters once', (_who, roles) => {
  const found = navFor(roles, 'provincial_police').flatMap(({ items }) => items.map(({ key }) => key));
  expect(found.filter((key) => key === 'posters')).toHaveLength(1);
});
