import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openSqliteStore } from '../adapters/store/sqlite/open.ts';
import type { Seconds, UnitId } from '../domain/ids.ts';
import { FOCAL_STAGES, type FocalStage } from '../domain/transition-types.ts';
import { oneTimeText } from '../features/accounts/one-time-code.ts';
import type { Clock } from '../ports/clock.ts';
import { loadSodiumSuite } from '../protocol/sodium.ts';
import { STAFF_COST } from '../protocol/staff-credential.ts';
import type { Argon2Cost, Suite } from '../protocol/suite.ts';
import { type DemoLogin, readDemoSecrets, readLogins, writeDemoSecrets, writeLogins } from './demo-files.ts';
import { DEMO_AUDITORS, DEMO_RECOVERY_HOLDERS, makeHolders } from './demo-holders.ts';
import { type DemoPerson, makePeople } from './demo-people.ts';
import { type Renewal, renewDemo } from './demo-renew.ts';
import { readDemoRoot } from './demo-root.ts';
import { DEMO_PROVINCES, DEMO_ROSTER, type RosterEntry } from './demo-roster.ts';
import { ensureDemoWitness } from './demo-witness.ts';
import { moveIntoPlace } from './file-tools.ts';
import {
  hasInstance,
  instancePaths,
  newSecrets,
  readInstance,
  readSecrets,
  writeInstance,
  writePins,
  writeSecrets,
} from './folder.ts';
import { activeStaff, publicKeys } from './found-members.ts';
import { InstanceError } from './instance-error.ts';
import { migrationsFolder } from './project-root.ts';
import { createRecorder, eventDeps, type Recorder } from './recorder.ts';
import { shippedData } from './shipped-data.ts';
import { openStretchPool } from './stretch-pool.ts';
import { readUnits, unitRow } from './units-data.ts';

const DEMO_LOG_ORIGIN = 'trinh-dien.tinkin.example/so-cai';

/** What making or renewing the demonstration is done with. */
export interface DemoOptions {
  readonly clock: Clock;
  /** For tests alone: a cheaper stretching than the pinned minimum, and fewer people. */
  readonly cost?: Argon2Cost;
  readonly roster?: readonly RosterEntry[];
  /** Told what takes time. */
  readonly progress?: (what: 'people' | 'keys') => void;
}

export interface DemoResult {
  readonly created: boolean;
  readonly renewed: Renewal;
  readonly logins: readonly DemoLogin[];
}

/**
 * Makes the demonstration in a folder unless it is there, and renews its keys and epochs. Data of an earlier run stay. A run that is
 * broken off leaves no half instance: it is made aside and moved into place whole. Throws InstanceError `demo_only` when the folder
 * holds another instance.
 */
export async function ensureDemo(folder: string, options: DemoOptions): Promise<DemoResult> {
  const suite = await loadSodiumSuite();
  if (await hasInstance(folder)) {
    if ((await readInstance(folder)).mode !== 'demo') {
      throw new InstanceError('demo_only', `${folder} holds an instance that is no demonstration.`);
    }
    const renewed = await signDemo(folder, suite, options);
    return { created: false, renewed, logins: await readLogins(instancePaths(folder).demoLogins) };
  }
  const aside = await makeAside(folder);
  try {
    const logins = await foundDemo(aside, suite, options);
    const renewed = await signDemo(aside, suite, options);
    await moveIntoPlace(aside, folder);
    return { created: true, renewed, logins };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

const MAKING = '-making-';
/** Seconds after which a folder that was being made is taken for one whose maker was stopped. */
const STALE = 600;

/** A fresh folder beside the one to be made; what stopped runs left there is removed. */
async function makeAside(folder: string): Promise<string> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(folder)}${MAKING}`)) continue;
    const { mtimeMs } = await stat(join(parent, name));
    if (Date.now() - mtimeMs > STALE * 1000) await rm(join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(`${folder}${MAKING}`);
}

/** Writes everything but what is signed for a time: secrets, units, people with their accounts. */
async function foundDemo(folder: string, suite: Suite, options: DemoOptions): Promise<readonly DemoLogin[]> {
  const { pins } = await readDemoRoot(suite);
  const { clock, cost = STAFF_COST, roster = DEMO_ROSTER, progress } = options;
  const secrets = newSecrets(suite);
  await writeSecrets(folder, secrets);
  const units = readUnits(shippedData(), DEMO_PROVINCES);
  progress?.('people');
  const pool = openStretchPool();
  const people = await makePeople(suite, roster, {
    instance: pins.instance,
    atRest: secrets.atRest,
    cost,
    pool,
  }).finally(() => pool.close());
  progress?.('keys');

  const store = openSqliteStore({ file: instancePaths(folder).database, migrations: migrationsFolder() });
  try {
    const recorder = createRecorder(eventDeps(store, pins.instance, secrets.ledgerSeed, clock), 'demo');
    await store.setMetaOnce('instance', pins.instance);
    await store.setMetaOnce('mode', 'demo');
    await recorder.units(units.map(unitRow));
    for (const { person, secrets: keys, credential } of people) {
      await recorder.staff(activeStaff(person, publicKeys(keys), credential));
    }
    await appoint(recorder, people, clock.now());
  } finally {
    await store.close();
  }

  const unitNames = new Map(units.map((unit) => [unit.code, unit.nameVi]));
  const logins = people.map(({ person, passphrase, totp }) => ({
    staff: person.id,
    account: person.account,
    name: person.name,
    unit: person.unit,
    unitName: unitNames.get(person.unit) ?? person.unit,
    roles: person.roles,
    passphrase,
    totp: oneTimeText(totp),
  }));
  await writeLogins(folder, logins);
  await writeDemoSecrets(folder, {
    directoryKeys: [1, 2, 3].map(() => suite.randomBytes(32)),
    recoveryHolders: makeHolders(suite, DEMO_RECOVERY_HOLDERS),
    auditors: makeHolders(suite, DEMO_AUDITORS),
    staff: people.map(({ person, secrets: { sign, kem } }) => ({
      id: person.id,
      sign: sign.secretKey.slice(0, 32),
      kem: kem.secretKey,
    })),
  });
  await writePins(folder, pins);
  await writeInstance(folder, {
    format: 1,
    id: pins.instance,
    mode: 'demo',
    provinces: DEMO_PROVINCES,
    logOrigin: DEMO_LOG_ORIGIN,
    created: clock.now(),
  });
  return logins;
}

/** In every unit the first who works on tips answers for each stage but the decision, and the head for that. */
async function appoint(recorder: Recorder, people: readonly DemoPerson[], now: Seconds): Promise<void> {
  const units = Map.groupBy(people, ({ person }) => person.unit);
  for (const [unit, members] of units) {
    const head = members.find(({ person }) => person.roles.includes('head'))?.person;
    const worker = members.find(({ person }) => WORKING.some((role) => person.roles.includes(role)))?.person;
    if (head === undefined || worker === undefined) continue;
    for (const stage of FOCAL_STAGES) {
      const [active, deputy] = stage === 'resolution' ? [head, worker] : [worker, head];
      await recorder.focalPoint(focalPoint(unit, stage, active.id, 'active', now));
      await recorder.focalPoint(focalPoint(unit, stage, deputy.id, 'deputy', now));
    }
  }
}

const WORKING = ['officer', 'inspector', 'prosecutor', 'support_worker'] as const;

const focalPoint = (
  unit: UnitId,
  stage: FocalStage,
  staff: DemoPerson['person']['id'],
  rank: 'active' | 'deputy',
  from: Seconds,
) => ({ unit, stage, staff, rank, from, until: null });

/** Signs what is missing or runs out. */
async function signDemo(folder: string, suite: Suite, options: DemoOptions): Promise<Renewal> {
  const { pins, rootKeys } = await readDemoRoot(suite);
  const { id, logOrigin } = await readInstance(folder);
  const { ledgerSeed } = await readSecrets(folder);
  const witness = await ensureDemoWitness(folder);
  const store = openSqliteStore({ file: instancePaths(folder).database, migrations: migrationsFolder() });
  try {
    const deps = eventDeps(store, id, ledgerSeed, options.clock);
    return await renewDemo({
      suite,
      pins,
      rootKeys,
      secrets: await readDemoSecrets(folder),
      ledgerKey: deps.ledger.publicKey,
      logOrigin,
      witness,
      store,
      recorder: createRecorder(deps, 'demo'),
      data: shippedData(),
      now: options.clock.now(),
    });
  } finally {
    await store.close();
  }
}
