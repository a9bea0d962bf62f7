import { THREAD_LIMITS } from '../../domain/conversation.ts';
import { AppError } from '../../domain/errors.ts';
import type { SealedMessage, WrapsHash } from '../../domain/event-parts.ts';
import { isHash, type Seconds, type UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { bringsMessage } from '../../domain/notice.ts';
import { type ThreadFacts, threadFacts } from '../../domain/thread.ts';
import type { Deps } from '../../ports/deps.ts';
import type { EnvelopeRow } from '../../ports/store/event-row.ts';
import type { TipDetail, TipEvent } from '../../ports/store/triage-store.ts';
import { equalBytes, toHex } from '../../protocol/bytes.ts';
import { parseCore } from '../../protocol/core.ts';
import { EPOCH_GRACE_SECONDS, parseEpoch } from '../../protocol/epoch.ts';
import { parsePart } from '../../protocol/event.ts';
import { parseRevocation } from '../../protocol/revocation.ts';
import { checkSeal, hashSeal, parseSeal } from '../../protocol/seal.ts';
import { epochRefusal } from '../../protocol/target.ts';
import { hashWraps, mailboxRecipient, parseWraps } from '../../protocol/wraps.ts';
import type { MessageRequest, WrapsRequest } from './schema.ts';

/** What a tip's events say of its conversation. Throws for a chain that does not begin with its submission. */
export function conversationOf(events: readonly TipEvent[]): ThreadFacts {
  const facts = threadFacts(
    events.map(({ no, type, citizenPart, restrictedPart }) => ({
      no,
      type,
      citizenPart: parsePart(citizenPart),
      restrictedPart: parsePart(restrictedPart),
    })),
  );
  if (facts.head.no === 0 || !isHash(facts.head.seal))
    throw new TypeError('the chain of a tip begins with its submission');
  return facts;
}

/** The unit's epochs that may take something new now, with their voice keys. */
export async function epochOf(deps: Deps, unit: UnitId, n: number, now: Seconds) {
  const since = (now - EPOCH_GRACE_SECONDS) as Seconds;
  const rows = await deps.store.directory.statementsOf([unit], since);
  const row = rows.find((candidate) => candidate.kind === 'epoch' && candidate.version === n);
  const ends = rows
    .filter((candidate) => candidate.kind === 'revocation')
    .map((candidate) => parseRevocation(deps.crypto, candidate.record))
    .filter(({ target }) => target.kind === 'epoch' && target.n === n)
    .map(({ at }) => at);
  const revokedAt = ends.length === 0 ? null : Math.min(...ends);
  const refusal = epochRefusal(
    row === undefined ? null : { from: row.from, until: row.until, revokedAt },
    now,
  );
  if (refusal !== null || row === undefined) throw new AppError('wrap_missing', { field: 'epoch' });
  return parseEpoch(deps.crypto, row.record);
}

/** Places of a thread that messages leave to answers. */
const KEPT_FOR_ANSWERS = 4;

/**
 * Checks the envelope that travels with a step, or its absence. It must join the thread, be sealed to the mailbox, to the unit's epoch and,
 * while a transfer is on its way, to an epoch of the receiving unit (which could not hand the thread on otherwise), and to nobody
 * else, and carry the voice key of the unit's epoch as its author; what it says stays closed to the service. Errors: `field_invalid`
 * (missing or not wanted), `seal_mismatch`, `wrap_missing` (recipients or epoch), `stale` (the thread moved on), `thread_full`.
 */
export async function checkMessage(
  deps: Deps,
  tip: TipDetail,
  unit: UnitId,
  act: Act,
  given: MessageRequest | undefined,
  now: Seconds,
): Promise<{ readonly row: EnvelopeRow; readonly fact: SealedMessage } | null> {
  if (bringsMessage(act) !== (given !== undefined)) throw new AppError('field_invalid', { field: 'message' });
  if (given === undefined) return null;
  const core = parseCore(given.core);
  const seal = parseSeal(given.seal);
  const { head: last, seals, citizen } = conversationOf(tip.events);
  // The last places of a thread are kept for the answer that ends the work.
  const most = act.step === 'notified' ? THREAD_LIMITS.unit : THREAD_LIMITS.unit - KEPT_FOR_ANSWERS;
  if (seals.size - citizen.size >= most) throw new AppError('thread_full');
  const mismatch = (field: string): never => {
    throw new AppError('seal_mismatch', { field: `message.${field}` });
  };
  if (core.kind !== 'message' || core.instance !== deps.instance.id) mismatch('kind');
  if (core.tip !== tip.tip || seal.tip !== tip.tip) mismatch('tip');
  if (core.unit !== unit || seal.unit !== unit) mismatch('unit');
  if (seal.epoch !== core.epoch) mismatch('epoch');
  checkSeal(deps.crypto, seal, given);
  if (core.no !== last.no + 1 || core.prev !== last.seal) throw new AppError('stale', { field: 'message' });
  const epoch = await epochOf(deps, unit, core.epoch, now);
  if (!equalBytes(core.author, epoch.voiceKey)) mismatch('author');
  const { transferTo } = tip.state;
  const readers = transferTo === null ? [unit] : [unit, transferTo];
  for (const reader of epochsIn(given.wraps, mailboxRecipient(tip.mailboxLocator), readers)) {
    if (reader.unit !== unit) await epochOf(deps, reader.unit, reader.epoch, now);
    else if (reader.epoch !== core.epoch) throw new AppError('wrap_missing', { field: 'message.wraps' });
  }
  return {
    row: { tip: tip.tip, no: core.no, kind: 'message', ...given },
    fact: { no: core.no, seal: hashSeal(deps.crypto, given.seal) },
  };
}

/** Units whose members must be able to open the thread after a step that brings new wraps; null for a step that brings none. */
function readersAfter(tip: TipDetail, actorUnit: UnitId, act: Act): readonly UnitId[] | null {
  const { unit, transferTo } = tip.state;
  switch (act.step) {
    case 'transfer_sent':
      return [unit, act.toUnit];
    case 'transfer_acknowledged':
      return [actorUnit];
    case 'transfer_returned':
      return [unit];
    case 'diverted':
      // From outside nobody can open what is inside.
      return actorUnit === unit ? [act.toUnit] : null;
    case 'rewrapped':
      return transferTo === null ? [unit] : [unit, transferTo];
    default:
      return null;
  }
}

/**
 * Checks the new wraps of a hand-over or re-wrap, or their absence: every envelope of the thread once (a re-wrap may bring some), each
 * for exactly the units that may read it after the step, by a live epoch of each, and what a unit wrote for the mailbox as well: never what
 * the citizen wrote, which their code must not show to whoever holds it. That the keys inside are the right ones only a reader's browser can tell. Errors: `field_invalid`, `wrap_missing`, `wraps_malformed`.
 */
export async function checkWraps(
  deps: Deps,
  tip: TipDetail,
  actorUnit: UnitId,
  act: Act,
  given: WrapsRequest | undefined,
  now: Seconds,
): Promise<readonly WrapsHash[]> {
  const units = readersAfter(tip, actorUnit, act);
  if (units === null) {
    if (given !== undefined) throw new AppError('field_invalid', { field: 'wraps' });
    return [];
  }
  const blocks = given ?? [];
  const { head, citizen } = conversationOf(tip.events);
  const count = head.no;
  const numbers = blocks.map(({ no }) => no);
  const inOrder = numbers.every((no, i) => no <= count && no > (numbers[i - 1] ?? 0));
  const complete = act.step === 'rewrapped' ? numbers.length > 0 : numbers.length === count;
  if (!inOrder || !complete) throw new AppError('wrap_missing', { field: 'wraps' });
  const mailbox = mailboxRecipient(tip.mailboxLocator);
  const live = new Map<string, Promise<unknown>>();
  for (const { no, wraps } of blocks) {
    for (const id of epochsIn(wraps, citizen.has(no) ? null : mailbox, units)) {
      const key = `${id.unit}:${id.epoch}`;
      if (!live.has(key)) live.set(key, epochOf(deps, id.unit, id.epoch, now));
    }
  }
  await Promise.all(live.values());
  return blocks.map(({ no, wraps }) => ({ no, hash: toHex(hashWraps(deps.crypto, wraps)) }));
}

/** The epochs of a block's recipients: exactly one of each unit, and the mailbox where one is wanted. Error `wrap_missing`. */
function epochsIn(
  block: Uint8Array,
  mailbox: string | null,
  units: readonly UnitId[],
): readonly { readonly unit: UnitId; readonly epoch: number }[] {
  const ids = parseWraps(block).map((wrap) => wrap.id);
  const epochs = ids
    .filter((id) => id.startsWith('epoch:'))
    .map((id) => id.split(':'))
    .map(([, unit = '', epoch = '0']) => ({ unit: unit as UnitId, epoch: Number(epoch) }));
  const mailboxes = ids.filter((id) => id.startsWith('mailbox:'));
  const right =
    epochs.length === units.length &&
    units.every((unit) => epochs.some((epoch) => epoch.unit === unit)) &&
    (mailbox === null ? mailboxes.length === 0 : mailboxes.length === 1 && mailboxes[0] === mailbox);
  if (!right) throw new AppError('wrap_missing', { field: 'wraps' });
  return epochs;
}
