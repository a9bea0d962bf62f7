import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { CHROMIUM_SWITCHES, findChromium } from '../../tools/chromium.mjs';

/** A cheap phone and an office screen: every page must do on both. */
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** Starts the Chromium of the machine. Close it in `afterAll`. */
export async function openBrowser(switches: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: run npm test, which installs it');
  return chromium.launch({ executablePath, args: [...CHROMIUM_SWITCHES, ...switches] });
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: script errors, policy violations, failed requests to this site. */
  readonly complaints: string[];
  /** Every address that was asked for. */
  readonly requested: string[];
}

/** A person with a browser profile of their own; nothing outside `url` can be reached. */
export async function newVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: PHONE, baseURL: url, ...options });
  const complaints: string[] = [];
  const requested: string[] = [];
  // The neutral page stands for the whole world outside.
  await context.route(
    (address) => !address.href.startsWith(url),
    (route) => route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title><p>Elsewhere' }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requested.push(request.url()));
  return { context, page, complaints, requested };
}

/** What axe finds on the page as it is now: rule and the elements, one line each. Empty is what a test wants. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
}

/** How many pixels the page is wider than the window; 0 is what a test wants. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
