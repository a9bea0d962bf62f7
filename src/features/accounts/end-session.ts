import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash } from '../../domain/ids.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SessionRow, StaffRow } from '../../ports/store/accounts-store.ts';

/** Ends the session of this browser: the person logs out. */
export async function logOut(deps: Deps, staff: StaffRow, session: SessionRow): Promise<void> {
  await end(deps, staff, session.tokenHash, 'logged_out');
}

/** Ends one of the person's own sessions, named on their page of sessions. Error `not_found` for one that is not theirs. */
export async function endOwnSession(deps: Deps, staff: StaffRow, id: Hash): Promise<void> {
  const mine = await deps.store.accounts.sessionsOf(staff.id);
  if (!mine.some((session) => session.tokenHash === id)) throw new AppError('not_found');
  await end(deps, staff, id, 'session_ended');
}

async function end(
  deps: Deps,
  staff: StaffRow,
  id: Hash,
  type: 'logged_out' | 'session_ended',
): Promise<void> {
  const act = staffEvent(staff.id, type, { by: staff.id });
  await recorded(deps, act, (event) => deps.store.accounts.endSession(event, id));
}
