import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { Consoles, type Officer, openSection } from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

describe('the roles of a member', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let head: Officer;
  let above: Officer;
  let officer: Officer;
  let name: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    name = server.logins.find(({ account }) => account === 'tohieu.canbo')?.name ?? '';
    head = await consoles.enter('tohieu.truong');
    above = await consoles.enter('sonla.truong');
    officer = await consoles.enter('tohieu.canbo');
    for (const { page } of [head, above, officer]) await openSection(page, 'Thành viên');
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  const button = (page: Page, text: string) => page.getByRole('button', { name: `${text}: ${name}` });

  test('are proposed by the head, and nothing has changed yet', async () => {
    const { page } = head;
    await button(page, 'Đổi vai trò').click();
    expect(await page.isChecked('#newRoles-officer')).toBe(true);
    await page.uncheck('#newRoles-officer');
    await page.check('#newRoles-deputy');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('.said', { hasText: 'Cần người thứ hai ký thêm' }).waitFor();
    await page.getByText('Chờ người thứ hai ký vai trò mới').waitFor();
    expect(await officer.page.getByRole('heading', { name: 'Mời người mới' }).count()).toBe(0);
  });

  test('count once the unit above has signed, in the console that the member has open', async () => {
    const { page } = above;
    await button(page, 'Ký thêm vai trò mới').click();
    expect(await page.locator('#proposed-roles').textContent()).toContain('Phó');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('.said', { hasText: 'Vai trò mới đã có hiệu lực' }).waitFor();
    await officer.page.getByRole('heading', { name: 'Mời người mới' }).waitFor();
  });

  test('leave the member’s keys as they were', async () => {
    const { page } = head;
    await page.getByText('Chờ người thứ hai ký vai trò mới').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Cấp khoá còn thiếu' }).count()).toBe(0);
  });

  test('cannot become such that the person reads no tips', async () => {
    const { page } = head;
    await button(page, 'Đổi vai trò').click();
    await page.uncheck('#newRoles-deputy');
    await page.check('#newRoles-operator');
    await page.locator('dialog button[type=submit]').click();
    await page.locator('dialog .notice').waitFor();
    expect(await page.locator('dialog').count()).toBe(1);
  });
});
