import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { startTestServer, type TestServer } from './server.ts';

/** A server of a file's own and one citizen a test, who comes with an empty browser. */
export interface CitizenVisits {
  readonly server: TestServer;
  /** The citizen of this test. Throws before one has come. */
  readonly visitor: Visitor;
  /** A citizen comes, with these properties of their browser; one who was there leaves. */
  come(options?: BrowserContextOptions): Promise<Visitor>;
  /** A citizen comes and opens a page. */
  arrive(path: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Sets the hooks of a `describe`: server and browser before its tests, the citizen's browser gone after each. */
export function citizenVisits(): CitizenVisits {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  let visitor: Visitor | undefined;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  });
  const leave = async (): Promise<void> => {
    await visitor?.context.close();
    visitor = undefined;
  };
  afterEach(leave);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('not before the tests have begun');
    return thing;
  };
  return {
    get server() {
      return there(server);
    },
    get visitor() {
      return there(visitor);
    },
    async come(options = {}) {
      await leave();
      visitor = await newVisitor(there(browser), there(server).url, options);
      return visitor;
    },
    async arrive(path, options) {
      const { page } = await this.come(options);
      await page.goto(path);
      return page;
    },
  };
}
