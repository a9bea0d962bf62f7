import type { StaffId } from '../../../domain/ids.ts';
import { HANDLER_ROLES, holdsAny } from '../../../domain/roles.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { parseBoxStatement } from '../../../protocol/box-statement.ts';
import type { WireBoxOpening } from '../../../protocol/wire-hotline.ts';
import type { Colleague } from '../wire.ts';

/** Answer of `GET /api/staff/hotline/boxes`, newest first. */
export interface WireBoxOpenings {
  readonly openings: readonly WireBoxOpening[];
}

/** Who may be the second person at a tip box: operators and whoever works on tips, but never oneself. */
export const secondPeople = (colleagues: readonly Colleague[], me: StaffId): readonly Colleague[] =>
  colleagues.filter(({ staff, roles }) => staff !== me && holdsAny(roles, ['operator', ...HANDLER_ROLES]));

/** The two people whom a statement names: who opened the box, then who counted with them. Null for bytes that are no statement. */
export const peopleOf = (opening: Pick<WireBoxOpening, 'statement'>): readonly [StaffId, StaffId] | null => {
  try {
    return parseBoxStatement(fromBase64Url(opening.statement)).by;
  } catch {
    return null;
  }
};

/** How an opening stands: waiting for the second signature, letters still to be entered, or whole. */
export const standingOf = (opening: Pick<WireBoxOpening, 'pending' | 'count' | 'entered'>) =>
  opening.pending ? 'pending' : opening.entered < opening.count ? 'missing' : 'whole';

/** Openings whose letters may be entered now. */
export const openFor = (openings: readonly WireBoxOpening[]): readonly WireBoxOpening[] =>
  openings.filter((opening) => standingOf(opening) === 'missing');

/** Today in UTC+7, `YYYY-MM-DD`; `now` in UTC seconds. */
export const dayNow = (now: number): string => new Date((now + 7 * 3600) * 1000).toISOString().slice(0, 10);
