import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { Consoles, type Officer, openRow, openSection, sendTip, TO_HIEU, takeStep } from './console-desk.ts';
import { faults } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

const FIRST = 'Quán đầu ngõ mở cửa suốt đêm';
const AGAIN = 'Cái quán ấy lại sáng đèn suốt đêm';

describe('two tips about one thing', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let officer: Officer;
  let head: Officer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    for (const what of [FIRST, AGAIN]) await sendTip(server, { unit: TO_HIEU, what, withoutCode: true });
    officer = await consoles.enter('tohieu.canbo');
    head = await consoles.enter('tohieu.truong');
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  const open = async (page: Page, what: string): Promise<void> => {
    await openSection(page, 'Hàng đợi');
    await openRow(page, what);
  };
  const numberOf = async (page: Page): Promise<string> =>
    /\d+\/\d{4}/.exec((await page.locator('main h1').textContent()) ?? '')?.[0] ?? '';

  test('become one: the officer names the other by its register number, and the head approves that', async () => {
    const { page } = officer;
    await openRow(page, AGAIN);
    await takeStep(page, 'registered');
    await takeStep(page, 'classified', () => page.selectOption('#legalKind', 'crime_report'));
    const own = await numberOf(page);
    await open(page, FIRST);
    await takeStep(page, 'registered');
    const other = await numberOf(page);
    await open(page, AGAIN);
    await takeStep(page, 'resolution_proposed', async () => {
      await page.selectOption('#outcome', 'duplicate');
      await page.fill('#documentNumber', '3/BB');
      await page.fill('#mergedNumber', own);
      await page.getByText('Đây chính là tin này').waitFor();
      await page.fill('#mergedNumber', other);
      await page.getByText(`Tin số ${other}, nhận`).waitFor();
      await page.fill('#ground', 'Cùng một quán, cùng một đêm.');
      expect(await faults(page, 'duplicate')).toEqual([]);
    });
    await open(head.page, AGAIN);
    await head.page.locator('.pending').getByRole('link', { name: 'Mở tin đó để xem' }).click();
    await head.page.locator('.content', { hasText: FIRST }).waitFor();
    await open(head.page, AGAIN);
    await takeStep(head.page, 'resolved', () => head.page.check('#agree-yes'));
    expect(await head.page.getByRole('link', { name: 'Mở tin mà tin này nhập vào' }).count()).toBe(1);
  });

  test('a tip whose present lock does not open shows its text by the former one, and gets a lock that opens', async () => {
    const { page } = head;
    // As if somebody had put a useless block in the place of the one that opens.
    const good = new Map<string, string>();
    await page.route('**/api/staff/read', async (route) => {
      const answer = await route.fetch();
      const read = (await answer.json()) as { envelopes: { tip: string; wraps: string }[] };
      for (const envelope of read.envelopes) {
        good.set(envelope.tip, envelope.wraps);
        envelope.wraps = `${envelope.wraps.slice(0, -4)}AAAA`;
      }
      await route.fulfill({ response: answer, json: read });
    });
    await page.route('**/former-wraps?**', (route) => {
      const tip = /tips\/([0-9a-f]{32})/.exec(route.request().url())?.[1] ?? '';
      return route.fulfill({ json: { rows: [{ replacedNo: 2, wraps: good.get(tip) }], next: null } });
    });
    await page.reload();
    await page.fill('#passphrase', head.login.passphrase);
    await page.click('button[type=submit]');
    await page.locator('.frame').waitFor();
    await open(page, FIRST);
    await page.getByText('Khoá hiện tại của tin này không mở được').waitFor();
    expect(await page.locator('.content').textContent()).toContain(FIRST);
    expect(await faults(page, 'broken lock')).toEqual([]);
    await page.unroute('**/api/staff/read');
    await page.getByRole('button', { name: 'Đặt lại khoá mở được' }).click();
    await page.getByText('Khoá hiện tại của tin này không mở được').waitFor({ state: 'detached' });
    await page.locator('.history-step', { hasText: 'Đổi khoá của tin' }).waitFor();
  });
});
