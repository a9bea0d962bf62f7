import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fsBlobs } from '../../src/adapters/blobs/fs.ts';
import { createBundleSealer } from '../../src/adapters/bundle/sealer.ts';
import { powChallenge } from '../../src/adapters/challenge/pow.ts';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { ledgerSigner, nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { createMemoryLive } from '../../src/adapters/live/memory-live.ts';
import { nodeRandom } from '../../src/adapters/random/node.ts';
import { createRecordingSealer } from '../../src/adapters/recording/sealer.ts';
import { openSqliteStore, type SqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { openThreadedStore } from '../../src/adapters/store/threaded/open.ts';
import { staffEvent } from '../../src/domain/events/index.ts';
import { createApp } from '../../src/http/create-app.ts';
import { recorded } from '../../src/http/kit/server-event.ts';
import { newSession, SESSION_COOKIE } from '../../src/http/kit/session.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import {
  type DemoLogin,
  type DemoSecrets,
  readDemoSecrets,
  readLogins,
} from '../../src/instance/demo-files.ts';
import { readDemoRoot } from '../../src/instance/demo-root.ts';
import { instancePaths, readInstance, readSecrets } from '../../src/instance/folder.ts';
import { migrationsFolder } from '../../src/instance/project-root.ts';
import { shippedData } from '../../src/instance/shipped-data.ts';
import type { Deps } from '../../src/ports/deps.ts';
import type { Pins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { freePort } from '../fixtures/free-port.ts';

/** The demonstration's units, people and keys in a folder of its own, with the whole service over it in this process. */
export interface BenchInstance {
  readonly folder: string;
  /** Port of 127.0.0.1 at which this instance believes that it is served. */
  readonly port: number;
  /** As the service has them: its store is on a thread of its own. */
  readonly deps: Deps;
  /** Another connection to the same file, for filling it. */
  readonly store: SqliteStore;
  readonly app: ReturnType<typeof createApp>;
  readonly suite: Suite;
  readonly pins: Pins;
  readonly logins: readonly DemoLogin[];
  readonly secrets: DemoSecrets;
  /** Cookie header of a session of this account. */
  signIn(account: string): Promise<string>;
  close(): Promise<void>;
}

/** Makes it; the stretching of passphrases is cheap, for nobody logs in with one. */
export async function openBenchInstance(): Promise<BenchInstance> {
  const suite = await loadSodiumSuite();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'tinkin-bench-'));
  const home = join(folder, 'instance');
  const clock = systemClock();
  await ensureDemo(home, { clock, cost: { passes: 1, memoryKiB: 8 * 1024 } });
  const paths = instancePaths(home);
  const [facts, secrets, logins] = await Promise.all([
    readInstance(home),
    readSecrets(home),
    readLogins(paths.demoLogins),
  ]);
  const place = { file: paths.database, migrations: migrationsFolder() };
  const store = openSqliteStore(place);
  const deps: Deps = {
    store: await openThreadedStore(place),
    blobs: fsBlobs(paths.blobs),
    challenge: powChallenge({ key: new Uint8Array(32).fill(7), base: 1, calmPerMinute: 1e9, ceiling: 1 }),
    proof: powChallenge({ key: new Uint8Array(32).fill(8), base: 1, calmPerMinute: 1e9, ceiling: 1 }),
    limits: {
      attachmentBytes: 500 * 1024 * 1024,
      uploadRoom: 20 * 1024 * 1024 * 1024,
      diskReserve: 0,
      recordingBytes: 128 * 1024 * 1024,
    },
    clock,
    random: nodeRandom(),
    crypto: nodeCrypto(),
    ledger: ledgerSigner(secrets.ledgerSeed),
    witnesses: [],
    sealer: null,
    recordings: createRecordingSealer(),
    bundles: createBundleSealer(),
    live: createMemoryLive(),
    poster: null,
    digestHours: [],
    instance: {
      id: facts.id,
      mode: 'demo',
      origin: `http://127.0.0.1:${port}`,
      logOrigin: facts.logOrigin,
      provinces: facts.provinces,
      includeWithin: 3600,
      cadence: 10,
      minWitnesses: 0,
      neutralPage: null,
      hotline: '',
      onion: '',
      transcriberPort: 0,
    },
    data: shippedData(),
    log: { request: () => undefined, service: () => undefined },
    secrets: { nonce: secrets.nonce, formToken: secrets.formToken, atRest: secrets.atRest },
    assets: { url: (entry) => `/build/${entry}` },
  };
  return {
    folder,
    port,
    deps,
    store,
    app: createApp(deps),
    suite,
    pins: (await readDemoRoot(suite)).pins,
    logins,
    secrets: await readDemoSecrets(home),
    async signIn(account) {
      const login = logins.find((one) => one.account === account);
      if (login === undefined) throw new Error(`no account ${account}`);
      const { token, row } = newSession(deps, login.staff);
      const act = staffEvent(login.staff, 'logged_in', { by: login.staff });
      await recorded(deps, act, (event) => store.accounts.openSession(row, event));
      return `${SESSION_COOKIE}=${token}`;
    },
    async close() {
      await Promise.all([deps.store.close(), store.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
