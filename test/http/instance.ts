import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fsBlobs } from '../../src/adapters/blobs/fs.ts';
import { createBundleSealer } from '../../src/adapters/bundle/sealer.ts';
import { powChallenge } from '../../src/adapters/challenge/pow.ts';
import { ledgerSigner, nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { openVerifyThreads } from '../../src/adapters/crypto/verify-threads.ts';
import { fileReferenceData } from '../../src/adapters/data/reference-data.ts';
import { createMemoryLive } from '../../src/adapters/live/memory-live.ts';
import { nodeRandom } from '../../src/adapters/random/node.ts';
import { createRecordingSealer } from '../../src/adapters/recording/sealer.ts';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import { openThreadedStore } from '../../src/adapters/store/threaded/open.ts';
import type { Seconds, UnitId } from '../../src/domain/ids.ts';
import { createApp } from '../../src/http/create-app.ts';
import { createRecorder } from '../../src/instance/recorder.ts';
import { directoryRow, epochRow, keySetRow, memberRow, shardRow } from '../../src/instance/statement-rows.ts';
import type { Challenge } from '../../src/ports/challenge.ts';
import type { Deps, RequestLog } from '../../src/ports/deps.ts';
import type { UnitRow } from '../../src/ports/store/directory-store.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { TEST_LIMITS } from '../fixtures/instance.ts';
import { COMMUNE, makeWorld, NOW, PROVINCE, type World } from '../protocol/world.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const ORIGIN = 'https://tin.example.vn';

export type LogLine = Parameters<RequestLog['request']>[0];
export type ServiceLine = { readonly level: string; readonly event: string; readonly facts?: unknown };

/** The whole service on a real database file in a folder of its own, with a clock that a test moves. */
export interface TestInstance {
  readonly deps: Deps;
  readonly app: ReturnType<typeof createApp>;
  /** A second connection, for looking at what is stored. */
  readonly connection: Database.Database;
  readonly world: World;
  readonly folder: string;
  readonly clock: { now(): Seconds; set(seconds: number): void };
  readonly requests: LogLine[];
  readonly service: ServiceLine[];
  close(): Promise<void>;
}

export interface TestInstanceOptions {
  readonly challenge?: Challenge;
  readonly change?: (deps: Deps) => Partial<Deps>;
  readonly now?: number;
  /** The store on a thread of its own, as in production. */
  readonly threaded?: boolean;
}

const unitRow = (code: UnitId, parent: UnitId | null): UnitRow => ({
  code,
  parent,
  kind: parent === null ? 'provincial_police' : 'commune_police',
  nameVi: 'Công an',
  nameEn: 'Police',
  province: '14',
  remote: false,
  from: '2025-07-01',
  until: null,
});

/** Opens a fresh instance with the directory of `makeWorld`: one commune and one province, each with a live epoch. */
export async function openTestInstance(options: TestInstanceOptions = {}): Promise<TestInstance> {
  const suite = await loadSodiumSuite();
  const world = makeWorld(suite);
  const folder = await mkdtemp(join(tmpdir(), 'tinkin-http-'));
  const file = join(folder, 'tinkin.sqlite');
  const settings = { file, migrations: join(ROOT, 'db/sqlite') };
  const store = options.threaded ? await openThreadedStore(settings) : openSqliteStore(settings);
  const connection = new Database(file);
  const threads = options.threaded ? openVerifyThreads(1) : null;
  let now = options.now ?? NOW + 1800;
  const clock = {
    now: () => now as Seconds,
    set: (seconds: number) => {
      now = seconds;
    },
  };
  const requests: LogLine[] = [];
  const service: ServiceLine[] = [];
  const base: Deps = {
    store,
    blobs: fsBlobs(join(folder, 'blobs')),
    challenge:
      options.challenge ??
      powChallenge({ key: new Uint8Array(32).fill(7), base: 1, calmPerMinute: 1e9, ceiling: 1 }),
    proof: powChallenge({ key: new Uint8Array(32).fill(8), base: 1, calmPerMinute: 1e9, ceiling: 1 }),
    limits: TEST_LIMITS,
    clock,
    random: nodeRandom(),
    crypto: nodeCrypto(threads?.verify),
    ledger: ledgerSigner(world.ledger.secretKey.slice(0, 32)),
    witnesses: [],
    sealer: null,
    recordings: createRecordingSealer(),
    bundles: createBundleSealer(),
    live: createMemoryLive(),
    poster: null,
    digestHours: [],
    instance: {
      id: world.pins.instance,
      mode: 'production',
      origin: ORIGIN,
      logOrigin: 'demo.example/log',
      provinces: ['14'],
      includeWithin: 3600,
      cadence: 10,
      minWitnesses: 0,
      neutralPage: null,
      hotline: '',
      onion: '',
      transcriberPort: 0,
    },
    data: fileReferenceData(join(ROOT, 'db/data')),
    log: {
      request: (line) => requests.push(line),
      service: (level, event, facts) => service.push({ level, event, ...(facts ? { facts } : {}) }),
    },
    secrets: {
      nonce: new Uint8Array(32).fill(1),
      formToken: new Uint8Array(32).fill(2),
      atRest: new Uint8Array(32).fill(3),
    },
    assets: { url: (entry) => `/build/${entry}` },
  };
  const deps: Deps = { ...base, ...options.change?.(base) };
  await fillDirectory(deps, world);
  return {
    deps,
    app: createApp(deps),
    connection,
    world,
    folder,
    clock,
    requests,
    service,
    async close() {
      connection.close();
      await threads?.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fillDirectory(deps: Deps, world: World): Promise<void> {
  const { suite, bundle, pins } = world;
  const recorder = createRecorder(deps, 'test');
  await recorder.units([unitRow(PROVINCE, null), unitRow(COMMUNE, PROVINCE)]);
  for (const keySet of bundle.keySets) await recorder.statement(keySetRow(suite, pins, keySet));
  await recorder.statement(directoryRow(suite, bundle.directory), [shardRow(suite, '14', world.shard)]);
  for (const member of bundle.members) await recorder.statement(memberRow(suite, member));
  for (const epoch of bundle.epochs) await recorder.statement(epochRow(suite, epoch));
}
