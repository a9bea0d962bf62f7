import { describe, expect, test } from 'vitest';
import { INVOLVED, parseRoutes, routeCandidates } from '../../../src/domain/routing.ts';
import type { Role } from '../../../src/domain/terms.ts';
import { parseUnits } from '../../../src/domain/units.ts';
import { unitsInScope } from '../../../src/http/kit/scope.ts';
import type { UnitRow } from '../../../src/ports/store/directory-store.ts';
import { data } from '../../domain/support.ts';

const routes = parseRoutes(data('routes'));
const units = ['vn', '14', '37'].flatMap((name) =>
  parseUnits(data(`units/${name}`)).map((unit): UnitRow => ({ remote: false, until: null, ...unit })),
);
const basis = { units, routes, independent: ['doc-lap'] };
const scope = (unit: string, role: Role, account = 'ai') =>
  unitsInScope({ account, unit: unit as UnitRow['code'], roles: [role] }, basis).map(({ code }) => code);

/** Units that may get a tip about a unit, by the route table: about its people, whoever they are, from any commune. */
const mayGetTipsAbout = (unit: UnitRow): string[] => {
  const province = /^\d{2}$/.test(unit.province) ? unit.province : '14';
  const commune = /^\d{2}-(\d{5})-/.exec(unit.code)?.[1] ?? '03646';
  return INVOLVED.filter((involved) => involved !== 'none').flatMap((involved) =>
    routeCandidates({ province, commune, involved, accused: unit.code, excluded: [unit.code] }, routes),
  );
};

describe('whoever sees the figures of a unit', () => {
  test.each(['auditor', 'head', 'deputy'] as const)(
    'as its %s sees none of a unit to which a tip about it may go',
    (role) => {
      const seen = units.map((unit) => {
        const own = new Set<string>(scope(unit.code, role));
        return [unit.code, mayGetTipsAbout(unit).filter((code) => own.has(code))];
      });
      expect(seen.filter(([, codes]) => (codes?.length ?? 0) > 0)).toEqual([]);
    },
  );

  test('as auditor of a commune police sees that one alone', () => {
    expect(scope('14-03646-ca', 'auditor')).toEqual(['14-03646-ca']);
  });

  test('as auditor of the provincial police sees it and those below, not its inspectorate', () => {
    const seen = scope('14-ca', 'auditor');
    expect(seen).toContain('14-03646-ca');
    expect(seen).not.toContain('14-ttca');
    expect(seen.some((code) => code.startsWith('37') || code.startsWith('vn'))).toBe(false);
  });

  test('as auditor of the People’s Committee sees its province but for where tips about it go', () => {
    const seen = scope('14-ubnd', 'auditor');
    expect(seen).toEqual(expect.arrayContaining(['14-ubnd', '14-ca', '14-03646-ca', '14-tt', '14-hotro']));
    expect(seen.filter((code) => ['14-ttca', '14-vks', 'vn-ttb'].includes(code))).toEqual([]);
    expect(seen.some((code) => !code.startsWith('14-'))).toBe(false);
  });

  test('as auditor of the ministry’s inspectorate sees the police below, nothing of procuracy and committees', () => {
    const seen = scope('vn-ttb', 'auditor');
    expect(seen).toEqual(expect.arrayContaining(['vn-ttb', '14-ttca', '37-ca']));
    expect(seen.some((code) => /-(tt|vks|ubnd)$/.test(code))).toBe(false);
  });

  test('as the auditor whom the directory names sees every unit, wherever at home', () => {
    expect(scope('14-03646-ca', 'auditor', 'doc-lap')).toHaveLength(units.length);
    expect(scope('14-03646-ca', 'head', 'doc-lap')).toEqual(['14-03646-ca']);
  });

  test('below a unit in the tree loses what tips could reach that keep the unit itself out', () => {
    const loose = { ...routes, excludesAlso: {} };
    const seen = unitsInScope(
      { account: 'ai', unit: '14-ca' as UnitRow['code'], roles: ['head'] },
      { ...basis, routes: loose },
    );
    expect(seen.map(({ code }) => code)).toEqual(['14-ca']);
  });
});
