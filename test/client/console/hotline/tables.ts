import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HotlineReference } from '../../../../src/client/console/hotline/reference.ts';
import { parseConduct } from '../../../../src/domain/conduct.ts';
import { parsePlaces } from '../../../../src/domain/places.ts';
import { parseRoutes } from '../../../../src/domain/routing.ts';
import { parseUnits } from '../../../../src/domain/units.ts';

const data = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../db/data', `${name}.json`), 'utf8'));

export const SON_LA = { code: '14', name: 'Tỉnh Sơn La' };

/** The true tables of Sơn La. */
export const REFERENCE: HotlineReference = {
  provinces: [SON_LA],
  places: new Map([['14', parsePlaces(data('places/14'))]]),
  units: [...parseUnits(data('units/14')), ...parseUnits(data('units/vn'))],
  conduct: parseConduct(data('conduct')),
  routes: parseRoutes(data('routes')),
};
