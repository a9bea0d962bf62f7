import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UnitId } from '../../src/domain/ids.ts';
import { axeFindings, newVisitor, openBrowser, overflow, PHONE, type Visitor } from './browser.ts';
import { openMailbox } from './citizen-steps.ts';
import { Consoles, chooseUnit, type Officer, openRow, sendTip, TO_HIEU, takeStep } from './console-desk.ts';
import { pngOf } from './files.ts';
import { startTestServer, type TestServer } from './server.ts';

const ROUNDS = 10;
const SUPPORT = '14-hotro' as UnitId;

/** Words that no other test writes. */
const unique = (words: string): string => `${words} ${randomBytes(4).toString('hex')}`;

/** Writes in the mailbox and waits for the word that it arrived. */
async function write(page: Page, words: string): Promise<string> {
  await page.fill('#answer', words);
  await page.getByRole('button', { name: 'Niêm phong và gửi' }).click();
  await page.locator('#mailbox > .callout.good').waitFor();
  return (await page.locator('#mailbox > .callout.good').textContent()) ?? '';
}

describe('a conversation with somebody nobody knows', () => {
  const what = unique('Nhà nghỉ ở ngõ ba có người gác');
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let officer: Officer;
  let citizen: Visitor;
  let code: string;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    ({ code } = await sendTip(server, { unit: TO_HIEU, what }));
    officer = await consoles.enter('tohieu.canbo');
    citizen = await newVisitor(browser, server.url, { viewport: PHONE });
    await openRow(officer.page, what);
    await takeStep(officer.page, 'registered');
  });
  afterAll(async () => {
    await citizen?.context.close();
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  const visit = async (): Promise<Page> => {
    await openMailbox(citizen.page, '/mailbox', code);
    return citizen.page;
  };

  test('goes on for ten messages each way, each side reading every word of the other and the citizen none of their own', async () => {
    const { page } = officer;
    for (let round = 1; round <= ROUNDS; round++) {
      const [question, answer] = [unique(`Câu hỏi ${round}`), unique(`Trả lời ${round}`)];
      await takeStep(page, 'message_posted', () => page.fill('#text', question));
      const mailbox = await visit();
      expect(await mailbox.locator('.message').last().textContent()).toContain(question);
      expect(await mailbox.locator('.message .trust.verified').count()).toBe(round);
      expect(await write(mailbox, answer)).toContain('Đã gửi');
      expect(await mailbox.content()).not.toContain(answer);
      await page.getByText(answer).first().waitFor();
    }
    const shown = (await page.locator('main').textContent()) ?? '';
    expect(shown.match(/Trả lời \d+ [0-9a-f]{8}/g)?.length).toBe(ROUNDS);
    expect(await citizen.page.locator('#mailbox > .callout.danger').count()).toBe(0);
    expect([...officer.complaints, ...citizen.complaints]).toEqual([]);
  });

  test('shows every step in the citizen’s history, with the day of their own, and fits a narrow screen', async () => {
    const page = await visit();
    const steps = await page.locator('.history li').allTextContents();
    expect(steps.filter((step) => step.startsWith('Bạn nhắn thêm, ngày')).length).toBe(ROUNDS);
    expect(steps.filter((step) => step === 'Nhắn cho bạn').length).toBe(ROUNDS);
    expect(await overflow(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('asks back with a day, and the question is gone once it was answered', async () => {
    const { page } = officer;
    await takeStep(page, 'question_posted', async () => {
      await page.fill('#text', unique('Xe biển số bao nhiêu?'));
      if ((await page.locator('#by').count()) > 0) await page.fill('#by', '2030-01-31');
    });
    const mailbox = await visit();
    expect(await mailbox.locator('.asked').textContent()).toContain('mong bạn trả lời');
    await mailbox.getByRole('button', { name: 'Viết trả lời' }).click();
    expect(await mailbox.evaluate(() => document.activeElement?.id)).toBe('answer');
    await write(mailbox, 'Biển số 26A');
    expect(await mailbox.locator('.asked').count()).toBe(0);
  });

  test('is sealed anew by itself when the unit takes a step while the citizen writes', async () => {
    const mailbox = await visit();
    await mailbox.fill('#answer', 'Tôi nhớ ra thêm');
    await takeStep(officer.page, 'message_posted', () => officer.page.fill('#text', 'Còn gì nữa không?'));
    expect(await write(mailbox, 'Tôi nhớ ra thêm')).toContain('Đã gửi');
    expect(await mailbox.locator('.message').last().textContent()).toContain('Còn gì nữa không?');
  });

  test('keeps what was written when the line breaks, and records it once', async () => {
    const mailbox = await visit();
    const before = await mailbox.locator('.history li').count();
    let cut = 0;
    await mailbox.route('**/api/mailbox/steps', async (route) => {
      cut++;
      // The server has it; the answer never comes back.
      if (cut === 1) await route.fetch();
      await (cut < 3 ? route.abort('connectionreset') : route.continue());
    });
    expect(await write(mailbox, 'Mạng ở đây rất yếu')).toContain('Đã gửi');
    await mailbox.unroute('**/api/mailbox/steps');
    expect(cut).toBe(3);
    expect(await mailbox.locator('.history li').count()).toBe(before + 1);
  });

  test('lets the citizen say their name inside the seal, when they want to', async () => {
    const mailbox = await visit();
    await mailbox.getByText('Tôi muốn nói tên').click();
    await mailbox.fill('#answer', 'Tôi xin nói tên');
    await mailbox.getByRole('button', { name: 'Niêm phong và gửi' }).click();
    await mailbox.getByText('Xin viết họ tên').waitFor();
    await mailbox.fill('#answer-name', 'Lò Thị Thử');
    await write(mailbox, 'Tôi xin nói tên');
    await officer.page.getByText('Lò Thị Thử').first().waitFor();
  });

  test('changes the code: the new one is shown before it counts, then opens everything, and the old one nothing', async () => {
    const mailbox = await visit();
    await mailbox.locator('#code-change summary').click();
    await mailbox.getByRole('button', { name: 'Tạo mã mới' }).click();
    await mailbox.locator('#code-change .code li').first().waitFor();
    const fresh = (await mailbox.locator('#code-change .code li').allTextContents()).join('');
    expect(fresh).toMatch(/^\d{28}$/);
    expect(await axeFindings(mailbox)).toEqual([]);
    await mailbox.getByRole('button', { name: 'Tôi đã ghi lại' }).click();
    await mailbox.getByText('Đã đổi. Từ giờ chỉ mã mới').waitFor();
    expect(await mailbox.content()).not.toContain(fresh.slice(0, 4) + fresh.slice(4, 8));
    await expect(openMailbox(citizen.page, '/mailbox', code)).rejects.toThrow('Không có tin nào');
    code = fresh;
    const opened = await visit();
    expect(await opened.locator('.message .trust.verified').count()).toBeGreaterThanOrEqual(ROUNDS);
    await write(opened, 'Từ nay tôi dùng mã mới');
    await officer.page.getByText('Từ nay tôi dùng mã mới').first().waitFor();
  });

  test('takes a withdrawal, says what it does not do, and the officer finds it in the history', async () => {
    const mailbox = await visit();
    await mailbox.locator('#withdrawal summary').click();
    await mailbox.getByText('không buộc phải dừng xác minh').waitFor();
    expect(await overflow(mailbox)).toBe(0);
    expect(await axeFindings(mailbox)).toEqual([]);
    await mailbox.getByRole('button', { name: 'Tôi rút tin này' }).click();
    await mailbox.getByText('Đã ghi việc bạn rút tin').waitFor();
    await mailbox.locator('#withdrawal summary').click();
    await mailbox.getByText('Bạn đã ký rút tin ngày').waitFor();
    await officer.page.getByText('Người báo tin ký rút tin').first().waitFor();
  });

  test('closes when a leader mutes it, and the citizen is told so', async () => {
    const head = await consoles.enter('tohieu.truong');
    await openRow(head.page, what);
    await takeStep(head.page, 'thread_muted', () => head.page.fill('#reason', 'Chửi bới nhiều lần'));
    const mailbox = await visit();
    await mailbox.getByText('Đơn vị đã ngừng nhận tin nhắn ở đây').waitFor();
    expect(await mailbox.locator('#answer').count()).toBe(0);
    await takeStep(head.page, 'thread_unmuted', () => head.page.fill('#reason', 'Đã bình tĩnh lại'));
    expect(await (await visit()).locator('#answer').count()).toBe(1);
  });

  test('carries a photo with a message, which the officer finds under it, and the next one carries none', async () => {
    const mailbox = await visit();
    // Earlier tests broke the line and were refused on purpose.
    citizen.complaints.length = 0;
    await mailbox.locator('#answer-files summary').click();
    await mailbox.setInputFiles('#files-input', [
      { name: 'IMG_20261120_biensoxe.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(80, 60)) },
      { name: 'bien-hieu.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(120, 90)) },
    ]);
    await mailbox.locator('.file[data-state=ready]').nth(1).waitFor();
    expect(await overflow(mailbox)).toBe(0);
    expect(await axeFindings(mailbox)).toEqual([]);
    const words = unique('Ảnh tôi chụp');
    await write(mailbox, words);
    const message = officer.page.locator('.message', { hasText: words });
    await message.getByText('bien-hieu.png').waitFor();
    expect(await message.textContent()).not.toContain('20261120');
    const next = unique('Không có ảnh');
    await write(mailbox, next);
    const plain = officer.page.locator('.message', { hasText: next });
    await plain.waitFor();
    expect(await plain.textContent()).not.toContain('.png');
    expect(citizen.complaints).toEqual([]);
  });

  test('asks whether police may have a tip that was a cry for help, and the citizen says no, then yes, under their own signature', async () => {
    const cry = unique('Tôi bị giữ giấy tờ, cần người giúp');
    const { code: own } = await sendTip(server, { unit: SUPPORT, what: cry });
    const support = await consoles.enter('sonla.hotro2');
    const { page } = support;
    await openRow(page, cry);
    await takeStep(page, 'registered');
    await takeStep(page, 'consent_asked', async () => {
      await page.fill('#text', 'Công an phường có thể giúp lấy lại giấy tờ');
      await chooseUnit(page, 'to hieu');
    });
    await page.locator('.history', { hasText: 'Hỏi ý' }).waitFor();
    const caller = await newVisitor(browser, server.url, { viewport: PHONE });
    for (const answer of ['Tôi không đồng ý', 'Tôi đồng ý']) {
      await openMailbox(caller.page, '/mailbox', own);
      await caller.page.getByRole('button', { name: 'Xem và trả lời' }).click();
      await caller.page.locator('.consent', { hasText: 'Tô Hiệu' }).waitFor();
      expect(await axeFindings(caller.page)).toEqual([]);
      await caller.page.getByRole('button', { name: answer, exact: true }).click();
      await caller.page
        .locator('#mailbox > .callout.good', { hasText: 'Đã ghi câu trả lời của bạn.' })
        .waitFor();
    }
    await page.getByText('Người báo tin đã ký đồng ý chuyển cho Công an phường Tô Hiệu').waitFor();
    expect([...support.complaints, ...caller.complaints]).toEqual([]);
    await caller.context.close();
  });

  test('is read and not written where scripts are off', async () => {
    const { page, context } = await newVisitor(browser, server.url, { javaScriptEnabled: false });
    await page.goto('/mailbox/plain');
    await page.fill('#code', code);
    await page.click('button[type=submit]');
    const shown = (await page.locator('main').textContent()) ?? '';
    expect(shown).toContain('Còn gì nữa không?');
    expect(shown).toContain('Trang rút gọn chỉ để đọc');
    await context.close();
  });
});
