import { describe, expect, test } from 'vitest';
import { giveEscape, holdEscape, type Press, wishOf } from '../../../src/client/console/keys.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  modified: false,
  writing: false,
  inDialog: false,
  ...more,
});

describe('keys that work everywhere', () => {
  test('j, k, ? and Escape are heard', () => {
    expect(['j', 'k', '?', 'Escape'].map((key) => wishOf(press(key)))).toEqual([
      'next',
      'previous',
      'help',
      'escape',
    ]);
  });

  test('letters are left to whoever is writing, Escape is not', () => {
    expect(wishOf(press('j', { writing: true }))).toBeNull();
    expect(wishOf(press('?', { writing: true }))).toBeNull();
    expect(wishOf(press('Escape', { writing: true }))).toBe('escape');
  });

  test('a dialog and the browser’s own shortcuts keep their keys', () => {
    expect(wishOf(press('Escape', { inDialog: true }))).toBeNull();
    expect(wishOf(press('j', { modified: true }))).toBeNull();
  });
});

describe('who hears Escape', () => {
  test('the last one to ask for it, until they let go', () => {
    const heard: string[] = [];
    const first = holdEscape(() => heard.push('first'));
    const second = holdEscape(() => heard.push('second'));
    expect(giveEscape()).toBe(true);
    second();
    giveEscape();
    first();
    expect(giveEscape()).toBe(false);
    expect(heard).toEqual(['second', 'first']);
  });
});
