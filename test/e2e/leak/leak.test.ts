import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../fixtures/free-port.ts';
import { tellingJpeg } from '../../fixtures/telling-files.ts';
import { newVisitor, openBrowser } from '../browser.ts';
import { fillForm, openMailbox, readCode, sendAndReadCode } from '../citizen-steps.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { needlesOf } from './needles.ts';
import { searchBytes, searchFolder, searchMemory } from './places.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

/** A text like a real tip, with letters that every encoding writes differently, that stands nowhere else in the world. */
const canary = (): string =>
  `Đèn đỏ ngõ Hồng Ngọc ${randomBytes(9).toString('hex')} chị Ưu gõ cửa lúc nửa đêm`;

interface Watched {
  readonly server: TestServer;
  readonly proxy: RecordingProxy;
  readonly url: string;
  stop(): Promise<void>;
}

/** The built server behind a relay that keeps every byte that browsers send. */
async function watchedServer(): Promise<Watched> {
  const [port, behind] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  // The relay stands first: the server sends whoever asks elsewhere, even about its health, to its one origin.
  const proxy = await startRecordingProxy(port, behind);
  const server = await startTestServer({
    port: behind,
    env: { TINKIN_ORIGIN: url, TINKIN_LOG_LEVEL: 'debug' },
  });
  return {
    server,
    proxy,
    url,
    async stop() {
      await proxy.close();
      await server.stop();
    },
  };
}

describe('what a citizen wrote and the browser sealed', () => {
  const text = canary();
  /** Stands in the name of a photo and in everything that the photo tells beside its picture. */
  const hidden = `Anh${randomBytes(9).toString('hex')}`;
  const needles = [...needlesOf(text), ...needlesOf(hidden)];
  let browser: Browser;
  let watched: Watched;

  beforeAll(async () => {
    [browser, watched] = await Promise.all([openBrowser(), watchedServer()]);
    const { page, context } = await newVisitor(browser, watched.url);
    await page.goto('/tip');
    await fillForm(page, {
      what: text,
      files: [
        { name: `${hidden}.jpg`, mimeType: 'image/jpeg', bytes: tellingJpeg({ canary: hidden }) },
        // Sent as it is: what a file says is sealed like what is written.
        { name: `${hidden}.txt`, mimeType: 'text/plain', bytes: Buffer.from(text) },
      ],
    });
    const code = await sendAndReadCode(page);
    await openMailbox(page, '/mailbox', code);
    await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await watched?.stop();
  });

  test('is in none of the bytes that crossed the wire', () => {
    const sent = watched.proxy.sent();
    expect(sent.includes('POST /api/tips')).toBe(true);
    expect(sent.toString('latin1').split('PUT /api/uploads/').length - 1).toBe(2);
    expect(searchBytes('requests', sent, needles)).toEqual([]);
  });

  test('is in no file of the instance: database, write-ahead log, blobs', () => {
    expect(searchFolder(watched.server.folder, needles)).toEqual([]);
  });

  test("is nowhere in the server's memory", () => {
    expect(searchMemory(watched.server.child.pid as number, needles)).toEqual([]);
  });

  // Last: lines about citizens are held back so that they do not tell when somebody came, and come out when the server stops.
  test('is in no log line', async () => {
    await watched.server.restart();
    expect(watched.server.output()).toContain('/api/tips');
    expect(searchBytes('log', Buffer.from(watched.server.output()), needles)).toEqual([]);
  });
});

describe('what a citizen without script wrote', () => {
  const text = canary();
  const needles = needlesOf(text);
  let browser: Browser;
  let watched: Watched;

  beforeAll(async () => {
    [browser, watched] = await Promise.all([openBrowser(), watchedServer()]);
    const { page, context } = await newVisitor(browser, watched.url, { javaScriptEnabled: false });
    await page.goto('/tip/plain?province=14');
    await page.selectOption('#commune', { label: 'Phường Tô Hiệu' });
    await page.check('#conduct-coercion');
    await page.check('#official-no');
    await page.fill('#what', text);
    await page.click('button[type=submit]');
    const code = await readCode(page, '.code li');
    await page.goto('/mailbox/plain');
    await page.fill('#code', code);
    await page.click('button[type=submit]');
    await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await watched?.stop();
  });

  test('is in the request, as the page said before: the search sees what is there', () => {
    expect(searchBytes('requests', watched.proxy.sent(), needles)).not.toEqual([]);
  });

  test('is in no file of the instance: it was sealed in memory', () => {
    expect(searchFolder(watched.server.folder, needles)).toEqual([]);
  });

  // Last: lines about citizens are held back so that they do not tell when somebody came, and come out when the server stops.
  test('is in no log line', async () => {
    await watched.server.restart();
    expect(watched.server.output()).toContain('/tip/plain');
    expect(searchBytes('log', Buffer.from(watched.server.output()), needles)).toEqual([]);
  });
});
