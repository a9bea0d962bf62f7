import { describe, expect, test } from 'vitest';
import type { UnitId } from '../../src/domain/ids.ts';
import {
  ancestorsOf,
  mayAdminister,
  mayManageMembers,
  mayReadTips,
  maySeeRates,
  rolesProblem,
} from '../../src/domain/roles.ts';
import { ROLES } from '../../src/domain/terms.ts';

describe('what a role lets a person do', () => {
  test.each([
    ['officer', true, false, false, false],
    ['head', true, true, true, false],
    ['deputy', true, true, true, false],
    ['operator', false, false, false, false],
    ['inspector', true, false, false, false],
    ['prosecutor', true, false, false, false],
    ['support_worker', true, false, false, false],
    ['auditor', false, true, false, false],
    ['administrator', false, false, false, true],
  ] as const)(
    '%s: reads tips %s, sees rates %s, keeps members %s, administers %s',
    (role, reads, rates, members, admin) =>
      expect([
        mayReadTips([role]),
        maySeeRates([role]),
        mayManageMembers([role]),
        mayAdminister([role]),
      ]).toEqual([reads, rates, members, admin]),
  );
});

describe('roles of a member', () => {
  test('must be at least one and such as the kind of unit gives', () => {
    expect(rolesProblem([], 'commune_police')).toBe('empty');
    expect(rolesProblem(['inspector'], 'commune_police')).toBe('foreign');
    expect(rolesProblem(['officer', 'deputy'], 'commune_police')).toBeNull();
  });

  test.each(['auditor', 'administrator'] as const)('%s stands alone', (role) => {
    expect(rolesProblem([role], 'provincial_police')).toBeNull();
    for (const other of ROLES.filter((one) => one !== role && ['officer', 'head', 'deputy'].includes(one)))
      expect(rolesProblem([role, other], 'provincial_police')).toBe('joined');
  });
});

describe('the units above', () => {
  const tree: Record<string, string | null> = { a: null, b: 'a', c: 'b', x: 'y', y: 'x', z: 'z' };
  const parentOf = (unit: UnitId) => (tree[unit] ?? null) as UnitId | null;
  test.each([
    ['c', ['b', 'a']],
    ['a', []],
    ['unknown', []],
    ['x', ['y']],
    ['z', []],
  ])('of %s are %j, loops and gaps included', (unit, above) =>
    expect(ancestorsOf(unit as UnitId, parentOf)).toEqual(above),
  );
});
