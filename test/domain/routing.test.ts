import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UnitId } from '../../src/domain/ids.ts';
import { ancestorsOf } from '../../src/domain/roles.ts';
import {
  INVOLVED,
  isKeptOut,
  keptOut,
  parseRoutes,
  routeCandidates,
  routeFor,
} from '../../src/domain/routing.ts';
import { brokenUnit, communePoliceOf, parseUnits, searchUnits } from '../../src/domain/units.ts';
import { data } from './support.ts';

const table = parseRoutes(data('routes'));
const units = ['vn', '14', '37'].flatMap((name) => parseUnits(data(`units/${name}`)));
const byCode = new Map(units.map((unit) => [unit.code, unit]));
const unit = (code: string): UnitId => code as UnitId;
const here = { province: '14', commune: '03646', involved: 'none', excluded: [] } as const;

describe('where a tip goes', () => {
  test.each([
    ['none', '14-03646-ca', false],
    ['commune_police_officer', '14-ttca', true],
    ['commune_police_head', '14-ttca', true],
    ['commune_police', '14-ttca', true],
    ['provincial_department', '14-ttca', true],
    ['provincial_department_head', '14-ttca', true],
    ['provincial_director', 'vn-ttb', true],
    ['provincial_police', 'vn-ttb', true],
    ['investigator', '14-vks', true],
    ['commune_official', '14-tt', true],
    ['other_official', '14-tt', true],
  ] as const)('when %s is involved: %s', (involved, code, diverted) =>
    expect(routeFor({ ...here, involved }, table)).toEqual({ unit: code, diverted }),
  );

  test('without a known commune it goes to the province', () =>
    expect(routeFor({ ...here, commune: null }, table)).toEqual({ unit: '14-ca', diverted: false }));

  test('away from the commune police that the citizen excludes, to the inspectorate', () =>
    expect(routeFor({ ...here, excluded: [unit('14-03646-ca')] }, table)).toEqual({
      unit: '14-ttca',
      diverted: true,
    }));

  test('whoever excludes the provincial police excludes its inspectorate and its communes too', () => {
    const request = { ...here, excluded: [unit('14-ca')] };
    expect(routeFor(request, table)).toEqual({ unit: 'vn-ttb', diverted: true });
    expect([...keptOut(request, table)].sort()).toEqual(['14-03646-ca', '14-ca', '14-ttca']);
  });

  test('whoever excludes the ministry’s inspectorate excludes all police below it', () => {
    const request = { ...here, excluded: [unit('vn-ttb')] };
    expect(routeFor(request, table)).toEqual({ unit: '14-vks', diverted: true });
    for (const one of ['14-ca', '14-ttca', '14-03646-ca', '37-11968-ca'])
      expect(isKeptOut(one, ['vn-ttb'], table)).toBe(true);
  });

  test('a unit of another province takes out its own, not those of the place', () => {
    expect(isKeptOut('37-ttca', ['37-ca'], table)).toBe(true);
    expect(routeFor({ ...here, excluded: [unit('37-ca')] }, table)?.unit).toBe('14-03646-ca');
  });

  const parentOf = (code: UnitId): UnitId | null => byCode.get(code)?.parent ?? null;

  test('whoever is excluded takes out every unit below, for nobody sees a tip through its figures', () => {
    for (const below of units)
      for (const above of ancestorsOf(below.code, parentOf))
        expect([below.code, above, isKeptOut(below.code, [above], table)]).toEqual([below.code, above, true]);
  });

  test('whatever is excluded, no unit kept out stands over the one that gets the tip', () => {
    const offered = units
      .filter((one) => one.province !== '37' && one.code.length < 9)
      .map((one) => one.code);
    const own = unit('14-03646-ca');
    for (const support of [false, true])
      for (const involved of INVOLVED)
        for (const first of [...offered, own])
          for (const second of [...offered, own]) {
            const asked = { ...here, involved, support, excluded: [first, second] };
            for (const code of routeCandidates(asked, table)) {
              const seeing = [code, ...ancestorsOf(code, parentOf)];
              expect(seeing.filter((one) => isKeptOut(one, asked.excluded, table))).toEqual([]);
            }
          }
  });

  test('a request for help goes to social support and never to police', () => {
    expect(routeFor({ ...here, support: true }, table)).toEqual({ unit: '14-hotro', diverted: false });
    expect(routeFor({ ...here, support: true, excluded: [unit('14-hotro')] }, table)).toEqual({
      unit: '14-syt',
      diverted: true,
    });
    for (const code of routeCandidates({ ...here, support: true }, table))
      expect(['social_support', 'health_department']).toContain(byCode.get(code)?.kind);
  });

  test('says so when the citizen excluded every unit', () => {
    const excluded = ['vn-ttb', '14-vks', '14-tt'].map(unit);
    expect(routeFor({ ...here, excluded }, table)).toBeNull();
  });

  test('never to a unit kept out, always to one that exists, and diverted exactly when it is another than usual', () => {
    const codes = units.map((one) => one.code);
    const communes = units.filter((one) => one.kind === 'commune_police');
    const request = fc.record({
      from: fc.constantFrom(...communes),
      known: fc.boolean(),
      involved: fc.constantFrom(...INVOLVED),
      excluded: fc.uniqueArray(fc.constantFrom(...codes.filter((code) => code.length < 9), ...codes), {
        maxLength: 5,
      }),
      support: fc.boolean(),
    });
    fc.assert(
      fc.property(request, ({ from, known, involved, excluded, support }) => {
        const asked = {
          province: from.province,
          commune: known ? from.code.slice(3, 8) : null,
          involved,
          excluded,
          support,
        };
        const out = keptOut(asked, table);
        const candidates = routeCandidates(asked, table);
        for (const code of candidates) expect(out.has(code) || !byCode.has(code)).toBe(false);
        const usual = routeFor({ ...asked, involved: 'none', excluded: [] }, table)?.unit;
        const route = routeFor(asked, table);
        expect(route).toEqual(
          candidates[0] === undefined ? null : { unit: candidates[0], diverted: candidates[0] !== usual },
        );
        if (!support && involved !== 'none') expect(route?.unit).not.toBe(usual);
      }),
    );
  });

  test.each([
    [{ version: '1' }, 'routes.excludesAlso: must be an object'],
    [{ ...(data('routes') as object), support: [] }, 'routes.support: must not be empty'],
    [
      { ...(data('routes') as object), excludesAlso: { '{province}-x': ['vn-y'] } },
      'routes.excludesAlso.{province}-x: must name {province}',
    ],
    [{ ...(data('routes') as object), support: ['{place}-x'] }, 'routes.support[0]: must be a unit code'],
  ])('a wrong file %# is refused and the entry named', (json, message) =>
    expect(() => parseRoutes(json)).toThrow(message),
  );
});

describe('the search for a unit', () => {
  const found = (query: string) => searchUnits(units, query).map(({ code }) => code);

  test.each([
    ['cong an tinh son la', '14-ca'],
    ['Công an tỉnh Sơn La', '14-ca'],
    ['to hieu', '14-03646-ca'],
    ['thanh tra bo', 'vn-ttb'],
    ['police of son la', '14-ca'],
    ['vks', undefined],
  ])('%s finds first %s', (query, code) => expect(found(query)[0]).toBe(code));

  test('gives eight at most, and nothing for nothing', () => {
    expect(found('cong an')).toHaveLength(8);
    expect([found(''), found(' . ')]).toEqual([[], []]);
  });
});

describe('the units', () => {
  test('form a whole tree', () => expect(brokenUnit(units)).toBeNull());

  test('have each code once', () => expect(byCode.size).toBe(units.length));

  test('give every commune its police, under the provincial police', () => {
    for (const province of ['14', '37']) {
      const places = data(`places/${province}`) as { communes: [string][] };
      for (const [commune] of places.communes)
        expect(byCode.get(communePoliceOf(province, commune))?.parent).toBe(`${province}-ca`);
    }
  });

  test('of police inspection answer to the ministry, not to the police they look into', () => {
    for (const province of ['14', '37']) expect(byCode.get(unit(`${province}-ttca`))?.parent).toBe('vn-ttb');
  });

  test('a loop or a missing parent is found', () => {
    const two = parseUnits({
      province: 'aa',
      units: [
        { code: 'aa-1', parent: 'aa-2', kind: 'customs', nameVi: 'A', nameEn: 'A', from: '2025-07-01' },
        { code: 'aa-2', parent: 'aa-1', kind: 'customs', nameVi: 'B', nameEn: 'B', from: '2025-07-01' },
      ],
    });
    expect(brokenUnit(two)?.code).toBe('aa-1');
    expect(brokenUnit(two.slice(0, 1))?.code).toBe('aa-1');
  });

  const entry = {
    code: '14-ca',
    parent: null,
    kind: 'customs',
    nameVi: 'A',
    nameEn: 'A',
    from: '2025-07-01',
  };
  test.each([
    [[entry, entry], 'units.units[1].code: is used twice: 14-ca'],
    [[{ ...entry, code: '37-ca' }], 'units.units[0].code: must begin with 14-'],
    [[{ ...entry, code: '14_CA' }], 'units.units[0].code: must be a unit code'],
    [[{ ...entry, kind: 'army' }], 'units.units[0].kind: must be one of'],
    [[{ ...entry, from: '2025-06-31' }], 'units.units[0].from: must be a day'],
    [[{ ...entry, nameEn: '' }], 'units.units[0].nameEn: must be text'],
  ])('a wrong file %# is refused and the entry named', (list, message) =>
    expect(() => parseUnits({ province: '14', units: list })).toThrow(message),
  );
});
