import type { UnitId } from '../domain/ids.ts';
import { decodeBundle } from './bundle.ts';
import type { CheckedCheckpoint } from './checkpoint-check.ts';
import { checkFreshness } from './freshness.ts';
import type { Pins } from './root.ts';
import type { Verifier } from './suite.ts';
import { targetForUnit, type UnitTarget, wayUp } from './target.ts';
import { type VerifiedDirectory, verifyDirectory } from './verify-directory.ts';

/** What a browser fetches before it seals, with whom it is for; the first two are attacker-controlled. */
export interface SealRequest {
  /** `GET /api/directory?unit=…&epochs=live`. */
  readonly bundle: Uint8Array;
  /** `GET /api/freshness?unit=…`, parsed. */
  readonly freshness: unknown;
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
