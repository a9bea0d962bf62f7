import { Hono } from 'hono';
import type { UnitId } from '../../domain/ids.ts';
import { mayTakeCalls } from '../../domain/roles.ts';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { BoxOpening } from '../../ports/store/hotline-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import type { WireBoxOpening } from '../../protocol/wire-hotline.ts';
import { confirmOpening, letterEntered, mayOpenBoxes, proposeOpening } from './boxes.ts';
import { boxRequest } from './schema.ts';

const BASE = '/api/staff/hotline/boxes';

/** Tip boxes: emptied and counted by two people, then counted off letter by letter as tips are entered. */
export function boxRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const changed = (unit: UnitId): void => deps.live.publish(unit, { kind: 'boxes_changed' });
  for (const path of [BASE, `${BASE}/*`])
    app.use(path, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      staffWho(c, mayOpenBoxes);
      await next();
    });

  app.get(BASE, async (c) => {
    const openings = await deps.store.hotline.openings(sessionOf(c).staff.unit);
    return c.json({ openings: openings.map(toWire) });
  });

  app.post(BASE, async (c) => {
    const { statement } = await validJson(c, boxRequest);
    const { staff } = sessionOf(c);
    await proposeOpening(deps, staff, statement);
    changed(staff.unit);
    return c.json({}, 201);
  });

  app.post(`${BASE}/:id/confirm`, async (c) => {
    const { statement } = await validJson(c, boxRequest);
    const { staff } = sessionOf(c);
    await confirmOpening(deps, staff, { id: c.req.param('id'), statement });
    changed(staff.unit);
    return c.json({});
  });

  app.post(`${BASE}/:id/entered`, async (c) => {
    // Letters become tips by the hands of operators alone.
    const operator = staffWho(c, mayTakeCalls);
    await letterEntered(deps, operator, c.req.param('id'));
    changed(operator.unit);
    return c.json({});
  });
  return app;
}

const toWire = ({
  id,
  box,
  day,
  count,
  entered,
  pending,
  openedBy,
  statement,
}: BoxOpening): WireBoxOpening => ({
  ...{ id, box, day, count, entered, pending, openedBy },
  statement: toBase64Url(statement),
});
