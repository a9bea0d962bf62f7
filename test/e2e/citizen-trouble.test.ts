import { describe, expect, test } from 'vitest';
import { fillForm, openMailbox, readCode, sendAndReadCode } from './citizen-steps.ts';
import { citizenVisits } from './citizen-visits.ts';

const TEXT = 'Quán karaoke cuối phố, cửa sau mở lúc nửa đêm.';

describe('a citizen on a bad line or in a hurry', () => {
  const visits = citizenVisits();

  test('a line that breaks before the tip arrives costs neither text nor code: it is sent when it is back', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    let broken = 0;
    await page.route('**/api/tips', (route) => {
      broken += 1;
      return broken <= 2 ? route.abort('connectionreset') : route.continue();
    });
    const code = await sendAndReadCode(page);
    expect(broken).toBe(3);
    await openMailbox(page, '/mailbox', code);
    expect(await page.textContent('.state')).toContain('đã đến');
  });

  test('a tip that arrived while its answer was lost is not sent twice', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    const statuses: number[] = [];
    let lost = false;
    await page.route('**/api/tips', async (route) => {
      const response = await route.fetch();
      statuses.push(response.status());
      if (lost) return route.fulfill({ response });
      lost = true;
      return route.abort('connectionreset');
    });
    await sendAndReadCode(page);
    // 201 stored it; 200 is the stored answer again.
    expect(statuses).toEqual([201, 200]);
    expect(await page.getAttribute('#promise', 'data-result')).toBe('good');
  });

  test('when the line stays broken the text is kept, and the same tip goes out later', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    await page.clock.install();
    await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await page.click('#send');
    const trouble = page.locator('#send-problem:not([hidden])');
    while (!(await trouble.isVisible())) await page.clock.runFor(1000);
    expect(await trouble.textContent()).toContain('Lời bạn viết vẫn còn nguyên');
    await page.click('#send-edit');
    expect(await page.textContent('#review')).toContain(TEXT);
    await page.unroute('**/api/**');
    expect(await sendAndReadCode(page)).toMatch(/^\d{28}$/);
  });

  test('a refusal by the server is told in words and keeps the text', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    await page.route('**/api/tips', (route) =>
      route.fulfill({
        status: 507,
        contentType: 'application/json',
        body: JSON.stringify({
          error: { code: 'storage_full', message: { vi: 'Máy chủ hết chỗ.', en: 'Full.' } },
        }),
      }),
    );
    await page.click('#send');
    await page.locator('#send-problem:not([hidden])').waitFor();
    expect(await page.textContent('#send-problem-text')).toContain('Máy chủ hết chỗ.');
    await page.unroute('**/api/tips');
    await page.click('#send-retry');
    await page.locator('#code-panel:not([hidden])').waitFor();
    expect(await readCode(page, '#code li')).toMatch(/^\d{28}$/);
  });

  test('a key directory that does not verify stops everything before anything is sealed', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    await page.route('**/api/directory?*', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      // One byte in the middle of the signed statements.
      const at = Math.floor(body.length / 2);
      body[at] = (body[at] ?? 0) ^ 1;
      await route.fulfill({ status: 200, contentType: 'application/octet-stream', body });
    });
    await page.click('#send');
    await page.locator('#send-problem:not([hidden])').waitFor();
    expect(await page.textContent('#send-problem-text')).toContain('không qua được kiểm tra');
    expect(visits.visitor.requested.some((url) => /api\/(challenge|tips)/.test(url))).toBe(false);
  });

  test('pressing send twice sends once', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    await page.locator('#send').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.locator('#code-panel:not([hidden])').waitFor();
    expect(visits.visitor.requested.filter((url) => url.endsWith('/api/tips'))).toHaveLength(1);
  });

  test('pressing Enter in a field before anything is ready sends nothing and puts nothing into the address', async () => {
    const { page } = await visits.come();
    // The scripts never arrive.
    await page.route('**/build/**.js', (route) => route.abort());
    await page.goto('/tip');
    await page.locator('#commune').evaluate((input: HTMLInputElement) => {
      for (let at: HTMLElement | null = input; at; at = at.parentElement) at.hidden = false;
    });
    await page.fill('#commune', 'bí mật');
    await page.press('#commune', 'Enter');
    expect(page.url()).toBe(`${visits.server.url}/tip`);
    expect(visits.visitor.requested.filter((url) => url.includes('?'))).toEqual([]);
  });

  test('a province that was chosen before the script arrived counts once it is there', async () => {
    const { page } = await visits.come();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/build/form-*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/tip', { waitUntil: 'commit' });
    await page.check('#province-14');
    release();
    await page.locator('#commune').waitFor();
    await page.locator('#commune').pressSequentially('to hieu');
    await page.locator('.option').first().click();
    await page.click('#next');
    expect(await page.isVisible('[data-step=kind]')).toBe(true);
  });

  test('leaving quickly shows another page, and going back does not show the form', async () => {
    const page = await visits.arrive('/');
    await page.click('.door.main');
    await fillForm(page, { what: TEXT });
    await page.click('#leave-quickly');
    await page.waitForURL(/^https:/);
    expect(await page.title()).toBe('Elsewhere');
    await page.goBack();
    expect(page.url()).toBe(`${visits.server.url}/`);
    expect(await page.content()).not.toContain(TEXT);
  });

  test('Escape pressed three times leaves as well', async () => {
    const page = await visits.arrive('/tip');
    await page.check('#province-14');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await page.waitForURL(/^https:/);
    expect(await page.title()).toBe('Elsewhere');
  });

  test('without WebAssembly the slow way gives the same, and says that it is slow', {
    timeout: 300_000,
  }, async () => {
    const { page } = await visits.come();
    // As Tor Browser's "Safer" has it: the object is not there.
    await page.route('**/build/worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
    });
    page.setDefaultTimeout(200_000);
    await page.goto('/tip');
    await fillForm(page, { what: TEXT });
    expect(await page.textContent('#send-wait')).toContain('một phút');
    const code = await sendAndReadCode(page);
    expect(await page.getAttribute('#promise', 'data-result')).toBe('good');
    await openMailbox(page, '/mailbox', code);
    expect(await page.textContent('.state')).toContain('đã đến');
  });
});
