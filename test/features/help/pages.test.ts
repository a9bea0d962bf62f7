import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { help as en } from '../../../src/i18n/en/help.ts';
import { type HelpText, help as vi } from '../../../src/i18n/vi/help.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';

const PAGES = ['tip', 'code', 'photos'] as const;

let instance: Instance;
beforeAll(async () => {
  instance = await openInstance();
});
afterAll(() => instance.close());
const html = async (path: string): Promise<string> => (await instance.app.request(path)).text();
const sentences = (text: HelpText): readonly string[] => [
  text.title,
  text.lead,
  ...text.parts.flatMap((part) => [part.title, ...part.text, ...part.list]),
];

describe('the pages that explain tip, code and photos', () => {
  test.each(PAGES)(
    '/help/%s says every sentence in both languages, each linking to the other',
    async (name) => {
      const [vietnamese, english] = [await html(`/help/${name}`), await html(`/en/help/${name}`)];
      for (const sentence of sentences(vi[name])) expect(vietnamese).toContain(sentence);
      for (const sentence of sentences(en[name])) expect(english).toContain(sentence);
      expect(vietnamese).toContain(`href="/en/help/${name}" hreflang="en"`);
      expect(english).toContain(`href="/help/${name}" hreflang="vi"`);
    },
  );

  test.each(PAGES)('/help/%s leads to the other two, to the mailbox and to the form', async (name) => {
    const page = await html(`/help/${name}`);
    for (const path of [
      ...PAGES.filter((other) => other !== name).map((other) => `/help/${other}`),
      '/mailbox',
      '/tip',
    ])
      expect(page).toContain(`href="${path}"`);
  });

  test.each(PAGES)(
    '/help/%s sets no cookie, runs no script of its own and is kept by no browser',
    async (name) => {
      const { headers } = await instance.app.request(`/help/${name}`);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
      const scripts = (await html(`/help/${name}`)).match(/<script[^>]*>/g) ?? [];
      expect(scripts).toHaveLength(1);
      expect(scripts[0]).toMatch(/src="\/build\/common"/);
    },
  );
});

describe('the texts of these pages', () => {
  test.each(PAGES)('%s has the same parts with as many sentences in both languages, all NFC', (name) => {
    const shape = (text: HelpText) =>
      text.parts.map(({ kind, text: own, list }) => [kind, own.length, list.length]);
    expect(shape(en[name])).toEqual(shape(vi[name]));
    for (const sentence of [...sentences(vi[name]), ...sentences(en[name])]) {
      expect(sentence).toBe(sentence.normalize('NFC'));
      expect(sentence.trim()).not.toBe('');
    }
  });
});
