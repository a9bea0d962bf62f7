import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newVisitor, openBrowser } from './browser.ts';
import { openMailbox } from './citizen-steps.ts';
import {
  Consoles,
  type Officer,
  openRow,
  openSection,
  type SentTip,
  sendTip,
  stepsOffered,
  TO_HIEU,
  takeStep,
} from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const TEXT = 'Nhà nghỉ bên cầu treo, biển xanh, tối nào cũng có xe lạ';
const ANSWER = 'Cơ sở đã bị xử phạt. Cảm ơn bạn đã báo tin.';

describe('a tip goes its whole way through the console', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let officer: Officer;
  let head: Officer;
  let sent: SentTip;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    sent = await sendTip(server, { unit: TO_HIEU, what: TEXT });
    officer = await consoles.enter('tohieu.canbo');
    head = await consoles.enter('tohieu.truong');
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('the officer finds it opened in the list of the day', async () => {
    const row = officer.page.locator('[data-row]', { hasText: TEXT });
    await row.waitFor();
    expect(await row.textContent()).toContain('Chưa vào sổ');
  });

  test('the officer enters it in the register and classifies it', async () => {
    const { page } = officer;
    await openRow(page, TEXT);
    expect(await takeStep(page, 'registered')).toMatch(/số \d+\/\d{4}/);
    await takeStep(page, 'classified', () => page.selectOption('#legalKind', 'crime_report'));
    expect(await stepsOffered(page)).not.toContain('assigned');
  });

  test('the head makes the officer answerable', async () => {
    const { page } = head;
    await openSection(page, 'Hàng đợi');
    await openRow(page, TEXT);
    await takeStep(page, 'assigned', () => page.selectOption('#assignee', officer.login.staff));
    expect(await page.locator('.tip-top').textContent()).toContain(officer.login.name);
  });

  test('the officer opens its verification', async () => {
    const { page } = officer;
    await page.locator('.tip-top', { hasText: 'Đã phân công' }).waitFor();
    await takeStep(page, 'verification_started', () => page.fill('#plan', 'Xác minh tại chỗ trong ba ngày.'));
    expect(await page.locator('.tip-top').textContent()).toContain('Đang xác minh');
  });

  test('what the officer proposes is not yet in force, and the officer cannot approve it', async () => {
    const { page } = officer;
    const second = 'Trưởng hoặc phó trưởng đơn vị, là người khác, phải duyệt';
    expect(await page.locator('#consequence-resolution_proposed').textContent()).toContain(second);
    await takeStep(page, 'resolution_proposed', async () => {
      expect(await page.locator('#step-form').textContent()).toContain(second);
      await page.selectOption('#outcome', 'sanctioned');
      await page.fill('#documentNumber', '12/QĐ-XPHC');
      await page.fill('#ground', 'Đã kiểm tra, lập biên bản.');
    });
    expect(await page.locator('.pending').textContent()).toContain('12/QĐ-XPHC');
    expect(await stepsOffered(page)).not.toContain('resolved');
  });

  test('the head sees the proposal with its proof and approves it', async () => {
    const { page } = head;
    await openSection(page, 'Chờ duyệt');
    await openRow(page, TEXT);
    expect(await page.locator('.pending').textContent()).toContain('Xử phạt vi phạm hành chính');
    await takeStep(page, 'resolved', () => page.check('#agree-yes'));
    expect(await page.locator('.tip-top').textContent()).toContain('Đã có kết quả');
  });

  test('the officer’s open page follows by itself, and the answer and the archive close the work', async () => {
    const { page } = officer;
    await page.locator('#action-notified').waitFor();
    await takeStep(page, 'notified', () => page.fill('#text', ANSWER));
    await takeStep(page, 'archived');
    expect(await page.locator('.tip-top').textContent()).toContain('Đã lưu hồ sơ');
    expect(await page.locator('.messages').textContent()).toContain(ANSWER);
  });

  test('every step of the history is proven on this computer', async () => {
    const { page } = officer;
    expect(await page.locator('.history-step').count()).toBe(9);
    expect(await page.locator('.history-step[data-proven=no]').count()).toBe(0);
    expect(await page.locator('#history').locator('..').textContent()).toContain('9 trên 9 bước');
  });

  test('the citizen reads the answer with the code', async () => {
    const citizen = await newVisitor(browser, server.url);
    await openMailbox(citizen.page, '/mailbox', sent.code);
    expect(await citizen.page.locator('main').textContent()).toContain(ANSWER);
    await citizen.context.close();
  });

  test('no console complained about anything', () => {
    expect([...officer.complaints, ...head.complaints]).toEqual([]);
  });
});
