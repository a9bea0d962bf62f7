import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser, PHONE } from '../e2e/browser.ts';
import { fillForm } from '../e2e/citizen-steps.ts';
import { startTestServer } from '../e2e/server.ts';
import { type Line, openLine } from './slow-line.ts';
import { atMost, type BenchRow, plainRow } from './table.ts';

const FIRST_VIEW_BYTES = 30_000;
const EVERYTHING_BYTES = 250_000;

/** Bytes of a request's answer as the browser received them, headers included. */
interface Received {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Bytes that a real Chromium receives, headers included: the first view of the form with script switched off, the same with script up
 * to the load event, and everything until the send button works. Counted by the browser, and beside it by the relay it goes through.
 */
export async function benchWire(): Promise<BenchRow[]> {
  const server = await startTestServer({ env: { TINKIN_LEDGER_CADENCE: '1' } });
  await untilPublished(server.url);
  const line = await openLine(server.url);
  const browser = await openBrowser([line.chromiumSwitch]);
  try {
    return [
      ...(await withoutScript(browser, server.url, line)),
      ...(await withScript(browser, server.url, line)),
    ];
  } finally {
    await browser.close();
    await line.close();
    await server.stop();
  }
}

/** The public log has a checkpoint: only then is there something to compare before sealing. */
async function untilPublished(url: string): Promise<void> {
  while (!(await fetch(`${url}/ledger/checkpoint`)).ok)
    await new Promise((resolve) => setTimeout(resolve, 200));
}

async function withoutScript(browser: Browser, url: string, line: Line): Promise<BenchRow[]> {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const received = watch(context);
  const before = line.counted().down;
  const page = await context.newPage();
  await page.goto(`${url}/tip`, { waitUntil: 'networkidle' });
  const all = await received();
  const relayed = line.counted().down - before;
  await context.close();
  return [
    ...all.map(({ path, bytes }) => plainRow(`first view without script: ${path}`, bytes, 'B')),
    atMost('first view without script, by the browser', sum(all), 'B', FIRST_VIEW_BYTES),
    plainRow('first view without script, by the relay', relayed, 'B'),
  ];
}

async function withScript(browser: Browser, url: string, line: Line): Promise<BenchRow[]> {
  const context = await browser.newContext({ viewport: PHONE });
  const received = watch(context);
  const start = line.counted().down;
  const page = await context.newPage();
  await page.goto(`${url}/tip`, { waitUntil: 'load' });
  const loaded = line.counted().down - start;
  await fillForm(page, { what: 'Nhà nghỉ ở đầu bản có khách ra vào suốt đêm.' });
  await page.waitForLoadState('networkidle');
  const all = await received();
  const ready = line.counted().down - start;
  await page.click('#send');
  await page.locator('#code-panel:not([hidden])').waitFor();
  const sent = line.counted().down - start;
  const sealing = (await received()).slice(all.length);
  await context.close();
  return [
    ...all.map(({ path, bytes }) => plainRow(`form: ${path}`, bytes, 'B')),
    plainRow('form until its load event, by the relay', loaded, 'B'),
    plainRow('everything until it can be sent, by the browser', sum(all), 'B'),
    plainRow('everything until it can be sent, by the relay', ready, 'B'),
    ...sealing.map(({ path, bytes }) => plainRow(`sealing: ${path}`, bytes, 'B')),
    atMost('everything until the code is shown, by the relay', sent, 'B', EVERYTHING_BYTES),
  ];
}

/** Collects what a context receives, its workers included; ask when the network is quiet. */
function watch(context: BrowserContext): () => Promise<readonly Received[]> {
  const sizes: Promise<Received>[] = [];
  context.on('requestfinished', (request) => {
    sizes.push(
      request.sizes().then(({ responseHeadersSize, responseBodySize }) => ({
        path: new URL(request.url()).pathname,
        bytes: responseHeadersSize + responseBodySize,
      })),
    );
  });
  return () => Promise.all(sizes);
}

const sum = (all: readonly Received[]): number => all.reduce((total, { bytes }) => total + bytes, 0);
