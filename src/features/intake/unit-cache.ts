import { AppError } from '../../domain/errors.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import { UNIT_KINDS, type UnitKind } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StatementRow } from '../../ports/store/directory-store.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseRevocation } from '../../protocol/revocation.ts';
import { type EpochTimes, epochRefusal } from '../../protocol/target.ts';

/** What a submission must be checked against: the unit's kind and its epochs. */
export interface UnitEpochs {
  readonly kind: UnitKind;
  /** Last day in force in UTC+7; null while it exists. */
  readonly until: string | null;
  readonly epochs: ReadonlyMap<number, EpochTimes>;
}

export interface UnitCache {
  /** Error `unit_unknown`. */
  get(unit: UnitId, now: Seconds): UnitEpochs | Promise<UnitEpochs>;
}

/** Another process (the command line) may renew epochs: its change is seen after this many seconds at most. */
const FRESH_SECONDS = 15;
const MAX_UNITS = 4_000;

/**
 * Units and epochs in memory, because thousands of submissions a second ask for the same few. An entry is dropped when something about
 * the unit's keys changes in this process and grows stale after seconds otherwise.
 */
export function createUnitCache(deps: Pick<Deps, 'store' | 'live' | 'crypto'>): UnitCache {
  const entries = new Map<UnitId, { readonly loaded: Seconds; readonly value: UnitEpochs }>();
  deps.live.watch((unit, event) => {
    if (event.kind === 'unit_changed') entries.delete(unit);
  });
  const load = async (unit: UnitId, now: Seconds): Promise<UnitEpochs> => {
    const value = await loadUnit(deps, unit);
    if (entries.size >= MAX_UNITS) entries.clear();
    entries.set(unit, { loaded: now, value });
    return value;
  };
  return {
    get(unit, now) {
      const entry = entries.get(unit);
      const age = entry ? now - entry.loaded : -1;
      return entry && age >= 0 && age < FRESH_SECONDS ? entry.value : load(unit, now);
    },
  };
}

async function loadUnit(deps: Pick<Deps, 'store' | 'crypto'>, unit: UnitId): Promise<UnitEpochs> {
  const row = await deps.store.directory.unit(unit);
  const kind = UNIT_KINDS.find((known) => known === row?.kind);
  if (!row || !kind) throw new AppError('unit_unknown', { field: 'unit' });
  const statements = await deps.store.directory.statementsOf([unit], 0 as Seconds);
  const revoked = revokedEpochs(deps, statements);
  const epochs = statements
    .filter((statement) => statement.kind === 'epoch')
    .map(({ version, from, until }): [number, EpochTimes] => [
      version,
      { from, until, revokedAt: revoked.get(version) ?? null },
    ]);
  return { kind, until: row.until, epochs: new Map(epochs) };
}

function revokedEpochs(
  deps: Pick<Deps, 'crypto'>,
  statements: readonly StatementRow[],
): ReadonlyMap<number, number> {
  const revoked = new Map<number, number>();
  for (const { kind, record } of statements) {
    if (kind !== 'revocation') continue;
    const { target, at } = parseRevocation(deps.crypto, record);
    if (target.kind === 'epoch') revoked.set(target.n, Math.min(at, revoked.get(target.n) ?? at));
  }
  return revoked;
}

/** Refuses an epoch that takes no submissions now. Errors: `epoch_unknown`, `epoch_expired`, `epoch_revoked`. */
export function checkEpoch(unit: UnitEpochs, n: number, now: Seconds): void {
  const refusal = epochRefusal(unit.epochs.get(n) ?? null, now);
  if (refusal) throw new ProtocolError(refusal, 'epoch');
}
