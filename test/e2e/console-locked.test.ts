import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, openBrowser } from './browser.ts';
import { Consoles, sendTip, TO_HIEU } from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const URGENT = 'Có người bị nhốt ở tầng hai nhà nghỉ';
const UNTICKED = 'Có người lừa đưa hai em gái qua biên giới';

/** Counts the notes that the page strikes, instead of sounding them. */
const COUNT_NOTES = `
  globalThis.notes = 0;
  const count = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { globalThis.notes++; return count.apply(this, when); };
`;

describe('a console that locked itself', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  const lockedDesk = async (account: string) => {
    const { context, page } = await consoles.visitor();
    const login = server.logins.find((known) => known.account === account);
    if (login === undefined) throw new Error(`nobody is called ${account}`);
    await context.clock.install();
    await context.addInitScript(COUNT_NOTES);
    await page.goto('/console');
    await consoles.logIn(page, login);
    await page.keyboard.press('Shift');
    await context.clock.fastForward('11:00');
    await page.getByRole('heading', { name: 'Đã khoá' }).waitFor();
    return { page, login };
  };

  test('hears an urgent tip, counts as an open console, and acknowledges nothing until it is opened', async () => {
    const parent = await consoles.enter('sonla.truong');
    const { page, login } = await lockedDesk('tohieu.pho');
    await sendTip(server, { unit: TO_HIEU, what: URGENT, urgent: true, withoutCode: true });
    await page.locator('.alarm').waitFor();
    // The title follows the bar one turn later.
    await page.waitForFunction(() => document.title.startsWith('(1) '));
    expect(await page.evaluate('globalThis.notes')).toBeGreaterThan(0);
    expect(await page.locator('body').textContent()).not.toContain(URGENT);
    expect(await axeFindings(page)).toEqual([]);
    // Somebody of the unit can hear it: the unit above is left in peace for now.
    expect(await parent.page.locator('.alarm').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Tôi đã thấy' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Mở khoá để xem' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('passphrase');
    await page.fill('#passphrase', login.passphrase);
    await page.click('button[type=submit]');
    await page.getByRole('button', { name: 'Tôi đã thấy' }).click();
    await page.locator('.alarm').waitFor({ state: 'detached' });
    await page.waitForFunction(() => !document.title.startsWith('('));
    await consoles.closeAll();
  });

  test('hears a trafficking tip that nobody ticked as urgent, and rings again after the service restarted', async () => {
    const { page } = await lockedDesk('tohieu.truong');
    const tip = { unit: TO_HIEU, what: UNTICKED, conductGroup: 'trafficking', withoutCode: true } as const;
    await sendTip(server, tip);
    await page.locator('.alarm').waitFor();
    await server.restart();
    await page.reload();
    await page.getByRole('heading', { name: 'Đã khoá' }).waitFor();
    await page.locator('.alarm').waitFor();
    // The title follows the bar one turn later.
    await page.waitForFunction(() => document.title.startsWith('(1) '));
    await consoles.closeAll();
  });

  test('is silent once somebody else is about to log in', async () => {
    const { page } = await lockedDesk('tohieu.pho');
    await page.locator('.alarm').waitFor();
    await page.getByRole('button', { name: 'Đăng xuất, người khác vào' }).click();
    await page.locator('#account').waitFor();
    expect(await page.locator('.alarm').count()).toBe(0);
    await page.waitForFunction(() => !document.title.startsWith('('));
    await consoles.closeAll();
  });
});
