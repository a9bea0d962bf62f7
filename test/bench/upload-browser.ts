import { readdirSync, readFileSync } from 'node:fs';
import { newVisitor, openBrowser } from '../e2e/browser.ts';
import { fillForm } from '../e2e/citizen-steps.ts';
import { startTestServer } from '../e2e/server.ts';
import { atMost, type BenchRow, plainRow } from './table.ts';

const MIB = 1024 * 1024;
/** Browser memory within which a file of 500 MB must go. */
const BROWSER_MIB = 200;

/**
 * Memory of a real Chromium's renderer (page and Workers together) while it sends one large file with a tip: at its highest, less than what it
 * held before the file was chosen. Sampled twenty times a second.
 */
export async function benchBrowserMemory(file: string, bytes: number): Promise<readonly BenchRow[]> {
  const [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  try {
    const { page } = await newVisitor(browser, server.url);
    await page.goto('/tip');
    await fillForm(page, { what: 'Phim quay ở đầu bản' });
    await page.click('#back');
    const before = memoryMiB(renderers());
    let highest = before;
    let known = renderers();
    // Looking for processes costs more than reading of known ones; a renderer that comes later is found within a second.
    const looking = setInterval(() => {
      known = renderers();
    }, 1000);
    const sampling = setInterval(() => {
      highest = Math.max(highest, memoryMiB(known));
    }, 50);
    const started = performance.now();
    await page.setInputFiles('#files-input:enabled', file);
    await page.locator('.file[data-state=ready]').first().waitFor({ timeout: 120_000 });
    await page.click('#next');
    await page.click('#send');
    await page.locator('#code-panel:not([hidden])').waitFor({ timeout: 600_000 });
    clearInterval(sampling);
    clearInterval(looking);
    const seconds = (performance.now() - started) / 1000;
    return [
      plainRow('in Chromium: from choosing the file to the code', seconds, 's'),
      plainRow('in Chromium: the same', bytes / MIB / seconds, 'MiB/s'),
      atMost(
        'in Chromium: renderer’s memory more than before the file',
        highest - before,
        'MiB',
        BROWSER_MIB,
      ),
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Every renderer below this process. */
function renderers(): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(procFile(pid, 'status'))?.[1] ?? 0);
    parents.set(pid, parent);
  }
  const isMine = (pid: number): boolean => {
    let at = pid;
    while (at > 1 && at !== process.pid) at = parents.get(at) ?? 0;
    return at === process.pid;
  };
  return [...parents.keys()].filter(
    (pid) => isMine(pid) && procFile(pid, 'cmdline').includes('--type=renderer'),
  );
}

/** Private and shared memory of processes, in MiB; files that are mapped do not count. */
function memoryMiB(pids: readonly number[]): number {
  let kib = 0;
  for (const pid of pids) {
    const status = procFile(pid, 'status');
    for (const kind of ['RssAnon', 'RssShmem'])
      kib += Number(new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
  }
  return kib / 1024;
}

/** A file below /proc; empty when the process has gone. */
function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
