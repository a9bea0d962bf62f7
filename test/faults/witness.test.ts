import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { instancePaths, readPins, writePins } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { formatVkey, noteKey } from '../../src/ledger/note.ts';
import { freePort } from '../fixtures/free-port.ts';
import { bundleOf } from './support/bundle.ts';
import { makeInstance } from './support/instance.ts';
import { type RunningProgram, runTinkin, startTinkin } from './support/program.ts';
import { type RunningServer, startServer } from './support/server.ts';

const NAME = 'chung-kien.example.vn';
/** Seconds between two batches where one is enough. */
const SLOW = '2';

/** What `GET /ledger/checkpoint` says: its size, and whether our witness signed it. */
async function checkpoint({ origin }: RunningServer): Promise<{ size: number; witnessed: boolean }> {
  const text = await fetch(`${origin}/ledger/checkpoint`).then((answer) => (answer.ok ? answer.text() : ''));
  return { size: Number(text.split('\n')[1] ?? 0), witnessed: text.includes(`\u2014 ${NAME} `) };
}

/** Looks until something is so. */
async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const grownFrom = (server: RunningServer, size: number) =>
  until(
    () => checkpoint(server),
    (seen) => seen.size > size,
  );

async function vkeyOfLog(folder: string): Promise<string> {
  const { facts, ledgerKey, close } = await openInstance(folder);
  await close();
  return formatVkey(noteKey((data) => nodeCrypto().sha256(data), facts.logOrigin, ledgerKey));
}

describe('a service whose checkpoints another agency must cosign, each a process of its own', () => {
  let home: string;
  let instance: Awaited<ReturnType<typeof makeInstance>>;
  let witness: RunningProgram;
  const servers: RunningServer[] = [];
  const start = async (folder: string, env: Record<string, string>): Promise<RunningServer> => {
    const server = await startServer(folder, { env: { TINKIN_LOG_LEVEL: 'warn', ...env } });
    servers.push(server);
    return server;
  };
  const seen = { first: false, away: 0, stayed: 0, after: false, doctor: '', log: [] as readonly string[] };
  let fork = { before: 0, after: 0, log: [] as readonly string[], told: '', evidence: [] as string[] };
  let audit = { exit: -1, out: '' };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tinkin-witnessed-'));
    instance = await makeInstance();
    const [key, state, port] = [join(home, 'key'), join(home, 'state'), await freePort()];
    const vkey = (await runTinkin('witness', 'init', NAME, '--key', key)).out.trim();
    const log = await vkeyOfLog(instance.folder);
    const serve = () =>
      startTinkin(
        'Listening',
        ...['witness', 'serve', '--key', key, '--log', log, '--state', state, '--port', String(port)],
      );
    const pins = await readPins(instance.folder);
    // The demonstration's own witness and this one.
    await writePins(instance.folder, { ...pins, minWitnesses: 2 });
    const asks = { TINKIN_WITNESSES: `${vkey} http://127.0.0.1:${port}` };

    witness = await serve();
    const quick = await start(instance.folder, { ...asks, TINKIN_LEDGER_CADENCE: '1' });
    const first = await grownFrom(quick, 8);
    seen.first = first.witnessed;
    await witness.kill();
    await until(
      async () => quick.logged().filter((line) => line.includes('ledger_unpublished')),
      (lines) => lines.length >= 2,
    );
    seen.away = (await checkpoint(quick)).size;
    seen.doctor = (await runTinkin('--data', instance.folder, 'doctor', '--json')).out;
    seen.stayed = (await checkpoint(quick)).size;
    seen.log = quick.logged();
    witness = await serve();
    seen.after = (await grownFrom(quick, seen.stayed)).witnessed;
    await quick.stop();
    // Two services over one history: each adds one batch of the same size.
    const copy = join(home, 'copy');
    await cp(instance.folder, copy, { recursive: true });
    await writePins(copy, pins);
    const honest = await start(instance.folder, { ...asks, TINKIN_LEDGER_CADENCE: SLOW });
    const grown = await grownFrom(honest, (await checkpoint(honest)).size);
    await honest.kill();
    const alone = await start(copy, { TINKIN_LEDGER_CADENCE: SLOW });
    await grownFrom(alone, (await checkpoint(alone)).size);
    await alone.kill();
    const lying = await start(copy, { ...asks, TINKIN_LEDGER_CADENCE: '1' });
    await until(
      async () => lying.logged().filter((line) => line.includes('ledger_rolled_back')),
      (lines) => lines.length >= 2,
    );
    const told = witness.told();
    fork = {
      before: grown.size,
      after: (await checkpoint(lying)).size,
      log: lying.logged(),
      told,
      evidence: [],
    };
    await lying.kill();
    const evidence = join(state, 'evidence');
    fork.evidence = (await readdir(evidence, { recursive: true })).filter((name) => name.endsWith('.note'));
    const bundle = join(home, 'bundle.ndjson');
    await writeFile(bundle, `${(await bundleOf(copy)).join('\n')}\n`);
    audit = await runTinkin(
      ...['audit', 'verify', bundle, '--pins', instancePaths(copy).pins, '--evidence', evidence, '--json'],
    );
  }, 180_000);

  afterAll(async () => {
    for (const server of servers) await server.kill();
    await witness?.kill();
    await instance?.remove();
    await rm(home, { recursive: true, force: true });
  });

  test('publishes with its line, before it was killed and after', () => {
    expect([seen.first, seen.after]).toEqual([true, true]);
  });

  test('publishes nothing while it is away, and says so in log and doctor', () => {
    expect(seen.stayed).toBe(seen.away);
    expect(seen.doctor).toContain('wait for witnesses');
    const line = seen.log.find((one) => one.includes('ledger_unpublished')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ witnesses: 1, of: 2, published: seen.away });
  });

  test('is refused when a copy of its database has gone on by itself, and signs nothing more', () => {
    expect(fork.told).toContain(`signed two trees of ${fork.before} entries`);
    expect(fork.after).toBe(fork.before);
  });

  test('has left both trees with the witness, and an auditor who is given them names the fork', async () => {
    expect(fork.evidence.map((name) => name.split('.').slice(-2)[0]).sort()).toEqual(['refused', 'seen']);
    expect(fork.evidence.every((name) => name.includes('/fork/'))).toBe(true);
    const { violations } = JSON.parse(audit.out) as { violations: { check: string; size?: number }[] };
    expect(audit.exit).toBe(1);
    expect(violations).toMatchObject([{ check: 'fork', size: fork.before }]);
  });
});
