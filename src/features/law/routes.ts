import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import { holidayRows } from '../../domain/holiday-csv.ts';
import { mayAdminister } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { csvOf } from '../../http/kit/csv.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validate, validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import { holidayYears, saveHolidays, settlingIn, yearsWanted } from './holidays.ts';
import { lawInForce } from './in-force.ts';
import * as schema from './schema.ts';

const BASE = '/api/staff/law';

/** The law that this instance counts by, for everybody who works with it; its yearly rest days, for the administrator to keep. */
export function lawRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const law = lawInForce(deps);
  for (const path of [BASE, `${BASE}/*`]) app.use(path, sameOriginStrict(deps), requireSession(deps));

  app.get(BASE, async (c) => c.json({ ...law, holidays: await holidayYears(deps) }));

  // What reaches into a year is a figure of all units together: for administrators alone.
  app.get(`${BASE}/holidays`, async (c) => {
    staffWho(c, mayAdminister);
    const years = await holidayYears(deps);
    const missing = await yearsWanted(deps, years);
    const settling: Record<number, number> = {};
    for (const year of new Set([...years.map((one) => one.year), ...missing]))
      settling[year] = await settlingIn(deps, year);
    return c.json({ years, missing, settling });
  });

  app.get(`${BASE}/holidays/:year`, async (c) => {
    const year = validate(schema.year, c.req.param('year').replace(/\.csv$/, ''));
    const table = (await holidayYears(deps)).find((one) => one.year === year);
    if (table === undefined) throw new AppError('not_found');
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="tinkin-holidays-${year}.csv"`);
    return c.body(csvOf(holidayRows(table)));
  });

  app.put(`${BASE}/holidays/:year`, async (c) => {
    const administrator = staffWho(c, mayAdminister);
    const year = validate(schema.year, c.req.param('year'));
    const { csv } = await validJson(c, schema.holidays);
    await saveHolidays(deps, administrator, year, csv);
    return c.json({ ok: true });
  });

  return app;
}
