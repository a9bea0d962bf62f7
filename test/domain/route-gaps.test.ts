import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { UnitId } from '../../src/domain/ids.ts';
import { routeGaps } from '../../src/domain/route-gaps.ts';
import { parseRoutes } from '../../src/domain/routing.ts';
import { data } from './support.ts';

const routes = parseRoutes(data('routes'));
const FILES = readdirSync(new URL('../../db/data/units', import.meta.url)).map((name) =>
  name.replace('.json', ''),
);
const units = FILES.flatMap(
  (name) => (data(`units/${name}`) as { units: { code: UnitId; parent: UnitId | null }[] }).units,
);

test('whoever keeps out a unit keeps out every unit under it, in every province that ships', () => {
  expect(units.length).toBeGreaterThan(200);
  expect(routeGaps(units, routes)).toEqual([]);
});

test('a unit that would still get a tip under one that is kept out is found', () => {
  const two = [
    { code: 'a' as UnitId, parent: null },
    { code: 'b' as UnitId, parent: 'a' as UnitId },
  ];
  expect(routeGaps(two, { excludesAlso: {} })).toEqual([{ unit: 'b', above: 'a' }]);
});
