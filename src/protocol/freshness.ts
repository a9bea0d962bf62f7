import type { Hash, UnitId } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import type { Sha256 } from '../ledger/sha256.ts';
import { isAbsent, isInState, type StateEntry } from '../ledger/state-tree.ts';
import type { DirectoryBundle } from './bundle.ts';
import { fromHex, toHex } from './bytes.ts';
import { type CheckedCheckpoint, checkCheckpoint, hash32, logContext } from './checkpoint-check.ts';
import { parseDsse, statementHash } from './dsse.ts';
import { parseEpoch } from './epoch.ts';
import { ensure } from './errors.ts';
import { Reader } from './json.ts';
import { parseMember } from './member.ts';
import { MAX_NOTE, MAX_PATH, readOpenLeaf } from './open-leaf.ts';
import { parseRevocation } from './revocation.ts';
import type { Pins } from './root.ts';
import type { Hashes, Verifier } from './suite.ts';
import type { VerifiedDirectory } from './verify-directory.ts';
import type { Freshness, NearState } from './wire-ledger.ts';

/** Bounds of an answer: units on the way up, statements of a unit, those that came later. */
const LIMITS = { units: 16, statements: 10_000, later: 1_000 };
const CODE = 'checkpoint_malformed';

/** A verified directory, what it was read from, and what the service says of the log. */
export interface FreshnessCase {
  readonly directory: VerifiedDirectory;
  readonly bundle: DirectoryBundle;
  /** The units by whose statements something is about to be sealed. */
  readonly units: readonly UnitId[];
  /** The answer of `GET /api/freshness`, as it came (attacker-controlled). */
  readonly answer: unknown;
}

/**
 * Compares a directory with the public log before anything is sealed by it: the newest published checkpoint under the directory's log key and the
 * pinned number of witnesses, not older than 48 h; the batch head in it; and for the directory itself and each unit that what the bundle holds is
 * exactly what the log says, nothing hidden and nothing put in. Members and revocations that came after the head may be there as well: they
 * give no key. Null where nothing is published yet and the pins ask for no witness (docs/protocol.md, Freshness). `now` in UTC seconds.
 * Throws `checkpoint_malformed`, `checkpoint_signature`, `checkpoint_witnesses`, `checkpoint_stale`, `leaf_missing`, `freshness_mismatch`.
 */
export function checkFreshness(
  verifier: Verifier,
  pins: Pins,
  { directory, bundle, units, answer }: FreshnessCase,
  now: number,
): CheckedCheckpoint | null {
  const min = pins.minWitnesses ?? 0;
  if (answer === null) {
    ensure(min === 0, 'checkpoint_witnesses', 'note');
    return null;
  }
  const given = readFreshness(answer);
  const { log, policy } = logContext(verifier, directory, min);
  const checkpoint = checkCheckpoint(verifier, log, policy, given, now);
  const held = statementsOf(verifier, directory, bundle, checkpoint.at, new Set(given.later));
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  for (const unit of ['', ...units]) {
    const statements = [...(held.get(unit) ?? [])].sort();
    const state = checkpoint.head.directory;
    const root = fromHex(state.root);
    const there =
      statements.length > 0
        ? stands(sha256, { unit, statements }, given.states, state.units, root)
        : lacks(sha256, unit, given.absent, state.units, root);
    ensure(there, 'freshness_mismatch', unit === '' ? 'directory' : unit);
  }
  return checkpoint;
}

/** What a bundle holds of each unit (`''`: of the directory itself) that must be in the log's state, by hash. */
function statementsOf(
  hashes: Pick<Hashes, 'blake2b512'>,
  directory: VerifiedDirectory,
  bundle: DirectoryBundle,
  at: number,
  later: ReadonlySet<Hash>,
): ReadonlyMap<string, ReadonlySet<Hash>> {
  const held = new Map<string, Set<Hash>>();
  const add = (unit: string, hash: Hash): void => {
    held.set(unit, (held.get(unit) ?? new Set()).add(hash));
  };
  for (const bytes of bundle.keySets) add('', toHex(statementHash(hashes, parseDsse(bytes))) as Hash);
  add('', directory.hash);
  for (const { unit, until, hash } of bundle.epochs.map((bytes) => parseEpoch(hashes, bytes)))
    if (until > at) add(unit, hash);
  // What had ended says only who might sign then; what came since can only take a key away.
  for (const { unit, until, hash } of bundle.members.map((bytes) => parseMember(hashes, bytes)))
    if (until > at && !later.has(hash)) add(unit, hash);
  for (const { unit, hash } of bundle.revocations.map((bytes) => parseRevocation(hashes, bytes)))
    if (!later.has(hash)) add(unit, hash);
  return held;
}

/** True when the log's state has exactly this entry. */
function stands(
  sha256: Sha256,
  entry: StateEntry,
  states: Freshness['states'],
  units: number,
  root: Uint8Array,
): boolean {
  const place = states.find(({ unit }) => unit === entry.unit);
  if (place === undefined) return false;
  const { index, path } = place;
  return isInState(sha256, { ...entry, index, path: path.map(hash32) }, units, root);
}

/** True when the log's state has nothing of a unit: the neighbours that it would have stand side by side. */
function lacks(
  sha256: Sha256,
  unit: string,
  absent: Freshness['absent'],
  units: number,
  root: Uint8Array,
): boolean {
  const near = absent.find((one) => one.unit === unit)?.near ?? [];
  const placed = near.map((one) => ({ ...one, path: one.path.map(hash32) }));
  return placed.every((one) => isInState(sha256, one, units, root)) && isAbsent(unit, placed, units);
}

/** The form of an answer, every field of it (attacker-controlled). Throws `checkpoint_malformed`. */
function readFreshness(value: unknown): Freshness {
  const reader = new Reader(value, CODE, 'freshness');
  const given: Freshness = {
    note: reader.string('note', MAX_NOTE),
    head: readOpenLeaf(reader.object('head')),
    headPath: reader.strings('headPath', MAX_PATH, 43),
    states: reader.objects('states', LIMITS.units).map((one) => {
      const state = { unit: one.string('unit', 40), ...readPlace(one) };
      one.done();
      return state;
    }),
    absent: reader.objects('absent', LIMITS.units).map((one) => {
      const gone = { unit: one.string('unit', 40), near: one.objects('near', 2).map(readNear) };
      one.done();
      return gone;
    }),
    later: readHashes(reader, 'later', LIMITS.later),
  };
  reader.done();
  return given;
}

function readNear(reader: Reader): NearState {
  const near = {
    unit: reader.string('unit', 40),
    statements: readHashes(reader, 'statements', LIMITS.statements),
    ...readPlace(reader),
  };
  reader.done();
  return near;
}

const readPlace = (reader: Reader): { readonly index: number; readonly path: readonly string[] } => ({
  index: reader.integer('index', 0, Number.MAX_SAFE_INTEGER),
  path: reader.strings('path', MAX_PATH, 43),
});

const readHashes = (reader: Reader, key: string, most: number): readonly Hash[] =>
  reader.strings(key, most, 64).map((text) => (isHash(text) ? text : reader.fail(key)));
