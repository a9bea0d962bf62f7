import { AppError } from '../../domain/errors.ts';
import { directoryEvent, type StaffEvent, staffEvent, unitEvent } from '../../domain/events/index.ts';
import type { Hash, Seconds, StaffId, UnitId } from '../../domain/ids.ts';
import { isStale, recorded, serverEvent } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StatementRow } from '../../ports/store/directory-store.ts';
import type { EventRow } from '../../ports/store/event-row.ts';
import type { PendingStatement, StatementsAccepted } from '../../ports/store/members-store.ts';
import { type Dsse, keyId, pae } from '../../protocol/dsse.ts';
import { ProtocolError } from '../../protocol/errors.ts';

/** A statement may say that it was signed this many seconds ago or ahead when it is proposed. */
export const STATEMENT_CLOCK_SECONDS = 300;
const TRIES = 8;

/** What a call brought about: both signatures are there and it is in force, or it waits for the second. */
export type Signed = { readonly state: 'accepted' } | { readonly state: 'pending'; readonly hash: Hash };

/** Throws `event_signature` unless this person's key is among the signatures, validly. */
export async function requireOwnSignature(deps: Deps, envelope: Dsse, signKey: Uint8Array): Promise<void> {
  const id = keyId(deps.crypto, signKey);
  const own = envelope.signatures.find((signature) => signature.keyid === id);
  const message = pae(envelope.payloadType, envelope.payload);
  if (own === undefined || !(await deps.crypto.verify(own.sig, message, signKey)))
    throw new AppError('event_signature', { field: 'record' });
}

/** True when a refusal only says that the second signature is still missing. */
export const lacksSigner = (error: unknown, envelope: Dsse): boolean =>
  error instanceof ProtocolError &&
  envelope.signatures.length === 1 &&
  ['member_signers', 'revocation_signers', 'epoch_signers'].includes(error.code);

/** Throws `event_invalid` unless a moment lies within five minutes of the service's clock. */
export function requireFresh(deps: Pick<Deps, 'clock'>, at: number, field: string): void {
  if (Math.abs(deps.clock.now() - at) > STATEMENT_CLOCK_SECONDS)
    throw new AppError('event_invalid', { field });
}

/**
 * Tells every open console that has a unit's waiting statements before it: the unit's own and those of the unit above, whose leaders sign
 * too.
 */
export async function tellSigners(deps: Pick<Deps, 'live' | 'store'>, unit: UnitId): Promise<void> {
  deps.live.publish(unit, { kind: 'unit_changed' });
  const parent = (await deps.store.directory.unit(unit))?.parent ?? null;
  if (parent !== null) deps.live.publish(parent, { kind: 'unit_changed' });
}

/** Keeps a statement that one person signed until a second one does. */
export async function keepPending(deps: Deps, pending: PendingStatement): Promise<Signed> {
  const { kind, about, by, hash, unit } = pending;
  const act = unitEvent(unit, 'statement_proposed', { by, kind, about, statement: hash });
  await recorded(deps, act, (event) => deps.store.members.propose(event, pending));
  await tellSigners(deps, unit);
  return { state: 'pending', hash };
}

/**
 * Puts completed statements in force with everything that hangs on them, in one transaction. Accepting again what was accepted before
 * changes nothing. Error `stale` after eight lost races.
 */
export async function putInForce(
  deps: Deps,
  by: StaffId,
  unit: UnitId,
  change: StatementsAccepted,
): Promise<Signed> {
  for (let i = 0; i < TRIES; i++) {
    const events = await eventsOf(deps, by, unit, change);
    const result = await deps.store.members.accept(events, change, deps.clock.now());
    if (isStale(result)) continue;
    await tellSigners(deps, unit);
    return { state: 'accepted' };
  }
  throw new AppError('stale');
}

/** One event for each statement on the directory's chain, one for the person whose account changes, one for new wraps. */
async function eventsOf(
  deps: Deps,
  by: StaffId,
  unit: UnitId,
  change: StatementsAccepted,
): Promise<readonly EventRow[]> {
  const { triage } = deps.store;
  const events: EventRow[] = [];
  let head = await triage.head('directory');
  for (const { kind, hash, unit: of, person } of change.statements) {
    const restricted = { by, kind, statement: hash, unit: of, person };
    const event = serverEvent(deps, directoryEvent('statement_added', restricted), head);
    events.push(event);
    head = { no: event.no, leaf: event.leaf };
  }
  const account = accountAct(by, change);
  if (account !== null) events.push(serverEvent(deps, account, await triage.head(account.subject)));
  if (change.wraps.length > 0) {
    const wraps = change.wraps.map(({ epoch, member }) => ({ epoch, member }));
    const act = unitEvent(unit, 'epoch_wraps_saved', { by, wraps });
    events.push(serverEvent(deps, act, await triage.head(act.subject)));
  }
  return events;
}

/** What happens to the person whose account changes with the statements. */
function accountAct(by: StaffId, { activates, removes, roles }: StatementsAccepted): StaffEvent | null {
  if (activates !== null) return staffEvent(activates, 'member_accepted', { by });
  if (removes !== null) return staffEvent(removes, 'member_removed', { by });
  if (roles === null) return null;
  return staffEvent(roles.staff, 'roles_changed', { by, roles: roles.roles });
}

/** Nothing but statements. */
export const onlyStatements = (statements: readonly StatementRow[]): StatementsAccepted => ({
  statements,
  wraps: [],
  shares: [],
  activates: null,
  removes: null,
  roles: null,
});

/** A statement's row for the store. */
export const statementRow = (
  kind: StatementRow['kind'],
  of: {
    readonly hash: Hash;
    readonly unit: UnitId;
    readonly version: number;
    readonly from: number;
    readonly until: number;
    readonly person: StaffId | '';
  },
  record: Uint8Array,
): StatementRow => ({ kind, ...of, from: of.from as Seconds, until: of.until as Seconds, record });
