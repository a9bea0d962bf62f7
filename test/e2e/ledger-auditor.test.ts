import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BundleLine } from '../../src/audit/lines.ts';
import type { AuditReport } from '../../src/audit/report.ts';
import { concat, fromUtf8 } from '../../src/protocol/bytes.ts';
import { openCredentialFile, parseCredentialFile } from '../../src/protocol/credential-file.ts';
import { openBundle } from '../../src/protocol/sealed-bundle.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { auditPage, saved, takeAlong, verifyAlone } from './auditor-desk.ts';
import { DESK, openBrowser, PHONE } from './browser.ts';
import { Consoles, type Officer } from './console-desk.ts';
import { faults } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

describe('an independent auditor and the public log', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let auditor: Officer;
  let report: AuditReport | undefined;

  beforeAll(async () => {
    [server, browser] = await Promise.all([
      startTestServer({ env: { TINKIN_LEDGER_CADENCE: '5' } }),
      openBrowser(),
    ]);
    consoles = new Consoles(server, browser);
    auditor = await consoles.enter('kiem-toan-doc-lap');
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  const opened = (lang: 'vi' | 'en' = 'vi'): Promise<Page> => auditPage(auditor, lang);

  test('takes the sealed bundle along with the file that opens it, and reads it without the service', async () => {
    const page = await opened();
    const bundle = await saved(page, 'Tải hồ sơ đã niêm phong');
    const key = await saved(page, 'Tải tệp khoá của tôi');
    const suite = await loadSodiumSuite();
    const { kem } = openCredentialFile(
      suite,
      parseCredentialFile(new Uint8Array(key)),
      auditor.login.passphrase,
    );
    const source = new Blob([new Uint8Array(bundle)]).stream();
    const pieces: Uint8Array[] = [];
    for await (const piece of openBundle(suite, kem.secretKey, source)) pieces.push(piece);
    const lines = fromUtf8(concat(...pieces))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BundleLine);
    expect(lines[0]).toMatchObject({ t: 'bundle', kind: 'whole', auditor: 'kiem-toan-doc-lap' });
    expect(lines.at(-1)?.t).toBe('end');
    expect(auditor.complaints).toEqual([]);
  });

  test('checks all of it in the console and sees the seal only then; signs; the log says so', async () => {
    const page = await opened();
    expect(await page.locator('.notice-proven').count()).toBe(0);
    await page.getByRole('button', { name: 'Lấy và kiểm tra' }).click();
    await page.locator('.notice-proven').waitFor();
    await page.locator('table tbody tr').first().waitFor();
    report = JSON.parse((await saved(page, 'Lưu biên bản')).toString()) as AuditReport;
    await page.getByRole('button', { name: 'Ký xác nhận mốc này' }).click();
    await page.locator('#signed + ul li', { hasText: 'kiem-toan-doc-lap' }).waitFor();
    expect(await faults(page, 'the result')).toEqual([]);
    expect(auditor.complaints).toEqual([]);
  });

  test.each([
    ['a phone, in Vietnamese', PHONE, 'vi'],
    ['a desk, in English', DESK, 'en'],
  ] as const)('finds the page accessible on %s', async (_name, viewport, lang) => {
    await auditor.page.setViewportSize(viewport);
    const page = await opened(lang);
    expect(await faults(page, 'audit')).toEqual([]);
    expect(auditor.complaints).toEqual([]);
  });

  test('verifies the same log on another machine while the service is switched off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tinkin-auditor-'));
    try {
      const page = await opened();
      const taken = await takeAlong(page, folder);
      server.child.kill('SIGKILL');
      const run = await verifyAlone(taken, auditor);
      expect(run.exit).toBe(0);
      expect(run.json<AuditReport>().rates).toEqual(report?.rates);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
