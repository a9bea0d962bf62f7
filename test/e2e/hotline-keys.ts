import type { Page } from 'playwright-core';
import { visit } from './console-visit.ts';

/** What an operator types in a call besides the words. */
export interface KeyedCall {
  /** Letters that find the commune, and the conduct. */
  readonly place: string;
  readonly conduct: string;
  /** What the caller tells: put in as text, which is not counted. */
  readonly words: string;
}

/** A call of the usual kind: something goes on right now, no official is involved. */
export const USUAL: KeyedCall = {
  place: 'tohi',
  conduct: 'bao',
  words: 'Nhà nghỉ đầu dốc, tối nào cũng có xe lạ ra vào, có người đứng canh ở cổng sau.',
};

/** Counts the keys that go down on a page from now on; a modifier held with a key is one press with it. */
export async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = window as unknown as { pressed: number };
    counter.pressed = 0;
    window.addEventListener(
      'keydown',
      (event) => {
        if (!['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) counter.pressed += 1;
      },
      { capture: true },
    );
  });
  return () => page.evaluate(() => (window as unknown as { pressed: number }).pressed);
}

/** The operator's page, ready for a call. */
export async function readyForCalls(page: Page, lang: 'vi' | 'en' = 'vi'): Promise<void> {
  await visit(page, 'hotline', lang);
  await page.locator('.hot .button-main:enabled').first().waitFor();
  // The page listens to keys a moment after it is drawn; no person is as fast as a test.
  await page.waitForTimeout(500);
}

/** Writes a whole call down by keyboard alone, up to reading it back. */
export async function writeCall(page: Page, call: KeyedCall = USUAL): Promise<void> {
  const { keyboard } = page;
  await keyboard.press('F2');
  await page.locator('[data-spot=happeningNow]').waitFor();
  await page.waitForFunction(() =>
    document.querySelector('[data-spot=happeningNow]')?.contains(document.activeElement),
  );
  for (const key of ['c', 'k', 'k']) await keyboard.press(key);
  for (const letter of call.place) await keyboard.press(letter);
  await keyboard.press('Enter');
  for (const letter of call.conduct) await keyboard.press(letter);
  await keyboard.press('Enter');
  await keyboard.press('k');
  await keyboard.insertText(call.words);
  await keyboard.press('Control+Enter');
  await page.locator('#review-title').waitFor();
}

/** Seals what was read back and gives the code that is on the screen. */
export async function sealCall(page: Page): Promise<string> {
  await page.keyboard.press('Enter');
  await page.locator('#call-code li').last().waitFor();
  const groups = await page.locator('#call-code li').allTextContents();
  return groups.join('').replace(/\D/g, '');
}

/** The caller has read the code back: Enter, once the code hears it. */
export async function readBack(page: Page): Promise<void> {
  // A new code hears no Enter for a moment, so that the one that sealed the tip does not pass over it.
  await page.waitForTimeout(1600);
  await page.keyboard.press('Enter');
  await page.locator('#call-code').waitFor({ state: 'detached' });
}
