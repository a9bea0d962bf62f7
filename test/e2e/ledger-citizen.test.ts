import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailboxAnswer } from '../../src/protocol/wire.ts';
import type { Freshness } from '../../src/protocol/wire-ledger.ts';
import { axeFindings, newVisitor, openBrowser, overflow, PHONE, type Visitor } from './browser.ts';
import { fillForm, openMailbox, sendAndReadCode } from './citizen-steps.ts';
import { startTestServer, type TestServer } from './server.ts';

describe('a citizen and the public log', () => {
  let server: TestServer;
  let browser: Browser;
  let citizen: Visitor;
  let code: string;
  let receipt: Buffer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startTestServer({ env: { TINKIN_LEDGER_CADENCE: '5' } }),
      openBrowser(),
    ]);
    const sender = await newVisitor(browser, server.url, { viewport: PHONE });
    await sender.page.goto('/tip');
    await fillForm(sender.page, { what: 'Nhà nghỉ cuối ngõ mở cửa cả đêm' });
    code = await sendAndReadCode(sender.page);
    receipt = await saved(sender.page, '#code-save');
    await sender.context.close();
    citizen = await newVisitor(browser, server.url, { viewport: PHONE });
  });
  afterAll(async () => {
    await citizen?.context.close();
    await browser?.close();
    await server?.stop();
  });

  /** Presses a button that saves a file, and gives its bytes. */
  async function saved(page: Page, button: string): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
    return readFileSync(await download.path());
  }

  /** Comes back with the code until the log has every step. */
  async function visitUntilLogged(address = '/mailbox'): Promise<Page> {
    const { page } = citizen;
    for (;;) {
      await openMailbox(page, address, code);
      await page.locator('#log-proof [data-proof]').waitFor();
      if (
        (await page
          .locator('[data-proof=verified]')
          .filter({ hasText: /1\/1|1 of 1/ })
          .count()) > 0
      )
        return page;
    }
  }

  test('who comes back is told in one sentence that every step is there', async () => {
    const page = await visitUntilLogged();
    const said = await page.locator('[data-proof=verified]').textContent();
    expect(said).toMatch(/^Đã kiểm tra trong sổ công khai ngày \S+: đủ 1\/1 bước\. Chưa so với lần trước/);
    expect(await page.locator('#log-proof [role=status]').first().isVisible()).toBe(true);
  });

  test('who kept the note file compares it and takes a new one along', async () => {
    const page = await visitUntilLogged();
    await page.click('#receipt-compare summary');
    const file = { name: 'ghi-chu.bin', mimeType: 'application/octet-stream' };
    await page.setInputFiles('#receipt-input', { ...file, buffer: Buffer.alloc(8192) });
    await page.getByText('Tệp này không mở được bằng mã của bạn.').waitFor();
    await page.setInputFiles('#receipt-input', { ...file, buffer: receipt });
    await page.locator('[data-proof=verified]').filter({ hasText: 'Khớp với tệp ghi chú' }).waitFor();
    const renewed = await saved(page, '#receipt-compare button');
    expect(renewed).toHaveLength(8192);
    expect(renewed).not.toEqual(receipt);
    expect(await overflow(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(citizen.complaints).toEqual([]);
  });

  test('who is shown a state that is not logged gets an alarm and a file for the auditor', async () => {
    const { page } = citizen;
    await page.route('**/api/mailbox', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as MailboxAnswer;
      const [step] = answer.steps;
      const part = JSON.stringify({
        step: 'registered',
        stage: 'received',
        overlay: 'none',
        outcome: null,
        unit: answer.unit,
      });
      const forged = {
        ...step,
        no: 2,
        type: 'registered',
        citizenPart: Buffer.from(part).toString('base64url'),
      };
      const log = { ...answer.log, indices: [...(answer.log?.indices ?? []), 0] };
      await route.fulfill({ response, json: { ...answer, stage: 'received', steps: [step, forged], log } });
    });
    await openMailbox(page, '/mailbox', code);
    const alarm = page.locator('[data-proof=alarm]');
    await alarm.filter({ hasText: 'Sổ công khai không khớp' }).waitFor();
    const evidence = JSON.parse((await saved(page, '[data-proof=alarm] button')).toString('utf8'));
    expect(evidence).toMatchObject({ type: 'tinkin-evidence', v: 1, code: 'shown_mismatch' });
    expect(await overflow(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.unroute('**/api/mailbox');
  });

  test('who is given keys that the log does not confirm sends nothing, and is told what to do', async () => {
    const { page, context } = await newVisitor(browser, server.url, { viewport: PHONE });
    await page.route('**/api/freshness?*', async (route) => {
      const response = await route.fetch();
      const said = (await response.json()) as Freshness;
      // What the log says of another unit stands in its place: so it looks when a key was swapped or an old directory is served.
      const [own, unit, ...above] = said.states;
      const states = [own, { ...unit, index: (unit?.index ?? 0) + 1 }, ...above];
      await route.fulfill({ response, json: { ...said, states } });
    });
    const sent: string[] = [];
    page.on('request', (request) => sent.push(new URL(request.url()).pathname));
    await page.goto('/tip');
    await fillForm(page, { what: 'Quán karaoke cuối đường khoá cửa trong' });
    await page.click('#send');
    await page.locator('#send-problem-text', { hasText: 'Sổ công khai chưa xác nhận khoá' }).waitFor();
    expect(await page.locator('#send-problem-text').textContent()).toContain('báo tin qua điện thoại');
    expect(sent.filter((path) => path === '/api/freshness')).toHaveLength(2);
    expect(sent).not.toContain('/api/tips');
    expect(await overflow(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    // The same person, and a service that is honest again.
    await page.unroute('**/api/freshness?*');
    await page.click('#send-retry');
    await page.locator('#code-panel:not([hidden])').waitFor();
    await context.close();
  });

  test('who has a wrong clock is asked to look at it first', async () => {
    const late = await newVisitor(browser, server.url, { viewport: PHONE });
    await late.page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 3 * 86_400_000;
    });
    await openMailbox(late.page, '/mailbox', code);
    const said = late.page.locator('[data-proof=alarm]').filter({ hasText: 'xin xem lại ngày giờ trên máy' });
    await said.waitFor();
    expect(await said.getAttribute('class')).toContain('warn');
    await late.context.close();
  });

  test('it is said in English, too', async () => {
    const page = await visitUntilLogged('/en/mailbox');
    const said = await page.locator('[data-proof=verified]').textContent();
    expect(said).toContain('all 1 of 1 steps are there');
  });
});
