import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, openBrowser, overflow, PHONE } from './browser.ts';
import {
  Consoles,
  chooseUnit,
  type Officer,
  openRow,
  openSection,
  sendTip,
  TO_HIEU,
  takeStep,
} from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const WHAT = 'Nhà tôi ở số 5 ngõ 3, chị Hoa hàng xóm cũng thấy xe lạ. Chị Hoa quen chủ nhà nghỉ.';

let server: TestServer;
let browser: Browser;
let consoles: Consoles;
let head: Officer;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  consoles = new Consoles(server, browser);
  await sendTip(server, { unit: TO_HIEU, what: WHAT, withoutCode: true });
  head = await consoles.enter('tohieu.truong');
  await openRow(head.page, 'Nhà tôi');
  await takeStep(head.page, 'registered');
});
afterAll(async () => {
  await consoles.closeAll();
  await browser.close();
  await server.stop();
});

/** Selects words of the first block, as a person does with the keyboard, and covers them. */
async function cover(page: Page, words: string): Promise<void> {
  await page.locator('#copy-0').evaluate((area: HTMLTextAreaElement, text) => {
    const from = area.value.indexOf(text);
    area.focus();
    area.setSelectionRange(from, from + text.length);
  }, words);
  await page.locator('.copy-block').first().getByRole('button', { name: 'Che phần đã chọn' }).click();
}

describe('a working copy', () => {
  test('covers what is selected, says where a covered word still stands, and is accessible', async () => {
    const { page } = head;
    await page.click('#make-copy');
    await cover(page, 'số 5 ngõ 3');
    await cover(page, 'chị Hoa');
    expect(await page.locator('#copy-0').inputValue()).toBe(
      'Nhà tôi ở █████, █████ hàng xóm cũng thấy xe lạ. Chị Hoa quen chủ nhà nghỉ.',
    );
    await page.getByText('vẫn còn ở 1 chỗ khác').waitFor();
    await cover(page, 'Chị Hoa');
    await page.getByText('vẫn còn ở').waitFor({ state: 'detached' });
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect([await overflow(page), await axeFindings(page)]).toEqual([0, []]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('is sealed for another unit, stands in the history and is shown here', async () => {
    const { page } = head;
    await page.fill('#purpose', 'Phối hợp xác minh xe lạ');
    await page.check('#reach-other');
    await chooseUnit(page, 'thuan chau');
    await page.getByRole('button', { name: 'Niêm phong bản đã che' }).click();
    await page.locator('.copy').waitFor();
    expect(await page.locator('.copy').textContent()).toContain('Nhà tôi ở █████');
    await page.locator('.history', { hasText: 'Bản đã che số: 1' }).waitFor();
  });

  test('is printed alone, with who printed it, and the print stands in the history', async () => {
    const { page } = head;
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await page.locator('.copy').getByRole('button', { name: 'In bản này' }).click();
    await page.locator('.copy-printed').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.copy-printed').textContent()).toContain(head.login.name);
    expect(await page.locator('main h1').evaluate((title) => getComputedStyle(title).visibility)).toBe(
      'hidden',
    );
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.locator('.history').getByText('Dấu trên bản in').waitFor();
  });

  test('is read by the unit that got it, which has the covered words nowhere and no way to the tip', async () => {
    const { page } = await consoles.enter('thuanchau.canbo');
    await openSection(page, 'Bản được gửi đến');
    await page.locator('.copy').waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('Nhà tôi ở █████');
    expect(text).not.toContain('số 5 ngõ 3');
    expect(await page.locator('main a[href*="/console/tip/"]').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });
});
