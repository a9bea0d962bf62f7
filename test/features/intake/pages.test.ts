import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Instance, openInstance } from '../../fixtures/instance.ts';

const PAGES = ['/', '/tip', '/help', '/help/write', '/anonymity', '/lost-code', '/mailbox'];

let instance: Instance;
beforeAll(async () => {
  instance = await openInstance();
});
afterAll(() => instance.close());
const html = async (path: string): Promise<string> => (await instance.app.request(path)).text();
const english = (path: string): string => (path === '/' ? '/en' : `/en${path}`);

describe('the citizen’s pages', () => {
  test.each(PAGES)('%s is there in both languages, each linking to the other', async (path) => {
    const vi = await html(path);
    const en = await html(english(path));
    expect(vi).toContain('<html lang="vi">');
    expect(en).toContain('<html lang="en">');
    expect(vi).toContain(`href="${english(path)}" hreflang="en"`);
    expect(en).toContain(`href="${path}" hreflang="vi"`);
  });

  test.each([...PAGES, ...PAGES.map(english)])(
    '%s has no inline style or script and loads nothing from elsewhere',
    async (path) => {
      const page = await html(path);
      expect(page).not.toMatch(/ style=|<style|javascript:|\son[a-z]+=/);
      const scripts = page.match(/<script[^>]*>/g) ?? [];
      for (const script of scripts) expect(script).toMatch(/src="\/build\/|type="application\/json"/);
      const loaded = [...page.matchAll(/<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]+)"/g)].map(
        ([, url]) => url,
      );
      for (const url of loaded) expect(url).toMatch(/^(?:\/|data:)/);
    },
  );

  test.each([...PAGES, ...PAGES.map(english)])(
    '%s sets no cookie and is not kept by the browser',
    async (path) => {
      const { headers } = await instance.app.request(path);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test('the first page shows 113 and 111 before anything else, and three doors', async () => {
    const page = await html('/');
    expect(page.indexOf('tel:113')).toBeLessThan(page.indexOf('<h1'));
    expect(page.indexOf('tel:111')).toBeLessThan(page.indexOf('<h1'));
    for (const door of ['/tip', '/mailbox', '/help'])
      expect(page).toContain(`class="door${door === '/tip' ? ' main' : ''}" href="${door}"`);
    expect(page).toContain('Sơn La');
  });

  test('every page has the way to leave quickly, which works as a plain link', async () => {
    for (const path of PAGES)
      expect(await html(path)).toMatch(/<a class="leave" id="leave-quickly" href="https:[^"]+"/);
  });

  test.each(['/tip', '/help/write'])(
    'the form %s has nowhere to be sent to and no named field but radio buttons',
    async (path) => {
      const page = await html(path);
      const form = /<form[^>]*>/.exec(page)?.[0] ?? '';
      expect(form).toContain('method="dialog"');
      expect(form).not.toContain('action');
      expect(page).not.toMatch(/type="submit"|<button(?![^>]*type="button")/);
      for (const field of page.match(/<(?:input|textarea|select)[^>]*\sname="[^>]*>/g) ?? [])
        expect(field).toContain('type="radio"');
    },
  );

  test('the send button is disabled until the script enables it', async () => {
    expect(/<button[^>]*id="send"[^>]*>/.exec(await html('/tip'))?.[0]).toContain('disabled');
  });

  test('nothing typed is remembered, corrected or given to a spelling service', async () => {
    const page = await html('/tip');
    for (const field of page.match(/<(?:textarea|input type="text"|input id="commune")[^>]*>/g) ?? []) {
      expect(field).toContain('autocomplete="off"');
      expect(field).toContain('spellcheck="false"');
    }
  });

  test('the form tells its script nothing that could end the element it stands in', async () => {
    const data = /<script type="application\/json" id="form-data">(.*?)<\/script>/s.exec(
      await html('/en/tip'),
    )?.[1];
    expect(data).not.toContain('<');
    expect(JSON.parse(data ?? '')).toMatchObject({
      lang: 'en',
      support: false,
      plain: '',
      provinces: [{ code: '14', name: 'Sơn La' }],
    });
  });

  test('without a sealer the simple pages are gone and the form says so', async () => {
    for (const path of ['/tip/plain', '/help/plain', '/mailbox/plain', '/en/tip/plain'])
      expect((await instance.app.request(path)).status).toBe(404);
    expect(await html('/tip')).not.toContain('/tip/plain');
    expect(await html('/tip')).toMatch(/<noscript>.*113.*<\/noscript>/s);
  });

  test('the form for help never mentions officials and says that it does not go to police', async () => {
    const page = await html('/help/write');
    expect(page).not.toContain('id="official"');
    expect(page).toContain('không đến công an');
  });
});
