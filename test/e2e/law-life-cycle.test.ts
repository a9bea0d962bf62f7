import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/audit/report.ts';
import { addDays, addMonths, dayOf, workingDayFrom } from '../../src/domain/calendar.ts';
import { parseCalendar } from '../../src/domain/holidays.ts';
import type { Day } from '../../src/domain/ids.ts';
import { auditPage, takeAlong, verifyAlone } from './auditor-desk.ts';
import { newVisitor, openBrowser, PHONE } from './browser.ts';
import { openMailbox } from './citizen-steps.ts';
import {
  Consoles,
  chooseUnit,
  fillForm03,
  type Officer,
  openRow,
  openSection,
  type SentTip,
  sendTip,
  stepsOffered,
  TO_HIEU,
  takeStep,
} from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

const WORDS = 'Có cháu nhỏ bị ép tiếp khách ở quán cuối ngõ';
const calendar = parseCalendar(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../db/data/holidays.json'), 'utf8')),
);
const rolled = (day: Day): Day => workingDayFrom(day, calendar);
const written = (day: Day): string => day.split('-').toReversed().join('/');
const today = (): Day => dayOf(Math.floor(Date.now() / 1000));

/** A moment as the console writes it: `24/11/2026 18:00`. */
const moment = (seconds: number): string => {
  const day = dayOf(seconds);
  const time = new Date((seconds + 7 * 3600) * 1000).toISOString().slice(11, 16);
  return `${written(day)} ${time}`;
};

/** One clock that runs, as the panel shows it: its end and its article. */
const clock = async (page: Page, name: string): Promise<string> => {
  const line = page.locator(`li[data-clock=${name}][data-runs=yes]`);
  await line.waitFor({ state: 'attached' });
  return (await line.textContent()) ?? '';
};
const runs = (page: Page, name: string): Promise<number> =>
  page.locator(`li[data-clock=${name}][data-runs=yes]`).count();

/** Ground and number of a paper. */
const paper = async (page: Page, number: string, field: 'ground' | 'reason' = 'ground'): Promise<void> => {
  await page.fill('#documentNumber', number);
  await page.fill(`#${field}`, 'Cần thêm thời gian để xác minh.');
};

describe('a tip about a child, through everything that the law knows', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let sent: SentTip;
  let officer: Officer;
  let head: Officer;
  let t0: number;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startTestServer({ env: { TINKIN_LEDGER_CADENCE: '5' } }),
      openBrowser(),
    ]);
    consoles = new Consoles(server, browser);
    sent = await sendTip(server, { unit: TO_HIEU, what: WORDS, minor: true, conductGroup: 'child' });
    t0 = sent.t0 * 3600;
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  test('a commune cannot keep it: it protects the child and passes it up within 24 hours', async () => {
    const { page, complaints } = await consoles.enter('tohieu.truong');
    await openRow(page, WORDS);
    await takeStep(page, 'registered');
    await takeStep(page, 'classified', async () => {
      await page.selectOption('#legalKind', 'crime_report');
      expect(await page.isChecked('#circumstance-minor-yes')).toBe(true);
      expect(await page.isChecked('#competent-no')).toBe(true);
      expect(await page.locator('#competent-yes').count()).toBe(0);
      await page.locator('.deadlines', { hasText: moment(t0 + 24 * 3600) }).waitFor();
      expect(await faults(page, 'classification')).toEqual([]);
    });
    expect(await clock(page, 'transfer')).toContain(moment(t0 + 24 * 3600));
    expect(await clock(page, 'child_measures')).toContain(moment(t0 + 12 * 3600));
    await takeStep(page, 'child_measures_taken', () => paper(page, '1/BV'));
    expect(await runs(page, 'child_measures')).toBe(0);
    await takeStep(page, 'transfer_sent', async () => {
      await chooseUnit(page, 'cong an tinh son la');
      await fillForm03(page, 'Người bị hại dưới 18 tuổi.', 'victim_minor');
    });
    expect(await runs(page, 'transfer')).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the province takes it up, tells sender and procuracy, and its head gives more time once', async () => {
    officer = await consoles.enter('sonla.canbo');
    head = await consoles.enter('sonla.truong');
    const { page } = officer;
    await openSection(page, 'Chuyển đến');
    await openRow(page, WORDS);
    await takeStep(page, 'transfer_acknowledged');
    await takeStep(page, 'classified', async () => {
      await page.selectOption('#legalKind', 'crime_report');
      expect(await page.isChecked('#competent-yes')).toBe(true);
    });
    expect(await clock(page, 'settle')).toContain(written(addDays(dayOf(t0), 20)));
    await takeStep(page, 'receipt_noticed', async () => {
      expect(await page.inputValue('#toUnit')).toBe('14-vks');
      expect(await page.inputValue('#text')).toContain('đã tiếp nhận tin của bạn');
    });
    expect(await runs(page, 'notice_receipt')).toBe(0);
    await takeStep(page, 'verification_started', () => page.fill('#plan', 'Xác minh tại chỗ.'));
    const first = rolled(addMonths(dayOf(t0), 2));
    await takeStep(page, 'extension_proposed', async () => {
      expect(await page.inputValue('#until')).toBe(first);
      await page.getByText(`Chậm nhất ${written(first)}`).waitFor();
      await paper(page, '2/ĐN');
      expect(await faults(page, 'extension')).toEqual([]);
    });
    await visit(head.page, `tip/${sent.tip}`, 'vi');
    await head.page.locator('.pending', { hasText: written(first) }).waitFor();
    await takeStep(head.page, 'extended', async () => {
      await head.page.locator('.deadlines', { hasText: 'Hạn dời đến: Xác minh, Giải quyết' }).waitFor();
      await head.page.fill('#documentNumber', '3/QĐ');
    });
    expect(await clock(head.page, 'settle')).toContain(written(first));
    expect(await head.page.locator('.tip-top').textContent()).toContain('Gia hạn lần một');
  });

  test('only the procuracy gives more time a second time, and reads no word of the tip', async () => {
    const { page } = officer;
    const second = rolled(addMonths(dayOf(t0), 4));
    await page.locator('.tip-top', { hasText: 'Gia hạn lần một' }).waitFor();
    await takeStep(page, 'extension_proposed', async () => {
      expect(await page.inputValue('#until')).toBe(second);
      await page.getByText('Viện kiểm sát quyết định').waitFor();
      await paper(page, '4/ĐN');
    });
    expect(await stepsOffered(head.page)).not.toContain('extended');
    const prosecutor = await consoles.enter('sonla.vks2');
    await visit(prosecutor.page, `tip/${sent.tip}`, 'vi');
    await takeStep(prosecutor.page, 'extended', () => prosecutor.page.fill('#documentNumber', '5/QĐ-VKS'));
    expect(await clock(prosecutor.page, 'settle')).toContain(written(second));
    expect(await prosecutor.page.locator('main').textContent()).not.toContain(WORDS);
    expect(prosecutor.complaints).toEqual([]);
    await prosecutor.context.close();
  });

  test('while it is suspended its time rests; resumed it has one month', async () => {
    const { page } = officer;
    await page.locator('.tip-top', { hasText: 'Gia hạn lần hai' }).waitFor();
    await takeStep(page, 'suspension_proposed', async () => {
      await page.check('#why-expert_awaited');
      await paper(page, '6/ĐN');
      expect(await faults(page, 'suspension')).toEqual([]);
    });
    await takeStep(head.page, 'suspended', () => head.page.check('#agree-yes'));
    expect(await runs(head.page, 'settle')).toBe(0);
    await clock(head.page, 'suspension_sent');
    await takeStep(page, 'suspension_noticed');
    expect(await runs(page, 'suspension_sent')).toBe(0);
    await takeStep(head.page, 'resumed', () => paper(head.page, '7/QĐ'));
    expect(await clock(head.page, 'settle')).toContain(written(rolled(addMonths(today(), 1))));
  });

  test('a refusal sends the outcome back; what was resolved is opened again and begins anew', async () => {
    const { page } = officer;
    const propose = (): Promise<string> =>
      takeStep(page, 'resolution_proposed', async () => {
        await page.selectOption('#outcome', 'insufficient');
        await paper(page, '8/BC');
      });
    await propose();
    await takeStep(head.page, 'resolution_refused', () => head.page.fill('#reason', 'Hỏi thêm hàng xóm.'));
    await page.locator('.pending').waitFor({ state: 'detached' });
    await clock(page, 'verify');
    await propose();
    await takeStep(head.page, 'resolved', () => head.page.check('#agree-yes'));
    await takeStep(page, 'notified', async () => {
      expect(await page.inputValue('#text')).toContain('chưa đủ để xác minh');
    });
    await takeStep(head.page, 'reopened', async () => {
      await head.page.check('#why-new_facts');
      await paper(head.page, '9/QĐ', 'reason');
    });
    expect(await clock(head.page, 'settle')).toContain(written(addDays(today(), 20)));
    expect(await runs(head.page, 'archive')).toBe(0);
    expect(await head.page.locator('.history-step[data-proven=no]').count()).toBe(0);
    expect([...officer.complaints, ...head.complaints]).toEqual([]);
  });

  test('its sender reads all of it in kind words', async () => {
    const { page, context } = await newVisitor(browser, server.url, { viewport: PHONE });
    await openMailbox(page, '/mailbox', sent.code);
    const text = (await page.locator('#mailbox').textContent()) ?? '';
    for (const words of ['Được gia hạn', 'Tạm dừng', 'Làm tiếp', 'Mở lại', 'chưa đủ để xác minh'])
      expect(text).toContain(words);
    expect(text).not.toContain('không khớp');
    await context.close();
  });

  test('an auditor verifies every step of it, far from the service', async () => {
    const auditor = await consoles.enter('kiem-toan-doc-lap');
    const folder = mkdtempSync(join(tmpdir(), 'tinkin-law-'));
    try {
      // What has happened so far is in the log once that has grown.
      const size = async (): Promise<number> => {
        const note = await (await fetch(`${server.url}/ledger/checkpoint`)).text();
        return Number(note.split('\n')[1]);
      };
      const before = await size();
      await expect.poll(size, { timeout: 60_000, interval: 500 }).toBeGreaterThan(before);
      const run = await verifyAlone(await takeAlong(await auditPage(auditor), folder), auditor);
      const report = run.json<AuditReport>();
      expect(report.violations).toEqual([]);
      expect(run.exit).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
