import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openSqliteStore } from '../adapters/store/sqlite/open.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReferenceData } from '../ports/deps.ts';
import { toHex } from '../protocol/bytes.ts';
import { generatePassphrase } from '../protocol/passphrase.ts';
import type { Pins } from '../protocol/root.ts';
import type { Argon2Cost, Suite } from '../protocol/suite.ts';
import { isEmptyFolder, moveIntoPlace } from './file-tools.ts';
import { instancePaths, newSecrets, writeInstance, writePins, writeSecrets } from './folder.ts';
import { makeDirectory, makeKeySet, makeShards } from './found-directory.ts';
import { InstanceError } from './instance-error.ts';
import { type KeyFile, type KeyKind, makeKeyFile, writeKeyFile } from './key-files.ts';
import { migrationsFolder } from './project-root.ts';
import { createRecorder, eventDeps } from './recorder.ts';
import { openStretchPool } from './stretch-pool.ts';
import { readUnits, unitRow } from './units-data.ts';

/** Everything that `tinkin init` asks. */
export interface FoundingPlan {
  readonly provinces: readonly string[];
  readonly logOrigin: string;
  readonly root: { readonly keys: number; readonly threshold: number };
  readonly directory: { readonly keys: number; readonly threshold: number };
  /** Exactly three people or bodies, any two of whom recover a unit's epoch. */
  readonly recoveryHolders: readonly { readonly id: string; readonly name: string }[];
  /** Independent auditors of the whole instance. */
  readonly auditors: readonly { readonly id: string; readonly name: string }[];
}

/** A key that was made, with the passphrase that is shown once and kept nowhere. */
export interface MadeKey {
  readonly file: KeyFile;
  readonly passphrase: string;
}

export interface Founded {
  readonly pins: Pins;
  readonly keys: readonly MadeKey[];
}

/**
 * Makes a production instance in an empty folder, its private keys in another: secrets, units, root and directory keys, first key set
 * and directory. No unit is listed before its members have joined. Nothing is left behind when a step fails. Throws InstanceError
 * `exists`, `unit_unknown`, `keys_insufficient` (a threshold beyond the number of keys, not three recovery holders).
 */
export async function foundInstance(
  folder: string,
  keysFolder: string,
  plan: FoundingPlan,
  tools: {
    readonly suite: Suite;
    readonly clock: Clock;
    readonly data: ReferenceData;
    readonly cost?: Argon2Cost;
  },
): Promise<Founded> {
  checkPlan(plan);
  for (const place of [folder, keysFolder]) {
    if (!(await isEmptyFolder(place))) throw new InstanceError('exists', `${place} is not empty.`);
  }
  const { suite } = tools;
  const made = await makeKeys(plan, suite, tools.cost);
  await mkdir(dirname(folder), { recursive: true });
  const aside = await mkdtemp(`${folder}-making-`);
  try {
    const pins = await writeFounding(aside, plan, made, tools);
    await mkdir(keysFolder, { recursive: true, mode: 0o700 });
    for (const { file } of made) await writeKeyFile(keysFolder, file);
    await moveIntoPlace(aside, folder);
    return { pins, keys: made.map(({ file, passphrase }) => ({ file, passphrase })) };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

function checkPlan({ root, directory, recoveryHolders }: FoundingPlan): void {
  for (const { keys, threshold } of [root, directory]) {
    if (threshold < 1 || threshold > keys || keys > 16) {
      throw new InstanceError(
        'keys_insufficient',
        `A threshold of ${threshold} does not fit ${keys} keys (at most 16).`,
      );
    }
  }
  if (recoveryHolders.length !== 3 || new Set(recoveryHolders.map(({ id }) => id)).size !== 3) {
    throw new InstanceError('keys_insufficient', 'Exactly three different recovery holders are needed.');
  }
}

type KeyWithSeed = MadeKey & { readonly seed: Uint8Array };

/** All keys at once: stretching their passphrases takes a second each, in parallel. */
async function makeKeys(
  plan: FoundingPlan,
  suite: Suite,
  cost?: Argon2Cost,
): Promise<readonly KeyWithSeed[]> {
  const numbered = (kind: KeyKind, count: number) =>
    Array.from({ length: count }, (_, i) => ({ kind, id: `${kind}-${i + 1}`, name: '' }));
  const wanted = [
    ...numbered('root', plan.root.keys),
    ...numbered('directory', plan.directory.keys),
    ...plan.recoveryHolders.map((holder) => ({ kind: 'recovery' as const, ...holder })),
    ...plan.auditors.map((auditor) => ({ kind: 'auditor' as const, ...auditor })),
  ];
  const pool = openStretchPool();
  try {
    return await Promise.all(
      wanted.map(async (named) => {
        const passphrase = generatePassphrase(suite);
        return { ...(await makeKeyFile(suite, pool, named, passphrase, cost)), passphrase };
      }),
    );
  } finally {
    await pool.close();
  }
}

async function writeFounding(
  folder: string,
  plan: FoundingPlan,
  made: readonly KeyWithSeed[],
  { suite, clock, data }: { readonly suite: Suite; readonly clock: Clock; readonly data: ReferenceData },
): Promise<Pins> {
  const now = clock.now();
  const of = (kind: KeyKind) => made.filter(({ file }) => file.kind === kind);
  const pairs = (kind: KeyKind, count: number) =>
    of(kind)
      .slice(0, count)
      .map(({ seed }) => suite.ed25519KeyPair(seed));
  const holders = (kind: KeyKind) =>
    of(kind).map(({ file }) => ({ id: file.id, name: file.name, kemKey: file.publicKey }));
  const pins: Pins = {
    instance: toHex(suite.randomBytes(16)),
    rootKeys: of('root').map(({ file }) => file.publicKey),
    threshold: plan.root.threshold,
    minimumDirectoryVersion: 1,
  };
  const secrets = newSecrets(suite);
  await writeSecrets(folder, secrets);
  await writePins(folder, pins);
  const store = openSqliteStore({ file: instancePaths(folder).database, migrations: migrationsFolder() });
  try {
    const deps = eventDeps(store, pins.instance, secrets.ledgerSeed, clock);
    const recorder = createRecorder(deps, 'operator');
    await store.setMetaOnce('instance', pins.instance);
    await store.setMetaOnce('mode', 'production');
    const units = readUnits(data, plan.provinces).map(unitRow);
    await recorder.units(units);
    const keySet = {
      serial: 1,
      keys: of('directory').map(({ file }) => file.publicKey),
      threshold: plan.directory.threshold,
    };
    await recorder.statement(makeKeySet(suite, pins, pairs('root', plan.root.threshold), keySet, now));
    const shards = makeShards(suite, units, new Set(), data);
    const settings = {
      ledgerKey: deps.ledger.publicKey,
      logOrigin: plan.logOrigin,
      recoveryHolders: holders('recovery'),
      // Their signing keys come with their accounts (`keys publish --auditor`).
      auditors: holders('auditor').map((holder) => ({ ...holder, signKey: null })),
      // Nobody looks at a log that does not exist yet (`keys publish --witness`).
      witnesses: [],
    };
    const signers = pairs('directory', plan.directory.threshold);
    const step = { shards, previous: null, formerKeySets: [], now };
    await recorder.statement(makeDirectory(suite, pins.instance, signers, settings, step), shards);
  } finally {
    await store.close();
  }
  await writeInstance(folder, {
    format: 1,
    id: pins.instance,
    mode: 'production',
    provinces: plan.provinces,
    logOrigin: plan.logOrigin,
    created: now,
  });
  return pins;
}
