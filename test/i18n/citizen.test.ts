import { describe, expect, test } from 'vitest';
import { common as commonEn } from '../../src/i18n/en/common.ts';
import { form as formEn } from '../../src/i18n/en/form.ts';
import { frame as frameEn } from '../../src/i18n/en/frame.ts';
import { hcaptcha as hcaptchaEn } from '../../src/i18n/en/hcaptcha.ts';
import { home as homeEn } from '../../src/i18n/en/home.ts';
import { info as infoEn } from '../../src/i18n/en/info.ts';
import { mailbox as mailboxEn } from '../../src/i18n/en/mailbox.ts';
import { plain as plainEn } from '../../src/i18n/en/plain.ts';
import { sending as sendingEn } from '../../src/i18n/en/sending.ts';
import { barePath, formatDay, formatNumber, langOfPath, localPath } from '../../src/i18n/index.ts';
import { common } from '../../src/i18n/vi/common.ts';
import { form } from '../../src/i18n/vi/form.ts';
import { frame } from '../../src/i18n/vi/frame.ts';
import { hcaptcha } from '../../src/i18n/vi/hcaptcha.ts';
import { home } from '../../src/i18n/vi/home.ts';
import { info } from '../../src/i18n/vi/info.ts';
import { mailbox } from '../../src/i18n/vi/mailbox.ts';
import { plain } from '../../src/i18n/vi/plain.ts';
import { sending } from '../../src/i18n/vi/sending.ts';

/** Every text of a catalogue with the path that leads to it; functions are called with numbers. */
function textsIn(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(1, 2))]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}
const vi = textsIn({ common, frame, form, hcaptcha, home, info, mailbox, plain, sending }, '');
const en = new Map(
  textsIn(
    {
      common: commonEn,
      frame: frameEn,
      form: formEn,
      hcaptcha: hcaptchaEn,
      home: homeEn,
      info: infoEn,
      mailbox: mailboxEn,
      plain: plainEn,
      sending: sendingEn,
    },
    '',
  ),
);
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the citizen’s texts', () => {
  test('are in NFC, filled in, and have no more lists in one language than in the other', () => {
    expect(vi.length).toBe(en.size);
    for (const [path, text] of vi) {
      expect(text, path).toBe(text.normalize('NFC'));
      expect(text.trim(), path).not.toBe('');
      expect(en.get(path)?.trim(), path).not.toBe('');
    }
  });

  test('leave the same places to fill in both languages', () => {
    for (const [path, text] of vi) expect(places(en.get(path) ?? ''), path).toEqual(places(text));
  });
});

describe('addresses and figures by language', () => {
  test('English lives under /en and back', () => {
    expect([localPath('vi', '/tip'), localPath('en', '/tip'), localPath('en', '/')]).toEqual([
      '/tip',
      '/en/tip',
      '/en',
    ]);
    expect([barePath('/en/tip'), barePath('/en'), barePath('/tip'), barePath('/enough')]).toEqual([
      '/tip',
      '/',
      '/tip',
      '/enough',
    ]);
    expect([langOfPath('/en'), langOfPath('/enough')]).toEqual(['en', 'vi']);
  });

  test('days and numbers are written as each language writes them', () => {
    expect([formatDay('vi', '2026-11-02'), formatDay('en', '2026-11-02')]).toEqual([
      '02/11/2026',
      '2 Nov 2026',
    ]);
    expect([formatNumber('vi', 1234567), formatNumber('en', 999)]).toEqual(['1.234.567', '999']);
  });
});
