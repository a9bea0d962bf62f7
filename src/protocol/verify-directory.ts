import type { Hash, UnitId } from '../domain/ids.ts';
import type { DirectoryBundle } from './bundle.ts';
import { type DirectoryAuditor, type KeyHolder, type ParsedDirectory, parseDirectory } from './directory.ts';
import { type ParsedEpoch, parseEpoch } from './epoch.ts';
import { epochsInOrder, requireEpochSigners } from './epoch-signers.ts';
import { ensure } from './errors.ts';
import { parseMember } from './member.ts';
import {
  acceptMembers,
  acceptRevocations,
  type DirectoryAuthority,
  type VerifiedMember,
} from './membership.ts';
import { type ParsedRevocation, parseRevocation } from './revocation.ts';
import { type Pins, type VerifiedKeySet, verifyKeySet } from './root.ts';
import { type DirectoryUnit, hashShard, parseShard } from './shard.ts';
import { requireThreshold } from './statement.ts';
import type { Verifier } from './suite.ts';

/** An epoch whose signatures were verified. */
export interface VerifiedEpoch extends ParsedEpoch {
  /** UTC seconds from when on it is revoked; null while it is not. */
  readonly revokedAt: number | null;
}

/** A directory of which every statement was verified from the pins down. */
export interface VerifiedDirectory {
  readonly instance: string;
  readonly version: number;
  /** Hash of the directory statement: what cores name. */
  readonly hash: Hash;
  readonly issued: number;
  readonly expires: number;
  readonly ledgerKey: Uint8Array;
  readonly logOrigin: string;
  /** Verifier keys of the witnesses. */
  readonly witnesses: readonly string[];
  readonly recoveryHolders: readonly KeyHolder[];
  readonly auditors: readonly DirectoryAuditor[];
  /** Units of the bundle's shards. */
  readonly units: ReadonlyMap<UnitId, DirectoryUnit>;
  /** Conflict route tables by province. */
  readonly routes: ReadonlyMap<string, unknown>;
  readonly members: readonly VerifiedMember[];
  /** Epochs by unit, ascending by number. */
  readonly epochs: ReadonlyMap<UnitId, readonly VerifiedEpoch[]>;
}

/** A directory that this reader saw before. */
export interface KnownDirectory {
  readonly version: number;
  readonly hash: Hash;
}

/**
 * Verifies a bundle (attacker-controlled) from the pins down, in this order: key sets under the root, the directory under the key set in
 * force, its expiry, roll-back and chain, the shards' hashes, members, revocations, epochs. `now` in UTC seconds. Throws
 * `root_threshold`, `directory_keys_expired`, `directory_threshold`, `directory_instance`, `directory_expired`, `directory_rollback`,
 * `directory_chain`, `shard_hash`, `shard_malformed`, `unit_unknown`, `member_signers`, `revocation_signers`, `epoch_signers`,
 * `epoch_chain`, and `…_malformed` codes. One bad statement refuses the whole bundle.
 */
export function verifyDirectory(
  verifier: Verifier,
  pins: Pins,
  bundle: DirectoryBundle,
  now: number,
  known?: KnownDirectory,
): VerifiedDirectory {
  const sets = bundle.keySets.map((bytes) => verifyKeySet(verifier, pins, bytes));
  const inForce = sets
    .filter((set) => set.from <= now && now < set.until)
    .toSorted((a, b) => b.serial - a.serial)[0];
  ensure(inForce !== undefined, 'directory_keys_expired');

  const directory = parseDirectory(verifier, bundle.directory);
  ensure(directory.instance === pins.instance, 'directory_instance');
  requireThreshold(verifier, directory.envelope, inForce.keys, inForce.threshold, 'directory_threshold');
  ensure(now < directory.expires, 'directory_expired');
  ensure(directory.version >= pins.minimumDirectoryVersion, 'directory_rollback');
  checkChain(verifier, directory, bundle.previous, known);

  const { units, routes } = readShards(verifier, directory, bundle.shards);
  const former = sets.filter((set) => set !== inForce && directory.formerKeySets.includes(set.hash));
  const authority = { sets: [inForce, ...former], units };
  const { members, revocations } = readPeople(verifier, pins, authority, bundle);
  const epochs = readEpochs(verifier, pins, authority, members, revocations, bundle.epochs);
  const { instance, version, hash, issued, expires, ledgerKey, logOrigin, witnesses } = directory;
  const { recoveryHolders, auditors } = directory;
  return {
    instance,
    version,
    hash,
    issued,
    expires,
    ledgerKey,
    logOrigin,
    witnesses,
    recoveryHolders,
    auditors,
    units,
    routes,
    members,
    epochs,
  };
}

/** Each version names the hash of the one before; a reader that remembers a version must find it in the chain. */
function checkChain(
  verifier: Verifier,
  directory: ParsedDirectory,
  previous: readonly Uint8Array[],
  known: KnownDirectory | undefined,
): void {
  let link = directory;
  const hashes = new Map<number, Hash>([[directory.version, directory.hash]]);
  if (directory.prev !== null) hashes.set(directory.version - 1, directory.prev);
  for (const bytes of previous) {
    const older = parseDirectory(verifier, bytes);
    ensure(older.hash === link.prev && older.version === link.version - 1, 'directory_chain');
    if (older.prev !== null) hashes.set(older.version - 1, older.prev);
    link = older;
  }
  if (known === undefined) return;
  ensure(directory.version >= known.version, 'directory_rollback');
  ensure(hashes.get(known.version) === known.hash, 'directory_chain');
}

function readShards(
  verifier: Verifier,
  directory: ParsedDirectory,
  shards: readonly Uint8Array[],
): Pick<VerifiedDirectory, 'units' | 'routes'> {
  const units = new Map<UnitId, DirectoryUnit>();
  const routes = new Map<string, unknown>();
  for (const bytes of shards) {
    const hash = hashShard(verifier, bytes);
    const named = directory.shards.find((shard) => shard.hash === hash);
    ensure(named !== undefined, 'shard_hash');
    const shard = parseShard(bytes);
    ensure(shard.province === named.province, 'shard_hash', 'province');
    routes.set(shard.province, shard.routes);
    for (const unit of shard.units) {
      ensure(!units.has(unit.code), 'shard_malformed', unit.code);
      units.set(unit.code, unit);
    }
  }
  return { units, routes };
}

/** Members vouch for revocations and revocations end members: members first as if nothing were revoked, then again with what is. */
function readPeople(
  verifier: Verifier,
  pins: Pins,
  authority: DirectoryAuthority & { readonly sets: readonly VerifiedKeySet[] },
  bundle: DirectoryBundle,
): { readonly members: readonly VerifiedMember[]; readonly revocations: readonly ParsedRevocation[] } {
  const parsed = bundle.members.map((bytes) => parseMember(verifier, bytes));
  const claimed = bundle.revocations.map((bytes) => parseRevocation(verifier, bytes));
  for (const { instance } of [...parsed, ...claimed])
    ensure(instance === pins.instance, 'directory_instance');
  const unrevoked = acceptMembers(verifier, authority, parsed, []);
  const revocations = acceptRevocations(verifier, authority, unrevoked, claimed);
  const ended = revocations.some(({ target }) => target.kind === 'member');
  const members = ended ? acceptMembers(verifier, authority, parsed, revocations) : unrevoked;
  return { members, revocations };
}

function readEpochs(
  verifier: Verifier,
  pins: Pins,
  authority: DirectoryAuthority,
  members: readonly VerifiedMember[],
  revocations: readonly ParsedRevocation[],
  statements: readonly Uint8Array[],
): ReadonlyMap<UnitId, readonly VerifiedEpoch[]> {
  const byUnit = new Map<UnitId, VerifiedEpoch[]>();
  for (const bytes of statements) {
    const epoch = parseEpoch(verifier, bytes);
    ensure(epoch.instance === pins.instance, 'directory_instance');
    ensure(authority.units.has(epoch.unit), 'unit_unknown', epoch.unit);
    requireEpochSigners(verifier, members, epoch);
    const ends = revocations.filter(
      ({ unit, target }) => unit === epoch.unit && target.kind === 'epoch' && target.n === epoch.n,
    );
    const revokedAt = ends.length === 0 ? null : Math.min(...ends.map(({ at }) => at));
    byUnit.set(epoch.unit, [...(byUnit.get(epoch.unit) ?? []), { ...epoch, revokedAt }]);
  }
  return new Map(Array.from(byUnit, ([unit, epochs]) => [unit, epochsInOrder(epochs)]));
}
