import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axeFindings, DESK, newVisitor, openBrowser, overflow, PHONE, type Visitor } from './browser.ts';
import { fillForm, openMailbox, readCode } from './citizen-steps.ts';
import { type FakeHcaptcha, SITEKEY, startFakeHcaptcha } from './fake-hcaptcha.ts';
import { startTestServer, type TestServer } from './server.ts';

const TEXT = 'Quán karaoke cuối phố, cửa sau mở lúc nửa đêm.';
const isHcaptcha = (url: URL): boolean => url.hostname.endsWith('.hcaptcha.com');

describe('where an instance has chosen hCaptcha', () => {
  let fake: FakeHcaptcha;
  let server: TestServer;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    fake = await startFakeHcaptcha();
    [server, browser] = await Promise.all([startTestServer({ env: fake.env }), openBrowser(fake.switches)]);
  });
  beforeEach(() => {
    fake.confirm = true;
    fake.asked.length = 0;
    fake.fetched.length = 0;
  });
  afterEach(() => visitor.context.close());
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await fake.stop();
  });

  const arrive = async (path = '/tip', options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> => {
    visitor = await newVisitor(browser, server.url, { ignoreHTTPSErrors: true, ...options });
    await visitor.context.route(isHcaptcha, (route) => route.continue());
    await visitor.page.goto(path);
    return visitor.page;
  };

  /** Fills the form and sends, up to the question about hCaptcha. */
  const upToTheCheck = async (path?: string, options?: Parameters<typeof newVisitor>[2]): Promise<Page> => {
    const page = await arrive(path, options);
    await fillForm(page, { what: TEXT });
    await page.click('#send');
    await page.locator('#check').waitFor();
    return page;
  };

  /** Opens the check's tab by the link in the form. */
  const openCheck = async (page: Page): Promise<Page> => {
    const [tab] = await Promise.all([visitor.context.waitForEvent('page'), page.click('#check a.button')]);
    await tab.waitForLoadState();
    return tab;
  };
  const tick = (tab: Page): Promise<void> =>
    tab.frameLocator('#check-widget iframe').locator('#tick').click();
  const status = (page: Page, text: string) =>
    page.locator('#check .check-status', { hasText: text }).waitFor();

  test('a tip is sent: the check is answered in a tab of its own, and the code opens its mailbox', async () => {
    const page = await upToTheCheck();
    const told = (await page.textContent('#check')) ?? '';
    for (const words of ['công ty Mỹ', 'thấy địa chỉ mạng', 'không thấy lời bạn kể'])
      expect(told).toContain(words);
    expect(fake.fetched).toEqual([]);

    const tab = await openCheck(page);
    await status(page, 'đang mở ở thẻ kia');
    await tick(tab);
    await tab.locator('#check-done').waitFor();
    expect(await tab.textContent('#check-done')).toContain('Hãy quay lại thẻ kia');

    await page.locator('#code-panel:not([hidden])').waitFor();
    const code = await readCode(page, '#code li');
    expect(await page.getAttribute('#promise', 'data-result')).toBe('good');
    expect(visitor.complaints).toEqual([]);
    expect(fake.asked).toHaveLength(1);
    expect([...(fake.asked[0]?.keys() ?? [])].toSorted()).toEqual(['response', 'secret', 'sitekey']);
    expect(fake.fetched.some((url) => url.startsWith('js.hcaptcha.com/1/api.js?'))).toBe(true);
    expect(await tab.getAttribute('#check-widget iframe', 'src')).toContain(SITEKEY);

    // The tab may be gone before the click has come back from it.
    await Promise.all([tab.waitForEvent('close'), tab.click('#check-close').catch(() => undefined)]);
    await openMailbox(page, '/mailbox', code);
    expect(await page.textContent('.state')).toContain('đã đến');
  });

  test('an answer that hCaptcha does not confirm is refused with words, and the check can be done again', async () => {
    fake.confirm = false;
    const page = await upToTheCheck();
    const first = await openCheck(page);
    await tick(first);
    await status(page, 'hCaptcha không xác nhận');
    expect(await page.isVisible('#code-panel')).toBe(false);
    fake.confirm = true;
    const second = await openCheck(page);
    expect(second.url()).not.toBe(first.url());
    await tick(second);
    await page.locator('#code-panel:not([hidden])').waitFor();
    expect(await readCode(page, '#code li')).toMatch(/^\d{28}$/);
  });

  test('what is no token is not used, whoever says it', async () => {
    const page = await upToTheCheck();
    const tab = await openCheck(page);
    await status(page, 'đang mở ở thẻ kia');
    await tab.evaluate(() => {
      const channel = new BroadcastChannel(`tinkin-check-${location.hash.slice(1)}`);
      for (const message of [
        null,
        'x',
        { kind: 'eval' },
        { kind: 'token', token: `P1_ ${'x'.repeat(9000)}` },
      ])
        channel.postMessage(message);
    });
    await status(page, 'không đúng dạng');
    expect(visitor.requested.some((url) => url.endsWith('/api/tips'))).toBe(false);
    await tick(tab);
    await page.locator('#code-panel:not([hidden])').waitFor();
  });

  test('a script in the check’s tab has no hold on the form, cannot call this site and starts no worker', async () => {
    const page = await upToTheCheck();
    const tab = await openCheck(page);
    await tab.frameLocator('#check-widget iframe').locator('#tick').waitFor();
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    const tried = await tab.evaluate(
      async (worker) => {
        const outcome = (attempt: Promise<unknown>): Promise<string> =>
          attempt.then(
            () => 'done',
            () => 'blocked',
          );
        return {
          api: await outcome(fetch('/api/directory?unit=14-ca')),
          beacon: await outcome(fetch('https://elsewhere.example/', { mode: 'no-cors' })),
          worker: await outcome(
            new Promise((resolve, reject) => {
              const started = new Worker(worker, { type: 'module' });
              started.addEventListener('error', reject);
              setTimeout(resolve, 3000);
            }),
          ),
          service: await outcome(navigator.serviceWorker.register(worker)),
        };
      },
      await page.evaluate(
        () =>
          (JSON.parse(document.getElementById('form-data')?.textContent ?? '') as { worker: string }).worker,
      ),
    );
    expect(tried).toEqual({ api: 'blocked', beacon: 'blocked', worker: 'blocked', service: 'blocked' });
    // A window that it opens itself is out of its hands as soon as one of our pages is in it.
    const [opened] = await Promise.all([
      visitor.context.waitForEvent('page'),
      tab.evaluate(() => {
        (window as unknown as { opened: Window | null }).opened = window.open('/tip', 'other');
      }),
    ]);
    await opened.locator('#next').waitFor();
    expect(await tab.evaluate(() => (window as unknown as { opened: Window | null }).opened?.closed)).toBe(
      true,
    );
    expect(await opened.evaluate(() => window.opener)).toBeNull();
  });

  test('a third party that is blocked is told in both tabs, with a way on from each', async () => {
    const page = await upToTheCheck();
    await visitor.context.route(isHcaptcha, (route) => route.abort('blockedbyclient'));
    const tab = await openCheck(page);
    await tab.locator('#check-status', { hasText: 'Không tải được' }).waitFor();
    await status(page, 'có thể đang chặn hCaptcha');
    expect(await page.getAttribute('#check .hint a', 'href')).toBe('/tip/plain');
    await visitor.context.unroute(isHcaptcha);
    await visitor.context.route(isHcaptcha, (route) => route.continue());
    await tab.click('#check-retry');
    await tick(tab);
    await page.locator('#code-panel:not([hidden])').waitFor();
  });

  test('a tab that is closed, a check that runs out and one that breaks are told, and the tab can be opened again', async () => {
    const page = await upToTheCheck('/en/tip');
    const first = await openCheck(page);
    expect(await first.textContent('h1')).toBe('The check by hCaptcha');
    const box = first.frameLocator('#check-widget iframe');
    await box.locator('#time').click();
    await status(page, 'The check has run out');
    expect(await first.textContent('#check-status')).toContain('Time has run out');
    await box.locator('#break').click();
    await status(page, 'could not be loaded');
    await first.close({ runBeforeUnload: true });
    await status(page, 'was closed before it was done');
    const second = await openCheck(page);
    await status(page, 'is open in the other tab');
    await tick(second);
    await page.locator('#code-panel:not([hidden])').waitFor();
  });

  test('a check that nobody answers ends after ten minutes with words, and sending can be tried again', async () => {
    const page = await arrive();
    await fillForm(page, { what: TEXT });
    await page.clock.install();
    await page.click('#send');
    const check = page.locator('#check');
    while (!(await check.isVisible())) await page.clock.runFor(200);
    await page.clock.runFor(601_000);
    await page.locator('#send-problem:not([hidden])').waitFor();
    expect(await page.textContent('#send-problem-text')).toContain('Chờ phần kiểm tra đã quá lâu');
    await page.click('#send-retry');
    while (!(await check.isVisible())) await page.clock.runFor(200);
  });

  test('stopping leads back to the answers, and nothing was sent', async () => {
    const page = await upToTheCheck();
    await page.click('#check button');
    expect(await page.textContent('#review')).toContain(TEXT);
    expect(visitor.requested.some((url) => url.endsWith('/api/tips'))).toBe(false);
    expect(fake.fetched).toEqual([]);
  });

  test('leaving quickly in either tab leaves both', async () => {
    for (const from of ['form', 'check']) {
      const page = await upToTheCheck();
      const tab = await openCheck(page);
      await status(page, 'đang mở ở thẻ kia');
      await (from === 'form' ? page : tab).click('#leave-quickly');
      await Promise.all([page, tab].map((one) => one.waitForURL(/wikipedia/)));
      for (const one of [page, tab]) expect(await one.title()).toBe('Elsewhere');
      if (from === 'form') await visitor.context.close();
    }
  });

  test('the check’s page alone, without a form that waits, loads nothing of hCaptcha’s', async () => {
    const page = await arrive('/challenge/hcaptcha');
    expect(await page.isVisible('#check-lost')).toBe(true);
    expect(await page.isVisible('#check')).toBe(false);
    expect(fake.fetched).toEqual([]);
  });

  test('the check goes on in the other language', async () => {
    const page = await upToTheCheck();
    const tab = await openCheck(page);
    await tab.click('a.language');
    await tab.waitForURL(/\/en\/challenge\/hcaptcha#[0-9a-f]{32}$/);
    await tick(tab);
    await page.locator('#code-panel:not([hidden])').waitFor();
  });

  test('a form that is gone is told in the check’s tab', async () => {
    const page = await upToTheCheck();
    const tab = await openCheck(page);
    await tab.frameLocator('#check-widget iframe').locator('#tick').waitFor();
    await page.close();
    await tick(tab);
    await tab.locator('#check-silent').waitFor();
    expect(await tab.textContent('#check-silent')).toContain('chưa trả lời');
  });

  test.each([
    ['on a phone', '', PHONE, 'light'],
    ['on a desk at night', '/en', DESK, 'dark'],
  ] as const)(
    'question, check and its ends have nothing for axe to find and fit the window %s',
    async (_where, lang, viewport, colorScheme) => {
      const findings: string[] = [];
      const look = async (page: Page, what: string): Promise<void> => {
        for (const finding of await axeFindings(page)) findings.push(`${what}: ${finding}`);
        if ((await overflow(page)) > 0) findings.push(`${what}: wider than the window`);
      };
      const page = await upToTheCheck(`${lang}/tip`, { viewport, colorScheme });
      await look(page, 'question');
      const tab = await openCheck(page);
      const box = tab.frameLocator('#check-widget iframe');
      await box.locator('#tick').waitFor();
      await look(tab, 'check');
      await box.locator('#break').click();
      await look(tab, 'error');
      await look(page, 'question after an error');
      await tick(tab);
      await tab.locator('#check-done').waitFor();
      await look(tab, 'done');
      await tab.goto(`${lang}/challenge/hcaptcha`);
      await tab.reload();
      await look(tab, 'no form');
      expect(findings).toEqual([]);
    },
  );
});

describe('where it has not', () => {
  test('the whole way of a tip asks no other host and fetches nothing of the check', async () => {
    const [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    const visitor = await newVisitor(browser, server.url);
    try {
      const { page } = visitor;
      const response = await page.goto('/tip');
      expect(response?.headers()['content-security-policy']).not.toContain('hcaptcha');
      await fillForm(page, { what: TEXT });
      await page.click('#send');
      await page.locator('#code-panel:not([hidden])').waitFor();
      const away = visitor.requested.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'));
      expect(away).toEqual([]);
      expect(visitor.requested.filter((url) => /hcaptcha/.test(url))).toEqual([]);
      expect((await page.goto('/challenge/hcaptcha'))?.status()).toBe(404);
    } finally {
      await visitor.context.close();
      await browser.close();
      await server.stop();
    }
  });
});
