import { AppError } from '../../domain/errors.ts';
import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import { directoryEvent } from '../../domain/events/index.ts';
import { type Hash, isTipId, type TipId } from '../../domain/ids.ts';
import { PLAIN_CASE, readLawOfSteps } from '../../domain/law.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { UNIT_KINDS } from '../../domain/terms.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import { isStale, recorded } from '../../http/kit/server-event.ts';
import { eventRow, openSentEvent, requireParts, requireSigner } from '../../http/kit/signed-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { isOfSet, parseCanaries, parseClosed } from '../../protocol/auditor.ts';
import { fromUtf8 } from '../../protocol/bytes.ts';
import type { DirectoryAuditor } from '../../protocol/directory.ts';
import { parseEvent, parsePart } from '../../protocol/event.ts';
import { requireAuthor } from './accept.ts';
import { namedAuditor } from './auditor.ts';
import type { RevealRequest } from './schema.ts';
import type { AuditLedger } from './source.ts';

/** Events of the directory that are looked at in one go. */
const PAGE = 200;

/** An auditor who may sign: the directory names them with a key. */
type Signing = DirectoryAuditor & { readonly signKey: Uint8Array };

/** Errors: `forbidden` (the directory does not name this person), `auditor_key` (named without a signing key). */
async function signingAuditor(deps: Deps, staff: StaffRow): Promise<Signing> {
  const named = await namedAuditor(deps, staff);
  if (named === null) throw new AppError('forbidden');
  const { signKey } = named;
  if (signKey === null) throw new AppError('auditor_key');
  return { ...named, signKey };
}

async function tipOf(deps: Pick<Deps, 'store'>, id: string): Promise<TipDetail> {
  const detail = isTipId(id) ? await deps.store.triage.tip(id) : null;
  if (detail === null) throw new AppError('tip_unknown');
  return detail;
}

/**
 * What an auditor of the whole instance needs of a tip to say under their signature that it was theirs: where it stands, never a word. Errors:
 * `forbidden`, `auditor_key`, `tip_unknown`.
 */
export async function canaryState(
  deps: Deps,
  staff: StaffRow,
  id: string,
): Promise<{ readonly state: TipState; readonly head: TipDetail['head'] }> {
  await signingAuditor(deps, staff);
  const { state, head } = await tipOf(deps, id);
  return { state, head };
}

/**
 * Takes an auditor's word that a concluded tip was a test of theirs, with the opening of a commitment that was in the log before the tip was. It leaves
 * every population. Errors: `forbidden`, `auditor_key`, `tip_unknown`, `canary_unknown` (of no set of theirs, or not committed to before),
 * those of `decide` and of signed events, `stale`.
 */
export async function revealCanary(
  deps: Deps,
  ledger: AuditLedger,
  staff: StaffRow,
  id: string,
  { act, event }: RevealRequest,
): Promise<void> {
  const named = await signingAuditor(deps, staff);
  const { tip, state, head } = await tipOf(deps, id);
  const sent = openSentEvent(deps, event, { type: act.step, subject: `tip:${tip}`, head });
  const set = await ownSet(deps, ledger, named, act.set);
  if (!isOfSet(deps.crypto, set, tip, act)) throw new AppError('canary_unknown', { field: 'act.path' });
  if (!(await wasCommittedBefore(deps, ledger, act.set, tip)))
    throw new AppError('canary_unknown', { field: 'act.set' });
  const kind = (await deps.store.directory.unit(state.unit))?.kind;
  const unitKind = UNIT_KINDS.find((known) => known === kind);
  if (unitKind === undefined) throw new AppError('unit_unknown', { field: 'unit' });
  const actor = { staff: staff.id, unit: staff.unit };
  const change = decide(state, { ...actor, roles: ['auditor'], overTipUnit: false, ofInstance: true }, act, {
    ...readLawOfSteps((name) => deps.data.get(name)),
    ...PLAIN_CASE,
    ...{ now: sent.at, unitKind, calendar: await calendarAt(deps, sent.at) },
  });
  const facts: StepFacts = { state, act, change, actor };
  requireParts(sent, citizenPartOf(facts), restrictedPartOf(facts));
  await requireSigner(deps, sent, named.signKey);
  const result = await deps.store.triage.step({ tip, event: eventRow(deps, sent), change, by: staff.id });
  if (isStale(result)) throw new AppError('stale');
  deps.live.publish(state.unit, { kind: 'changed', tip });
}

/**
 * Takes an auditor's signed word that a set is at its end: which of its tips were never accepted, and which were promised and are nowhere. It lies open
 * in the log for ever. Errors: `forbidden`, `auditor_key`, `auditor_signature`, `event_invalid`, `canary_unknown`, `canary_known` (closed
 * before), `field_invalid` (a place in both lists, or none of the set's).
 */
export async function closeCanaries(
  deps: Deps,
  ledger: AuditLedger,
  staff: StaffRow,
  bytes: Uint8Array,
): Promise<void> {
  const named = await signingAuditor(deps, staff);
  const parsed = parseClosed(deps.crypto, bytes);
  await requireAuthor(deps, staff, parsed);
  const { set, unused, lost } = parsed.statement;
  const { n } = await ownSet(deps, ledger, named, set);
  const places = [...unused, ...lost];
  if (new Set(places).size !== places.length || places.some((index) => index >= n))
    throw new AppError('field_invalid', { field: 'unused' });
  const closed = await directoryEventOf(ledger, 'canaries_closed', set);
  if (closed !== null) throw new AppError('canary_known', { field: 'set' });
  const closing = { auditor: named.id, statement: set, closed: fromUtf8(bytes) };
  const act = directoryEvent('canaries_closed', closing);
  await recorded(deps, act, (event) => deps.store.oversight.recordRead(event));
}

async function ownSet(deps: Pick<Deps, 'crypto'>, ledger: AuditLedger, { id }: Signing, set: Hash) {
  const sets = await ledger.auditorStatements('canaries');
  const row = sets.find(({ hash, auditor }) => hash === set && auditor === id);
  if (row === undefined) throw new AppError('canary_unknown', { field: 'set' });
  return parseCanaries(deps.crypto, row.record).statement;
}

/** The set's commitment stands in a batch of the log before the one in which the tip's first event is. */
async function wasCommittedBefore(
  deps: Pick<Deps, 'store'>,
  ledger: AuditLedger,
  set: Hash,
  tip: TipId,
): Promise<boolean> {
  const log = (await ledger.logs()).at(-1)?.log ?? 0;
  const committed = await directoryEventOf(ledger, 'canaries_committed', set);
  const [first = null] = await deps.store.ledger.indicesOf(log, tip);
  if (committed === null || first === null) return false;
  // The batch of a leaf is the first whose size is above its index.
  const [batch] = await ledger.batches(log, first, 1);
  return batch !== undefined && committed < batch.begins;
}

/** Index of the event of the directory that says something of a set; null while the log has none. */
async function directoryEventOf(
  ledger: AuditLedger,
  type: 'canaries_committed' | 'canaries_closed',
  set: Hash,
): Promise<number | null> {
  const log = (await ledger.logs()).at(-1)?.log ?? 0;
  for (let from = 1; ; ) {
    const page = await ledger.openedOf(log, 'directory', from, PAGE);
    const found = page.find(
      ({ record, restrictedPart }) =>
        parseEvent(record).header.type === type && parsePart(restrictedPart).statement === set,
    );
    if (found !== undefined) return found.index;
    const last = page.at(-1);
    if (last === undefined) return null;
    from = last.no + 1;
  }
}
