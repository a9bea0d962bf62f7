import type { ReferenceData } from '../ports/deps.ts';
import type { StatementRow } from '../ports/store/directory-store.ts';
import { parseDirectory } from '../protocol/directory.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Pins } from '../protocol/root.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import type { VerifiedDirectory } from '../protocol/verify-directory.ts';
import { type AdoptedAuditor, adoptAuditors } from './adopt-auditor.ts';
import { makeDirectory, makeKeySet, makeShards } from './found-directory.ts';
import { InstanceError } from './instance-error.ts';
import type { OpenInstance } from './open-instance.ts';
import type { Recorder } from './recorder.ts';
import { listedUnits, verifyWhole } from './verified.ts';
import { changedWitnesses, type WitnessChanges } from './witnesses.ts';

/** What signing the directory anew needs. */
export interface Publishing {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly instance: OpenInstance;
  readonly recorder: Recorder;
  readonly data: ReferenceData;
  readonly now: number;
}

/** Directory keys for the next twelve months. */
export interface NewKeySet {
  readonly rootKeys: readonly SignKeyPair[];
  readonly keys: readonly Uint8Array[];
  readonly threshold: number;
}

/** What the next directory says otherwise than the one before. */
export interface DirectoryChanges extends WitnessChanges {
  /** Auditors who bring the keys of their accounts. */
  readonly auditors?: readonly AdoptedAuditor[];
  /** Name of the log that takes the place of one which lost what it had published. */
  readonly logOrigin?: string;
}

export interface Published {
  readonly version: number;
  readonly listed: number;
  /** UTC seconds. */
  readonly until: number;
}

/**
 * Signs the next version of the directory: the units as the store has them now, listed where two members can read, holders, auditors and
 * witnesses as before but for what `changes` says, three months from now. With a new key set that one is signed first, by the root. Throws
 * InstanceError `keys_insufficient` when there is no directory before it, and those of `adoptAuditors` and `changedWitnesses`.
 */
export async function publishDirectory(
  publishing: Publishing,
  directoryKeys: readonly SignKeyPair[],
  newKeySet: NewKeySet | null = null,
  changes: DirectoryChanges = {},
): Promise<Published> {
  const { suite, pins, instance, recorder, data, now } = publishing;
  const { directory } = instance.store;
  const previous = await directory.latest('directory');
  if (previous === null) throw new InstanceError('keys_insufficient', 'There is no directory to follow on.');
  const before = parseDirectory(suite, previous.record);
  const { logOrigin = before.logOrigin } = changes;
  const { recoveryHolders } = before;
  const auditors = await adoptAuditors(instance.store, suite, before.auditors, changes.auditors ?? []);
  const witnesses = changedWitnesses(suite, before.witnesses, changes);
  const listed = listedUnits(await verifyAsSigned(publishing, previous), now);
  if (newKeySet !== null) {
    const serial = ((await directory.latest('directory-keys'))?.version ?? 0) + 1;
    const { rootKeys, keys, threshold } = newKeySet;
    await recorder.statement(makeKeySet(suite, pins, rootKeys, { serial, keys, threshold }, now));
  }
  const shards = makeShards(suite, await directory.units(null), listed, data);
  const [, ...former] = await directory.keySets();
  const settings = { ledgerKey: instance.ledgerKey, logOrigin, recoveryHolders, auditors, witnesses };
  const row = makeDirectory(suite, pins.instance, directoryKeys, settings, {
    shards,
    previous,
    formerKeySets: former.map(({ hash }) => hash),
    now,
  });
  await recorder.statement(row, shards);
  return { version: row.version, listed: listed.size, until: row.until };
}

/**
 * The newest directory with all its statements, verified as when it was last in force: what an operator does to keys must be possible
 * although it has run out. Throws InstanceError `keys_insufficient` when nothing is signed yet, and what `verifyDirectory` throws.
 */
export async function verifyLatest(publishing: Publishing): Promise<VerifiedDirectory> {
  const latest = await publishing.instance.store.directory.latest('directory');
  if (latest === null) throw new InstanceError('keys_insufficient', 'No directory is signed yet.');
  return verifyAsSigned(publishing, latest);
}

/**
 * The directory as it was when it was last in force: members are judged by their statements, whether or not it has run out since. A key
 * set that was signed without its directory, because a run was broken off between the two, is left aside.
 */
async function verifyAsSigned({ instance, suite, pins, now }: Publishing, previous: StatementRow) {
  const keySet = await instance.store.directory.latest('directory-keys');
  const at = Math.min(now, previous.until - 1, (keySet?.until ?? now) - 1);
  try {
    return await verifyWhole(instance, suite, pins, at);
  } catch (error) {
    if (!(error instanceof ProtocolError && error.code === 'directory_threshold')) throw error;
    return verifyWhole(instance, suite, pins, at, 1);
  }
}
