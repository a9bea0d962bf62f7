import type { Hash, UnitId } from '../domain/ids.ts';
import { EPOCH_GRACE_SECONDS } from './epoch.ts';
import { ensure, type ProtocolErrorCode } from './errors.ts';
import { taggedHash } from './hash.ts';
import { READING_ROLES } from './member.ts';
import { activeMembers, type VerifiedMember } from './membership.ts';
import type { TipTarget } from './prepare.ts';
import type { DirectoryUnit } from './shard.ts';
import type { Hashes } from './suite.ts';
import type { VerifiedDirectory, VerifiedEpoch } from './verify-directory.ts';

/** Where a tip for a unit is to be sealed, with what the citizen is shown about it. */
export interface UnitTarget extends TipTarget {
  readonly directoryHash: Hash;
  /** True when the unit itself has no live epoch and one of its parents takes the tip. */
  readonly fallback: boolean;
  readonly info: DirectoryUnit;
  /** Active members who can read it, as far as the bundle shows them. */
  readonly memberCount: number;
  /** Short name of the epoch's key, 20 digits in groups of 5. */
  readonly fingerprint: string;
  readonly until: number;
}

/** Fewest active members of a unit that takes tips. */
const MIN_MEMBERS = 2;

/** Members of a unit who can read its tips at a moment. */
export const readersOf = (
  directory: VerifiedDirectory,
  unit: UnitId,
  now: number,
): readonly VerifiedMember[] => activeMembers(directory.members, unit, READING_ROLES, now);

/** The newest live epoch of a unit: begun, not ended, not revoked; null when there is none. */
export function liveEpoch(directory: VerifiedDirectory, unit: UnitId, now: number): VerifiedEpoch | null {
  const live = (directory.epochs.get(unit) ?? []).filter(
    (epoch) => epoch.from <= now && now < epoch.until && (epoch.revokedAt === null || now < epoch.revokedAt),
  );
  return live.at(-1) ?? null;
}

/**
 * Target for a unit at a moment (UTC seconds). A unit without a live epoch, without two active readers or not listed passes the tip to
 * its parent's intake, and so on up; units in `excluded` are stepped over too, so that no citizen is turned away and no tip falls to
 * whom it accuses. Throws `unit_unknown`, `epoch_missing` when nobody up the tree can take it.
 */
export function targetForUnit(
  hashes: Pick<Hashes, 'blake2b512'>,
  directory: VerifiedDirectory,
  unit: UnitId,
  now: number,
  excluded: readonly UnitId[] = [],
): UnitTarget {
  ensure(directory.units.has(unit), 'unit_unknown', unit);
  const seen = new Set<UnitId>();
  let at: UnitId | null = unit;
  while (at !== null && !seen.has(at)) {
    seen.add(at);
    const info = directory.units.get(at);
    if (info === undefined) break;
    const epoch = liveEpoch(directory, at, now);
    const memberCount = readersOf(directory, at, now).length;
    if (epoch !== null && memberCount >= MIN_MEMBERS && info.listed && !excluded.includes(at)) {
      return {
        unit: at,
        epoch: epoch.n,
        publicKey: epoch.publicKey,
        directoryHash: directory.hash,
        fallback: at !== unit,
        info,
        memberCount,
        fingerprint: epochFingerprint(hashes, epoch),
        until: epoch.until,
      };
    }
    at = info.parent;
  }
  ensure(false, 'epoch_missing', unit);
}

/** The units from one up to one above it, both included, or up to the top: those that are asked whether they take a tip. */
export function wayUp(directory: VerifiedDirectory, from: UnitId, to: UnitId | null): readonly UnitId[] {
  const way: UnitId[] = [];
  let at: UnitId | null = from;
  while (at !== null && !way.includes(at)) {
    way.push(at);
    if (at === to) break;
    at = directory.units.get(at)?.parent ?? null;
  }
  return way;
}

/** Short name of an epoch's key for people: 20 digits in groups of 5. */
function epochFingerprint(
  hashes: Pick<Hashes, 'blake2b512'>,
  epoch: Pick<VerifiedEpoch, 'publicKey' | 'voiceKey'>,
): string {
  const hash = taggedHash(hashes, 'tk1/epoch-fingerprint', epoch.publicKey, epoch.voiceKey);
  let number = 0n;
  for (const byte of hash.subarray(0, 16)) number = number * 256n + BigInt(byte);
  const digits = (number % 10n ** 20n).toString().padStart(20, '0');
  return digits.match(/.{5}/g)?.join(' ') ?? '';
}

/** The times by which an epoch's acceptance is judged; UTC seconds. */
export interface EpochTimes {
  readonly from: number;
  readonly until: number;
  readonly revokedAt: number | null;
}

/**
 * Whether the server takes a submission sealed to an epoch: null when it does, else the error's code. An upload may have begun up to 48 h
 * before; none is taken after a revocation. One hour of clock difference is forgiven at the beginning.
 */
export function epochRefusal(epoch: EpochTimes | null, now: number): ProtocolErrorCode | null {
  if (epoch === null || now < epoch.from - 3600) return 'epoch_unknown';
  if (epoch.revokedAt !== null && now >= epoch.revokedAt) return 'epoch_revoked';
  return now < epoch.until + EPOCH_GRACE_SECONDS ? null : 'epoch_expired';
}

/** Public halves with which a unit signs its messages, all epochs: the citizen's browser takes a message of any of them. */
export const voiceKeys = (directory: VerifiedDirectory, unit: UnitId): readonly Uint8Array[] =>
  (directory.epochs.get(unit) ?? []).map((epoch) => epoch.voiceKey);
