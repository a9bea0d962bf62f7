import { parseHolidayTables } from '../domain/holidays.ts';
import { yearsWanted } from '../features/law/holidays.ts';
import type { Clock } from '../ports/clock.ts';
import type { Finding } from './doctor.ts';
import type { OpenInstance } from './open-instance.ts';
import { shippedData } from './shipped-data.ts';

/** Years whose holidays somebody must enter before deadlines can be relied on. */
export async function checkLaw({ store }: Pick<OpenInstance, 'store'>, clock: Clock): Promise<Finding> {
  const known = [...parseHolidayTables(shippedData().get('holidays')), ...(await store.law.holidays())];
  const wanted = await yearsWanted({ store, clock }, known);
  return wanted.length === 0
    ? { check: 'holidays', status: 'ok', detail: 'entered as far as deadlines reach' }
    : {
        check: 'holidays',
        status: 'warn',
        detail: `nobody has entered the holidays of ${wanted.join(', ')}`,
      };
}
