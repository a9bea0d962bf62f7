import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newVisitor, openBrowser } from './browser.ts';
import { fillForm, openMailbox, readCode, sendAndReadCode } from './citizen-steps.ts';
import { Consoles, type Officer, openRow, openSection, takeStep } from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const ANSWER = 'Cơ sở đã bị xử phạt theo quyết định. Cảm ơn bạn đã báo tin.';

/** What a citizen does through one door: tells, gets a code, and comes back with it. */
interface Door {
  readonly scripts: boolean;
  send(page: Page, what: string): Promise<string>;
  read(page: Page, code: string): Promise<string>;
}

const DOORS: readonly Door[] = [
  {
    scripts: true,
    async send(page, what) {
      await page.goto('/tip');
      await fillForm(page, { what });
      return sendAndReadCode(page);
    },
    async read(page, code) {
      await openMailbox(page, '/mailbox', code);
      return (await page.locator('#mailbox').textContent()) ?? '';
    },
  },
  {
    scripts: false,
    async send(page, what) {
      await page.goto('/tip/plain?province=14');
      await page.selectOption('#commune', { label: 'Phường Tô Hiệu' });
      await page.check('#conduct-organising');
      await page.check('#official-no');
      await page.fill('#what', what);
      await page.click('button[type=submit]');
      return readCode(page, '.code li');
    },
    async read(page, code) {
      await page.goto('/mailbox/plain');
      await page.fill('#code', code);
      await page.click('button[type=submit]');
      return (await page.locator('main').textContent()) ?? '';
    },
  },
];

/** Tips handled in time as the auditor's page counts them now: the first number of "4 / 5 đúng hạn". */
async function handledInTime({ page }: Officer): Promise<number> {
  await openSection(page, 'Tin quá hạn');
  await openSection(page, 'Tỷ lệ xử lý tin');
  const figure = page.locator('section[aria-labelledby=verb-handled]');
  await figure.waitFor();
  const found = /(\d[\d.]*) \/ \d/.exec((await figure.textContent()) ?? '');
  return Number(found?.[1]?.replaceAll('.', '') ?? 0);
}

describe.each(DOORS)('the main job, with a citizen whose browser runs scripts: $scripts', (door) => {
  const what = `Nhà nghỉ sau chợ mở cửa cả đêm ${randomBytes(4).toString('hex')}`;
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let officer: Officer;
  let code: string;

  const asCitizen = async <T>(work: (page: Page) => Promise<T>): Promise<T> => {
    const { page, context } = await newVisitor(browser, server.url, { javaScriptEnabled: door.scripts });
    const result = await work(page);
    await context.close();
    return result;
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('the citizen tells what they saw and gets a code', async () => {
    code = await asCitizen((page) => door.send(page, what));
    expect(code).toMatch(/^\d{28}$/);
  });

  test('the auditor sees nothing handled yet; the officer and the head carry the tip through; then the rate moves', async () => {
    const auditor = await consoles.enter('sonla.ubnd');
    const before = await handledInTime(auditor);

    officer = await consoles.enter('tohieu.canbo');
    const { page } = officer;
    await openRow(page, what);
    expect(await page.locator('main').textContent()).toContain(what);
    await takeStep(page, 'registered');
    await takeStep(page, 'classified', () => page.selectOption('#legalKind', 'crime_report'));
    await takeStep(page, 'verification_started', () => page.fill('#plan', 'Xác minh tại chỗ.'));
    await takeStep(page, 'resolution_proposed', async () => {
      await page.selectOption('#outcome', 'sanctioned');
      await page.fill('#documentNumber', '27/QĐ-XPHC');
      await page.fill('#ground', 'Đã lập biên bản.');
    });
    const head = await consoles.enter('tohieu.truong');
    await openSection(head.page, 'Chờ duyệt');
    await openRow(head.page, what);
    await takeStep(head.page, 'resolved', () => head.page.check('#agree-yes'));
    await page.locator('#action-notified').waitFor();
    await takeStep(page, 'notified', () => page.fill('#text', ANSWER));

    expect(await handledInTime(auditor)).toBe(before + 1);
    expect([...officer.complaints, ...head.complaints, ...auditor.complaints]).toEqual([]);
  });

  test('the citizen comes back with the code and reads the outcome', async () => {
    expect(await asCitizen((page) => door.read(page, code))).toContain(ANSWER);
  });
});
