import type { Hash, StaffId, UnitId } from '../domain/ids.ts';
import type { StatementRow } from '../ports/store/directory-store.ts';
import { wipe } from '../protocol/bytes.ts';
import type { KeyHolder } from '../protocol/directory.ts';
import {
  EPOCH_SECONDS,
  EPOCHS_AHEAD,
  epochPayload,
  generateEpoch,
  parseEpoch,
  wrapEpochSecret,
} from '../protocol/epoch.ts';
import { splitSecret, wrapShare } from '../protocol/recovery.ts';
import { signStatement } from '../protocol/statement.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import type { EpochWrapRow } from './recorder.ts';
import { epochRow } from './statement-rows.ts';

/** Clocks of citizens' devices may be behind by this much. */
const EARLIER = 3_600;

/** A member of a unit who reads its tips. */
export interface Reader {
  readonly id: StaffId;
  readonly kemKey: Uint8Array;
}

/** One unit whose epochs are to be signed ahead, by two of its members. */
export interface EpochPlan {
  readonly instance: string;
  readonly unit: UnitId;
  /** The unit's newest EPOCH statement, or null. */
  readonly last: StatementRow | null;
  readonly signers: readonly [SignKeyPair, SignKeyPair];
  readonly readers: readonly Reader[];
  readonly recoveryHolders: readonly KeyHolder[];
  readonly now: number;
}

/** A new epoch with its secret wrapped to every reader and shared out for recovery; the secret itself is gone. */
export interface SignedEpoch {
  readonly statement: StatementRow;
  readonly wraps: readonly EpochWrapRow[];
  readonly shares: readonly {
    readonly unit: UnitId;
    readonly epoch: number;
    readonly holder: string;
    readonly share: Uint8Array;
  }[];
}

/**
 * The epochs that a unit still lacks so that six weeks from `now` on are covered; none when they are signed already. After a gap the
 * next epoch begins now: time that has passed needs no key.
 */
export function signEpochsAhead(suite: Suite, plan: EpochPlan): SignedEpoch[] {
  const signed: SignedEpoch[] = [];
  const horizon = plan.now + EPOCHS_AHEAD * EPOCH_SECONDS;
  let last = plan.last === null ? null : parseEpoch(suite, plan.last.record);
  while (last === null || last.until < horizon) {
    const from = Math.max(last?.until ?? 0, plan.now - EARLIER);
    const epoch = signEpoch(suite, plan, (last?.n ?? 0) + 1, last?.hash ?? null, from);
    signed.push(epoch);
    last = parseEpoch(suite, epoch.statement.record);
  }
  return signed;
}

function signEpoch(suite: Suite, plan: EpochPlan, n: number, prev: Hash | null, from: number): SignedEpoch {
  const { instance, unit } = plan;
  const { secret, keys } = generateEpoch(suite);
  const payload = epochPayload(instance, {
    unit,
    n,
    publicKey: keys.kem.publicKey,
    voiceKey: keys.voice.publicKey,
    issued: plan.now,
    from,
    until: from + EPOCH_SECONDS,
    prev,
  });
  const statement = epochRow(suite, signStatement(suite, 'epoch', payload, plan.signers));
  const wraps = plan.readers.map(({ id, kemKey }) => ({
    unit,
    epoch: n,
    member: id,
    wrap: wrapEpochSecret(suite, secret, { instance, unit, epoch: n, member: id }, kemKey),
  }));
  const parts = plan.recoveryHolders.length === 0 ? [] : splitSecret(suite, secret);
  const shares = plan.recoveryHolders.flatMap((holder, i) => {
    const share = parts[i];
    if (share === undefined) return [];
    const context = { instance, unit, epoch: n, holder: holder.id };
    return [{ unit, epoch: n, holder: holder.id, share: wrapShare(suite, share, context, holder.kemKey) }];
  });
  for (const { y } of parts) wipe(y);
  wipe(secret, keys.kem.secretKey, keys.voice.secretKey);
  return { statement, wraps, shares };
}
