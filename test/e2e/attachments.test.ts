import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../fixtures/free-port.ts';
import { tellingJpeg, tellingMp4, tellingPng } from '../fixtures/telling-files.ts';
import { axeFindings, newVisitor, openBrowser, overflow } from './browser.ts';
import { chooseFiles, fillForm, type NamedFile, sendAndReadCode } from './citizen-steps.ts';
import { citizenVisits } from './citizen-visits.ts';
import { Consoles, openRow } from './console-desk.ts';
import { type CutLine, openCutLine } from './cut-line.ts';
import { needlesOf } from './leak/needles.ts';
import { searchBytes, searchFolder, searchMemory } from './leak/places.ts';
import { startTestServer, type TestServer } from './server.ts';

const MIB = 1024 * 1024;
const VIDEO_BYTES = (process.env.TINKIN_FULL === '1' ? 100 : 20) * MIB;
/** The line upwards: slow enough that every cut falls into the video. */
const RATE = VIDEO_BYTES / 8;
const WHAT = 'Ảnh và phim ở nhà nghỉ bên cầu treo, tối thứ bảy';

const photo = (canary: string, name = 'IMG_20261120_213000.jpg'): NamedFile => ({
  name,
  mimeType: 'image/jpeg',
  bytes: tellingJpeg({ canary }),
});

describe('two photos and a video over a line that breaks', () => {
  const canary = `NOICHUP${randomBytes(9).toString('hex')}`;
  // Plain ASCII: its NFD is its NFC.
  const needles = needlesOf(canary).filter(({ encoding }) => encoding.includes('NFC'));
  let browser: Browser;
  let server: TestServer;
  let line: CutLine;
  let video: Uint8Array;
  let consoles: Consoles;
  let cuts: number[];

  /** Waits until so much of the video went up since `from`. */
  const until = async (from: number, share: number): Promise<void> => {
    while (line.up() < from + share * VIDEO_BYTES) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  beforeAll(async () => {
    const [port, behind] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    line = await openCutLine(port, behind, RATE);
    const real = await startTestServer({
      port: behind,
      env: { TINKIN_ORIGIN: url, TINKIN_LOG_LEVEL: 'debug' },
    });
    server = Object.create(real, { url: { value: url } }) as TestServer;
    browser = await openBrowser();
    video = await tellingMp4({ canary }, VIDEO_BYTES);
    const { page, context } = await newVisitor(browser, url);
    await page.goto('/tip');
    await fillForm(page, {
      what: WHAT,
      files: [photo(canary), { name: 'cua sau.png', mimeType: 'image/png', bytes: tellingPng({ canary }) }],
    });
    await page.click('#back');
    const folder = mkdtempSync(join(tmpdir(), 'tinkin-video-'));
    const path = join(folder, 'VID_20261120.mp4');
    writeFileSync(path, video);
    // By path: a file this large is no message between test and browser.
    await page.setInputFiles('#files-input', path);
    await page.locator('.file[data-state=ready]').nth(2).waitFor({ timeout: 120_000 });
    await page.click('#next');
    const from = line.up();
    await page.click('#send');
    cuts = [];
    for (const share of [0.2, 0.5]) {
      await until(from, share);
      cuts.push(line.cut());
    }
    await until(from, 0.65);
    real.child.kill('SIGKILL');
    await once(real.child, 'exit');
    await real.restart();
    await until(from, 0.85);
    cuts.push(line.cut());
    await page.locator('#code-panel:not([hidden])').waitFor({ timeout: 170_000 });
    await context.close();
    rmSync(folder, { recursive: true });
    consoles = new Consoles(server, browser);
  }, 400_000);
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await line?.close();
    await server?.stop();
  });

  test('arrive although the line was cut three times and the server killed once', () => {
    expect(cuts.every((connections) => connections > 0)).toBe(true);
    expect(cuts).toHaveLength(3);
  });

  test('are nowhere on the server with what they told: wire, folder, memory', () => {
    expect(searchBytes('the file itself', Buffer.from(video), needles)).not.toEqual([]);
    expect(searchBytes('requests', line.sent(), needles)).toEqual([]);
    expect(searchFolder(server.folder, needles)).toEqual([]);
    expect(searchMemory(server.child.pid as number, needles)).toEqual([]);
  });

  test('are read whole by the officer, the photos without place, device and names', async () => {
    const { page } = await consoles.enter('tohieu.canbo');
    await openRow(page, WHAT);
    expect(await page.locator('.attachment').count()).toBe(3);
    const [jpeg, png, mp4] = [await saved(page, 0), await saved(page, 1), await saved(page, 2)];
    for (const bytes of [jpeg, png, mp4]) expect(bytes.includes(canary)).toBe(false);
    expect(jpeg.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(jpeg.subarray(-2).toString('hex')).toBe('ffd9');
    expect(jpeg.includes('Exif')).toBe(false);
    expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
    // The video's packets, from the first to the last, are what the citizen's file had.
    const packets = Buffer.from(video).subarray(100_000, VIDEO_BYTES - MIB);
    expect(mp4.includes(packets.subarray(0, 100_000))).toBe(true);
    expect(mp4.includes(packets.subarray(-100_000))).toBe(true);
    expect(Math.abs(mp4.length - video.length)).toBeLessThan(10_000);
  });

  test('are shown to the officer as pictures of their true size', async () => {
    const { page } = await consoles.enter('tohieu.truong');
    await openRow(page, WHAT);
    const first = page.locator('.attachment').first();
    expect(await first.textContent()).toContain('anh.jpg');
    expect(await first.textContent()).toContain('vẽ lại');
    await first.getByRole('button', { name: 'Mở xem' }).click();
    await first.locator('iframe').waitFor();
    const frame = await (await first.locator('iframe').elementHandle())?.contentFrame();
    const width = () => frame?.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width).toBe(32);
  });
});

/** Saves an attachment from the console and gives its bytes. */
async function saved(page: Page, at: number): Promise<Buffer> {
  await page.locator('.attachment').nth(at).getByRole('button', { name: 'Tải về' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    page.getByRole('button', { name: 'Tôi hiểu, tải về' }).click(),
  ]);
  return readFileSync(await download.path());
}

describe('the step of the files', () => {
  const visits = citizenVisits();
  const CANARY = 'CHIMHOAMI7731';
  const atFiles = async (files: readonly NamedFile[] = [], path = '/tip'): Promise<Page> => {
    const page = await visits.arrive(path);
    await fillForm(page, { what: WHAT });
    await page.click('#back');
    if (files.length > 0) await chooseFiles(page, files);
    return page;
  };

  test('tells what a photo gives away, and that it will be gone', async () => {
    const page = await atFiles([photo(CANARY)]);
    const card = (await page.textContent('.file')) ?? '';
    expect(card).toContain('nơi chụp: 21.32778, 103.90556');
    expect(card).toContain('Ảnh đã được vẽ lại');
    await page.click('#next');
    expect(await page.textContent('#review')).toMatch(
      /IMG_20261120_213000\.jpg · [12] kB · đã xoá thông tin ẩn/,
    );
    expect(visits.visitor.requested.join('\n')).not.toContain('/api/');
    expect(visits.visitor.complaints).toEqual([]);
  });

  test('is accessible and fits a small phone, with a file and without', async () => {
    const page = await atFiles();
    expect([await axeFindings(page), await overflow(page)]).toEqual([[], 0]);
    await chooseFiles(page, [photo(CANARY, `${'rất dài '.repeat(20)}.jpg`)]);
    await page.locator('.file .more summary').click();
    expect([await axeFindings(page), await overflow(page)]).toEqual([[], 0]);
  });

  test('keeps the original when the person says so, and says what that tells', async () => {
    const page = await atFiles([photo(CANARY)]);
    await page.locator('.file .more summary').click();
    await page.locator('label', { hasText: 'Giữ nguyên tệp gốc' }).click();
    expect(await page.textContent('.file')).toContain('Sẽ gửi nguyên tệp gốc');
    await page.click('#next');
    expect(await page.textContent('#review')).toContain('nguyên bản gốc');
  });

  test('takes a file away again, and says so', async () => {
    const page = await atFiles([photo(CANARY)]);
    await page.locator('.file-remove').click();
    expect(await page.locator('.file').count()).toBe(0);
    expect(await page.textContent('#files-status')).toContain('Đã bỏ');
  });

  test('refuses the twenty-first file, an empty one and the same one twice, each by name', async () => {
    const page = await atFiles([photo(CANARY, 'một.jpg')]);
    await page.setInputFiles('#files-input', [
      { name: 'rỗng.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
      ...Array.from({ length: 20 }, (_, i) => ({
        name: `tệp ${i}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from(`${i}`),
      })),
    ]);
    expect(await page.textContent('#files-status')).toContain('rỗng.jpg là tệp rỗng.');
    expect(await page.textContent('#files-status')).toContain('Chưa thêm: tệp 19.txt.');
    expect(await page.locator('.file').count()).toBe(20);
  });

  test('strips photos, in place of drawing noise, in a browser whose canvas gives noise back', async () => {
    const { page } = await visits.come();
    await page.route('**/build/inspect-worker-*.js', async (route) => {
      const response = await route.fetch();
      const { 'content-encoding': _, 'content-length': __, ...headers } = response.headers();
      const noise = `{const real = OffscreenCanvasRenderingContext2D.prototype.getImageData;
        OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...of) {
          const image = real.apply(this, of); crypto.getRandomValues(image.data); return image; };
        OffscreenCanvas.prototype.convertToBlob = () => { throw new Error('noise'); };}\n`;
      await route.fulfill({ status: 200, headers, body: noise + (await response.text()) });
    });
    await page.goto('/tip');
    await fillForm(page, { what: WHAT, files: [photo(CANARY)] });
    await page.click('#back');
    expect(await page.textContent('.file')).toContain('Thông tin ẩn đã được xoá.');
  });

  test('pauses and goes on, and gives a file up without giving up the tip', async () => {
    const page = await atFiles([
      photo(CANARY),
      { name: 'VID.mp4', mimeType: 'video/mp4', bytes: await tellingMp4({ canary: CANARY }, 4 * MIB) },
    ]);
    let held = true;
    await page.route('**/parts/2', async (route) => {
      while (held) await new Promise((resolve) => setTimeout(resolve, 20));
      await route.continue().catch(() => undefined);
    });
    await page.click('#next');
    await page.click('#send');
    const row = page.locator('.file-row').nth(1);
    await row.getByRole('button', { name: 'Tạm dừng' }).click();
    await row.getByText('đã tạm dừng').waitFor();
    await row.getByRole('button', { name: 'Gửi tiếp' }).click();
    await row.getByRole('button', { name: 'Tạm dừng' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await row.getByRole('button', { name: 'Bỏ tệp' }).click();
    held = false;
    await page.locator('#code-panel:not([hidden])').waitFor();
  });

  test('is offered to people who write for help as well', async () => {
    const page = await visits.arrive('/en/help/write');
    await page.check('#province-14');
    await page.check('#commune-unknown');
    await page.click('#next');
    await page.click('#next');
    await page.fill('#what', WHAT);
    await page.click('#next');
    await chooseFiles(page, [photo(CANARY)]);
    expect(await page.textContent('.file')).toContain('drawn anew');
    await page.click('#next');
    await page.locator('#send:enabled').waitFor();
    expect(await sendAndReadCode(page)).toMatch(/^\d{28}$/);
  });
});
