import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, PHONE } from './browser.ts';
import { Consoles, type Officer } from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { readBack, readyForCalls, sealCall, USUAL } from './hotline-keys.ts';
import { startTestServer, type TestServer } from './server.ts';

const BOX = 'Cổng chợ phường Tô Hiệu';

describe('a tip box that two people empty', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let first: Officer;
  let second: Officer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    first = await consoles.enter('sonla.trucban');
    second = await consoles.enter('sonla.trucban2', { viewport: PHONE });
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  test('waits for the second signature, which only the person named can give', async () => {
    const { page } = first;
    await visit(page, 'boxes', 'vi');
    expect(await faults(page, 'no openings')).toEqual([]);
    await page.fill('#box', BOX);
    await page.fill('#letters', '1');
    await page.selectOption('#second', { label: second.login.name });
    await page.getByRole('button', { name: 'Ký số thư' }).click();
    await page.getByText('1 thư, chờ người thứ hai ký').waitFor();
    expect(await page.getByRole('button', { name: 'Tôi đã cùng đếm: 1 thư' }).count()).toBe(0);

    await visit(second.page, 'boxes', 'vi');
    expect(await faults(second.page, 'waiting for me')).toEqual([]);
    expect(await second.page.locator('tbody').textContent()).toContain(first.login.name);
    await second.page.getByRole('button', { name: 'Tôi đã cùng đếm: 1 thư' }).click();
    await second.page.getByText('1 thư, đã nhập 0').waitFor();
  });

  test('has its letter counted off when it became a tip, and says that it is whole', async () => {
    const { page } = first;
    await readyForCalls(page);
    await page.keyboard.press('F2');
    for (const key of ['k', 'k', 'k']) await page.keyboard.press(key);
    await page.keyboard.type(USUAL.place);
    await page.keyboard.press('Enter');
    await page.keyboard.type(USUAL.conduct);
    await page.keyboard.press('Enter');
    await page.keyboard.press('k');
    await page.keyboard.insertText('Lá thư viết tay: quán cuối phố mở đến sáng.');
    await page.locator('.call-more summary').click();
    await page.selectOption('#call-channel', 'tip_box');
    await page.getByText('Nét chữ viết tay cho biết ai viết').waitFor();
    await page.locator('#call-opening option', { hasText: BOX }).waitFor({ state: 'attached' });
    await page.selectOption('#call-opening', { index: 1 });
    await page.keyboard.press('Control+Enter');
    await page.locator('#review-title').waitFor();
    await sealCall(page);
    await readBack(page);
    await visit(page, 'boxes', 'vi');
    await page.getByText('1 thư, đã nhập đủ').waitFor();
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });
});
