import { Hono } from 'hono';
import { dayOf } from '../../domain/calendar.ts';
import { AppError } from '../../domain/errors.ts';
import type { Figures } from '../../domain/figures.ts';
import { isTipId } from '../../domain/ids.ts';
import { type Plan, parsePlans } from '../../domain/plans.ts';
import { parseRoutes } from '../../domain/routing.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { readRecorder } from '../../http/kit/read-record.ts';
import { chosenUnits, scopeOf } from '../../http/kit/scope.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { validQuery } from '../../http/kit/validate.ts';
import { oversight as en } from '../../i18n/en/oversight.ts';
import { oversight as vi } from '../../i18n/vi/oversight.ts';
import type { Deps } from '../../ports/deps.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import { figuresCsv } from './csv.ts';
import { figures } from './figures.ts';
import { balanceTipsQuery, drillQuery, type RatesQuery, ratesQuery } from './schema.ts';
import { tipHistory } from './tip-history.ts';

const BASE = '/api/staff/oversight';

/** Figures, the tips behind them and their events, for auditors and for those who lead a unit. Never content. */
export function oversightRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const plans = parsePlans(deps.data.get('plans'));
  const recordRead = readRecorder(deps);
  const routes = parseRoutes(deps.data.get('routes'));

  const answer = async (scope: readonly UnitRow[], query: RatesQuery): Promise<Figures> =>
    figures({
      oversight: deps.store.oversight,
      units: chosenUnits(scope, query.unit),
      plan: planOf(plans, query.plan),
      period: { from: query.from, to: query.to, today: dayOf(deps.clock.now()) },
    });

  app.use(`${BASE}/*`, requireSession(deps));

  app.get(`${BASE}/plans`, async (c) => {
    const scope = await scopeOf(deps, routes, sessionOf(c).staff);
    return c.json({
      today: dayOf(deps.clock.now()),
      plans,
      units: scope.map(({ code, nameVi, nameEn, kind }) => ({ code, nameVi, nameEn, kind })),
    });
  });

  app.get(`${BASE}/rates`, async (c) =>
    c.json(await answer(await scopeOf(deps, routes, sessionOf(c).staff), await validQuery(c, ratesQuery))),
  );

  app.get(`${BASE}/rates.csv`, async (c) => {
    const query = await validQuery(c, ratesQuery);
    const lang = query.lang ?? 'vi';
    const found = await answer(await scopeOf(deps, routes, sessionOf(c).staff), query);
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="tinkin-${query.from}-${query.to}.csv"`);
    return c.body(figuresCsv(found, (lang === 'vi' ? vi : en).csv, lang));
  });

  app.get(`${BASE}/drill`, async (c) => {
    const query = await validQuery(c, drillQuery);
    const scope = chosenUnits(await scopeOf(deps, routes, sessionOf(c).staff), query.unit);
    const plan = planOf(plans, query.plan);
    const page = await deps.store.oversight.drill({
      units: scope.map((unit) => unit.code),
      verb: query.verb,
      from: query.from,
      to: query.to,
      result: query.result,
      today: dayOf(deps.clock.now()),
      population: plan,
      once: scope.length > 1,
      limit: query.limit,
      ...(query.after === undefined ? {} : { after: query.after }),
    });
    await recordRead(
      sessionOf(c).staff,
      'figure_read',
      page.rows.map(({ tip }) => tip),
    );
    return c.json(page);
  });

  app.get(`${BASE}/balance-tips`, async (c) => {
    const { unit, figure, from, to, after, limit } = await validQuery(c, balanceTipsQuery);
    const scope = chosenUnits(await scopeOf(deps, routes, sessionOf(c).staff), unit);
    const today = dayOf(deps.clock.now());
    // Who was open on a day that is over is a sum alone.
    if (figure === 'open' && to < today) throw new AppError('field_invalid', { field: 'to' });
    const found = await deps.store.oversight.balanceTips({
      units: scope.map(({ code }) => code),
      figure,
      from,
      to,
      today,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    await recordRead(
      sessionOf(c).staff,
      'figure_read',
      found.rows.map(({ tip }) => tip),
    );
    return c.json(found);
  });

  app.get(`${BASE}/tips/:tip`, async (c) => {
    const scope = await scopeOf(deps, routes, sessionOf(c).staff);
    const tip = c.req.param('tip');
    if (!isTipId(tip)) throw new AppError('tip_unknown');
    const history = await tipHistory(deps.store.triage, new Set(scope.map((unit) => unit.code)), tip);
    await recordRead(sessionOf(c).staff, 'history_read', [tip]);
    return c.json(history);
  });

  return app;
}

/** The plan asked for, or null for all tips. Error `field_invalid` for one that does not exist. */
function planOf(plans: readonly Plan[], id: string | undefined): Plan | null {
  if (id === undefined || id === '') return null;
  const plan = plans.find((candidate) => candidate.id === id);
  if (!plan) throw new AppError('field_invalid', { field: 'plan' });
  return plan;
}
