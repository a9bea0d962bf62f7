import type { Page } from 'playwright-core';
import { axeFindings, overflow } from './browser.ts';

/** Goes to a page of the console without leaving it, and waits until nothing is being fetched. */
export async function visit(page: Page, path: string, lang: 'vi' | 'en'): Promise<void> {
  const address = `/console/${path}${lang === 'en' ? `${path.includes('?') ? '&' : '?'}lang=en` : ''}`;
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
  await page.locator('main h1').waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}

/** What is wrong with a page as it stands: axe's findings, and width beyond the window. */
export async function faults(page: Page, name: string): Promise<string[]> {
  const wide = await overflow(page);
  return [...(await axeFindings(page)), ...(wide > 0 ? [`wider than the window by ${wide}`] : [])].map(
    (fault) => `${name}: ${fault}`,
  );
}
