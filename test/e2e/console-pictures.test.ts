import { randomBytes } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellingJpeg } from '../fixtures/telling-files.ts';
import { DESK, openBrowser, PHONE } from './browser.ts';
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
import { faults, visit } from './console-visit.ts';
import { pngOf } from './files.ts';
import { readBack, readyForCalls, sealCall, USUAL, writeCall } from './hotline-keys.ts';
import { startTestServer, type TestServer } from './server.ts';

const WHAT = 'Ảnh chụp trước cửa nhà nghỉ tôi gửi kèm';
const CANARY = `NOICHUP${randomBytes(6).toString('hex')}`;
const PLACE = 'nơi chụp: 21.32778, 103.90556';

let server: TestServer;
let browser: Browser;
let consoles: Consoles;
let head: Officer;
let tip: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  consoles = new Consoles(server, browser);
  await sendTip(server, {
    unit: TO_HIEU,
    what: WHAT,
    withoutCode: true,
    files: [
      { name: 'IMG_20261120_cua.png', type: 'image/png', bytes: pngOf(640, 480) },
      { name: 'IMG_20261120_may.jpg', type: 'image/jpeg', bytes: tellingJpeg({ canary: CANARY }) },
    ],
  });
  head = await consoles.enter('tohieu.truong');
  await openRow(head.page, WHAT);
  tip = new URL(head.page.url()).pathname.split('/').at(-1) ?? '';
  await takeStep(head.page, 'registered');
});
afterAll(async () => {
  await consoles?.closeAll();
  await browser?.close();
  await server?.stop();
});

const attachment = (page: Page, name: string): Locator => page.locator('.attachment', { hasText: name });

/** Faults of the page as it stands, on a desk and on a small phone. */
async function faultsOnBoth(page: Page, name: string): Promise<string[]> {
  const found = await faults(page, name);
  await page.setViewportSize(PHONE);
  found.push(...(await faults(page, `${name}, phone`)));
  await page.setViewportSize(DESK);
  return found;
}

/** Brightness of a place of a drawn picture, 0 to 255; the place in shares of it. */
const brightness = (canvas: Locator, x: number, y: number): Promise<number> =>
  canvas.evaluate(
    (element, place) => {
      const drawn = element as HTMLCanvasElement;
      const data = drawn
        .getContext('2d')
        ?.getImageData(Math.floor(place.x * drawn.width), Math.floor(place.y * drawn.height), 1, 1).data;
      return Math.max(data?.[0] ?? 255, data?.[1] ?? 255, data?.[2] ?? 255);
    },
    { x, y },
  );

/** Draws an area with a finger. */
async function drawByTouch(page: Page, canvas: Locator, from: number, to: number): Promise<void> {
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('no canvas');
  const at = (share: number) => [{ x: box.x + share * box.width, y: box.y + share * box.height }];
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at((from + to) / 2) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(to) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

async function drawByMouse(page: Page, canvas: Locator, from: number, to: number): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('no canvas');
  await page.mouse.move(box.x + from * box.width, box.y + from * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, box.y + to * box.height, { steps: 4 });
  await page.mouse.up();
}

describe('an original that a citizen attached', () => {
  test.each([
    ['vi', 'Mở xem', PLACE],
    ['en', 'View', '21.32778, 103.90556'],
  ] as const)('tells the officer what it still tells once it is opened (%s)', async (lang, open, told) => {
    const { page } = head;
    await visit(page, 'queue', lang);
    await visit(page, `tip/${tip}`, lang);
    const photo = attachment(page, 'may.jpg');
    expect(await photo.locator('.telling').count()).toBe(0);
    await photo.getByRole('button', { name: open }).click();
    await photo.locator('.telling .findings').waitFor();
    const said = (await photo.locator('.telling').textContent()) ?? '';
    expect(said).toContain(told);
    expect(said).toContain(`may ${CANARY}`);
    expect(said).toContain(`nguoi ${CANARY}`);
    expect(await faultsOnBoth(page, `telling ${lang}`)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('a picture for a working copy', () => {
  test('is painted over with mouse, finger and keys, in both languages and on a small phone', async () => {
    const { page } = head;
    await visit(page, 'queue', 'en');
    await visit(page, `tip/${tip}`, 'en');
    await page.click('#make-copy');
    await page.getByRole('button', { name: 'Open to cover' }).first().click();
    await page.locator('.area-canvas').waitFor();
    expect(await faultsOnBoth(page, 'areas en')).toEqual([]);
    await visit(page, 'queue', 'vi');
    await visit(page, `tip/${tip}`, 'vi');
    await page.click('#make-copy');
    await page.getByRole('button', { name: 'Mở để che' }).first().click();
    const canvas = page.locator('.area-canvas');
    await canvas.waitFor();
    await drawByMouse(page, canvas, 0.1, 0.3);
    await page.locator('#area-0').waitFor();
    await drawByTouch(page, canvas, 0.7, 0.9);
    await page.locator('#area-1').waitFor();
    await page.focus('#area-add');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('area-2');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await page.textContent('#area-2')).toBe(
      'Vùng 3: cách trái 36 %, cách trên 40 %, rộng 30 %, cao 21 %',
    );
    for (const place of [0.2, 0.5, 0.8]) expect(await brightness(canvas, place, place)).toBe(0);
    await page.keyboard.press('Delete');
    await page.locator('#area-2').waitFor({ state: 'detached' });
    await expect.poll(() => brightness(canvas, 0.5, 0.5)).toBeGreaterThan(20);
    expect(await faultsOnBoth(page, 'areas vi')).toEqual([]);
    await page.getByRole('button', { name: 'Vẽ lại và đưa vào bản này' }).click();
    await page.getByText('đưa vào, đã che 2 chỗ').waitFor();
  });

  test('is drawn anew from its pixels: what the original told is not in it', async () => {
    const { page } = head;
    await page.evaluate(() => {
      const real = HTMLCanvasElement.prototype.toBlob;
      HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
        real.call(
          this,
          (blob) => {
            Object.assign(window, { drawn: blob });
            done(blob);
          },
          ...how,
        );
      };
    });
    await page.getByRole('button', { name: 'Mở để che' }).click();
    await page.locator('.area-canvas').waitFor();
    await page.getByRole('button', { name: 'Vẽ lại và đưa vào bản này' }).click();
    await page.getByText('đưa vào, không che chỗ nào').waitFor();
    const bytes = await page.evaluate(async () => [
      ...new Uint8Array(await (window as unknown as { drawn: Blob }).drawn.arrayBuffer()),
    ]);
    const file = Buffer.from(bytes);
    expect(file.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect([file.includes(CANARY), file.includes('Exif')]).toEqual([false, false]);
  });

  test('goes with the copy, and is printed with it', async () => {
    const { page } = head;
    await page.fill('#purpose', 'Phối hợp xác minh ảnh');
    await page.check('#reach-other');
    await chooseUnit(page, 'thuan chau');
    await page.getByRole('button', { name: 'Niêm phong bản đã che' }).click();
    await page.locator('.copy').waitFor();
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await page.locator('.copy').getByRole('button', { name: 'In bản này' }).click();
    await page.locator('.copy-printed .copy-picture').nth(1).waitFor();
    await page.emulateMedia({ media: 'print' });
    const first = page.locator('.copy-printed .copy-picture').first();
    expect(await first.evaluate((element) => getComputedStyle(element).visibility)).toBe('visible');
    expect([await brightness(first, 0.2, 0.2), await brightness(first, 0.8, 0.8)]).toEqual([0, 0]);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(head.complaints).toEqual([]);
  });

  test('is seen by the unit that got it, black where it was covered', async () => {
    const { page, complaints } = await consoles.enter('thuanchau.canbo');
    await openSection(page, 'Bản được gửi đến');
    await page.getByRole('button', { name: 'Xem 2 ảnh' }).click();
    const first = page.locator('.copy-picture').first();
    await page.locator('.copy-picture').nth(1).waitFor();
    await expect.poll(() => brightness(first, 0.2, 0.2)).toBe(0);
    expect(await brightness(first, 0.5, 0.5)).toBeGreaterThan(20);
    expect(await page.locator('main').textContent()).not.toContain('IMG_20261120');
    expect(await faultsOnBoth(page, 'received')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a file that an operator adds', () => {
  test('is looked into like a citizen’s, and goes without what it tells unless the operator keeps the original', async () => {
    const operator = await consoles.enter('sonla.trucban');
    const { page } = operator;
    const words = `${USUAL.words} ${randomBytes(4).toString('hex')}`;
    await readyForCalls(page);
    await writeCall(page, { ...USUAL, words });
    await page.keyboard.press('Escape');
    await page.locator('.call-more summary').click();
    const buffer = Buffer.from(tellingJpeg({ canary: CANARY }));
    await page.setInputFiles('#call-files', [
      { name: 'IMG_20261121_080000.jpg', mimeType: 'image/jpeg', buffer },
      { name: 'bang chung.jpg', mimeType: 'image/jpeg', buffer },
    ]);
    await page.locator('.attachment[data-state=ready]').nth(1).waitFor();
    const first = page.locator('.attachment').first();
    expect(await first.textContent()).toContain('Ảnh đã được vẽ lại');
    expect(await first.textContent()).toContain(PLACE);
    await page.locator('#call-way-1-original').check();
    await page.locator('.attachment').nth(1).getByText('Sẽ gửi nguyên tệp gốc').waitFor();
    expect(await faultsOnBoth(page, 'files')).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.locator('#review-title').waitFor();
    const review = (await page.locator('.call-review').textContent()) ?? '';
    expect(review).toContain('đã xoá thông tin ẩn');
    expect(review).toContain('nguyên bản gốc');
    await sealCall(page);
    await readBack(page);
    expect(operator.complaints).toEqual([]);

    await visit(head.page, 'queue', 'vi');
    await openRow(head.page, words);
    const files = head.page.locator('.attachment');
    expect(await files.count()).toBe(2);
    expect(await files.first().textContent()).toContain('anh.jpg');
    expect(await files.first().textContent()).toContain('ảnh vẽ lại');
    expect(await files.nth(1).textContent()).toContain('nguyên gốc');
  });
});
