import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK, openBrowser, PHONE } from './browser.ts';
import { Consoles, type Officer, openRow, takeStep } from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { countKeys, readBack, readyForCalls, sealCall, USUAL, writeCall } from './hotline-keys.ts';
import { startTestServer, type TestServer } from './server.ts';

/** Words that no other test writes. */
const unique = (words: string): string => `${words} ${randomBytes(4).toString('hex')}`;
const call = () => ({ ...USUAL, words: unique(USUAL.words) });

const statusOf = (page: Page, path: string): Promise<number> =>
  page.evaluate(async (address) => (await fetch(address)).status, path);

/** Keys go to the page itself, as when the operator has just put the receiver down. */
const pressTwice = async (page: Page, key: string): Promise<void> => {
  await page.keyboard.press(key);
  await page.keyboard.press(key);
};

describe('an operator', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let operator: Officer;
  let officer: Officer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    operator = await consoles.enter('sonla.trucban');
    officer = await consoles.enter('tohieu.canbo');
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  /** The unit opens a tip from its queue and its address tells which it is. */
  const openAtUnit = async (words: string): Promise<string> => {
    await visit(officer.page, 'queue', 'vi');
    await openRow(officer.page, words);
    return new URL(officer.page.url()).pathname.split('/').at(-1) ?? '';
  };

  test('takes a call by keyboard alone in at most twenty keys besides the words, and the unit reads it', async () => {
    const { page } = operator;
    const said = call();
    await readyForCalls(page);
    const keys = await countKeys(page);
    await writeCall(page, said);
    expect(await page.locator('.call-target strong').textContent()).toBe('Công an phường Tô Hiệu');
    const code = await sealCall(page);
    expect(code).toMatch(/^\d{28}$/);
    expect(await page.locator('main').textContent()).not.toContain(said.words);
    await readBack(page);
    expect(await keys()).toBeLessThanOrEqual(20);
    expect(await page.content()).not.toContain(code.slice(0, 4));

    const tip = await openAtUnit(said.words);
    expect(await officer.page.locator('main').textContent()).toContain('Người trực ghi hộ');
    expect(await officer.page.locator('main').textContent()).toContain(operator.login.name);
    // Who took it down cannot come back to it.
    expect(await statusOf(page, `/api/staff/tips/${tip}`)).toBe(403);
    expect([...operator.complaints, ...officer.complaints].filter((line) => !line.includes('403'))).toEqual(
      [],
    );
  });

  test('reads out the unit’s question when the caller rings again with the code, and writes down the answer', async () => {
    const { page } = operator;
    const [said, question, answer] = [call(), unique('Xe màu gì?'), unique('Xe màu trắng.')];
    await readyForCalls(page);
    await writeCall(page, said);
    const code = await sealCall(page);
    await readBack(page);
    await openAtUnit(said.words);
    await takeStep(officer.page, 'registered');
    await takeStep(officer.page, 'message_posted', () => officer.page.fill('#text', question));

    await page.keyboard.press('Shift+F2');
    await page.locator('#caller-code:focus').waitFor();
    await page.keyboard.type(code);
    await page.locator('.read-aloud').waitFor();
    expect(await page.locator('.read-aloud').textContent()).toContain(question);
    expect(await page.locator('main').textContent()).not.toContain(said.words);
    await page.locator('[data-spot=answer]').focus();
    await page.keyboard.insertText(answer);
    await page.keyboard.press('Control+Enter');
    await page.locator('.read-aloud-text', { hasText: answer }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Đã gửi câu trả lời.').waitFor();
    await pressTwice(page, 'Escape');
    await page.locator('.call-visit').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(question);

    await officer.page.getByText(answer).first().waitFor();
  });

  test('marks a caller who hung up before the code, and the unit sees that nobody can be answered', async () => {
    const { page } = operator;
    const said = call();
    await readyForCalls(page);
    await writeCall(page, said);
    await sealCall(page);
    await pressTwice(page, 'Escape');
    await page.locator('#call-code').waitFor({ state: 'detached' });
    await page.getByText('người gọi chưa nhận mã').waitFor();
    await openAtUnit(said.words);
    expect(await officer.page.locator('main').textContent()).toContain('Người gọi không nhận mã');
  });

  test('keeps the words of a call over a lock, and loses a code that was not read out', async () => {
    const { page } = operator;
    const said = call();
    await readyForCalls(page);
    await writeCall(page, said);
    await sealCall(page);
    const code = (await page.locator('#call-code').textContent()) ?? '';
    await page.keyboard.press('F2');
    await page.locator('[data-spot=what]').focus();
    await page.keyboard.insertText('Đang gõ dở');
    await page.getByRole('button', { name: 'Khoá', exact: true }).click();
    await page.fill('#passphrase', operator.login.passphrase);
    await page.click('button[type=submit]');
    await page.locator('[data-spot=what]').waitFor();
    expect(await page.locator('[data-spot=what]').inputValue()).toBe('Đang gõ dở');
    // The page that was just opened may not hear keys yet.
    const lost = page.getByText('Mã đã xoá khi khoá máy');
    await expect
      .poll(async () => {
        await page.keyboard.press('F4');
        return lost.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
      })
      .toBe(true);
    expect(await page.content()).not.toContain(code);
    await pressTwice(page, 'Escape');
    await page.getByText('người gọi chưa nhận mã').waitFor();
  });
  test('drops a sheet only when asked twice', async () => {
    const { page } = operator;
    await page.locator('.call-line', { hasText: 'đang ghi' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('[data-spot=what]')?.value === 'Đang gõ dở',
    );
    await page.getByRole('button', { name: 'Bỏ cuộc gọi này' }).click();
    await page.getByRole('button', { name: 'Bỏ hẳn' }).click();
    await page.locator('[data-spot=what]').waitFor({ state: 'detached' });
    expect(await page.locator('.call-line', { hasText: 'đang ghi' }).count()).toBe(0);
  });

  test('stamps minutes and seconds into the words, puts a call aside and takes it up again', async () => {
    const { page } = operator;
    await readyForCalls(page);
    await page.keyboard.press('F2');
    await page.locator('[data-spot=what]').focus();
    await page.keyboard.insertText('Người gọi thở gấp.');
    await page.keyboard.press('F8');
    await page.keyboard.insertText('Có tiếng đập cửa.');
    const written = await page.locator('[data-spot=what]').inputValue();
    expect(written).toMatch(/^Người gọi thở gấp\. \[\d\d:\d\d\] Có tiếng đập cửa\.$/);
    await page.keyboard.press('F2');
    expect(await page.locator('[data-spot=what]').inputValue()).toBe('');
    await page.keyboard.press('F4');
    await page.waitForFunction(
      (text) => document.querySelector<HTMLTextAreaElement>('[data-spot=what]')?.value === text,
      written,
    );
  });

  test('prints a slip with the code and the plain address, and nothing of what was told', async () => {
    const { page } = await consoles.enter('sonla.trucban2');
    const said = call();
    await readyForCalls(page);
    await writeCall(page, said);
    await sealCall(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('.slip')).toBe(true);
    expect(await page.locator('.slip').textContent()).toContain(`${new URL(server.url).host}/mailbox`);
    for (const selector of ['.side', '.hot-side', '.say', '.code-groups', '.page-head'])
      expect([selector, await page.isVisible(selector)]).toEqual([selector, false]);
    expect(await page.locator('.slip').textContent()).not.toContain(said.words);
  });

  test.each([
    ['desk', DESK, 'vi'],
    ['phone', PHONE, 'en'],
  ] as const)(
    'finds every state of the page accessible and within the window on a %s',
    async (_name, viewport, lang) => {
      const { page } = await consoles.enter('ninhbinh.trucban', { viewport });
      const found: string[] = [];
      const look = async (what: string): Promise<void> => {
        found.push(...(await faults(page, what)));
      };
      await readyForCalls(page, lang);
      await look('ready');
      await page.keyboard.press('F2');
      await page.keyboard.press('Control+Enter');
      await look('gaps');
      await page.locator('[data-spot=happeningNow] input').first().focus();
      await page.keyboard.press('y');
      await page.locator('[data-spot=place]').focus();
      await page.keyboard.type('hoa');
      await look('place');
      await page.keyboard.press('Enter');
      await page.locator('[data-spot=official] input').first().focus();
      await page.keyboard.press('y');
      await page.keyboard.press('ArrowDown');
      await look('who');
      await page.locator('.call-more summary').click();
      await page.selectOption('#call-mode', 'named');
      await look('more');
      await page.keyboard.press('Shift+F2');
      await page.locator('#caller-code').fill('0000 1111');
      await look('caller’s code');
      await page.keyboard.press('F2');
      await page.locator('[data-spot=place]').waitFor();
      await visit(page, 'posters', lang);
      await look('posters');
      await page.selectOption('#poster-kind', 'card');
      await look('cards');
      expect(found).toEqual([]);
    },
  );
});
