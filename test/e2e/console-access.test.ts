import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { Consoles, openRow, type SentTip, sendTip, TO_HIEU } from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

const TEXT = 'Quán cà phê vườn ở cuối phố có dấu hiệu chứa mại dâm';

/** Status of a call that the page's own session makes. */
const statusOf = (page: Page, method: string, path: string): Promise<number> =>
  page.evaluate(
    async ([verb, address]) =>
      (
        await fetch(address ?? '', {
          method: verb ?? 'GET',
          ...(verb === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: '{}' }),
        })
      ).status,
    [method, path],
  );

describe('who may see what in the console', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let sent: SentTip;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    sent = await sendTip(server, { unit: TO_HIEU, what: TEXT });
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('the administrator keeps units and accounts and is refused everything about tips', async () => {
    const { page } = await consoles.enter('quantri');
    expect(await page.locator('main h1').textContent()).toBe('Danh sách đơn vị');
    expect(await page.locator('.side').textContent()).not.toContain('Hàng đợi');
    const paths = ['queue', 'counts', 'outside', 'handover', 'workload', 'open-wraps', `tips/${sent.tip}`];
    for (const path of paths)
      expect([path, await statusOf(page, 'GET', `/api/staff/${path}`)]).toEqual([path, 403]);
    for (const path of ['read', 'rewrap', `tips/${sent.tip}/steps`])
      expect([path, await statusOf(page, 'POST', `/api/staff/${path}`)]).toEqual([path, 403]);
  });

  test('a page that is not for a role says so instead of showing a dead end', async () => {
    const { page } = await consoles.enter('sonla.ubnd');
    await page.evaluate(() => {
      history.pushState(null, '', '/console/queue');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await page.getByRole('heading', { name: 'Không có trang này' }).waitFor();
    expect(await statusOf(page, 'GET', `/api/staff/tips/${sent.tip}`)).toBe(403);
  });

  test('a colleague of another unit is told of no such tip', async () => {
    const { page } = await consoles.enter('thuanchau.canbo');
    expect(await statusOf(page, 'GET', `/api/staff/tips/${sent.tip}`)).toBe(404);
    expect(await page.locator('main').textContent()).not.toContain(TEXT);
  });

  test('passphrase and content never leave the browser', async () => {
    const visitor = await consoles.visitor();
    const bodies: string[] = [];
    visitor.context.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`));
    const login = server.logins.find(({ account }) => account === 'tohieu.pho');
    if (login === undefined) throw new Error('the demonstration has no deputy');
    await visitor.page.goto('/console');
    await consoles.logIn(visitor.page, login);
    await openRow(visitor.page, TEXT);
    await visitor.page.locator('.content').waitFor();
    const all = bodies.join('\n');
    expect(all).toContain('/api/staff/read');
    for (const word of [
      login.passphrase,
      login.passphrase.replaceAll(' ', '+'),
      TEXT,
      encodeURIComponent(TEXT),
    ])
      expect(all).not.toContain(word);
  });

  test('the administrator closes an auditor’s account and invites the person again', async () => {
    const auditor = await consoles.enter('kiem-toan-doc-lap');
    const { page } = await consoles.enter('quantri');
    await visit(page, 'staff', 'vi');
    const row = page.locator('tr', { has: page.getByRole('rowheader', { name: 'kiem-toan-doc-lap' }) });
    await row.getByRole('button', { name: /^Đóng tài khoản/ }).click();
    expect(await faults(page, 'closing')).toEqual([]);
    await page.getByLabel('Tôi muốn đóng tài khoản này.').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng tài khoản' }).click();
    await row.getByText('Đã đóng', { exact: true }).waitFor();
    expect(await statusOf(auditor.page, 'GET', '/api/staff/me')).toBe(401);
    await row.getByRole('button', { name: /^Mời lại/ }).click();
    expect(await page.locator('#invitation').textContent()).toContain('/console/join#token=');
    await row.getByText('Đã mời', { exact: true }).waitFor();
  });

  test('the administrator keeps a year of holidays: a wrong line is named, a right file is saved', async () => {
    const { page } = await consoles.enter('quantri');
    await visit(page, 'holidays', 'vi');
    const year = await page.locator('#year option:last-child').getAttribute('value');
    await page.selectOption('#year', { value: year ?? '' });
    const file = async (...lines: readonly string[]) =>
      page.setInputFiles('#holiday-file', {
        name: 'lich.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(['day,kind,name', ...lines].join('\n')),
      });
    await file(`${year}-01-01,off,Tết Dương lịch`, `${year}-02-30,off,Tết Nguyên đán`);
    await page.locator('.notice-problem', { hasText: 'Dòng 3: không phải ngày có thật' }).waitFor();
    await file(`${year}-01-01,off,Tết Dương lịch`, `${year}-09-02,off,Quốc khánh`);
    await page.getByRole('button', { name: `Bỏ ngày 02/09/${year}` }).click();
    await page.getByRole('button', { name: 'Lưu lịch nghỉ' }).click();
    await page.locator('.said', { hasText: `Đã lưu lịch nghỉ năm ${year}` }).waitFor();
    await page.getByText(/^Lưu lúc .* mới tính theo bảng này\.$/).waitFor();
    expect(await page.locator('.days-table tbody tr').count()).toBe(1);
    await visit(page, 'law', 'vi');
    await page.getByText(`${year}: 1 ngày nghỉ`).waitFor();
  });

  test('a reloaded console keeps the session and has forgotten the keys', async () => {
    const { page, login } = await consoles.enter('tohieu.truong');
    await openRow(page, TEXT);
    await page.reload();
    await page.getByRole('heading', { name: 'Đã khoá' }).waitFor();
    expect(await page.locator('body').textContent()).not.toContain(TEXT);
    await page.fill('#passphrase', login.passphrase);
    await page.click('button[type=submit]');
    await page.locator('.content', { hasText: TEXT }).waitFor();
  });
});
