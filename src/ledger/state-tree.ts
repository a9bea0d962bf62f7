import { sameBytes } from './encoding.ts';
import { utf8 } from './note.ts';
import type { Sha256 } from './sha256.ts';
import { buildTree, entryHash, type Tree, verifyInclusion } from './tree.ts';

/** Statements of the directory about one unit (`''`: its key sets and itself), as hashes in hex, ascending. */
export interface StateEntry {
  readonly unit: string;
  readonly statements: readonly string[];
}

/**
 * Epochs that begin later than this after a head's moment are left out of its state, in seconds. A head that may be relied on is at most 48 h old, so
 * everything that anybody seals to is in; what is signed for the weeks to come need not travel to whoever compares.
 */
export const STATE_AHEAD = 72 * 3600;

/** Exact bytes of one entry of the tree over the directory's state. */
export const stateBytes = ({ unit, statements }: StateEntry): Uint8Array =>
  utf8(JSON.stringify({ unit, statements }));

/** The tree over all units that have statements. RangeError unless units and statements ascend without repetition. */
export function stateTree(sha256: Sha256, states: readonly StateEntry[]): Tree {
  const ascends = (list: readonly string[]) => list.every((one, i) => i === 0 || (list[i - 1] ?? '') < one);
  if (!ascends(states.map(({ unit }) => unit)) || !states.every(({ statements }) => ascends(statements)))
    throw new RangeError('states');
  return buildTree(
    sha256,
    states.map((state) => entryHash(sha256, stateBytes(state))),
  );
}

/** An entry of the tree with its place in it. */
export interface PlacedState extends StateEntry {
  readonly index: number;
  readonly path: readonly Uint8Array[];
}

/** True when the entry stands in the tree of `units` entries with this root. */
export const isInState = (sha256: Sha256, state: PlacedState, units: number, root: Uint8Array): boolean =>
  verifyInclusion(sha256, entryHash(sha256, stateBytes(state)), state.index, units, state.path, root);

/**
 * True when a unit has no entry: its neighbours (which the caller has found to be in the tree) stand side by side, or at an end of it, with
 * the unit between them. An empty tree has nobody.
 */
export function isAbsent(unit: string, neighbours: readonly PlacedState[], units: number): boolean {
  if (units === 0) return true;
  const [a, b] = [...neighbours].sort((one, other) => one.index - other.index);
  if (a === undefined) return false;
  if (b === undefined) return (a.index === 0 && unit < a.unit) || (a.index === units - 1 && a.unit < unit);
  return b.index === a.index + 1 && a.unit < unit && unit < b.unit;
}

/** True for the same statements in the same order. */
export const sameStatements = (a: readonly string[], b: readonly string[]): boolean =>
  sameBytes(utf8(JSON.stringify(a)), utf8(JSON.stringify(b)));
