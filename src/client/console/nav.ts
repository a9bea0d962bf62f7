import {
  holdsAny,
  mayAdminister,
  mayManageMembers,
  mayReadTips,
  mayTakeCalls,
  OUTSIDE_ROLES,
  ROLES_OF_KIND,
} from '../../domain/roles.ts';
import type { QueueScope, Role, UnitKind } from '../../domain/terms.ts';
import { OVERSIGHT_PAGES } from './oversight/pages.ts';
import { queueRoute, type Route } from './router.ts';

/** One line of the left column. `count` names the figure beside it. */
export interface NavItem {
  readonly key: string;
  readonly route: Route;
  readonly count: Exclude<QueueScope, 'closed' | 'all'> | 'messages' | null;
}

export interface NavGroup {
  readonly key: 'hotline' | 'day' | 'work' | 'books' | 'unit' | 'admin' | 'oversight' | 'me';
  readonly items: readonly NavItem[];
}

const queue = (scope: QueueScope, count: NavItem['count']): NavItem => ({
  key: scope,
  route: queueRoute(scope),
  count,
});
const page = (
  name:
    | 'hotline'
    | 'boxes'
    | 'posters'
    | 'outside'
    | 'elsewhere'
    | 'board'
    | 'copies'
    | 'register'
    | 'post-checks'
    | 'handover'
    | 'members'
    | 'epochs'
    | 'focal-points'
    | 'workload'
    | 'retention'
    | 'supervision'
    | 'rights'
    | 'units'
    | 'holidays'
    | 'staff'
    | 'law'
    | 'account',
): NavItem => ({
  key: name,
  route: { page: name },
  count: null,
});

/** Units that assign the right to settle, and those that need it. */
const SETTLING: readonly UnitKind[] = ['provincial_police', 'commune_police'];

/** Units to which tips about other units go. */
export const DIVERTS: readonly UnitKind[] = [
  'inspectorate',
  'ministry_inspectorate',
  'provincial_inspectorate',
  'procuracy',
];

/** Tip boxes are emptied in units that have operators. */
const givesOperators = (kind: UnitKind): boolean => ROLES_OF_KIND[kind].includes('operator');

/**
 * What a person with these roles finds in the left column, a group for each job: what is due, tips to work on, books and files, the unit's people
 * and keys. What they may not do is not there.
 */
export const navFor = (roles: readonly Role[], kind: UnitKind): readonly NavGroup[] => {
  const groups: NavGroup[] = [];
  if (mayTakeCalls(roles))
    groups.push({ key: 'hotline', items: [page('hotline'), page('boxes'), page('posters')] });
  if (mayReadTips(roles)) {
    groups.push({
      key: 'day',
      items: [
        { key: 'day', route: { page: 'day' }, count: null },
        queue('overdue', 'overdue'),
        queue('due_soon', 'due_soon'),
        queue('new', 'new'),
        { key: 'messages', route: { page: 'messages' }, count: 'messages' },
      ],
    });
    groups.push({
      key: 'work',
      items: [
        ...(kind === 'procuracy' ? [page('supervision')] : []),
        queue('open', 'open'),
        queue('pending_decision', 'pending_decision'),
        queue('incoming_transfer', 'incoming_transfer'),
        ...(kind !== 'commune_police' && holdsAny(roles, OUTSIDE_ROLES) ? [page('outside')] : []),
        ...(kind !== 'commune_police' && mayManageMembers(roles) ? [page('board')] : []),
        ...(DIVERTS.includes(kind) && holdsAny(roles, OUTSIDE_ROLES) ? [page('elsewhere')] : []),
        ...(mayTakeCalls(roles) || !givesOperators(kind) ? [] : [page('boxes')]),
        page('post-checks'),
        page('handover'),
      ],
    });
    groups.push({
      key: 'books',
      items: [
        page('register'),
        page('copies'),
        ...(mayManageMembers(roles) ? [page('retention')] : []),
        ...(mayManageMembers(roles) && !mayTakeCalls(roles) ? [page('posters')] : []),
      ],
    });
  }
  if (mayManageMembers(roles))
    groups.push({
      key: 'unit',
      items: [
        ...[page('focal-points'), page('workload'), page('members'), page('epochs')],
        ...(SETTLING.includes(kind) ? [page('rights')] : []),
      ],
    });
  else if (mayReadTips(roles))
    groups.push({ key: 'unit', items: [page('focal-points'), page('members'), page('epochs')] });
  if (mayAdminister(roles))
    groups.push({ key: 'admin', items: [page('units'), page('holidays'), page('staff')] });
  const oversight = OVERSIGHT_PAGES.filter((view) => view.roles.some((role) => roles.includes(role)));
  if (oversight.length > 0)
    groups.push({
      key: 'oversight',
      items: oversight.map((view) => ({
        key: `oversight/${view.path}`,
        route: { page: 'oversight', path: view.path },
        count: null,
      })),
    });
  groups.push({ key: 'me', items: [page('law'), page('account')] });
  return groups;
};

/** Where a person lands after logging in. */
export const homeOf = (roles: readonly Role[]): Route => {
  if (mayReadTips(roles)) return { page: 'day' };
  if (mayTakeCalls(roles)) return { page: 'hotline' };
  if (mayAdminister(roles)) return { page: 'units' };
  const first = OVERSIGHT_PAGES.find((view) => view.roles.some((role) => roles.includes(role)));
  return first === undefined ? { page: 'account' } : { page: 'oversight', path: first.path };
};
