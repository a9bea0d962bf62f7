import type { UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { rewrapDataKey } from '../../protocol/envelope.ts';
import { ensure } from '../../protocol/errors.ts';
import { liveEpoch } from '../../protocol/target.ts';
import { epochRecipient, hashWraps, mailboxRecipient, type Recipient } from '../../protocol/wraps.ts';
import type { CitizenWorld } from './citizen.ts';
import { readerOf, readThread, type WireTip } from './reading.ts';
import type { StaffSession } from './staff-session.ts';

/** New wraps of one envelope. */
export interface NewWraps {
  readonly no: number;
  readonly wraps: string;
  readonly hash: string;
}

/** Units that read the thread after a step of a transfer; null for every other step. */
function readersAfter({ state: { unit } }: WireTip, receiver: UnitId, act: Act): readonly UnitId[] | null {
  switch (act.step) {
    case 'transfer_sent':
      return [unit, act.toUnit];
    case 'transfer_acknowledged':
      return [receiver];
    case 'transfer_returned':
      return [unit];
    default:
      return null;
  }
}

/**
 * Wraps a thread anew for the units that read it after a step of a transfer; null for every other step. Throws Refused, ProtocolError
 * (`epoch_missing`: a unit has no live epoch).
 */
export async function handOver(
  world: CitizenWorld,
  staff: StaffSession,
  detail: WireTip,
  act: Act,
): Promise<readonly NewWraps[] | null> {
  const units = readersAfter(detail, staff.me.unit, act);
  if (units === null) return null;
  const { suite, now } = world;
  const epochs: Recipient[] = [];
  for (const unit of units) {
    const epoch = liveEpoch(await staff.directory(unit), unit, now());
    ensure(epoch !== null, 'epoch_missing', unit);
    epochs.push({ id: epochRecipient(unit, epoch.n), publicKey: epoch.publicKey });
  }
  const mailbox = {
    id: mailboxRecipient(detail.mailboxLocator),
    publicKey: fromBase64Url(detail.mailboxKey),
  };
  const fresh: NewWraps[] = [];
  const { envelopes } = await readThread(world, staff, detail.tip);
  for (const envelope of envelopes.toSorted((a, b) => a.no - b.no)) {
    const parts = { core: fromBase64Url(envelope.core), wraps: fromBase64Url(envelope.wraps) };
    const recipients = envelope.no === 1 ? epochs : [...epochs, mailbox];
    const wraps = rewrapDataKey(suite, parts, await readerOf(staff, parts.wraps), recipients);
    fresh.push({ no: envelope.no, wraps: toBase64Url(wraps), hash: toHex(hashWraps(suite, wraps)) });
  }
  return fresh;
}
