import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { httpWitness } from '../../src/adapters/witness/http-witness.ts';
import { formatVkey, noteKey, parseVkey } from '../../src/ledger/note.ts';
import { type Instance, openInstance } from '../fixtures/instance.ts';
import { withLog } from '../fixtures/ledger.ts';
import { temporaryFolder } from '../instance/support.ts';
import { tinkin } from './support.ts';

let instance: Instance;
let logVkey: string;
beforeAll(async () => {
  instance = await openInstance();
  const { crypto, ledger, instance: facts } = instance.deps;
  logVkey = formatVkey(noteKey((data) => crypto.sha256(data), facts.logOrigin, ledger.publicKey));
});
afterAll(() => instance.close());

async function keyIn(folder: string): Promise<string> {
  const { exit, out } = await tinkin([
    'witness',
    'init',
    'chung-kien.example.vn',
    '--key',
    join(folder, 'key'),
  ]);
  expect(exit).toBe(0);
  return out.trim();
}

/** Serves over the key and state in a folder; tells the address and every line that was printed. */
async function served(folder: string) {
  const stop = new AbortController();
  const lines: string[] = [];
  const { promise: base, resolve } = Promise.withResolvers<string>();
  const run = tinkin(
    [
      ...['witness', 'serve', '--key', join(folder, 'key'), '--log', logVkey],
      ...['--state', join(folder, 'state'), '--port', '0'],
    ],
    {
      until: stop.signal,
      heard: (line) => {
        lines.push(line);
        const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      },
    },
  );
  const end = async () => {
    stop.abort();
    return (await run).exit;
  };
  onTestFinished(async () => {
    await end();
  });
  return { base: await base, lines, end };
}
const keyOf = (vkey: string) => parseVkey((data) => instance.deps.crypto.sha256(data), vkey);

describe('tinkin witness', () => {
  test('makes a key once, for its owner alone, and prints what the log must know', async () => {
    const folder = temporaryFolder();
    expect(keyOf(await keyIn(folder))).toMatchObject({
      name: 'chung-kien.example.vn',
      algorithm: 'cosignature',
    });
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
    const again = await tinkin(['witness', 'init', 'other.example', '--key', join(folder, 'key')]);
    expect([again.exit, again.err]).toEqual([2, expect.stringContaining('never overwritten')]);
  });

  test("cosigns an instance's log across a new start, tells what it has seen, and tells its operator of a fork", async () => {
    const folder = temporaryFolder();
    const key = keyOf(await keyIn(folder));
    if (key === null) throw new Error('no key');
    const first = await served(folder);
    const log = await withLog(instance, { rounds: 2, witnesses: [httpWitness(key, first.base)] });
    const published = await instance.deps.store.ledger.published();
    expect(published?.cosignatures.map(({ witness }) => witness)).toEqual([formatVkey(key)]);
    expect(await first.end()).toBe(0);

    const second = await served(folder);
    expect(await (await fetch(second.base)).json()).toEqual({
      vkey: formatVkey(key),
      logs: [{ origin: instance.deps.instance.logOrigin, size: published?.size }],
    });
    expect((await log.round()).witnesses).toBe(0);
    const witnessed = await withLog(instance, { witnesses: [httpWitness(key, second.base)] });
    expect(await witnessed.round()).toMatchObject({ kind: 'appended', witnesses: 1 });

    // A service that has lost its database and begins again under the same name.
    const restored = await openInstance();
    onTestFinished(() => restored.close());
    const forked = await withLog(restored, { witnesses: [httpWitness(key, second.base)] });
    expect((await forked.round()).kind).toBe('rolled_back');
  });

  test.each<[readonly string[], string]>([
    [['init', 'two words', '--key', 'k'], 'neither blanks'],
    [['serve', '--key', 'none', '--log', 'x', '--state', 's'], 'no key of a witness'],
    [['serve', '--key', 'none', '--state', 's'], '--log'],
  ])('refuses %j', async (args, told) => {
    const { exit, err } = await tinkin(['witness', ...args], { cwd: temporaryFolder() });
    expect([exit, err]).toEqual([2, expect.stringContaining(told)]);
  });

  test('refuses the key of a witness, or no key, in place of that of a log', async () => {
    const folder = temporaryFolder();
    const vkey = await keyIn(folder);
    for (const log of [vkey, 'x', logVkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')]) {
      const options = ['--key', join(folder, 'key'), '--state', join(folder, 'state')];
      const { exit, err } = await tinkin(['witness', 'serve', '--log', log, ...options]);
      expect([exit, err]).toEqual([2, expect.stringContaining('--log must be')]);
    }
  });
});
