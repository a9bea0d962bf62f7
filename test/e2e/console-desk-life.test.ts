import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { Consoles, openRow, openSection, sendTip, TO_HIEU, takeStep } from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const FIRST = 'Trang mạng quảng cáo trá hình ở tổ bảy';
const SECOND = 'Có người dắt mối ở bến xe';
const URGENT = 'Có một bé gái đang bị giữ trong nhà nghỉ';

describe('a day at the console', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    for (const what of [FIRST, SECOND]) await sendTip(server, { unit: TO_HIEU, what });
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('j, k and Enter walk the list, and Escape goes back', async () => {
    const { page } = await consoles.enter('tohieu.canbo');
    await openSection(page, 'Hàng đợi');
    await page.locator('[data-row]', { hasText: SECOND }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('j');
    const first = await focused();
    await page.keyboard.press('j');
    expect(await focused()).not.toBe(first);
    await page.keyboard.press('k');
    expect(await focused()).toBe(first);
    await page.keyboard.press('Enter');
    await page.locator('#actions').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Hàng đợi' }).waitFor();
    await page.locator('[data-row]', { hasText: SECOND }).waitFor();
    await consoles.closeAll();
  });

  test('an urgent tip rings in every open console of the unit until somebody has seen it', async () => {
    const officer = await consoles.enter('tohieu.pho');
    const head = await consoles.enter('tohieu.truong');
    await sendTip(server, { unit: TO_HIEU, what: URGENT, urgent: true });
    for (const { page } of [officer, head]) await page.locator('.alarm').waitFor();
    await head.page.waitForFunction(() => document.title.startsWith('(1) '));
    expect(await head.page.locator('.alarm').textContent()).not.toContain(URGENT);
    await officer.page.getByRole('button', { name: 'Tôi đã thấy' }).click();
    await head.page.locator('.alarm').waitFor({ state: 'detached' });
    await head.page.waitForFunction(() => !document.title.startsWith('('));
    await consoles.closeAll();
  });

  test('locking wipes what was open, and the passphrase opens it again', async () => {
    const { page, login } = await consoles.enter('tohieu.truong');
    await openRow(page, FIRST);
    await page.getByRole('button', { name: 'Khoá', exact: true }).click();
    await page.getByRole('heading', { name: 'Đã khoá' }).waitFor();
    expect(await page.locator('body').textContent()).not.toContain(FIRST);
    await page.fill('#passphrase', 'ba be bi bo bu ca co');
    await page.click('button[type=submit]');
    await page.getByText('Cụm mật khẩu không đúng').waitFor();
    await page.fill('#passphrase', login.passphrase);
    await page.click('button[type=submit]');
    await page.locator('.content', { hasText: FIRST }).waitFor();
    await consoles.closeAll();
  });

  test('a note for the next shift is read by a colleague and is sealed on the server', async () => {
    const note = 'Chú ý bến xe tối nay, có người hẹn gặp lúc chín giờ';
    const { page } = await consoles.enter('thuanchau.canbo');
    await openSection(page, 'Bàn giao ca');
    await page.fill('#note', note);
    await page.getByRole('button', { name: 'Niêm phong và gửi' }).click();
    await page.locator('.message', { hasText: note }).waitFor();
    const raw = await page.evaluate(async () => (await fetch('/api/staff/handover')).text());
    expect(raw).not.toContain(note.slice(0, 10));
    const colleague = await consoles.enter('thuanchau.truong');
    await openSection(colleague.page, 'Bàn giao ca');
    await colleague.page.locator('.message', { hasText: note }).waitFor();
    await consoles.closeAll();
  });

  test('whoever goes away is stood in for, and a stage without anybody is told to leaders here and above', async () => {
    const [officer, head] = await Promise.all([
      consoles.enter('tohieu.canbo'),
      consoles.enter('tohieu.truong'),
    ]);
    const stand = async ({ page }: { page: Page }): Promise<void> => {
      await openSection(page, 'Đầu mối');
      const form = page.getByRole('form', { name: 'Báo vắng' });
      await form.getByRole('button', { name: 'Báo vắng' }).click();
      await page.getByText('Đã ghi lịch vắng.').waitFor();
    };
    await stand(officer);
    await openSection(head.page, 'Hàng đợi');
    await head.page.locator('[data-row]', { hasText: FIRST }).getByText(head.login.name).waitFor();
    await stand(head);
    await openSection(head.page, 'Hôm nay');
    await head.page.getByText('Đơn vị bạn chưa có người trực: cả năm khâu.').waitFor();
    const above = await consoles.enter('sonla.truong');
    await above.page.getByText('1 đơn vị cấp dưới có khâu chưa có người trực').click();
    await above.page.getByText('Công an phường Tô Hiệu: cả năm khâu').waitFor();
    for (const { page } of [officer, head]) {
      await openSection(page, 'Đầu mối');
      await page.locator('.absence', { hasText: 'Tôi' }).getByRole('button', { name: 'Đã về' }).click();
      await page.getByText('Đã ghi là không vắng nữa.').waitFor();
    }
    await head.page.locator('.notice-problem').waitFor({ state: 'detached' });
    await consoles.closeAll();
  });

  test('a print is recorded in the history before the print dialog opens', async () => {
    const { page } = await consoles.enter('tohieu.pho');
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await openSection(page, 'Hàng đợi');
    await openRow(page, SECOND);
    await takeStep(page, 'printed');
    await page.locator('body[data-printed=yes]').waitFor();
    expect(await page.locator('.watermark').textContent()).toContain('Cà Thị Phương');
    expect(await page.locator('.history-step', { hasText: 'In tin' }).count()).toBe(1);
    await consoles.closeAll();
  });

  test('a changed passphrase ends the other sessions and is the only one that opens the door', async () => {
    const first = await consoles.enter('hoalu.canbo');
    const second = await consoles.enter('hoalu.canbo');
    const { page } = second;
    await openSection(page, 'Phiên và mật khẩu');
    await page.locator('.people li').nth(1).waitFor();
    await page.getByRole('button', { name: 'Tạo cụm mới' }).click();
    const fresh = (await page.locator('#fresh-passphrase').textContent()) ?? '';
    await page.fill('#confirm', fresh);
    await page.fill('#old', second.login.passphrase);
    await page.getByRole('button', { name: 'Đổi sang cụm mới' }).click();
    await page.locator('.said', { hasText: 'Đã đổi' }).waitFor();
    await openSection(first.page, 'Sổ tiếp nhận').catch(() => undefined);
    await first.page.getByText('Phiên làm việc đã hết hạn').waitFor();
    await consoles.logIn(first.page, { ...first.login, passphrase: fresh });
    await consoles.closeAll();
  });

  test('a console that nobody touches locks itself', async () => {
    const officer = await consoles.visitor();
    await officer.context.clock.install();
    const login = server.logins.find(({ account }) => account === 'phatdiem.canbo');
    if (login === undefined) throw new Error('the demonstration has no such officer');
    await officer.page.goto('/console');
    await consoles.logIn(officer.page, login);
    await officer.context.clock.fastForward('09:00');
    await officer.page.keyboard.press('Shift');
    await officer.context.clock.fastForward('09:00');
    expect(await officer.page.locator('.frame').count()).toBe(1);
    await officer.context.clock.fastForward('11:00');
    await officer.page.getByRole('heading', { name: 'Đã khoá' }).waitFor();
    await consoles.closeAll();
  });

  test('a long list comes fifty rows at a time, each opened', async () => {
    const unit = server.logins.find(({ account }) => account === 'hoalu.truong')?.unit as typeof TO_HIEU;
    for (let i = 0; i < 53; i++) await sendTip(server, { unit, what: `Tin thứ ${i}`, withoutCode: true });
    const { page } = await consoles.enter('hoalu.truong');
    await openSection(page, 'Hàng đợi');
    await page.locator('[data-row]').nth(49).waitFor();
    expect(await page.locator('[data-row]').count()).toBe(50);
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await page.locator('[data-row]').nth(52).waitFor();
    await page.waitForFunction(() => document.querySelector('.row-line-closed') === null);
    const lines = await page.locator('.row-line').allTextContents();
    expect(new Set(lines).size).toBe(53);
    await consoles.closeAll();
  });
});
