import type { Page } from 'playwright-core';

/** What a test's citizen has to tell. */
export interface Story {
  readonly what: string;
  /** Words typed into the search for a commune; null for "I do not know". */
  readonly commune?: string | null;
  readonly conduct?: string;
  readonly official?: 'no' | 'yes' | 'unsure';
  readonly involved?: string;
  readonly danger?: boolean;
  /** Files chosen in their step. */
  readonly files?: readonly NamedFile[];
}

/** A file as a person has it on their device. */
export interface NamedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Chooses files and waits until each was looked into. */
export async function chooseFiles(page: Page, files: readonly NamedFile[]): Promise<void> {
  const before = await page.locator('.file').count();
  await page.setInputFiles(
    '#files-input:enabled',
    files.map(({ name, mimeType, bytes }) => ({ name, mimeType, buffer: Buffer.from(bytes) })),
  );
  await page
    .locator('.file[data-state=ready]')
    .nth(before + files.length - 1)
    .waitFor();
}

/** Answers the whole form up to the review, as a person does: one step after another. */
export async function fillForm(page: Page, story: Story): Promise<void> {
  await page.check('#province-14');
  if (story.commune === null) await page.check('#commune-unknown');
  else {
    await page.locator('#commune').pressSequentially(story.commune ?? 'to hieu');
    await page.locator('.option').first().click();
  }
  await page.click('#next');
  await page.check(`#conduct-${story.conduct ?? 'organising'}`);
  await page.click('#next');
  if (story.danger === true) await page.check('#urgent-danger');
  await page.click('#next');
  await page.check(`#official-${story.official ?? 'no'}`);
  if (story.official === 'yes') await page.check(`#involved-${story.involved ?? 'commune_police_head'}`);
  await page.click('#next');
  await page.fill('#what', story.what);
  await page.click('#next');
  await page.click('#next');
  await page.click('#next');
  if (story.files !== undefined) await chooseFiles(page, story.files);
  await page.click('#next');
  await page.locator('#send:enabled').waitFor();
}

/** Presses send and gives the code that is shown. */
export async function sendAndReadCode(page: Page): Promise<string> {
  await page.click('#send');
  await page.locator('#code-panel:not([hidden])').waitFor();
  return readCode(page, '#code li');
}

/** The digits of a code that the page shows in groups. */
export const readCode = async (page: Page, groups: string): Promise<string> =>
  (await page.locator(groups).allTextContents()).join('');

/** Enters a code on the mailbox page and waits for what it opens. */
export async function openMailbox(page: Page, address: string, code: string): Promise<void> {
  await page.goto(address);
  await page.fill('#code', code);
  await page.click('#open');
  await page.locator('#mailbox:not([hidden]), #code-problem:not(:empty)').first().waitFor();
  const problem = await page.textContent('#code-problem');
  if (problem !== '') throw new Error(`the mailbox did not open: ${problem}`);
}
