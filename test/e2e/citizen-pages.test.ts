import { describe, expect, test } from 'vitest';
import { axeFindings, DESK, overflow, PHONE } from './browser.ts';
import { fillForm, openMailbox, sendAndReadCode } from './citizen-steps.ts';
import { citizenVisits } from './citizen-visits.ts';

const PAGES = [
  '/',
  '/tip',
  '/tip/plain',
  '/tip/plain?province=37',
  '/mailbox',
  '/mailbox/plain',
  '/help',
  '/help/write',
  '/help/plain?province=14',
  '/anonymity',
  '/lost-code',
  '/ledger',
  '/no-such-page',
];
const both = PAGES.flatMap((path) => [path, path === '/' ? '/en' : `/en${path}`]);

describe('every citizen’s page', () => {
  const visits = citizenVisits();

  for (const [name, viewport, colorScheme] of [
    ['on a phone', PHONE, 'light'],
    ['on a desk at night', DESK, 'dark'],
  ] as const) {
    test.each(both)(`%s has nothing for axe to find and fits the window ${name}`, async (path) => {
      const page = await visits.arrive(path, { viewport, colorScheme });
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });

    test(`every step from the place to the mailbox has nothing for axe to find ${name}`, async () => {
      const { page } = await visits.come({ viewport, colorScheme });
      await page.goto('/tip');
      const findings: string[] = [];
      const look = async (step: string): Promise<void> => {
        for (const finding of await axeFindings(page)) findings.push(`${step}: ${finding}`);
        if ((await overflow(page)) > 0) findings.push(`${step}: wider than the window`);
      };
      await page.click('#next');
      await look('error summary');
      await fillForm(page, { what: 'Nhà nghỉ bên sông.', official: 'yes', danger: true });
      await look('review');
      for (const step of ['kind', 'urgent', 'official', 'what', 'details', 'people', 'files']) {
        await page.evaluate((name) => {
          for (const section of document.querySelectorAll<HTMLElement>('.step'))
            section.hidden = section.dataset.step !== name;
        }, step);
        await look(step);
      }
      await page.evaluate(() => {
        for (const section of document.querySelectorAll<HTMLElement>('.step'))
          section.hidden = section.dataset.step !== 'review';
      });
      const code = await sendAndReadCode(page);
      await look('code');
      await page.click('#code-kept');
      await look('done');
      await openMailbox(page, '/mailbox', code);
      await look('mailbox');
      expect(findings).toEqual([]);
    });
  }

  test('weighs at most 30 kB on the wire at first sight of the form, without any other host', async () => {
    const { page } = await visits.come();
    const client = await visits.visitor.context.newCDPSession(page);
    await client.send('Network.enable');
    let bytes = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto('/tip', { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(30_000);
    expect(
      visits.visitor.requested.every((url) => url.startsWith(visits.server.url) || url.startsWith('data:')),
    ).toBe(true);
  });

  test('fetches at most 250 kB in all to seal and send', async () => {
    const { page } = await visits.come();
    const sizes = new Map<string, number>();
    page.on('requestfinished', async (request) => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      sizes.set(request.url(), responseBodySize + responseHeadersSize);
    });
    await page.goto('/tip');
    await fillForm(page, { what: 'Nhà nghỉ bên sông.' });
    await sendAndReadCode(page);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(100_000);
    expect(total).toBeLessThanOrEqual(250_000);
  });

  test('prints the code and nothing that says what it opens', async () => {
    const { page } = await visits.come();
    await page.goto('/tip');
    await fillForm(page, { what: 'Nhà nghỉ bên sông.' });
    await sendAndReadCode(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#code li')).toBe(true);
    for (const selector of ['.top', '.emergency', '#form-title', '#code-copy', '.demo'])
      expect(await page.isVisible(selector)).toBe(false);
  });

  test('stands still for those who ask for less motion', async () => {
    const page = await visits.arrive('/', { reducedMotion: 'reduce' });
    const durations = await page.$$eval('*', (all) =>
      all.map((one) => getComputedStyle(one).transitionDuration),
    );
    expect(new Set(durations)).toEqual(new Set(['0s']));
  });
});
