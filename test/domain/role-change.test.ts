import { describe, expect, test } from 'vitest';
import { type RoleChange, roleChangeProblem, sameRoles } from '../../src/domain/role-change.ts';

const change = (set: Partial<RoleChange>): RoleChange => ({
  kind: 'commune_police',
  from: ['officer'],
  to: ['deputy'],
  others: [['head'], ['officer']],
  ...set,
});

describe('a change of roles', () => {
  test('is possible between roles that read tips', () => {
    expect(roleChangeProblem(change({}))).toBeNull();
    expect(roleChangeProblem(change({ to: ['officer', 'operator'] }))).toBeNull();
  });

  test.each<[RoleChange['to'], string]>([
    [[], 'roles'],
    [['inspector'], 'roles'],
    [['auditor', 'officer'], 'roles'],
    [['operator'], 'unread'],
    [['administrator'], 'unread'],
  ])('to %j is refused: %s', (to, problem) => {
    expect(roleChangeProblem(change({ to }))).toBe(problem);
  });

  test('takes no leader away when nobody else leads', () => {
    const demotion = { from: ['head'] as const, to: ['officer'] as const };
    expect(roleChangeProblem(change({ ...demotion, others: [['officer']] }))).toBe('last_leader');
    expect(roleChangeProblem(change({ ...demotion, others: [['officer'], ['deputy']] }))).toBeNull();
    expect(roleChangeProblem(change({ from: ['head'], to: ['deputy'], others: [] }))).toBeNull();
  });

  test('is none when the same roles come in another order', () => {
    expect(sameRoles(['head', 'officer'], ['officer', 'head'])).toBe(true);
    expect(sameRoles(['head'], ['officer'])).toBe(false);
    expect(sameRoles(['head'], ['head', 'officer'])).toBe(false);
  });
});
