import type { Hash, Seconds } from '../../domain/ids.ts';
import { type CurrentLog, publishedLog } from '../../http/kit/published-log.ts';
import { stateTree } from '../../ledger/state-tree.ts';
import type { Tree } from '../../ledger/tree.ts';
import type { Deps } from '../../ports/deps.ts';
import type { UnitState } from '../../ports/store/ledger-store.ts';
import { fromBase64Url } from '../../protocol/base64.ts';
import { readBatchHead } from '../../protocol/checkpoint-check.ts';

/** The directory as the newest published checkpoint of the log has it. */
export interface LoggedState {
  readonly log: CurrentLog;
  /** When the head was made. */
  readonly at: Seconds;
  /** Units in the order of the tree. */
  readonly states: readonly UnitState[];
  readonly tree: Tree;
  /** Place of a unit in the tree, or null. */
  indexOf(unit: string): number | null;
  /** True for a statement of a unit (`''`: of the directory itself) that the log's state holds. */
  holds(unit: string, hash: Hash): boolean;
}

/** Gives the state in the newest published checkpoint, made once for each; null before the first. */
export function createLoggedState(
  deps: Pick<Deps, 'store' | 'crypto' | 'clock'>,
): () => Promise<LoggedState | null> {
  const log = publishedLog(deps);
  let newest: { readonly key: string; readonly state: Promise<LoggedState> } | null = null;
  return async () => {
    const current = await log.current();
    if (current === null) return null;
    const key = `${current.batch.log} ${current.batch.size}`;
    if (newest?.key === key) {
      const state = await newest.state;
      // Witnesses may have signed since.
      return { ...state, log: current };
    }
    const state = makeState(deps, current);
    newest = { key, state };
    state.catch(() => {
      newest = null;
    });
    return state;
  };
}

async function makeState(deps: Pick<Deps, 'store' | 'crypto'>, log: CurrentLog): Promise<LoggedState> {
  const { directory } = readBatchHead(fromBase64Url(log.head.restrictedPart));
  const { at } = log.batch;
  const states = await deps.store.ledger.unitStates(directory.no, at, directory.ahead ?? null);
  const places = new Map(states.map(({ unit }, index) => [unit, index]));
  const held = new Map<string, ReadonlySet<Hash>>();
  return {
    ...{ log, at, states },
    tree: stateTree((data) => deps.crypto.sha256(data), states),
    indexOf: (unit) => places.get(unit) ?? null,
    holds(unit, hash) {
      const known = held.get(unit) ?? new Set(states[places.get(unit) ?? -1]?.statements ?? []);
      held.set(unit, known);
      return known.has(hash);
    },
  };
}
