import type { ParsedEpoch } from './epoch.ts';
import { ensure } from './errors.ts';
import { READING_ROLES } from './member.ts';
import { activeMembers, memberSigners, type VerifiedMember } from './membership.ts';
import type { Verifier } from './suite.ts';

/**
 * An epoch counts when two different people who read tips in its unit, members when it was issued, signed it (docs/protocol.md, section 8). Throws
 * `epoch_signers`.
 */
export function requireEpochSigners(
  verifier: Verifier,
  members: readonly VerifiedMember[],
  epoch: Pick<ParsedEpoch, 'unit' | 'issued' | 'envelope'>,
): void {
  const candidates = activeMembers(members, epoch.unit, READING_ROLES, epoch.issued);
  ensure(memberSigners(verifier, epoch.envelope, candidates).length >= 2, 'epoch_signers', epoch.unit);
}

/** Epochs of one unit, ascending by number; neighbours must be linked and no number may stand for two. Throws `epoch_chain`. */
export function epochsInOrder<T extends Pick<ParsedEpoch, 'unit' | 'n' | 'prev' | 'hash'>>(
  epochs: readonly T[],
): readonly T[] {
  const sorted = epochs.toSorted((a, b) => a.n - b.n);
  for (const [i, epoch] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined) continue;
    ensure(before.n !== epoch.n, 'epoch_chain', epoch.unit);
    ensure(before.n !== epoch.n - 1 || epoch.prev === before.hash, 'epoch_chain', epoch.unit);
  }
  return sorted;
}
