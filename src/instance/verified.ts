import type { Seconds, UnitId } from '../domain/ids.ts';
import { parseDirectory } from '../protocol/directory.ts';
import type { Pins } from '../protocol/root.ts';
import { parseShard } from '../protocol/shard.ts';
import type { Verifier } from '../protocol/suite.ts';
import { readersOf } from '../protocol/target.ts';
import { type VerifiedDirectory, verifyDirectory } from '../protocol/verify-directory.ts';
import { InstanceError } from './instance-error.ts';
import type { OpenInstance } from './open-instance.ts';

/** Fewest active readers of a unit that citizens may be offered. */
const LISTED_FROM = 2;

/**
 * The whole directory of an instance, every statement verified from the pins down. Throws InstanceError `keys_insufficient` when nothing
 * is signed yet, and what `verifyDirectory` throws. `newerKeySets` leaves out so many of the newest key sets: those whose directory is
 * still to be signed.
 */
export async function verifyWhole(
  instance: OpenInstance,
  verifier: Verifier,
  pins: Pins,
  now: number,
  newerKeySets = 0,
): Promise<VerifiedDirectory> {
  const { directory } = instance.store;
  const [all, latest] = await Promise.all([directory.keySets(), directory.latest('directory')]);
  const keySets = all.slice(newerKeySets);
  if (latest === null) throw new InstanceError('keys_insufficient', 'No directory is signed yet.');
  const shards = await Promise.all(
    parseDirectory(verifier, latest.record).shards.map(({ hash }) => directory.shard(hash)),
  );
  const bytes = shards.flatMap((shard) => (shard === null ? [] : [shard.bytes]));
  const units = bytes.flatMap((shard) => parseShard(shard).units.map(({ code }) => code));
  const statements = await directory.statementsOf(units, 0 as Seconds);
  const of = (kind: 'member' | 'epoch' | 'revocation') =>
    statements.filter((row) => row.kind === kind).map(({ record }) => record);
  const bundle = {
    keySets: keySets.map(({ record }) => record),
    directory: latest.record,
    previous: [],
    shards: bytes,
    members: of('member'),
    epochs: of('epoch'),
    revocations: of('revocation'),
  };
  return verifyDirectory(verifier, pins, bundle, now);
}

/** Units that may be offered to citizens: at least two active members can read their tips. */
export const listedUnits = (directory: VerifiedDirectory, now: number): ReadonlySet<UnitId> =>
  new Set(
    [...directory.units.keys()].filter((unit) => readersOf(directory, unit, now).length >= LISTED_FROM),
  );
