import type { Hash, Seconds, UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StatementRow } from '../../ports/store/directory-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { packBundle } from '../../protocol/bundle.ts';
import type { Freshness, NearState } from '../../protocol/wire-ledger.ts';
import { keySetsAndDirectory, lineage, shardsOf } from './bundle.ts';
import type { LoggedState } from './logged-state.ts';

/** A bundle to seal by, with the proof that the log says the same. */
export interface LoggedBundle {
  readonly bundle: Uint8Array;
  readonly freshness: Freshness;
}

/**
 * The bundle of a unit and its parents as the newest published checkpoint has it, and where the log says so. An epoch, a key set or a directory that came
 * later waits for the next checkpoint: no browser would seal by it. Members and revocations that came later are in it, since they only take keys away,
 * unless the directory itself has changed since: then nobody could tell by which one they were signed. Errors: `unit_unknown`, `unavailable`.
 */
export async function buildLoggedBundle(
  deps: Pick<Deps, 'store' | 'crypto'>,
  unit: UnitId,
  state: LoggedState,
): Promise<LoggedBundle> {
  const { directory: store } = deps.store;
  const [newest, units] = await Promise.all([keySetsAndDirectory(deps), lineage(deps, unit)]);
  const codes = units.map(({ code }) => code);
  const rows = await store.statementsOf(codes, 0 as Seconds);
  const unchanged = [...newest.keySets, newest.directory].every(({ hash }) => state.holds('', hash));
  const directory = unchanged ? newest.directory : ((await loggedDirectory(deps, state)) ?? newest.directory);
  const logged = ({ unit: of, hash }: StatementRow): boolean => state.holds(of, hash);
  const people = rows.filter(
    (row) => row.kind !== 'epoch' && (logged(row) || row.until <= state.at || unchanged),
  );
  const records = (kind: StatementRow['kind'], from: readonly StatementRow[]) =>
    from.filter((row) => row.kind === kind).map(({ record }) => record);
  return {
    bundle: packBundle({
      keySets: records('directory-keys', newest.keySets.filter(logged)),
      directory: directory.record,
      previous: [],
      shards: await shardsOf(deps, directory, units),
      members: records('member', people),
      epochs: records('epoch', rows.filter(logged)),
      revocations: records('revocation', people),
    }),
    freshness: {
      note: state.log.note,
      head: state.log.head,
      headPath: state.log.headPath,
      ...placesOf(state, ['', ...codes]),
      later: people.filter((row) => !logged(row) && row.until > state.at).map(({ hash }) => hash),
    },
  };
}

/** The directory that the log's state names. */
async function loggedDirectory(
  deps: Pick<Deps, 'store'>,
  { states }: LoggedState,
): Promise<StatementRow | null> {
  const hashes: readonly Hash[] = states.find(({ unit }) => unit === '')?.statements ?? [];
  const rows = await Promise.all(hashes.map((hash) => deps.store.directory.statement(hash)));
  return rows.find((row) => row?.kind === 'directory') ?? null;
}

/** Where units stand in the tree over the log's state; of one that it lacks, which entries stand side by side in its place. */
function placesOf(state: LoggedState, units: readonly string[]): Pick<Freshness, 'states' | 'absent'> {
  const { states, tree, indexOf } = state;
  const pathOf = (index: number): readonly string[] => tree.path(index).map(toBase64Url);
  const near = (index: number): readonly NearState[] => {
    const entry = states[index];
    return entry === undefined ? [] : [{ ...entry, index, path: pathOf(index) }];
  };
  return {
    states: units.flatMap((unit) => {
      const index = indexOf(unit);
      return index === null ? [] : [{ unit, index, path: pathOf(index) }];
    }),
    absent: units.flatMap((unit) => {
      if (indexOf(unit) !== null) return [];
      const after = states.findIndex((one) => unit < one.unit);
      const at = after < 0 ? states.length : after;
      return [{ unit, near: [...near(at - 1), ...near(at)] }];
    }),
  };
}
