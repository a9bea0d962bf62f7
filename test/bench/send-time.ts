import type { Browser, Page } from 'playwright-core';
import { openBrowser, PHONE } from '../e2e/browser.ts';
import { fillForm } from '../e2e/citizen-steps.ts';
import { startTestServer } from '../e2e/server.ts';
import { openLine, SLOW } from './slow-line.ts';
import { throttleProcess } from './slow-process.ts';
import { atMost, type BenchRow, plainRow, quantile } from './table.ts';

const RUNS = process.env.BENCH_SMALL === '1' ? 2 : 7;
const CPU_SHARE = 1 / 6;
const TARGET_SECONDS = 3;

/**
 * Seconds from pressing "send" to the code on the screen, measured by the page's own clock: on a 400 kbit/s, 400 ms line, with the
 * page's whole process (page and crypto Worker alike) running a sixth of the time, and the production difficulty of the proof of work.
 */
export async function benchSendTime(): Promise<BenchRow[]> {
  const server = await startTestServer({ env: { TINKIN_POW_BASE: '50000' } });
  const line = await openLine(server.url);
  const browser = await openBrowser([line.chromiumSwitch]);
  try {
    const free: number[] = [];
    const slow: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      line.shape(null);
      free.push(await oneSending(browser, server.url, async () => () => undefined));
      slow.push(
        await oneSending(browser, server.url, async (page) => {
          line.shape(SLOW);
          return throttleProcess(await rendererOf(browser, page), CPU_SHARE);
        }),
      );
    }
    const median = quantile(slow, 0.5);
    return [
      plainRow('from "send" to the code, this machine and line, median', quantile(free, 0.5), 's'),
      atMost(
        'from "send" to the code, CPU 6× slower, 400 kbit/s, 400 ms, median',
        median,
        's',
        TARGET_SECONDS,
      ),
      plainRow('the slowest of them', Math.max(...slow), 's'),
    ];
  } finally {
    await browser.close();
    await line.close();
    await server.stop();
  }
}

/** Fills the form on a fast machine and line, lets `slowDown` make them slow, sends, and gives the seconds by the page's clock. */
async function oneSending(
  browser: Browser,
  url: string,
  slowDown: (page: Page) => Promise<() => void>,
): Promise<number> {
  const context = await browser.newContext({ viewport: PHONE });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/tip`);
    await fillForm(page, { what: 'Nhà nghỉ ở đầu bản có khách ra vào suốt đêm. '.repeat(12) });
    await page.evaluate(() => {
      const marks = window as unknown as { pressed?: number; shown?: number };
      const panel = document.querySelector('#code-panel');
      if (panel === null) throw new Error('no place for the code');
      document.querySelector('#send')?.addEventListener(
        'click',
        () => {
          marks.pressed = performance.now();
        },
        { capture: true },
      );
      new MutationObserver(() => {
        marks.shown ??= performance.now();
      }).observe(panel, { attributes: true, attributeFilter: ['hidden'] });
    });
    const restore = await slowDown(page);
    try {
      await page.click('#send', { timeout: 120_000 });
      await page.locator('#code-panel:not([hidden])').waitFor({ timeout: 120_000 });
    } finally {
      restore();
    }
    return await page.evaluate(() => {
      const marks = window as unknown as { pressed?: number; shown?: number };
      return ((marks.shown ?? Number.NaN) - (marks.pressed ?? Number.NaN)) / 1000;
    });
  } finally {
    await context.close();
  }
}

/** Process id of the page's renderer. */
async function rendererOf(browser: Browser, page: Page): Promise<number> {
  // The page's process is the one that works when the page does.
  const session = await browser.newBrowserCDPSession();
  const times = async (): Promise<Map<number, number>> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]),
    );
  };
  const before = await times();
  await page.evaluate(() => {
    const until = performance.now() + 300;
    while (performance.now() < until);
  });
  const after = await times();
  await session.detach();
  const worked = [...after].map(([id, time]) => [id, time - (before.get(id) ?? 0)] as const);
  const [id] = worked.toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (id === undefined) throw new Error('the page has no process');
  return id;
}
