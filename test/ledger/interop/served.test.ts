import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../src/instance/listen.ts';
import { formatVkey, noteKey } from '../../../src/ledger/note.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, withLog } from '../../fixtures/ledger.ts';
import { buildGo, GO } from './go.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const works = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;
const BY_HAND = works('openssl', 'version') && works('basenc', '--version') && works('bash', '--version');
if (!BY_HAND)
  console.warn('OpenSSL, Bash or basenc is not here: the log was NOT checked by hand in this run.');

/** The block of commands that docs/ledger.md gives for checking by hand, for another site. */
function commandsFor(site: string): string {
  const [, block = ''] = /```bash\n([\s\S]*?)```/.exec(readFileSync(join(DOCS, 'ledger.md'), 'utf8')) ?? [];
  return block.replace(/^SITE=.*$/m, `SITE=${site}`);
}

describe('a log as the service serves it', () => {
  let folder: string;
  let instance: Instance;
  let site: string;
  let stop: () => Promise<void>;
  let keys: { log: string; witness: string };
  let log: Awaited<ReturnType<typeof withLog>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tinkin-stranger-'));
    instance = await openInstance();
    const witness = testWitness(instance);
    const { crypto, ledger, instance: facts } = instance.deps;
    const key = noteKey((data) => crypto.sha256(data), facts.logOrigin, ledger.publicKey);
    keys = { log: formatVkey(key), witness: formatVkey(witness.key) };
    log = await withLog(instance, { witnesses: [witness] });
    const port = await freePort();
    const server = await listen(instance.app, '127.0.0.1', port);
    stop = () => server.stop(0);
    site = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await stop?.();
    await instance?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (program: string, ...args: readonly string[]): Promise<{ exit: number | null; out: string }> =>
    new Promise((resolve) => {
      const child = execFile(program, args, { cwd: folder }, (_, out) =>
        resolve({ exit: child.exitCode, out }),
      );
    });

  it.skipIf(!GO)('is found right by Go’s own packages, across its growth (skipped without Go)', async () => {
    const program = buildGo(join(DOCS, 'check-log/main.go'), folder);
    const kept = join(folder, 'kept');
    writeFileSync(kept, await (await fetch(`${site}/ledger/checkpoint`)).text());
    const { size } = await log.round();
    const { exit, out } = await run(program, site, keys.log, '-witness', keys.witness, kept);
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      `signed by ${instance.deps.instance.logOrigin}`,
      'signed by witness-1.example',
      expect.stringContaining(`all ${size} entries are in the tree`),
      expect.stringContaining('goes on from'),
      '',
    ]);
  });

  it.skipIf(!GO)('is found wrong by them when another tree was kept (skipped without Go)', async () => {
    const program = buildGo(join(DOCS, 'check-log/main.go'), folder);
    // The same keys, another history.
    const other = await openInstance();
    await withLog(other);
    const fork = await other.store.ledger.published();
    await other.close();
    const kept = join(folder, 'other');
    writeFileSync(kept, fork?.note ?? '');
    expect(await run(program, site, keys.log, kept)).toMatchObject({
      exit: 1,
      out: expect.not.stringContaining('goes on'),
    });
  });

  it.skipIf(!BY_HAND)('is found right by the commands of docs/ledger.md', async () => {
    const { exit, out } = await run('bash', '-e', '-o', 'pipefail', '-c', commandsFor(site));
    expect(out).toContain('Signature Verified Successfully');
    expect(out).toContain('the root is that of the entries');
    expect(exit).toBe(0);
  });
});
