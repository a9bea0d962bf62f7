import type { UnitId } from '../domain/ids.ts';
import { decodeBundle } from './bundle.ts';
import type { CheckedCheckpoint } from './checkpoint-check.ts';
import { checkFreshness } from './freshness.ts';
import type { Pins } from './root.ts';
import type { Verifier } from './suite.ts';
import { targetForUnit, type UnitTarget, wayUp } from './target.ts';
import { type VerifiedDirectory, verifyDirectory } from './verify-directory.ts';

/** What a browser fetches of a unit before it seals or wraps anything to it; attacker-controlled. */
export interface Fetched {
  /** `GET /api/directory?unit=…&epochs=live`. */
  readonly bundle: Uint8Array;
  /** `GET /api/freshness?unit=…`, parsed. */
  readonly freshness: unknown;
}

/** The same with whom a tip is for. */
export interface SealRequest extends Fetched {
  readonly unit: UnitId;
  readonly excluded: readonly UnitId[];
}

/** Where to seal to, by a directory that the public log confirms. */
export interface FreshTarget {
  readonly directory: VerifiedDirectory;
  readonly target: UnitTarget;
  /** Null where the log has published nothing yet, so that nothing was compared. */
  readonly checkpoint: CheckedCheckpoint | null;
}

/**
 * Verifies the directory from the pins down, finds who takes a tip for the unit, and compares every unit that was asked on the way with the log. Nothing
 * may be sealed before this. `now` in UTC seconds. Throws the codes of `verifyDirectory`, `targetForUnit` and `checkFreshness`.
 */
export function freshTarget(
  verifier: Verifier,
  pins: Pins,
  { bundle: bytes, freshness: answer, unit, excluded }: SealRequest,
  now: number,
): FreshTarget {
  const bundle = decodeBundle(bytes);
  const directory = verifyDirectory(verifier, pins, bundle, now);
  const compare = (to: UnitId | null): CheckedCheckpoint | null =>
    checkFreshness(verifier, pins, { directory, bundle, units: wayUp(directory, unit, to), answer }, now);
  let target: UnitTarget;
  try {
    target = targetForUnit(verifier, directory, unit, now, excluded);
  } catch (error) {
    // Nobody takes it: believed only when the log says so too, for the citizen is then sent to another unit.
    compare(null);
    throw error;
  }
  return { directory, target, checkpoint: compare(target.unit) };
}

/**
 * The directory of one unit, verified and compared with the log: what may be wrapped to that unit. `now` in UTC seconds. Throws the codes of
 * `verifyDirectory` and `checkFreshness`.
 */
export function freshDirectory(
  verifier: Verifier,
  pins: Pins,
  { bundle: bytes, freshness: answer }: Fetched,
  unit: UnitId,
  now: number,
): VerifiedDirectory {
  const bundle = decodeBundle(bytes);
  const directory = verifyDirectory(verifier, pins, bundle, now);
  checkFreshness(verifier, pins, { directory, bundle, units: [unit], answer }, now);
  return directory;
}
