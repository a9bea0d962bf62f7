import { availableParallelism } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fsBlobs } from '../adapters/blobs/fs.ts';
import { createBundleSealer } from '../adapters/bundle/sealer.ts';
import { hcaptchaChallenge } from '../adapters/challenge/hcaptcha.ts';
import { powChallenge } from '../adapters/challenge/pow.ts';
import { systemClock } from '../adapters/clock/system.ts';
import { ledgerSigner, nodeCrypto } from '../adapters/crypto/node.ts';
import { openVerifyThreads } from '../adapters/crypto/verify-threads.ts';
import { readAssets } from '../adapters/data/assets.ts';
import { fileReferenceData } from '../adapters/data/reference-data.ts';
import { fileStaticFiles } from '../adapters/data/static-files.ts';
import { createMemoryLive } from '../adapters/live/memory-live.ts';
import { pinoLog } from '../adapters/log/pino-log.ts';
import { smtpPoster } from '../adapters/mail/smtp.ts';
import { nodeRandom } from '../adapters/random/node.ts';
import { createRecordingSealer } from '../adapters/recording/sealer.ts';
import { createSealer } from '../adapters/sealer/sealer.ts';
import { openThreadedStore } from '../adapters/store/threaded/open.ts';
import type { Config } from '../config.ts';
import { bundleFor } from '../http/directory-bundle.ts';
import type { Challenge } from '../ports/challenge.ts';
import type { Clock } from '../ports/clock.ts';
import type { Deps, InstanceFacts, RequestLog } from '../ports/deps.ts';
import type { ServerCrypto } from '../ports/server-crypto.ts';
import type { StaticFiles } from '../ports/static-files.ts';
import type { Store } from '../ports/store/store.ts';
import { utf8 } from '../protocol/bytes.ts';
import { parseDsse } from '../protocol/dsse.ts';
import { type Pins, parsePins } from '../protocol/root.ts';
import { holdsDemoKey, isDemoInstance } from './demo-keys.ts';
import { openDemoWitness } from './demo-witness.ts';
import { type InstanceFile, instancePaths, readInstance, readPins, readSecrets } from './folder.ts';
import { InstanceError } from './instance-error.ts';
import { requireLaw } from './law.ts';
import { ledgerTimes } from './ledger-times.ts';
import { migrationsFolder, projectRoot } from './project-root.ts';
import { requireEmptied } from './restore.ts';
import { witnessesOf } from './witnesses.ts';

/** One thread verifies some 10 000 signatures a second. */
const VERIFY_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Everything that a running instance is made of. */
export interface RunningDeps extends Deps {
  readonly files: StaticFiles;
  /** Folder of the instance. */
  readonly folder: string;
  /**
   * Settles with a thread's name when one without which nothing can be served ended by itself; never while all is well. The process
   * cannot go on: whoever runs it should end it, so that it is started anew.
   */
  readonly lost: Promise<'store' | 'verify'>;
  /** Writes out what the log still counts, ends workers and closes the store. Call it after the last request. */
  close(): Promise<void>;
}

/** Folder of the instance that a configuration names. */
function instanceFolder(config: Pick<Config, 'data'>): string {
  if (config.data === null) return join(projectRoot(), 'data', 'demo');
  return isAbsolute(config.data) ? config.data : resolve(config.data);
}

/**
 * Opens the instance that the configuration names and builds everything that requests need. Throws InstanceError: `no_instance`,
 * `file_invalid`, `demo_in_production`, `demo_only`, `not_emptied`; MigrationError when the schema cannot be brought up to date.
 * @param origin public origin; the configuration's own goes before it.
 * @param given a clock other than the machine's, for a demonstration that has seen weeks within seconds.
 */
export async function buildDeps(config: Config, origin: string, given?: Clock): Promise<RunningDeps> {
  requireLaw(join(projectRoot(), 'db', 'data'));
  const folder = instanceFolder(config);
  const paths = instancePaths(folder);
  const file = await readInstance(folder);
  const secrets = await readSecrets(folder);
  checkMode(config, file);
  await requireEmptied(folder);
  const pins = await readPins(folder);
  const root = projectRoot();
  const clock = given ?? systemClock(file.mode === 'demo' ? config.clockOffset : 0);
  const log = pinoLog({ level: config.logLevel, clock });
  const { promise: lost, resolve: lose } = Promise.withResolvers<'store' | 'verify'>();
  const place = { file: paths.database, migrations: migrationsFolder() };
  const store = await openThreadedStore(place, () => lose('store'));
  const threads = openVerifyThreads(VERIFY_THREADS, () => lose('verify'));
  const crypto = nodeCrypto(threads.verify);
  const ledger = ledgerSigner(secrets.ledgerSeed);
  try {
    await checkKeys(file, store);
    const witnessed = { origin: file.logOrigin, publicKey: ledger.publicKey };
    const own = file.mode === 'demo' ? await openDemoWitness(folder, witnessed, clock) : null;
    const assets = readAssets(join(root, 'public', 'build'));
    if (!assets.built) log.service('warn', 'client_not_built');
    warnOfOtherPins(file, log);
    const sealer =
      config.sealer === null
        ? null
        : createSealer({
            ...config.sealer,
            pins,
            clock,
            bundleFor: bundleFor({ store, crypto, clock }),
          });
    const recordings = createRecordingSealer();
    const bundles = createBundleSealer();
    const poster = config.mail === null ? null : smtpPoster(config.mail);
    return {
      folder,
      store,
      blobs: fsBlobs(paths.blobs),
      challenge: challengeOf(config, crypto, secrets.nonce),
      proof: powChallenge({ key: crypto.hmac(secrets.nonce, utf8('tinkin/proof')), ...proofOptions(config) }),
      clock,
      random: nodeRandom(),
      crypto,
      ledger,
      witnesses: witnessesOf(config, pins, log, own === null ? [] : [own]),
      sealer,
      recordings,
      bundles,
      live: createMemoryLive(),
      poster,
      digestHours: config.digestHours,
      instance: factsOf(config, file, pins, origin),
      limits: config.limits,
      data: fileReferenceData(join(root, 'db', 'data')),
      log,
      secrets: { nonce: secrets.nonce, formToken: secrets.formToken, atRest: secrets.atRest },
      assets: assets.assets,
      files: staticFiles(root, file, assets.workers),
      lost,
      async close() {
        log.close();
        await poster?.close();
        await sealer?.close();
        await recordings.close();
        await bundles.close();
        await threads.close();
        await store.close();
      },
    };
  } catch (error) {
    await threads.close();
    await store.close();
    throw error;
  }
}

/** A client built with another instance's pins refuses this one's directory: nobody could send anything. `doctor` says so, too. */
function warnOfOtherPins(file: InstanceFile, log: RequestLog): void {
  if (typeof __TINKIN_PINS__ !== 'undefined' && parsePins(__TINKIN_PINS__).instance !== file.id) {
    log.service('warn', 'client_built_for_another_instance');
  }
}

function factsOf(config: Config, file: InstanceFile, pins: Pins, origin: string): InstanceFacts {
  return {
    id: file.id,
    mode: file.mode,
    origin: config.origin ?? origin,
    logOrigin: file.logOrigin,
    provinces: file.provinces,
    ...ledgerTimes(config, file.mode),
    minWitnesses: pins.minWitnesses ?? 0,
    neutralPage: config.neutralPage,
    hotline: config.hotline,
    onion: config.onion,
    transcriberPort: config.transcriberPort,
  };
}

/** What the configuration says must fit what the instance is; nothing of a demonstration serves in production. */
function checkMode(config: Config, file: InstanceFile): void {
  if (config.mode === 'production' && file.mode === 'demo') {
    throw new InstanceError(
      'demo_in_production',
      'TINKIN_MODE says production, but the instance is a demonstration: its keys are known to everybody. Make a new one with "tinkin init".',
    );
  }
  if (config.mode === 'demo' && file.mode === 'production') {
    throw new InstanceError('demo_only', 'TINKIN_MODE says demo, but the instance is a production one.');
  }
  if (file.mode !== 'production') return;
  if (isDemoInstance(file.id)) {
    throw new InstanceError('demo_in_production', 'The instance carries the id of the demonstration.');
  }
  if (config.origin === null || !config.origin.startsWith('https:')) {
    throw new InstanceError(
      'file_invalid',
      'A production instance needs TINKIN_ORIGIN, its public https address.',
    );
  }
  if (config.clockOffset !== 0) {
    throw new InstanceError('demo_only', 'TINKIN_DEMO_CLOCK_OFFSET is for the demonstration alone.');
  }
}

/** A production directory may not hang on the demonstration's root keys, whose private halves everybody has. */
async function checkKeys(file: InstanceFile, store: Store): Promise<void> {
  if (file.mode !== 'production') return;
  const keySet = await store.directory.latest('directory-keys');
  if (keySet && holdsDemoKey(parseDsse(keySet.record).signatures.map(({ keyid }) => keyid))) {
    throw new InstanceError(
      'demo_in_production',
      'The directory is signed with the demonstration’s root keys.',
    );
  }
}

function challengeOf(config: Config, crypto: ServerCrypto, secret: Uint8Array): Challenge {
  const key = crypto.hmac(secret, utf8('tinkin/challenge'));
  return config.challenge.kind === 'pow'
    ? powChallenge({ key, ...config.challenge })
    : hcaptchaChallenge({ key, ...config.challenge });
}

/** Files and messages cost what a tip costs where tips are proven by work, and the default where a third party checks tips. */
const proofOptions = ({ challenge }: Config) =>
  challenge.kind === 'pow' ? challenge : { base: 50_000, calmPerMinute: 120, ceiling: 64 };

/** The client build, and the reference data that the form loads. */
function staticFiles(root: string, file: InstanceFile, workers: readonly string[]): StaticFiles {
  const data = join(root, 'db', 'data');
  const ofProvinces = (kind: string): readonly string[] =>
    file.provinces.map((province) => `${kind}/${province}.json`);
  return fileStaticFiles(
    [
      { prefix: '/build/', folder: join(root, 'public', 'build') },
      {
        prefix: '/data/',
        folder: data,
        files: [
          'conduct.json',
          'routes.json',
          'provinces.json',
          ...ofProvinces('places'),
          ...ofProvinces('units'),
          'units/vn.json',
        ],
      },
    ],
    workers,
  );
}
