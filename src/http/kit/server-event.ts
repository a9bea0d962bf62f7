import { AppError } from '../../domain/errors.ts';
import type { ServiceEvent, StaffEvent } from '../../domain/events/index.ts';
import type { Hash, StaffId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffEffects, StaffRow } from '../../ports/store/accounts-store.ts';
import type { EventRow, Head, Stale } from '../../ports/store/event-row.ts';
import { signDsse } from '../../protocol/dsse.ts';
import { buildEvent, EVENT_TYPE, eventLeaf } from '../../protocol/event.ts';

/** What of `Deps` recording an act needs. */
export type EventDeps = Pick<Deps, 'clock' | 'crypto' | 'ledger' | 'random'> & {
  readonly instance: Pick<Deps['instance'], 'id'>;
  readonly store: { readonly triage: Pick<Deps['store']['triage'], 'head'> };
};

/** How often a lost race for the subject's next number is tried again. */
const TRIES = 8;

/** The service's signed event at a given place of its subject's chain. No citizen is concerned, so the citizen's part is empty. */
export function serverEvent(deps: EventDeps, act: ServiceEvent, head: Head): EventRow {
  const at = deps.clock.now();
  const header = {
    type: act.type,
    instance: deps.instance.id,
    subject: act.subject,
    no: head.no + 1,
    prev: head.leaf,
    time: { at },
  };
  const suite = {
    sha256: (data: Uint8Array) => deps.crypto.sha256(data),
    blake2b512: (data: Uint8Array) => deps.crypto.blake2b512(data),
    randomBytes: (length: number) => deps.random.bytes(length),
    sign: (message: Uint8Array) => deps.ledger.sign(message),
  };
  const built = buildEvent(suite, header, { v: 1 }, { v: 1, ...act.restricted });
  // The signer holds the key; the pair given here only names its public half.
  const key = { publicKey: deps.ledger.publicKey, secretKey: new Uint8Array(0) };
  const record = signDsse(suite, EVENT_TYPE, built.payload, [key]);
  const leafSalt = deps.random.bytes(32);
  return {
    subject: act.subject,
    no: header.no,
    prev: header.prev,
    type: act.type,
    record,
    citizenPart: built.citizenPart,
    restrictedPart: built.restrictedPart,
    leaf: eventLeaf(suite, leafSalt, record) as Hash,
    openings: { leafSalt, citizenSalt: built.citizenSalt, restrictedSalt: built.restrictedSalt },
    time: header.time,
  };
}

/**
 * Commits a change together with the service's event for it; when another event took the place meanwhile, signs anew for the next one.
 * Error `stale` after eight lost races.
 */
export async function recorded<T>(
  deps: EventDeps,
  act: ServiceEvent,
  commit: (event: EventRow) => Promise<T | Stale>,
): Promise<T> {
  for (let i = 0; i < TRIES; i++) {
    const head = await deps.store.triage.head(act.subject);
    const result = await commit(serverEvent(deps, act, head));
    if (!isStale(result)) return result;
  }
  throw new AppError('stale');
}

/** True for the store's answer that the event did not join its subject's head. */
export const isStale = <T>(result: T | Stale): result is Stale =>
  typeof result === 'object' && result !== null && 'stale' in result;

/**
 * Changes one staff record: reads where its chain stands, then the record, and writes only if nothing happened to it in between;
 * otherwise decides anew on the fresh record. `change` may throw to refuse. Errors: `member_unknown`, `account_taken`, `stale`, and those
 * of the effects: `same_person`, `not_found` (nothing waits for an approval),
 * `last_administrator`.
 */
export async function changeStaff(
  deps: Pick<Deps, 'clock' | 'crypto' | 'ledger' | 'random' | 'instance' | 'store'>,
  id: StaffId,
  act: StaffEvent,
  change: (row: StaffRow) => StaffRow,
  effects: StaffEffects = {},
): Promise<StaffRow> {
  for (let i = 0; i < TRIES; i++) {
    const head = await deps.store.triage.head(act.subject);
    const row = await deps.store.accounts.byId(id);
    if (row === null) throw new AppError('member_unknown', { field: 'staff' });
    const next = change(row);
    const event = serverEvent(deps, act, head);
    const result = await deps.store.accounts.saveStaff(event, next, effects);
    if (result === 'taken') throw new AppError('account_taken', { field: 'account' });
    if (result === 'same_person') throw new AppError('same_person');
    if (result === 'unknown') throw new AppError('not_found');
    if (result === 'last_administrator') throw new AppError('last_administrator', { field: 'staff' });
    if (!isStale(result)) return next;
  }
  throw new AppError('stale');
}
