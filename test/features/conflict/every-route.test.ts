import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { call } from '../../fixtures/http.ts';
import { INSPECTORATE, type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { readBody, type Staff, signIn } from '../../fixtures/staff.ts';
import { stepBody, takeStep } from '../../fixtures/steps.ts';

/*
 * Worlds that are alike but for one tip: in the first it is of no concern to a unit, in the others it is about that unit and was kept from it,
 * before it was sent or by a diversion before it got a number. Whatever anybody of the unit asks, at every address that the service has for
 * staff, the answer must be the same in all of them.
 */

const KINDS = ['elsewhere', 'sent around', 'diverted'] as const;
type Kind = (typeof KINDS)[number];

interface World {
  readonly instance: Instance;
  readonly staff: readonly Staff[];
  /** The tip that the unit has in every world. */
  readonly own: TipId;
  /** The one that it may not know of. */
  readonly other: TipId;
  /** What open consoles of the unit were told since the other tip was taken away. */
  readonly told: readonly LiveEvent[];
}

async function makeWorld(kind: Kind): Promise<World> {
  const instance = await openInstance();
  const told: LiveEvent[] = [];
  const unit: Record<Kind, UnitId> = { elsewhere: MOC_CHAU, 'sent around': INSPECTORATE, diverted: TO_HIEU };
  const { tip: other } = await sendTip(instance, { unit: unit[kind] });
  instance.deps.live.watch((to, event) => {
    if (to === TO_HIEU) told.push(event);
  });
  if (kind === 'diverted') {
    const chief = await signIn(instance, 'thanhtra.truong');
    const act = { step: 'diverted', toUnit: INSPECTORATE, why: 'conflict', ground: 'Có xung đột' } as const;
    await takeStep(chief, other, act);
  }
  const toldOf = [...told];
  const { tip: own } = await sendTip(instance, { unit: TO_HIEU });
  const staff = await Promise.all(
    ['tohieu.canbo', 'tohieu.truong'].map((account) => signIn(instance, account)),
  );
  const [officer] = staff;
  if (officer === undefined) throw new Error('nobody');
  const sorted = {
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
  } as const;
  await takeStep(officer, own, { step: 'registered' });
  await takeStep(officer, own, { step: 'classified', ...sorted, ...ORDINARY });
  return { instance, staff, own, other, told: toldOf };
}

const worlds = new Map<Kind, World>();
beforeAll(async () => {
  for (const kind of KINDS) worlds.set(kind, await makeWorld(kind));
});
afterAll(async () => {
  for (const { instance } of worlds.values()) await instance.close();
});

const at = (kind: Kind): World => {
  const world = worlds.get(kind);
  if (world === undefined) throw new Error(kind);
  return world;
};

/** Every address for staff, each once: what the public gets is the same for everybody. */
const routes = (): readonly string[] => [
  ...new Set(
    at('elsewhere')
      .instance.app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/staff/'))
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

const PLACES: Readonly<Record<string, string>> = {
  ...{ ':no': '1', ':unit': TO_HIEU, ':year': '2026', ':hash': '0'.repeat(64), ':right': '0'.repeat(64) },
};

/** Questions without which an address says only that something is missing. */
const queries = ({ instance, other }: World): Readonly<Record<string, string>> => {
  const today = dayOf(instance.clock.now());
  const period = `from=${today}&to=${addDays(today, 40)}`;
  return {
    '/api/staff/queue': 'scope=all',
    '/api/staff/register': 'year=2026',
    '/api/staff/register.csv': 'year=2026&from=1&to=99',
    '/api/staff/tips/numbered': 'year=2026&number=2',
    '/api/staff/tips/elsewhere': `unit=${INSPECTORATE}&year=2026&number=1`,
    '/api/staff/tips/:id/former-wraps': 'no=1&before=9',
    '/api/staff/head': `subject=tip:${other}`,
    '/api/staff/oversight/rates': period,
    '/api/staff/oversight/rates.csv': period,
    '/api/staff/oversight/drill': `${period}&verb=handled&result=due`,
    '/api/staff/oversight/balance-tips': `${period}&figure=received`,
  };
};

/** Bodies that are right but for the tip that they are about; every other address gets an empty one. */
async function bodyFor(route: string, { own, other }: World, staff: Staff): Promise<unknown> {
  if (route === 'POST /api/staff/tips/:id/steps')
    return stepBody(staff, own, { step: 'verification_started', plan: 'Xác minh' });
  if (route === 'POST /api/staff/read') return readBody(staff, [other]);
  return route.startsWith('GET ') ? undefined : {};
}

/** What differs between two runs of the same: ids, keys, hashes, and what is signed over them. */
const plain = (text: string): string =>
  text.replaceAll(/[0-9a-f]{32,}/g, '#').replaceAll(/[A-Za-z0-9_-]{40,}/g, '#');

async function ask(route: string, world: World, staff: Staff): Promise<string> {
  const [method, pattern = ''] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
  const tips = { ':id': world.other, ':tip': world.other };
  const path = Object.entries({ ...PLACES, ...tips }).reduce(
    (text, [name, value]) => text.replace(new RegExp(`${name}\\b`), value),
    pattern,
  );
  const query = queries(world)[pattern];
  const body = await bodyFor(route, world, staff);
  const response = await call(world.instance, method, query === undefined ? path : `${path}?${query}`, body, {
    cookie: staff.cookie,
  });
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie');
  if (pattern === '/api/staff/stream') {
    await response.body?.cancel();
    return JSON.stringify([response.status, headers]);
  }
  return plain(JSON.stringify([response.status, headers, await response.text()]));
}

describe('a unit that a tip is about', () => {
  test('gets the same answer at every address for staff as if there were no such tip', async () => {
    const found = routes();
    expect(found.length).toBeGreaterThan(80);
    const wrongly: string[] = [];
    // Logging out would end the questions.
    for (const route of found.filter((one) => one !== 'POST /api/staff/logout')) {
      for (const who of [0, 1]) {
        const answers: string[] = [];
        for (const kind of KINDS) {
          const staff = at(kind).staff[who];
          if (staff !== undefined) answers.push(await ask(route, at(kind), staff));
        }
        const [quiet, around, diverted] = answers;
        if (route.startsWith('GET ') && quiet?.startsWith('[400')) wrongly.push(`${route}: ${quiet}`);
        expect([route, who, around]).toEqual([route, who, quiet]);
        expect([route, who, diverted]).toEqual([route, who, quiet]);
      }
    }
    expect(wrongly).toEqual([]);
  });

  test('hears nothing when a tip is taken away from it', () => {
    expect(at('diverted').told).toEqual([]);
  });
});
