import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../src/cli/poster/sheet.ts';
import type { Typeface } from '../../src/cli/poster/typeface.ts';
import { consolePosterEn } from '../../src/i18n/en/console-poster.ts';
import { consolePosterVi } from '../../src/i18n/vi/console-poster.ts';
import { foundedOnce } from './founded.ts';
import { tinkin } from './support.ts';

const ORIGIN = 'https://tin.sonla.example.vn';
const ENV = {
  TINKIN_ORIGIN: ORIGIN,
  TINKIN_HOTLINE: '0212 385 2113',
  TINKIN_ONION: `${'tinkin'.padEnd(56, '7')}.onion`,
};

const made = foundedOnce();

const make = async (...args: readonly string[]) => {
  const { folder } = made();
  const out = join(folder, 'poster.pdf');
  const run = await tinkin(['--data', folder, 'poster', '--out', out, ...args], { env: ENV });
  return { run, out };
};

/** Every word of a PDF's first page, blanks and line ends aside. */
const wordsOn = async (file: string) => {
  const document = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const { items } = await page.getTextContent();
  const text = items.flatMap((item) => ('str' in item ? [item.str] : [])).join('');
  return { pages: document.numPages, text: text.replace(/\s/g, ''), view: page.view };
};
const bare = (text: string): string => text.replace(/\s/g, '');

describe('tinkin poster', () => {
  test.each([
    ['vi', consolePosterVi.poster, 'Công an tỉnh Sơn La'],
    ['en', consolePosterEn.poster, 'Sơn La'],
  ] as const)(
    'says everything on one A4 page in %s, with letters that can be copied',
    async (lang, texts, unit) => {
      const { run, out } = await make('--unit', '14-ca', '--lang', lang);
      expect([run.exit, run.err]).toEqual([0, '']);
      const { pages, text, view } = await wordsOn(out);
      expect(pages).toBe(1);
      expect(view.map(Math.round)).toEqual([0, 0, 595, 842]);
      for (const sentence of [
        texts.title,
        texts.lead,
        texts.emergency,
        ...texts.protect,
        texts.care,
        texts.help,
        unit,
      ])
        expect(text).toContain(bare(sentence));
      for (const address of ['tin.sonla.example.vn', ENV.TINKIN_HOTLINE, ENV.TINKIN_ONION])
        expect(text).toContain(bare(address));
    },
  );

  test('makes ten cards with the address on a sheet', async () => {
    const { out } = await make('--unit', '14-ca', '--kind', 'card');
    expect((await wordsOn(out)).text.split('tin.sonla.example.vn')).toHaveLength(11);
  });

  test('makes the same bytes each time, so that no sheet tells when it was made', async () => {
    const [one, other] = [await make('--unit', '14-ca'), await make('--unit', '14-ca')];
    expect(readFileSync(one.out).equals(readFileSync(other.out))).toBe(true);
  });

  test.each([
    [['--unit', '14-nowhere'], 'There is no unit 14-nowhere.'],
    [['--unit', '14-ca', '--origin', 'https://tin.vn/x'], '--origin must be an origin'],
    [['--unit', '14-ca', '--kind', 'a3'], 'a3'],
  ])('refuses %j and says why', async (args, why) => {
    const { run } = await make(...args);
    expect(run.exit).toBe(2);
    expect(run.err).toContain(why);
  });

  test('refuses to print an address that it does not know', async () => {
    const { folder } = made();
    const run = await tinkin(['--data', folder, 'poster', '--unit', '14-ca', '--out', join(folder, 'x.pdf')]);
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining('TINKIN_ORIGIN or --origin')]);
  });
});

describe('lines of a text', () => {
  // Every letter is half as wide as the size.
  const face: Typeface = { runs: () => [], width: (text, size) => (text.length * size) / 2 };

  test('are broken between words', () => {
    expect(linesOf('một hai ba bốn', face, 10, 35)).toEqual(['một hai', 'ba bốn']);
  });

  test('break a word only when it is wider than the line by itself', () => {
    expect(linesOf('ở abcdefghij', face, 10, 20)).toEqual(['ở', 'abcd', 'efgh', 'ij']);
  });
});
