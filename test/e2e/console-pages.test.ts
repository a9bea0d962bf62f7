import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK, openBrowser, PHONE } from './browser.ts';
import { Consoles, sendTip, TO_HIEU } from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

const READER = [
  '',
  'messages',
  'copies',
  'queue',
  'queue?scope=overdue',
  'register',
  'post-checks',
  'handover',
  'focal-points',
  'members',
  'epochs',
  'account',
];
const HEAD = [...READER, 'workload', 'retention', 'rights', 'oversight', 'oversight/overdue'];
const ABOVE = ['outside', 'members', 'rights'];
const PROSECUTOR = ['supervision', 'account'];
const ADMINISTRATOR = ['units', 'holidays', 'staff', 'law', 'account'];

describe('every page of the console is accessible on a phone and on a desk', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    const what = 'Nhà nghỉ ở cuối phố có dấu hiệu chứa mại dâm, tối nào cũng có xe lạ ra vào đến gần sáng';
    await sendTip(server, { unit: TO_HIEU, what, urgent: true });
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test.each([
    ['phone', PHONE],
    ['desk', DESK],
  ] as const)('the door, the join page and the lock on a %s', async (_name, viewport) => {
    const { page, complaints } = await consoles.visitor({ viewport });
    const found: string[] = [];
    await page.goto('/console');
    await page.locator('#account').waitFor();
    expect(complaints).toEqual([]);
    found.push(...(await faults(page, 'door')));
    await page.goto('/console/join?lang=en#token=AAAA');
    await page.locator('.door-card').waitFor();
    found.push(...(await faults(page, 'join')));
    const inside = await consoles.enter('ninhbinh.canbo', { viewport });
    await inside.page.reload();
    await inside.page.locator('#passphrase').waitFor();
    found.push(...(await faults(inside.page, 'lock')));
    expect(found).toEqual([]);
  });

  test.each([
    ['a head on a phone, in Vietnamese', 'tohieu.truong', HEAD, PHONE, 'vi'],
    ['a head on a desk, in English', 'tohieu.truong', HEAD, DESK, 'en'],
    ['a leader above on a phone, in English', 'sonla.truong', ABOVE, PHONE, 'en'],
    ['a prosecutor on a phone, in Vietnamese', 'sonla.vks2', PROSECUTOR, PHONE, 'vi'],
    ['an administrator on a phone, in Vietnamese', 'quantri', ADMINISTRATOR, PHONE, 'vi'],
    ['an administrator on a desk, in English', 'quantri', ADMINISTRATOR, DESK, 'en'],
  ] as const)('the pages of %s', async (_name, account, pages, viewport, lang) => {
    const officer = await consoles.enter(account, { viewport });
    const found: string[] = [];
    for (const path of pages) {
      await visit(officer.page, path, lang);
      found.push(...(await faults(officer.page, path)));
    }
    expect(found).toEqual([]);
    expect(officer.complaints).toEqual([]);
  });

  test.each([
    ['phone', PHONE, 'en'],
    ['desk', DESK, 'vi'],
  ] as const)('a tip with each of its forms, and the help, on a %s', async (_name, viewport, lang) => {
    const { page } = await consoles.enter('tohieu.pho', { viewport });
    await visit(page, '', lang);
    await page.locator('[data-row]').first().click();
    await page.locator('#actions').waitFor();
    const found = await faults(page, 'tip');
    for (const step of ['registered', 'prioritised', 'resolution_proposed-apart', 'printed']) {
      await page.click(`#action-${step}`);
      await page.locator('#step-form').waitFor();
      found.push(...(await faults(page, step)));
      await page.keyboard.press('Escape');
      await page.locator('#step-form').waitFor({ state: 'detached' });
    }
    await page.locator('main h1').focus();
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    found.push(...(await faults(page, 'help')));
    expect(found).toEqual([]);
  });
});
