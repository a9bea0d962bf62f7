import { Hono } from 'hono';
import { z } from 'zod';
import { yearOf } from '../../domain/calendar.ts';
import { parseConduct } from '../../domain/conduct.ts';
import { mayReadTips } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson, validQuery } from '../../http/kit/validate.ts';
import { LANGS } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import { bookPage, linesBetween, recordPrinted } from './book.ts';
import { registerCsv } from './csv.ts';

const PATH = '/api/staff/register';
const NUMBER = 10_000_000;
const number = z.coerce.number().int().min(1).max(NUMBER);
const year = z.coerce.number().int().min(2000).max(9999);

const pageQuery = z.strictObject({
  year: year.optional(),
  order: z.enum(['up', 'down']).default('down'),
  after: z.coerce.number().int().min(0).max(NUMBER).optional(),
});
const csvQuery = z.strictObject({ year, from: number, to: number, lang: z.enum(LANGS).default('vi') });
const printed = z.strictObject({
  year: z.number().int().min(2000).max(9999),
  from: z.number().int().min(1).max(NUMBER),
  to: z.number().int().min(1).max(NUMBER),
  content: z.boolean(),
});

/** The register of a person's own unit (form 294, TT 28/2020 Đ5.3), for those who read its tips. */
export function registerRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { conducts } = parseConduct(deps.data.get('conduct'));
  for (const path of [PATH, `${PATH}.csv`, `${PATH}/*`])
    app.use(path, sameOriginStrict(deps), requireSession(deps));

  app.get(PATH, async (c) => {
    const { unit } = staffWho(c, mayReadTips);
    const query = await validQuery(c, pageQuery);
    const book = query.year ?? yearOf(deps.clock.now());
    const { order, after = null } = query;
    const [page, years] = await Promise.all([
      bookPage(deps, { unit, year: book, order, after }),
      deps.store.register.years(unit),
    ]);
    return c.json({ year: book, years, ...page });
  });

  // A file that leaves is recorded before its first byte does.
  app.get(`${PATH}.csv`, async (c) => {
    const staff = staffWho(c, mayReadTips);
    const { lang, ...range } = await validQuery(c, csvQuery);
    const entries = await linesBetween(deps, staff, range);
    await recordPrinted(deps, staff, range, { form: 'csv', content: false });
    const people = await deps.store.accounts.ofUnit(staff.unit);
    const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="294-${range.year}-${range.from}-${range.to}.csv"`);
    return c.body(registerCsv(entries, { conducts, nameOf: (id) => names.get(id) ?? '', lang }));
  });

  app.post(`${PATH}/printed`, async (c) => {
    const staff = staffWho(c, mayReadTips);
    const { content, ...range } = await validJson(c, printed);
    await recordPrinted(deps, staff, range, { form: 'paper', content });
    return c.json({ ok: true });
  });

  return app;
}
