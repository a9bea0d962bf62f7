import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, openBrowser, overflow, PHONE } from './browser.ts';
import { Consoles, type Officer, openRow, sendTip, TO_HIEU } from './console-desk.ts';
import { pdfOf, pngOf, wavOf } from './files.ts';
import { startTestServer, type TestServer } from './server.ts';

const ELSEWHERE = 'http://elsewhere.example/told';
const WHAT = 'Ảnh và ghi âm tôi gửi kèm đây';
const ARCHIVE = new Uint8Array(70_000).fill(7);

let server: TestServer;
let browser: Browser;
let consoles: Consoles;
let officer: Officer;
/** Addresses outside that answered: everything out there would, so a request that got out is among them. */
const left: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  consoles = new Consoles(server, browser);
  await sendTip(server, {
    unit: TO_HIEU,
    what: WHAT,
    withoutCode: true,
    files: [
      { name: 'cửa nhà nghỉ.png', type: 'image/png', bytes: pngOf(640, 480) },
      { name: 'giọng nói.wav', type: 'audio/wav', bytes: wavOf(30) },
      { name: 'đơn.pdf', type: 'application/pdf', bytes: pdfOf(['Trang mot', 'Trang hai'], ELSEWHERE) },
      {
        name: 'không phải ảnh.png',
        type: 'image/png',
        bytes: new TextEncoder().encode('<script>1</script>'),
      },
      { name: 'sổ.zip', type: 'application/zip', bytes: ARCHIVE },
    ],
  });
  officer = await consoles.enter('tohieu.canbo');
  officer.page.on('response', (response) => {
    if (!response.url().startsWith(server.url) && !response.url().startsWith('blob:'))
      left.push(response.url());
  });
  await openRow(officer.page, WHAT);
});
afterAll(async () => {
  await consoles.closeAll();
  await browser.close();
  await server.stop();
});

const attachment = (page: Page, name: string) => page.locator('.attachment', { hasText: name });

/** Opens an attachment and gives the frame once it says that it is drawn. */
async function opened(page: Page, name: string): Promise<Frame> {
  await attachment(page, name).getByRole('button', { name: 'Mở xem' }).click();
  await attachment(page, name).locator('iframe').waitFor();
  const handle = await attachment(page, name).locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('no frame');
  return frame;
}

const close = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.locator('.viewer').waitFor({ state: 'detached' });
};

describe('what a citizen attached, in the console', () => {
  test('every file is listed with its kind, its size and what was done to it', async () => {
    const { page } = officer;
    expect(await page.locator('.attachment').count()).toBe(5);
    expect(await attachment(page, 'cửa nhà nghỉ').textContent()).toContain('nguyên gốc');
    expect(await attachment(page, 'giọng nói').textContent()).toContain('480 kB');
    expect(await attachment(page, 'sổ.zip').getByRole('button', { name: 'Mở xem' }).count()).toBe(0);
  });

  test('a picture is drawn in the frame, whole, and its opening is an event of the reader', async () => {
    const { page } = officer;
    const frame = await opened(page, 'cửa nhà nghỉ');
    await frame.locator('img').waitFor();
    await expect
      .poll(() => frame.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(640);
    await close(page);
  });

  test('sound plays, goes back and changes speed by keys', async () => {
    const { page } = officer;
    const frame = await opened(page, 'giọng nói');
    await page.locator('.viewer-keys').waitFor();
    const audio = frame.locator('audio');
    const at = () => audio.evaluate((element: HTMLAudioElement) => element.currentTime);
    await audio.evaluate((element: HTMLAudioElement) => {
      element.currentTime = 20;
    });
    await page.getByRole('button', { name: 'Lùi 5 giây' }).click();
    await expect.poll(at).toBeCloseTo(15, 0);
    await page.keyboard.press('F7');
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.playbackRate)).toBe(0.75);
    await page.getByRole('button', { name: 'Phát hoặc dừng' }).click();
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(false);
    await close(page);
  });

  test('a PDF is drawn page by page, and what it would start on opening starts nothing', async () => {
    const { page } = officer;
    const frame = await opened(page, 'đơn.pdf');
    await page.getByText('2 trang').waitFor();
    const inked = () =>
      frame
        .locator('canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          return data.some((value, index) => index % 4 === 0 && value < 100 && data[index + 3] === 255);
        });
    await expect.poll(inked).toBe(true);
    expect(left).toEqual([]);
    await close(page);
  });

  test('bytes that are no picture are refused with a sentence', async () => {
    const { page } = officer;
    await attachment(page, 'không phải ảnh').getByRole('button', { name: 'Mở xem' }).click();
    await page.getByText('Trình duyệt không hiển thị được tệp này').waitFor();
    await close(page);
  });

  test('a file that cannot be viewed is saved as it came, after a warning', async () => {
    const { page } = officer;
    await attachment(page, 'sổ.zip').getByRole('button', { name: 'Tải về' }).click();
    await page.getByText('do người lạ gửi').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tôi hiểu, tải về' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('sổ.zip');
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(readFileSync(await saved.path()))).toBe(hash(ARCHIVE));
  });

  test('the page is accessible with a frame open, on a phone as well', async () => {
    const { page } = officer;
    await opened(page, 'giọng nói');
    await page.locator('.viewer-keys').waitFor();
    await page.setViewportSize(PHONE);
    expect(await overflow(page)).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await close(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

describe('the frame', () => {
  /** Tries something inside the frame and says how it ended. */
  const tried = (frame: Frame, what: string): Promise<string> =>
    frame.evaluate(async (name) => {
      const tries: Record<string, () => unknown> = {
        origin: () => {
          if (self.origin !== 'null') throw new Error(self.origin);
          throw new TypeError('opaque');
        },
        cookie: () => document.cookie,
        storage: () => localStorage.length,
        parent: () => parent.document.title,
        fetch: () => fetch('/api/staff/me'),
        elsewhere: () => fetch('http://elsewhere.example/told'),
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('ws://elsewhere.example/told');
            socket.addEventListener('open', resolve);
            socket.addEventListener('error', () => reject(new TypeError('socket')));
          }),
        picture: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.addEventListener('load', resolve);
            image.addEventListener('error', () => reject(new TypeError('picture')));
            image.src = 'http://elsewhere.example/told.png';
          }),
        own_picture: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.addEventListener('load', resolve);
            image.addEventListener('error', () => reject(new TypeError('picture')));
            image.src = '/favicon.svg';
          }),
        markup: () => {
          document.body.innerHTML = '<p>x</p>';
        },
        popup: () => {
          if (open('http://elsewhere.example/told') === null) throw new TypeError('popup');
        },
        worker: () => new Worker(URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' }))),
      };
      try {
        await tries[name]?.();
        return 'worked';
      } catch {
        return 'denied';
      }
    }, what);

  test.each([
    'origin',
    'cookie',
    'storage',
    'parent',
    'fetch',
    'elsewhere',
    'socket',
    'picture',
    'own_picture',
    'markup',
    'popup',
    'worker',
  ])('is denied: %s', async (what) => {
    const { page } = officer;
    const frame = await opened(page, 'cửa nhà nghỉ');
    await frame.locator('img').waitFor();
    expect(await tried(frame, what)).toBe('denied');
    await close(page);
  });

  test('leads nowhere: it cannot even take itself to another address', async () => {
    const { page } = officer;
    const frame = await opened(page, 'cửa nhà nghỉ');
    await frame.locator('img').waitFor();
    await frame.evaluate(() => {
      location.href = 'http://elsewhere.example/told?by=navigation';
    });
    await page.waitForTimeout(500);
    expect(left).toEqual([]);
    await close(page);
  });

  test('is served with headers of its own, and its files alone may be read by an origin that is none', async () => {
    const view = await fetch(`${server.url}/console/view`);
    expect(view.headers.get('content-security-policy')).toMatch(/^sandbox allow-scripts; default-src 'none'/);
    expect(view.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(view.headers.get('set-cookie')).toBeNull();
    const [script] = /\/build\/frame\/viewer-[^"]+\.js/.exec(await view.text()) ?? [];
    const file = await fetch(`${server.url}${script}`);
    expect(file.headers.get('access-control-allow-origin')).toBe('*');
    const shell = await (await fetch(`${server.url}/console`)).text();
    const [own] = /\/build\/console-[^"]+\.js/.exec(shell) ?? [];
    const other = await fetch(`${server.url}${own}`);
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    expect(other.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});
