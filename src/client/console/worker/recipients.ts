import type { UnitId } from '../../../domain/ids.ts';
import { ancestorsOf } from '../../../domain/roles.ts';
import { isKeptOut, parseRoutes } from '../../../domain/routing.ts';
import type { TipContent } from '../../../domain/tip-content.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { toHex } from '../../../protocol/bytes.ts';
import { parseCore } from '../../../protocol/core.ts';
import { rewrapDataKey } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { liveEpoch, readersOf } from '../../../protocol/target.ts';
import type { VerifiedDirectory, VerifiedEpoch } from '../../../protocol/verify-directory.ts';
import { epochRecipient, hashWraps, type Recipient } from '../../../protocol/wraps.ts';
import type { TipDetail } from '../wire.ts';
import { openerFor } from './former.ts';
import { mailboxFor } from './mailbox.ts';
import { bytesOf, firstOf } from './opening.ts';
import type { ReadTip } from './reading.ts';
import type { WorkerState } from './state.ts';

/**
 * The epoch of a unit that takes something new now, by the verified directory; of another unit than one's own as the public log confirms it. One's own
 * may be newer than any checkpoint: after a removal the open tips are locked again at once. Throws `epoch_missing`, the codes of `checkFreshness`.
 */
export async function epochNow(
  state: WorkerState,
  unit: UnitId,
): Promise<{ readonly epoch: VerifiedEpoch; readonly directory: VerifiedDirectory }> {
  const now = state.keyring.now();
  const { directories, keyring } = state;
  const own = unit === keyring.me.unit;
  const directory = await (own ? directories.of(unit, now) : directories.confirmed(unit, now));
  const epoch = liveEpoch(directory, unit, now);
  ensure(epoch !== null && readersOf(directory, unit, now).length > 0, 'epoch_missing', unit);
  return { epoch, directory };
}

const epochOf = (epoch: VerifiedEpoch): Recipient => ({
  id: epochRecipient(epoch.unit, epoch.n),
  publicKey: epoch.publicKey,
});

/** While a transfer is offered, the other unit must be able to go on reading. */
export async function offeredTo(
  state: WorkerState,
  { state: { transferTo } }: TipDetail,
): Promise<readonly Recipient[]> {
  if (transferTo === null) return [];
  return [epochOf((await epochNow(state, transferTo)).epoch)];
}

/** New wraps of one envelope. */
export interface NewWraps {
  readonly no: number;
  readonly wraps: string;
  readonly hash: string;
}

/** Wraps every envelope of a thread anew to the live epochs of these units, what a unit wrote to the mailbox as well. */
export async function rewrapThread(
  state: WorkerState,
  detail: TipDetail,
  read: ReadTip,
  units: readonly UnitId[],
): Promise<readonly NewWraps[]> {
  const { suite } = state;
  const epochs: Recipient[] = [];
  for (const unit of units) epochs.push(epochOf((await epochNow(state, unit)).epoch));
  const sender = parseCore(bytesOf(firstOf(read)).core);
  const out: NewWraps[] = [];
  for (const envelope of read.envelopes.toSorted((a, b) => a.no - b.no)) {
    const parts = bytesOf(envelope);
    const place = { tip: detail.tip, no: envelope.no, core: parts.core, wraps: parts.wraps };
    const { wraps: block, reader } = await openerFor(state, place);
    const letter = { no: envelope.no, core: parts.core };
    const recipients = [...epochs, ...mailboxFor(state, detail, sender, letter)];
    const wraps = rewrapDataKey(suite, { core: parts.core, wraps: block }, reader, recipients);
    out.push({ no: envelope.no, wraps: toBase64Url(wraps), hash: toHex(hashWraps(suite, wraps)) });
  }
  return out;
}

/** The units to which this tip must never be wrapped: those that its sender excluded, with what belongs to them or lies below them. */
export function excludedFrom(
  content: TipContent,
  directory: Pick<VerifiedDirectory, 'routes' | 'units'>,
): { has(unit: UnitId): boolean } {
  // The unit that holds it may be of another province than the place; the signed routes are the same for all.
  const raw = directory.routes.get(content.place.province) ?? [...directory.routes.values()][0] ?? null;
  const table = raw === null ? { excludesAlso: {} } : parseRoutes(raw);
  const parentOf = (unit: UnitId): UnitId | null => directory.units.get(unit)?.parent ?? null;
  const out = (unit: UnitId): boolean => isKeptOut(unit, content.excluded, table);
  return { has: (unit) => out(unit) || ancestorsOf(unit, parentOf).some(out) };
}
