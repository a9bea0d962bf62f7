import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, serveTranscriber } from '../../src/adapters/transcriber/local-server.ts';
import { programTranscriber } from '../../src/adapters/transcriber/program.ts';
import { freePort } from '../fixtures/free-port.ts';
import { openBrowser } from './browser.ts';
import { Consoles, type Officer, openRow } from './console-desk.ts';
import { visit } from './console-visit.ts';
import { readyForCalls } from './hotline-keys.ts';
import { startTestServer, type TestServer, tinkin } from './server.ts';

const SPOKEN = 'Tôi thấy nhà nghỉ ở đầu dốc phường Tô Hiệu, tối nào cũng có xe lạ ra vào.';
const WRITTEN = 'Người nhắn thấy nhà nghỉ ở đầu dốc, tối nào cũng có xe lạ ra vào. 7c1e09';
const TOKEN = 'ma-cua-chuong-trinh';
const SPEECH_PROGRAM = join(import.meta.dirname, '../adapters/transcriber/speech-program.mjs');
const SPEAKS = spawnSync('espeak-ng', ['--version']).status === 0;
if (!SPEAKS) console.warn('espeak-ng is not installed: the voicemail is not tried.');

/** Every file below a folder. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Files below a folder that hold any of these bytes. */
const holding = (folder: string, secrets: readonly Uint8Array[]): readonly string[] =>
  filesIn(folder).filter((file) => {
    const bytes = readFileSync(file);
    return secrets.some((secret) => bytes.includes(Buffer.from(secret)));
  });

describe.skipIf(!SPEAKS)('a message that somebody spoke in Vietnamese', () => {
  let server: TestServer;
  /** What listens on the operator's own machine. */
  let transcriber: LocalServer;
  let browser: Browser;
  let consoles: Consoles;
  let operator: Officer;
  let frame: Frame;
  const inbox = mkdtempSync(join(tmpdir(), 'tinkin-voicemail-'));
  const file = join(inbox, 'message.wav');
  /** The message as a telephone system hands it in. */
  let another = new Uint8Array();
  /** Sealed bytes out of the middle of the sound, and the keys that open it. */
  let traces: readonly Uint8Array[] = [];

  beforeAll(async () => {
    const port = await freePort();
    const env = { TINKIN_TRANSCRIBER_PORT: String(port) };
    [server, browser] = await Promise.all([startTestServer({ env }), openBrowser()]);
    transcriber = await serveTranscriber({
      transcriber: programTranscriber([process.execPath, SPEECH_PROGRAM, 'hear', '{file}', '{lang}']),
      ...{ port, token: TOKEN, origin: server.url },
    });
    consoles = new Consoles(server, browser);
    execFileSync('espeak-ng', ['-v', 'vi', '-w', file, SPOKEN]);
  });
  afterAll(async () => {
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
    await transcriber?.close();
    rmSync(inbox, { recursive: true, force: true });
  });

  test('is sealed on arrival and its file overwritten and deleted', () => {
    another = readFileSync(file);
    const sound = another.subarray(4000, 4200);
    const blobs = join(server.folder, 'blobs');
    const before = existsSync(blobs) ? filesIn(blobs) : [];
    tinkin(server.folder, 'hotline', 'import', inbox, '--unit', '14-ca', '--delete');
    expect(existsSync(file)).toBe(false);
    expect(holding(server.folder, [sound])).toEqual([]);
    const [sealed] = filesIn(blobs).filter((one) => !before.includes(one));
    expect(sealed).toBeDefined();
    const bytes = readFileSync(sealed ?? '');
    const database = new Database(join(server.folder, 'tinkin.sqlite'), { readonly: true });
    const wraps = database.prepare('SELECT wrap FROM recording_wrap').pluck().all() as Uint8Array[];
    const shares = database.prepare('SELECT share FROM recording_share').pluck().all() as Uint8Array[];
    const hashes = database.prepare('SELECT part_hashes FROM recording').pluck().all() as Uint8Array[];
    database.close();
    expect(wraps.length).toBeGreaterThan(1);
    traces = [bytes.subarray(bytes.length / 2, bytes.length / 2 + 64), ...wraps, ...shares, ...hashes];
    expect(holding(server.folder, traces).length).toBeGreaterThan(1);
  });

  test('is heard in the closed frame, slower and faster by keys while the operator writes', async () => {
    operator = await consoles.enter('sonla.trucban');
    const { page } = operator;
    await readyForCalls(page);
    await page.locator('.call-line', { hasText: 'chưa nghe' }).click();
    await page.locator('.viewer-keys').waitFor();
    await page.locator('.viewer-frame').first().waitFor();
    expect(await page.locator('.viewer-frame').count()).toBe(1);
    const handle = await page.locator('.viewer-frame').elementHandle();
    const content = await handle?.contentFrame();
    if (content === null || content === undefined) throw new Error('no frame');
    frame = content;
    const sound = () =>
      frame.evaluate(() => {
        const audio = document.querySelector('audio');
        return { seconds: audio?.duration ?? 0, rate: audio?.playbackRate ?? 0, at: audio?.currentTime ?? 0 };
      });
    await expect.poll(async () => (await sound()).seconds).toBeGreaterThan(2);
    await page.locator('[data-spot=what]').focus();
    await page.keyboard.press('F7');
    await expect.poll(async () => (await sound()).rate).toBe(0.75);
    await page.keyboard.press('F9');
    await page.keyboard.press('F9');
    await expect.poll(async () => (await sound()).rate).toBe(1.25);
    await page.getByRole('button', { name: /Phát/ }).click();
    await expect.poll(async () => (await sound()).at).toBeGreaterThan(0);
  });

  test('becomes a tip that is marked as one without a code, and only then may its voice be destroyed', async () => {
    const { page } = operator;
    const done = page.getByRole('button', { name: 'Đã chép xong, xoá giọng nói' });
    expect(await done.isDisabled()).toBe(true);
    await page.locator('[data-spot=happeningNow] input').first().focus();
    for (const key of ['k', 'k', 'k']) await page.keyboard.press(key);
    await page.keyboard.type('tohi');
    await page.keyboard.press('Enter');
    await page.keyboard.type('quan');
    await page.keyboard.press('Enter');
    await page.keyboard.press('k');
    await page.keyboard.insertText(WRITTEN);
    await page.keyboard.press('Control+Enter');
    await page.locator('#review-title').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('người gọi chưa nhận mã').waitFor();
    await done.click();
    await page.locator('dialog[open]').getByRole('button', { name: 'Xoá hẳn' }).click();
    await page.getByText('Giọng nói đã bị xoá hẳn.').waitFor();
    expect(await page.locator('.viewer-frame').count()).toBe(0);
    await page.getByText('Không có lời nhắn nào chờ nghe.').waitFor();
  });

  test('is then nowhere: not in the database, its log, the blobs, nor in a backup made afterwards', () => {
    expect(holding(server.folder, traces)).toEqual([]);
    const backup = join(inbox, 'backup');
    mkdirSync(backup);
    tinkin(server.folder, 'backup', backup);
    expect(filesIn(backup).some((one) => statSync(one).size > 0)).toBe(true);
    expect(holding(backup, traces)).toEqual([]);
  });

  test('is read by its unit as a tip, and no event names tip and recording together', async () => {
    const officer = await consoles.enter('tohieu.canbo');
    await visit(officer.page, 'queue', 'vi');
    await openRow(officer.page, WRITTEN.slice(0, 40));
    const shown = (await officer.page.locator('main').textContent()) ?? '';
    expect(shown).toContain(WRITTEN);
    expect(shown).toContain('Người gọi không nhận mã');
    const tip = new URL(officer.page.url()).pathname.split('/').at(-1) ?? '';
    const database = new Database(join(server.folder, 'tinkin.sqlite'), { readonly: true });
    const [recording] = database.prepare('SELECT lower(hex(id)) FROM recording').pluck().all() as string[];
    database.close();
    expect(recording).toMatch(/^[0-9a-f]{32}$/);
    for (const one of filesIn(server.folder)) {
      const text = readFileSync(one, 'latin1');
      for (const [, record] of text.matchAll(/(\{[^{}]{0,2000}\})/g))
        expect(record?.includes(tip) === true && record.includes(recording ?? '')).toBe(false);
    }
  });

  test('appears on the page that the operator has open as soon as a telephone system hands another one in', async () => {
    const { page } = operator;
    await page.getByText('Không có lời nhắn nào chờ nghe.').waitFor();
    const { token } = tinkin(
      server.folder,
      ...['hotline', 'switchboard', 'add', '--unit', '14-ca', '--name', 'Tổng đài'],
    );
    const { status } = await fetch(`${server.url}/api/hotline/recordings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(token)}`, 'content-type': 'audio/wav' },
      body: another,
    });
    expect(status).toBe(201);
    await page.locator('.call-line', { hasText: 'chưa nghe' }).waitFor();
  });

  test('is heard by a program on the operator’s machine, whose draft is marked until somebody compared it', async () => {
    const { page, context } = operator;
    await context.route(`http://127.0.0.1:${transcriber.port}/**`, (route) => route.continue());
    await page.locator('.call-line', { hasText: 'chưa nghe' }).click();
    await page.locator('.viewer-keys').waitFor();
    await page.getByRole('button', { name: 'Chép thành tin' }).click();
    await page.locator('[data-spot=what]').waitFor();
    await page.getByText('Nhờ máy nghe trước').click();
    await page.fill('#transcriber-token', TOKEN);
    await page.getByRole('button', { name: 'Chép nháp vào lời kể' }).click();
    const unverified = page.getByText('bản nháp do máy nghe, chưa ai so với băng');
    await unverified.waitFor();
    expect(await page.locator('[data-spot=what]').inputValue()).toMatch(/^Nghe được \d+ byte,\nvi, 700/);
    await page.getByRole('button', { name: 'Đã so với băng' }).click();
    await unverified.waitFor({ state: 'detached' });
  });
});
