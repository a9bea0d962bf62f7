import { openBrowser } from '../e2e/browser.ts';
import { Consoles } from '../e2e/console-desk.ts';
import { countKeys, readBack, readyForCalls, sealCall, USUAL, writeCall } from '../e2e/hotline-keys.ts';
import { startTestServer } from '../e2e/server.ts';
import { atMost, type BenchRow, plainRow } from './table.ts';

const KEYS = 20;
/** A tip of about 120 words, as the target has it. */
const WORDS = `${USUAL.words} `.repeat(7).trim();

/**
 * Keys that go down in a real Chromium from picking up a call to its code being read back, besides the words themselves; and the seconds that
 * sealing and sending take while the caller waits for the code.
 */
export async function benchHotline(): Promise<BenchRow[]> {
  const [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
  const consoles = new Consoles(server, browser);
  try {
    const { page } = await consoles.enter('sonla.trucban');
    await readyForCalls(page);
    const keys = await countKeys(page);
    await writeCall(page, { ...USUAL, words: WORDS });
    const before = performance.now();
    await sealCall(page);
    const seconds = (performance.now() - before) / 1000;
    await readBack(page);
    return [
      plainRow('words in the tip', WORDS.split(' ').length, 'words'),
      atMost('keys besides the words, from picking up to the code read back', await keys(), 'keys', KEYS),
      plainRow('from "seal" to the code on the screen', seconds, 's'),
    ];
  } finally {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  }
}
