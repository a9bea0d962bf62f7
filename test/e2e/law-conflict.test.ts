import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/audit/report.ts';
import { auditPage, takeAlong, verifyAlone } from './auditor-desk.ts';
import { newVisitor, openBrowser, PHONE } from './browser.ts';
import { fillForm, openMailbox, sendAndReadCode } from './citizen-steps.ts';
import {
  Consoles,
  chooseUnit,
  fillForm03,
  type Officer,
  openRow,
  openSection,
  sendTip,
  TO_HIEU,
  takeStep,
} from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

const [AROUND, NOTICED, NUMBERED, RETURNED] = [
  'Trưởng công an phường nhận tiền của nhà nghỉ đầu phố.',
  'Một cán bộ công an phường báo trước cho chủ quán mỗi lần kiểm tra.',
  'Có người của phường đứng tên quán này.',
  'Quán ở bên kia cầu, hình như thuộc xã khác.',
];
const INSPECTORATE = 'Thanh tra Công an tỉnh Sơn La';

/** Everything that a commune's console shows of tips: every list, its book, and the figures beside them. */
const everyList = async (page: Page): Promise<string> => {
  const shown: string[] = [];
  for (const path of ['', 'queue', 'queue?scope=all', 'queue?scope=closed', 'register', 'workload']) {
    await visit(page, path, 'vi');
    shown.push((await page.locator('body').textContent()) ?? '');
  }
  return shown.join('\n');
};
const openCount = async (page: Page): Promise<string> => {
  await visit(page, 'queue', 'vi');
  return (await page.locator('.side').getByRole('link', { name: 'Hàng đợi' }).textContent()) ?? '';
};

describe('tips about the very unit that they would go to', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let inspector: Officer;
  let commune: Officer;
  let code: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startTestServer({ env: { TINKIN_LEDGER_CADENCE: '5' } }),
      openBrowser(),
    ]);
    consoles = new Consoles(server, browser);
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  test('one about the head of the commune’s police goes to the inspectorate, and the commune sees nothing', async () => {
    const citizen = await newVisitor(browser, server.url, { viewport: PHONE });
    commune = await consoles.enter('tohieu.truong');
    const before = await openCount(commune.page);
    await citizen.page.goto('/tip');
    await fillForm(citizen.page, { what: AROUND, official: 'yes', involved: 'commune_police_head' });
    expect(await citizen.page.textContent('#destination-unit')).toBe(INSPECTORATE);
    await sendAndReadCode(citizen.page);
    await citizen.context.close();
    inspector = await consoles.enter('sonla.thanhtra2');
    await visit(inspector.page, 'queue', 'vi');
    await openRow(inspector.page, AROUND);
    await takeStep(inspector.page, 'registered');
    expect(await everyList(commune.page)).not.toContain(AROUND);
    expect(await openCount(commune.page)).toBe(before);
  });

  test('one whose matter shows later is sent away by a handler, without the head, and is gone from the commune', async () => {
    const before = await openCount(commune.page);
    const sent = await sendTip(server, { unit: TO_HIEU, what: NOTICED });
    code = sent.code;
    const officer = await consoles.enter('tohieu.canbo');
    await visit(officer.page, 'queue', 'vi');
    await openRow(officer.page, NOTICED);
    await takeStep(officer.page, 'diverted', async () => {
      await officer.page.selectOption('#toUnit', '14-ttca');
      await officer.page.fill('#ground', 'Tin nói về cán bộ của đơn vị.');
      expect(await faults(officer.page, 'diversion')).toEqual([]);
    });
    expect(await officer.page.locator('main').textContent()).not.toContain(NOTICED);
    await visit(inspector.page, 'queue', 'vi');
    await openRow(inspector.page, NOTICED);
    await takeStep(inspector.page, 'registered');
    expect(await everyList(commune.page)).not.toContain(NOTICED);
    await expect.poll(() => openCount(commune.page), { timeout: 20_000 }).toBe(before);
    await visit(commune.page, `tip/${sent.tip}`, 'vi');
    await commune.page.locator('.notice-problem').waitFor();
    await officer.page.context().close();
  });

  test('one that has a number is taken away by the inspectorate, which sees its steps and not its words', async () => {
    const sent = await sendTip(server, { unit: TO_HIEU, what: NUMBERED, withoutCode: true });
    const officer = await consoles.enter('tohieu.pho');
    await visit(officer.page, 'queue', 'vi');
    await openRow(officer.page, NUMBERED);
    const told = await takeStep(officer.page, 'registered');
    const [number = ''] = /\d+(?=\/\d{4})/.exec(told) ?? [];
    const chief = await consoles.enter('sonla.thanhtra');
    await visit(chief.page, 'elsewhere', 'vi');
    await chief.page.selectOption('#unit', TO_HIEU);
    await chief.page.fill('#number', number);
    expect(await faults(chief.page, 'elsewhere')).toEqual([]);
    await chief.page.click('form button[type=submit]');
    await chief.page.locator('#actions').waitFor();
    expect(await chief.page.locator('main').textContent()).not.toContain(NUMBERED);
    await takeStep(chief.page, 'diverted', async () => {
      await chief.page.selectOption('#toUnit', '14-ttca');
      await chief.page.fill('#ground', 'Có đơn nói về người của đơn vị.');
    });
    await visit(officer.page, 'register', 'vi');
    expect(await officer.page.locator('main').textContent()).not.toContain(INSPECTORATE);
    await visit(officer.page, `tip/${sent.tip}`, 'vi');
    await officer.page.locator('.notice-problem').waitFor();
    await chief.page.context().close();
    await officer.page.context().close();
  });

  test('another one is sent on, comes back, and stays', async () => {
    await sendTip(server, { unit: TO_HIEU, what: RETURNED, withoutCode: true });
    const { page } = commune;
    // A list that stands offers to be read again; one that is opened is fresh.
    await visit(page, 'register', 'vi');
    await visit(page, 'queue', 'vi');
    await openRow(page, RETURNED);
    await takeStep(page, 'registered');
    await takeStep(page, 'transfer_sent', async () => {
      await chooseUnit(page, 'thuan chau');
      await fillForm03(page, 'Có thể thuộc địa bàn bên đó.');
    });
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await takeStep(page, 'printed', () => page.check('#paper-form-03'));
    await page.locator('body[data-printed=yes]').waitFor();
    const slip = (await page.locator('.paper-03').textContent()) ?? '';
    for (const words of ['03/PC-CA', 'Công an xã Thuận Châu', 'Có thể thuộc địa bàn bên đó.'])
      expect(slip).toContain(words);
    expect(slip).not.toContain(RETURNED);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.locator('.paper-03').waitFor({ state: 'detached' });
    const receiver = await consoles.enter('thuanchau.truong');
    await openSection(receiver.page, 'Chuyển đến');
    await openRow(receiver.page, RETURNED);
    await takeStep(receiver.page, 'transfer_returned', async () => {
      await receiver.page.selectOption('#why', 'wrong_unit');
      await receiver.page.fill('#ground', 'Không phải địa bàn này.');
    });
    await page.locator('#action-transfer_sent').waitFor();
    const clocks = page.locator('li[data-clock=transfer_ack][data-runs=yes]');
    expect(await clocks.count()).toBe(0);
    expect(await page.locator('li[data-clock=settle][data-runs=yes]').count()).toBe(1);
    await receiver.page.context().close();
  });

  test('its sender reads which unit has it now', async () => {
    const { page, context } = await newVisitor(browser, server.url, { viewport: PHONE });
    await openMailbox(page, '/mailbox', code);
    const text = (await page.locator('#mailbox').textContent()) ?? '';
    expect(text).toContain('bảo đảm khách quan');
    expect(text).toContain(INSPECTORATE);
    expect(text).not.toContain('không khớp');
    await context.close();
  });

  test('an auditor verifies all of it, far from the service', async () => {
    const auditor = await consoles.enter('kiem-toan-doc-lap');
    const folder = mkdtempSync(join(tmpdir(), 'tinkin-conflict-'));
    try {
      const size = async (): Promise<number> => {
        const note = await (await fetch(`${server.url}/ledger/checkpoint`)).text();
        return Number(note.split('\n')[1]);
      };
      const before = await size();
      await expect.poll(size, { timeout: 60_000, interval: 500 }).toBeGreaterThan(before);
      const run = await verifyAlone(await takeAlong(await auditPage(auditor), folder), auditor);
      expect(run.json<AuditReport>().violations).toEqual([]);
      expect(run.exit).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
