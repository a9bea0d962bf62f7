import { AppError } from '../../domain/errors.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StatementRow, UnitRow } from '../../ports/store/directory-store.ts';
import { packBundle } from '../../protocol/bundle.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { EPOCH_GRACE_SECONDS } from '../../protocol/epoch.ts';
import type { DirectoryQuery } from './schema.ts';

/** A unit's tree is not deeper than this: commune, province, ministry, and room. */
const MAX_DEPTH = 8;

/**
 * Everything from which a browser verifies a unit and its parents down from its pins: key set, directory, shards of their provinces, all
 * member statements and revocations of these units, and their epochs. Bytes of `packBundle`. Errors: `unit_unknown`, `unavailable`
 * while there is no directory yet.
 */
export async function buildBundle(
  deps: Pick<Deps, 'store' | 'crypto' | 'clock'>,
  query: DirectoryQuery,
): Promise<Uint8Array> {
  const { directory: store } = deps.store;
  const [{ keySets, directory }, units] = await Promise.all([
    keySetsAndDirectory(deps),
    lineage(deps, query.unit),
  ]);
  const statements = await store.statementsOf(
    units.map(({ code }) => code),
    0 as Seconds,
  );
  const now = deps.clock.now();
  const of = (kind: StatementRow['kind']): readonly StatementRow[] =>
    statements.filter((statement) => statement.kind === kind);
  const epochs = of('epoch').filter(
    ({ from, until }) => query.epochs === 'all' || (until > now && from <= now + EPOCH_GRACE_SECONDS),
  );
  return packBundle({
    // Former sets too: what they signed in their time still stands, as far as the directory names them.
    keySets: keySets.map(({ record }) => record),
    directory: directory.record,
    previous: [],
    shards: await shardsOf(deps, directory, units),
    members: of('member').map(({ record }) => record),
    epochs: epochs.map(({ record }) => record),
    revocations: of('revocation').map(({ record }) => record),
  });
}

/** Every key set and the newest directory. Error `unavailable` while there is none. */
export async function keySetsAndDirectory({ store }: Pick<Deps, 'store'>): Promise<{
  readonly keySets: readonly StatementRow[];
  readonly directory: StatementRow;
}> {
  const [keySets, directory] = await Promise.all([
    store.directory.keySets(),
    store.directory.latest('directory'),
  ]);
  if (keySets.length === 0 || !directory) throw new AppError('unavailable', { retryAfter: 60 });
  return { keySets, directory };
}

/** The unit and its parents, nearest first. Error `unit_unknown`. */
export async function lineage(deps: Pick<Deps, 'store'>, unit: UnitId): Promise<readonly UnitRow[]> {
  const rows: UnitRow[] = [];
  let at: UnitId | null = unit;
  while (at !== null && rows.length < MAX_DEPTH) {
    const row: UnitRow | null = await deps.store.directory.unit(at);
    if (!row) break;
    rows.push(row);
    at = row.parent;
  }
  if (rows.length === 0) throw new AppError('unit_unknown', { field: 'unit' });
  return rows;
}

/** The shards of the provinces of these units, as a directory names them. */
export async function shardsOf(
  deps: Pick<Deps, 'store' | 'crypto'>,
  directory: StatementRow,
  units: readonly UnitRow[],
): Promise<readonly Uint8Array[]> {
  const provinces = new Set(units.map(({ province }) => province));
  const named = parseDirectory(deps.crypto, directory.record).shards;
  const wanted = named.filter(({ province }) => provinces.has(province));
  const rows = await Promise.all(wanted.map(({ hash }) => deps.store.directory.shard(hash)));
  return rows.flatMap((row) => (row ? [row.bytes] : []));
}
