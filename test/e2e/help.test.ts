import { describe, expect, test } from 'vitest';
import { axeFindings, DESK, overflow, PHONE } from './browser.ts';
import { citizenVisits } from './citizen-visits.ts';

const PAGES = ['/help/tip', '/help/code', '/help/photos'].flatMap((path) => [path, `/en${path}`]);

describe('the pages that explain', () => {
  const visits = citizenVisits();

  for (const [name, viewport, colorScheme] of [
    ['on a phone', PHONE, 'light'],
    ['on a desk at night', DESK, 'dark'],
  ] as const)
    test.each(PAGES)(`%s has nothing for axe to find and fits the window ${name}`, async (path) => {
      const page = await visits.arrive(path, { viewport, colorScheme });
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });

  test('are one press away from the first page, the mailbox and the form', async () => {
    const home = await visits.arrive('/', { viewport: PHONE });
    await home.click('.foot a[href="/help/tip"]');
    expect(await home.locator('h1').textContent()).toBe('Tin của tôi sẽ ra sao');
    const mailbox = await visits.arrive('/mailbox', { viewport: PHONE });
    await mailbox.click('.foot a[href="/help/code"]');
    expect(await mailbox.locator('h1').textContent()).toBe('Mã của tôi');
    const form = await visits.arrive('/tip', { viewport: PHONE });
    // In a tab of its own: what was written stays.
    expect(await form.getAttribute('#form-lead ~ p a[href="/help/tip"]', 'target')).toBe('_blank');
  });
});
