import type { UnitId } from './ids.ts';
import type { Role, UnitKind } from './terms.ts';

/** Roles that read tips and take the everyday steps on them. */
export const HANDLER_ROLES: readonly Role[] = [
  'officer',
  'head',
  'deputy',
  'inspector',
  'prosecutor',
  'support_worker',
];
/** Roles that lead a unit: they assign, approve, send a tip on, and answer for members and their keys. */
export const LEADER_ROLES: readonly Role[] = ['head', 'deputy'];
/** Roles that may be the person from outside in a two-person step on another unit's tip. */
export const OUTSIDE_ROLES: readonly Role[] = ['head', 'deputy', 'inspector'];

/**
 * The roles that a unit of a kind can give. Whoever looks after the figures (`auditor`) or the machine (`administrator`) is at
 * home in any unit.
 */
export const ROLES_OF_KIND: Readonly<Record<UnitKind, readonly Role[]>> = {
  commune_police: ['officer', 'head', 'deputy', 'operator', 'auditor', 'administrator'],
  provincial_police: ['officer', 'head', 'deputy', 'operator', 'auditor', 'administrator'],
  inspectorate: ['inspector', 'head', 'deputy', 'auditor', 'administrator'],
  ministry_inspectorate: ['inspector', 'head', 'deputy', 'auditor', 'administrator'],
  provincial_inspectorate: ['inspector', 'head', 'deputy', 'auditor', 'administrator'],
  procuracy: ['prosecutor', 'head', 'deputy', 'auditor', 'administrator'],
  team_178: ['officer', 'head', 'deputy', 'auditor', 'administrator'],
  border_guard: ['officer', 'head', 'deputy', 'operator', 'auditor', 'administrator'],
  customs: ['officer', 'head', 'deputy', 'operator', 'auditor', 'administrator'],
  health_department: ['officer', 'head', 'deputy', 'auditor', 'administrator'],
  culture_social_office: ['officer', 'head', 'deputy', 'auditor', 'administrator'],
  fatherland_front: ['officer', 'head', 'deputy', 'auditor', 'administrator'],
  social_support: ['support_worker', 'head', 'deputy', 'operator', 'auditor', 'administrator'],
  peoples_committee: ['officer', 'head', 'deputy', 'auditor', 'administrator'],
};

/** Roles that one person must not join to any other: who runs or checks the system never reads a tip. */
const ALONE: readonly Role[] = ['administrator', 'auditor'];

/**
 * True when no MEMBER statement stands behind these roles, because they hold no key that opens or signs anything about tips: such an account
 * is opened by an administrator and approved by somebody else.
 */
export const needsNoStatement = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every((role) => ALONE.includes(role));

/** True when at least one of the roles held is among those wanted. */
export const holdsAny = (held: readonly Role[], wanted: readonly Role[]): boolean =>
  held.some((role) => wanted.includes(role));

/** True when the roles let a person open tips of their own unit. Auditors, administrators and operators do not. */
export const mayReadTips = (roles: readonly Role[]): boolean => holdsAny(roles, HANDLER_ROLES);

/** True when the roles let a person take calls, letters and visitors and seal what they give. They read nothing of it afterwards. */
export const mayTakeCalls = (roles: readonly Role[]): boolean => roles.includes('operator');

/** True when the roles let a person see the figures (never the content) of their unit and of the units below it. */
export const maySeeRates = (roles: readonly Role[]): boolean => holdsAny(roles, ['auditor', ...LEADER_ROLES]);

/** True when the roles let a person invite and remove members of their unit and wrap its keys. */
export const mayManageMembers = (roles: readonly Role[]): boolean => holdsAny(roles, LEADER_ROLES);

/** True when the roles let a person keep the list of units and staff accounts. */
export const mayAdminister = (roles: readonly Role[]): boolean => roles.includes('administrator');

/**
 * The first thing wrong with a set of roles for a member of a unit of this kind, or null: `empty`, `foreign` (the kind does not
 * give that role) or `joined` (auditor and administrator stand alone).
 */
export const rolesProblem = (
  roles: readonly Role[],
  kind: UnitKind,
): 'empty' | 'foreign' | 'joined' | null => {
  if (roles.length === 0) return 'empty';
  if (roles.some((role) => !ROLES_OF_KIND[kind].includes(role))) return 'foreign';
  if (new Set(roles).size > 1 && holdsAny(roles, ALONE)) return 'joined';
  return null;
};

/**
 * True when an administrator may close an account with these roles: it reads no tips, so that no key of a unit has to change. Whoever reads
 * tips is removed by two leaders.
 */
export const mayBeClosed = (roles: readonly Role[]): boolean => roles.length > 0 && !mayReadTips(roles);

/** The units above `unit`, nearest first. A broken or circular tree ends the walk instead of looping. */
export const ancestorsOf = (unit: UnitId, parentOf: (unit: UnitId) => UnitId | null): UnitId[] => {
  const above: UnitId[] = [];
  let next = parentOf(unit);
  while (next !== null && next !== unit && !above.includes(next)) {
    above.push(next);
    next = parentOf(next);
  }
  return above;
};
