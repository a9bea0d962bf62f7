import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK, openBrowser, PHONE } from './browser.ts';
import { Consoles, type Officer } from './console-desk.ts';
import { faults, visit } from './console-visit.ts';
import { startTestServer, type TestServer } from './server.ts';

describe('the auditor’s pages are accessible with weeks of tips behind their figures', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let auditor: Officer;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer({ history: true }), openBrowser()]);
    consoles = new Consoles(server, browser);
    auditor = await consoles.enter('sonla.ubnd');
    // Weeks of tips and steps with full cryptography take their time on a busy machine.
  }, 600_000);
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test.each([
    ['a phone, in Vietnamese', PHONE, 'vi'],
    ['a phone, in English', PHONE, 'en'],
    ['a desk, in Vietnamese', DESK, 'vi'],
    ['a desk, in English', DESK, 'en'],
  ] as const)('on %s', async (_name, viewport, lang) => {
    const { page, complaints } = auditor;
    await page.setViewportSize(viewport);
    await visit(page, 'oversight', lang);
    const found = await faults(page, 'rates');

    await page.locator('.figure-counts button').first().click();
    const behind = page.locator('section[aria-live] tbody button');
    await behind.first().waitFor();
    found.push(...(await faults(page, 'the tips behind a figure')));

    await behind.first().click();
    await page.locator('dialog[open] .steps').waitFor();
    found.push(...(await faults(page, 'the steps of a tip')));
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });

    await page.locator('.balance button').first().click();
    await page.locator('section[aria-live] h2', { hasText: /Cân đối|[Bb]alance/ }).waitFor();
    await behind.first().waitFor();
    found.push(...(await faults(page, 'the tips behind the balance')));

    await visit(page, 'oversight/overdue', lang);
    await page.locator('.tab').first().waitFor();
    found.push(...(await faults(page, 'overdue')));
    for (const tab of await page.locator('.tab').all()) {
      await tab.click();
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      found.push(...(await faults(page, `overdue, ${await tab.textContent()}`)));
    }

    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
