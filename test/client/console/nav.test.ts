import { describe, expect, test } from 'vitest';
import { homeOf, navFor } from '../../../src/client/console/nav.ts';
import type { Role, UnitKind } from '../../../src/domain/terms.ts';

const keys = (roles: readonly Role[], kind: UnitKind = 'commune_police'): string[] =>
  navFor(roles, kind).flatMap((group) => group.items.map((item) => item.key));

describe('the left column', () => {
  test('an officer finds the work and not the unit’s leadership', () => {
    const found = keys(['officer']);
    expect(found).toEqual(
      expect.arrayContaining([
        'overdue',
        'open',
        'register',
        'handover',
        'focal-points',
        'members',
        'epochs',
      ]),
    );
    expect(found).not.toContain('workload');
    expect(found).not.toContain('units');
  });

  test('a head also finds the workload and what was kept long enough', () => {
    expect(keys(['head'])).toEqual(expect.arrayContaining(['focal-points', 'workload', 'retention']));
  });

  test('whoever stands above other units finds what they need from outside, a commune does not', () => {
    expect(keys(['head'], 'provincial_police')).toContain('outside');
    expect(keys(['inspector'], 'inspectorate')).toContain('outside');
    expect(keys(['head'])).not.toContain('outside');
    expect(keys(['officer'], 'provincial_police')).not.toContain('outside');
  });

  test('an administrator finds units and accounts and nothing about tips', () => {
    expect(keys(['administrator'], 'peoples_committee')).toEqual([
      'units',
      'holidays',
      'staff',
      'law',
      'account',
    ]);
    expect(homeOf(['administrator'])).toEqual({ page: 'units' });
  });

  test('an auditor lands on the figures and finds no queue', () => {
    expect(homeOf(['auditor'])).toEqual({ page: 'oversight', path: '' });
    expect(keys(['auditor'], 'peoples_committee')).not.toContain('open');
  });
});
