import { Hono, type MiddlewareHandler } from 'hono';
import { yearOf } from '../../domain/calendar.ts';
import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { holdsAny, LEADER_ROLES, mayReadTips, OUTSIDE_ROLES } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import { withAnswering } from '../../http/kit/answering.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { madeByItself } from '../../http/kit/by-itself.ts';
import { savedTables } from '../../http/kit/calendar.ts';
import { readRecorder } from '../../http/kit/read-record.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { requireSession } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson, validQuery } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { tipFor } from './access.ts';
import { acknowledgeAlarm, ringAlarm } from './alarm.ts';
import { answeringFor } from './answering.ts';
import { copiesOf, copiesReceived, takeCopy } from './copies.ts';
import { formerWrapsFor } from './former-wraps.ts';
import { readLaw } from './law.ts';
import { tipByNumber } from './merge.ts';
import { outsideQueue } from './outside.ts';
import { headOf, readTips } from './read.ts';
import * as schema from './schema.ts';
import { takeStep } from './step.ts';
import { mayListen, openStream, soundingNow } from './stream.ts';
import { decodeCursor, queueView, tipView } from './views.ts';

const BASE = '/api/staff';
/** What a console hears while nobody touches it, an operator's too. No content is among it. */
const WATCHED_PATHS = ['stream', 'alarms'];
const TIP_PATHS = [
  'queue',
  'counts',
  'outside',
  'tips/*',
  'head',
  'read',
  'rewrap',
  'open-wraps',
  'alarms/:tip/acknowledge',
  'handover',
  'workload',
  'copies',
];

/** Who may be the one from outside: for decisions, and to take a tip away from a unit that it is about. */
const mayActOutside = (roles: readonly Role[]): boolean => holdsAny(roles, OUTSIDE_ROLES);

/** Everything that officers do with tips. Whoever may not read tips (auditors, administrators, operators) gets 403 on all of it; only the live line takes operators, too. */
export function triageRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const law = readLaw(deps.data);
  const recordRead = readRecorder(deps);
  const signedIn = requireSession(deps);
  const reader = (c: AppContext): StaffRow => staffWho(c, mayReadTips);

  const readersOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
    reader(c);
    await next();
  };
  for (const path of TIP_PATHS) app.use(`${BASE}/${path}`, sameOriginStrict(deps), signedIn, readersOnly);
  for (const path of WATCHED_PATHS)
    app.use(`${BASE}/${path}`, sameOriginStrict(deps), requireSession(deps, 'watching'), async (c, next) => {
      staffWho(c, mayListen);
      await next();
    });
  // An urgent tip rings at once; the rest of the ladder is climbed by the clock.
  deps.live.watch((unit, event) => {
    if (event.kind !== 'new_tip' || !event.urgent) return;
    ringAlarm(deps, event.tip, unit).catch(() => deps.log.service('error', 'alarm_failed'));
  });

  app.get(`${BASE}/queue`, async (c) => {
    const { scope, stage, priority, assignee, after, limit } = await validQuery(c, schema.queueQuery);
    const { unit } = reader(c);
    const page = await deps.store.triage.queue({
      unit,
      filter: {
        scope,
        ...(stage === undefined ? {} : { stage }),
        ...(priority === undefined ? {} : { priority }),
        ...(assignee === undefined ? {} : { assignee }),
      },
      now: deps.clock.now(),
      limit,
      ...(after === undefined ? {} : { after: decodeCursor(after) }),
    });
    return c.json(queueView(page, await withAnswering(deps, unit, page.rows)));
  });

  app.get(`${BASE}/counts`, async (c) => {
    const { unit } = reader(c);
    const [counts, messages] = await Promise.all([
      deps.store.triage.counts(unit, deps.clock.now()),
      deps.store.thread.unreadCount(unit),
    ]);
    return c.json({ ...counts, messages });
  });

  app.get(`${BASE}/outside`, async (c) => c.json({ rows: await outsideQueue(deps, reader(c)) }));

  app.get(`${BASE}/tips/numbered`, async (c) => {
    const found = await tipByNumber(deps, reader(c), await validQuery(c, schema.registerQuery));
    await recordRead(reader(c), 'tip_read', [found.tip]);
    return c.json(found);
  });

  app.get(`${BASE}/tips/elsewhere`, async (c) => {
    const asked = await validQuery(c, schema.elsewhereQuery);
    const found = await tipByNumber(deps, staffWho(c, mayActOutside), asked);
    await recordRead(reader(c), 'tip_read', [found.tip]);
    return c.json(found);
  });

  app.get(`${BASE}/tips/:id`, async (c) => {
    const seen = await tipFor(deps, reader(c), c.req.param('id'));
    await recordRead(reader(c), 'tip_read', [seen.detail.tip], madeByItself(c));
    const { tip } = seen.detail;
    const moment = deps.clock.now();
    const [answering, reached, authors, marks, holidays] = await Promise.all([
      answeringFor(deps, seen),
      deps.store.marks.reached([tip]),
      deps.store.thread.authors(tip),
      deps.store.thread.marks(tip),
      savedTables(deps, { moment, fromYear: yearOf(seen.detail.state.t0) }),
    ]);
    return c.json(tipView(seen, { answering, reached: reached.get(tip) ?? [], authors, marks, holidays }));
  });

  app.get(`${BASE}/tips/:id/former-wraps`, async (c) => {
    const place = await validQuery(c, schema.formerWrapsQuery);
    const { tip, ...page } = await formerWrapsFor(deps, reader(c), c.req.param('id'), place);
    await recordRead(reader(c), 'wraps_read', [tip]);
    return c.json(page);
  });

  app.post(`${BASE}/tips/:id/steps`, async (c) => {
    const request = await validJson(c, schema.stepRequest, schema.MAX_STEP_BYTES);
    return c.json(await takeStep(deps, law, reader(c), c.req.param('id'), request));
  });

  app.post(`${BASE}/tips/:id/copies`, async (c) => {
    const request = await validJson(c, schema.copyRequest, schema.MAX_STEP_BYTES);
    return c.json(await takeCopy(deps, law, reader(c), c.req.param('id'), request), 201);
  });

  app.get(`${BASE}/tips/:id/copies`, async (c) => {
    const { tips, rows, series } = await copiesOf(deps, reader(c), c.req.param('id'));
    await recordRead(reader(c), 'copies_read', tips, madeByItself(c));
    return c.json({ rows, series });
  });

  app.get(`${BASE}/copies`, async (c) => {
    const { tips, rows } = await copiesReceived(deps, reader(c));
    await recordRead(reader(c), 'copies_read', tips, madeByItself(c));
    return c.json({ rows });
  });

  app.get(`${BASE}/head`, async (c) =>
    c.json(await headOf(deps, reader(c), (await validQuery(c, schema.headQuery)).subject)),
  );

  app.post(`${BASE}/read`, async (c) =>
    c.json(await readTips(deps, reader(c), await validJson(c, schema.readRequest))),
  );

  app.get(`${BASE}/open-wraps`, async (c) => {
    const { after, limit } = await validQuery(c, schema.openWrapsQuery);
    const page = await deps.store.triage.openWraps(reader(c).unit, after, limit);
    const rows = page.rows.map(({ seq, tip, no, core, wraps }) => ({
      seq,
      tip,
      no,
      core: toBase64Url(core),
      wraps: toBase64Url(wraps),
    }));
    await recordRead(
      reader(c),
      'wraps_read',
      rows.map(({ tip }) => tip),
    );
    return c.json({ rows, next: page.next });
  });

  app.post(`${BASE}/rewrap`, async (c) => {
    const { steps } = await validJson(c, schema.rewrapRequest, 4 * schema.MAX_STEP_BYTES);
    const results = [];
    for (const { tip, event, wraps } of steps) {
      const request = { act: { step: 'rewrapped' as const }, event, wraps };
      results.push({ tip, ...(await takeStep(deps, law, reader(c), tip, request)) });
    }
    return c.json({ results });
  });

  app.get(`${BASE}/stream`, (c) => openStream(c, deps));

  app.get(`${BASE}/alarms`, async (c) => c.json({ alarms: await soundingNow(deps, staffWho(c, mayListen)) }));

  app.post(`${BASE}/alarms/:tip/acknowledge`, async (c) => {
    const { detail } = await tipFor(deps, reader(c), c.req.param('tip'));
    if (!(await acknowledgeAlarm(deps, detail.tip, reader(c).id))) throw new AppError('not_found');
    return c.json({ ok: true });
  });

  app.get(`${BASE}/handover`, async (c) => {
    const notes = await deps.store.triage.handoverNotes(reader(c).unit);
    return c.json({ notes: notes.map(({ sealed, ...note }) => ({ ...note, sealed: toBase64Url(sealed) })) });
  });

  app.post(`${BASE}/handover`, async (c) => {
    const { sealed } = await validJson(c, schema.handoverNote, 128 * 1024);
    const { id: by, unit } = reader(c);
    const act = unitEvent(unit, 'handover_noted', { by });
    const saved = await recorded(deps, act, (event) =>
      deps.store.triage.addHandoverNote(event, { unit, by, at: deps.clock.now(), sealed }),
    );
    deps.live.publish(unit, { kind: 'unit_changed' });
    return c.json(saved);
  });

  app.get(`${BASE}/workload`, async (c) => {
    const { unit } = staffWho(c, (roles) => roles.some((role) => LEADER_ROLES.includes(role)));
    return c.json({ rows: await deps.store.triage.workload(unit, deps.clock.now()) });
  });

  return app;
}
