import { describe, expect, test } from 'vitest';
import { readMessageContent, readTipContent } from '../../../src/client/console/content.ts';
import type { TipContent } from '../../../src/domain/tip-content.ts';

const CONTENT: TipContent = {
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: null, name: 'Sơn La' },
  conduct: 'other',
  urgent: { happeningNow: false, danger: false, minor: true },
  official: { involved: 'unsure', unit: null, role: null },
  excluded: ['14-ca'],
  what: 'Có chuyện',
  when: '',
  where: '',
  who: '',
  how: '',
};

describe('content that a stranger wrote', () => {
  test('a proper tip is read as it is', () => {
    expect(readTipContent(structuredClone(CONTENT))).toEqual(CONTENT);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['another version', { ...CONTENT, v: 2 }],
    ['a language of its own', { ...CONTENT, lang: 'xx' }],
    ['a text that is a number', { ...CONTENT, what: 7 }],
    ['an endless text', { ...CONTENT, what: 'x'.repeat(20_001) }],
    ['a place without a name', { ...CONTENT, place: { province: '14', commune: null } }],
    ['a list of excluded units that is none', { ...CONTENT, excluded: 'all' }],
    ['too many excluded units', { ...CONTENT, excluded: Array.from({ length: 11 }, () => 'x') }],
    ['an excluded unit that is an object', { ...CONTENT, excluded: [{}] }],
    ['a missing answer', { ...CONTENT, urgent: {} }],
  ])('%s is refused as content_malformed', (_name, json) => {
    expect(() => readTipContent(json)).toThrow('content_malformed');
  });

  test('a message is read, and one without text is refused', () => {
    const message = { v: 1, from: { unit: '14-ca', name: 'Công an' }, day: '2026-11-22', text: 'Chào bạn' };
    expect(readMessageContent(message)).toEqual(message);
    expect(() => readMessageContent({ ...message, text: null })).toThrow('content_malformed');
  });
});
