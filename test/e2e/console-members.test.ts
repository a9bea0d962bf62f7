import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { Consoles, type Officer, openSection, sendTip, TO_HIEU } from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const NAME = 'Nguyễn Thị Hồng Nhung';
const TEXT = 'Quán hát ở ngã ba mở cửa đến sáng, có người dắt mối';

const told = async (page: Page): Promise<string> => {
  await page.locator('.said').waitFor();
  return (await page.locator('.said').textContent()) ?? '';
};

describe('the people and keys of a unit', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let head: Officer;
  let above: Officer;
  const joined = { account: 'hong.nhung', passphrase: '', totp: '' };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    await sendTip(server, { unit: TO_HIEU, what: TEXT });
    head = await consoles.enter('tohieu.truong');
    above = await consoles.enter('sonla.truong');
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('an invited person makes their keys, and both sides see the same fingerprint', async () => {
    const { page } = head;
    await openSection(page, 'Thành viên');
    await page.fill('#displayName', NAME);
    await page.fill('#account', joined.account);
    await page.check('#roles-officer');
    await page.getByRole('button', { name: 'Tạo lời mời' }).click();
    const link = (await page.locator('#invitation').textContent()) ?? '';
    const invited = await consoles.visitor();
    await invited.page.goto(link);
    expect(new URL(invited.page.url()).hash).toBe('');
    await invited.page.click('.button-main');
    joined.passphrase = (await invited.page.locator('#fresh-passphrase').textContent()) ?? '';
    await invited.page.check('#written-yes');
    await invited.page.click('button[type=submit]');
    joined.totp = ((await invited.page.locator('.facts code').textContent()) ?? '').replaceAll(/\s/g, '');
    await invited.page.fill('#code', new TOTP({ secret: joined.totp }).generate());
    await invited.page.fill('#again', joined.passphrase);
    await invited.page.click('button[type=submit]');
    const own = await invited.page.locator('.fingerprint').textContent();
    await page.getByRole('button', { name: `So dấu khoá: ${NAME}` }).click();
    expect(await page.locator('dialog .fingerprint').textContent()).toBe(own);
    await invited.context.close();
  });

  test('the head’s signature alone admits nobody; with the one from above the person is a member', async () => {
    await head.page.check('#sure-yes');
    await head.page.locator('dialog button[type=submit]').click();
    expect(await told(head.page)).toContain('Cấp trên cần ký thêm');
    await openSection(above.page, 'Thành viên');
    await above.page.getByRole('button', { name: `So dấu khoá: ${NAME}` }).click();
    await above.page.check('#sure-yes');
    await above.page.locator('dialog button[type=submit]').click();
    expect(await told(above.page)).toContain('đủ hai chữ ký');
  });

  test('a colleague wraps the unit’s keys for the new member, who then reads its tips', async () => {
    const { page } = head;
    await page.getByRole('button', { name: 'Cấp khoá còn thiếu' }).click();
    await page.locator('.said', { hasText: 'Đã cấp' }).waitFor();
    const fresh = await consoles.visitor();
    await fresh.page.goto('/console');
    await consoles.logIn(fresh.page, joined);
    await fresh.page.locator('[data-row]', { hasText: TEXT }).waitFor();
    await fresh.context.close();
  });

  test('a removal needs both signatures, ends the session and leaves the unit without a live key', async () => {
    const fresh = await consoles.visitor();
    await fresh.page.goto('/console');
    await consoles.logIn(fresh.page, joined);
    await head.page.getByRole('button', { name: `Cho rời đơn vị: ${NAME}` }).click();
    await head.page.check('#sure-yes');
    await head.page.locator('dialog button[type=submit]').click();
    await head.page.locator('.said', { hasText: 'Cấp trên cần ký thêm' }).waitFor();
    await openSection(above.page, 'Hàng đợi');
    await openSection(above.page, 'Thành viên');
    await above.page.getByRole('button', { name: `Cho rời đơn vị: ${NAME}` }).click();
    await above.page.check('#sure-yes');
    await above.page.locator('dialog button[type=submit]').click();
    await above.page.locator('dialog .notice-warning').waitFor();
    await above.page.getByRole('button', { name: 'Đóng' }).click();
    await fresh.page.getByText('Phiên làm việc đã hết hạn').waitFor();
    await openSection(head.page, 'Khoá theo tuần');
    await head.page.getByText('Đơn vị không có khoá đang dùng').waitFor();
  });

  test('two members sign new keys, and the open tips are locked with them', async () => {
    await head.page.getByRole('button', { name: 'Tạo và ký các tuần tiếp theo' }).click();
    await head.page.locator('.said', { hasText: 'Một thành viên khác' }).waitFor();
    const officer = await consoles.enter('tohieu.canbo');
    await openSection(officer.page, 'Khoá theo tuần');
    await officer.page.getByRole('button', { name: 'Kiểm tra và ký' }).click();
    await officer.page.locator('.said', { hasText: 'Khoá mới dùng được' }).waitFor();
    await head.page.getByRole('button', { name: 'Khoá lại các tin đang mở' }).click();
    await head.page.locator('.said', { hasText: 'Đã khoá lại' }).waitFor();
    await openSection(officer.page, 'Hàng đợi');
    await officer.page.locator('[data-row]', { hasText: TEXT }).click();
    await officer.page.locator('.history-step', { hasText: 'Đổi khoá của tin' }).waitFor();
    expect(await officer.page.locator('.content').textContent()).toContain(TEXT);
    expect(await officer.page.locator('.history-step[data-proven=no]').count()).toBe(0);
  });

  test('a lost phone is replaced by two people, and only its owner ever sees the new key', async () => {
    const login = server.logins.find(({ account }) => account === 'tohieu.canbo');
    if (login === undefined) throw new Error('the demonstration has no officer');
    await openSection(head.page, 'Thành viên');
    await head.page.selectOption('#lostStaff', { label: login.name });
    await head.page.getByRole('button', { name: 'Đề nghị đổi' }).click();
    await head.page.getByText('Cần một người khác đồng ý').waitFor();
    await openSection(above.page, 'Hàng đợi');
    await openSection(above.page, 'Thành viên');
    await above.page.getByRole('button', { name: `Đồng ý đổi: ${login.name}` }).click();
    const token = (await above.page.locator('#phone-token').textContent()) ?? '';
    const owner = await consoles.visitor();
    await owner.page.goto('/console');
    await owner.page.getByRole('button', { name: 'Đã đổi điện thoại' }).click();
    await owner.page.fill('#account', login.account);
    await owner.page.fill('#passphrase', login.passphrase);
    await owner.page.fill('#token', token);
    await owner.page.click('button[type=submit]');
    const totp = ((await owner.page.locator('.facts code').textContent()) ?? '').replaceAll(/\s/g, '');
    expect(totp).not.toBe(login.totp);
    await owner.page.getByRole('button', { name: 'Đến trang đăng nhập' }).click();
    await consoles.logIn(owner.page, { ...login, totp });
  });
});
