import type { Seconds, UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { parseRevocation } from '../../protocol/revocation.ts';
import { epochRefusal } from '../../protocol/target.ts';

/** Refuses an epoch of a unit that takes nothing new now. Errors: `epoch_unknown`, `epoch_expired`, `epoch_revoked`. */
export async function requireLiveEpoch(
  deps: Pick<Deps, 'store' | 'crypto'>,
  unit: UnitId,
  n: number,
  now: Seconds,
): Promise<void> {
  const rows = await deps.store.directory.statementsOf([unit], 0 as Seconds);
  const row = rows.find(({ kind, version }) => kind === 'epoch' && version === n);
  const ends = rows
    .filter(({ kind }) => kind === 'revocation')
    .map(({ record }) => parseRevocation(deps.crypto, record))
    .filter(({ target }) => target.kind === 'epoch' && target.n === n)
    .map(({ at }) => at);
  const revokedAt = ends.length === 0 ? null : Math.min(...ends);
  const times = row === undefined ? null : { from: row.from, until: row.until, revokedAt };
  const refusal = epochRefusal(times, now);
  if (refusal !== null) throw new ProtocolError(refusal, 'epoch');
}
