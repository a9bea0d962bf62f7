import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type CliRun, tinkin } from '../cli/support.ts';
import type { Officer } from './console-desk.ts';
import { visit } from './console-visit.ts';

/** Opens the auditor's page anew until the log has a checkpoint. */
export async function auditPage({ page }: Officer, lang: 'vi' | 'en' = 'vi'): Promise<Page> {
  for (;;) {
    await visit(page, 'oversight/audit', lang);
    await page.locator('#checkpoint').waitFor();
    if ((await page.locator('#take').count()) > 0) return page;
    await visit(page, 'oversight', lang);
  }
}

/** What a button of the auditor's page saves. */
export async function saved(page: Page, text: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.buttons').getByText(text, { exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

/** The sealed bundle and the file that opens it, as an auditor takes them along. */
export async function takeAlong(page: Page, folder: string) {
  const taken = { bundle: join(folder, 'bundle'), key: join(folder, 'key') };
  writeFileSync(taken.bundle, await saved(page, 'Tải hồ sơ đã niêm phong'));
  writeFileSync(taken.key, await saved(page, 'Tải tệp khoá của tôi'));
  return taken;
}

/** Verifies what was taken along, without the service. */
export const verifyAlone = (
  { bundle, key }: Awaited<ReturnType<typeof takeAlong>>,
  { login }: Officer,
): Promise<CliRun> =>
  tinkin(['audit', 'verify', bundle, '--key', key, '--json'], { answers: [login.passphrase] });
