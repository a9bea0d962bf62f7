import { holdsAny, LEADER_ROLES, mayReadTips, rolesProblem } from './roles.ts';
import type { Role, UnitKind } from './terms.ts';

/** A member's other roles, and whom they work with. */
export interface RoleChange {
  readonly kind: UnitKind;
  readonly from: readonly Role[];
  readonly to: readonly Role[];
  /** Roles of every other active member of the unit. */
  readonly others: readonly (readonly Role[])[];
}

/**
 * The first thing that stands against other roles for an active member, or null. `roles`: the unit's kind does not give them, or they must
 * stand alone. `unread`: they would read no more tips; that is a removal, because the unit's keys must change with it. So a change never
 * leaves a unit with fewer readers than before. `last_leader`: nobody would be left to lead the unit and to sign for its people.
 */
export function roleChangeProblem({
  kind,
  from,
  to,
  others,
}: RoleChange): 'roles' | 'unread' | 'last_leader' | null {
  if (rolesProblem(to, kind) !== null) return 'roles';
  if (!mayReadTips(to)) return 'unread';
  const leads = (roles: readonly Role[]): boolean => holdsAny(roles, LEADER_ROLES);
  if (leads(from) && !leads(to) && !others.some(leads)) return 'last_leader';
  return null;
}

/** True when two lists name the same roles, in whatever order. */
export const sameRoles = (a: readonly Role[], b: readonly Role[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role));
