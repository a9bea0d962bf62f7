import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffEvent } from '../../src/domain/events/index.ts';
import type { StaffId } from '../../src/domain/ids.ts';
import type { Role } from '../../src/domain/terms.ts';
import { recorded } from '../../src/http/kit/server-event.ts';
import { newSession, SESSION_COOKIE } from '../../src/http/kit/session.ts';
import { createRecorder } from '../../src/instance/recorder.ts';
import { COMMUNE, PROVINCE } from '../protocol/world.ts';
import { submit } from './citizen.ts';
import { openTestInstance, type TestInstance } from './instance.ts';

/** Requests for each route and kind of visitor; more with FUZZ_RUNS. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 15);

let instance: TestInstance;
let tip = '';
const cookies = new Map<string, string>();
beforeAll(async () => {
  instance = await openTestInstance();
  tip = (await submit(instance)).citizen.sealed.tip;
  for (const role of ['head', 'administrator', 'auditor', 'operator'] as const)
    cookies.set(role, await signIn(role));
});
afterAll(() => instance.close());

/** A session of somebody with this role, as a login would have opened it. */
async function signIn(role: Role): Promise<string> {
  const { deps, world } = instance;
  const { communeHead, provinceDeputy } = world.people;
  const person = role === 'head' ? communeHead : provinceDeputy;
  const own: Partial<Record<Role, string>> = { auditor: 'ab'.repeat(16), operator: 'cd'.repeat(16) };
  const id = (own[role] ?? person.fields.person) as StaffId;
  await createRecorder(deps, 'test').staff({
    id,
    account: role,
    displayName: role,
    unit: role === 'head' ? COMMUNE : PROVINCE,
    roles: [role],
    status: 'active',
    credential: null,
    signKey: person.sign.publicKey,
    kemKey: person.kem.publicKey,
    invite: null,
  });
  const { token, row } = newSession(deps, id);
  const act = staffEvent(id, 'logged_in', { by: id });
  await recorded(deps, act, (event) => deps.store.accounts.openSession(row, event));
  return `${SESSION_COOKIE}=${token}`;
}

const routes = (): { method: string; path: string }[] => {
  const seen = new Set<string>();
  return instance.app.routes.filter(({ method, path }) => {
    const key = `${method} ${path}`;
    const fresh = method !== 'ALL' && !seen.has(key);
    seen.add(key);
    return fresh;
  });
};

const KEYS = [
  ...[
    'seal',
    'locator',
    'nonce',
    'expires',
    'signature',
    'account',
    'code',
    'unit',
    'tip',
    'tips',
    'act',
    'step',
  ],
  ...[
    'event',
    'record',
    'citizenPart',
    'citizenSalt',
    'restrictedPart',
    'restrictedSalt',
    'wraps',
    'message',
    'no',
  ],
  ...[
    'epoch',
    'name',
    'roles',
    'token',
    'province',
    'what',
    'conduct',
    'official',
    'statement',
    'member',
    'scope',
  ],
  ...[
    'limit',
    'after',
    'from',
    'to',
    'plan',
    'stage',
    'staff',
    'rank',
    'sealed',
    'salt',
    'loginKey',
    '__proto__',
  ],
];
const hex = (length: number) =>
  fc
    .uint8Array({ minLength: length / 2, maxLength: length / 2 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
const word = fc.oneof(
  fc.string({ maxLength: 50, unit: 'grapheme' }),
  hex(32),
  hex(64),
  fc.constantFrom(
    '14-ca',
    '14-03408-ca',
    'head',
    'open',
    '2026-11-22',
    '0',
    '-1',
    '',
    'null',
    '../..',
    '%00',
  ),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  word,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom(...KEYS), word, { maxKeys: 4 }),
);
const object = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });
const body = fc.oneof(
  object.map((one) => ({ type: 'application/json', bytes: JSON.stringify(one) })),
  fc.jsonValue().map((one) => ({ type: 'application/json', bytes: JSON.stringify(one) })),
  fc.string({ maxLength: 200 }).map((bytes) => ({ type: 'application/json', bytes })),
  fc
    .tuple(
      fc.constantFrom(
        'application/vnd.tinkin.submission',
        'application/vnd.tinkin.citizen-step',
        'application/octet-stream',
        'audio/wav',
      ),
      fc.uint8Array({ maxLength: 300 }),
    )
    .map(([type, bytes]) => ({ type, bytes })),
  fc.dictionary(fc.constantFrom(...KEYS), word, { maxKeys: 8 }).map((one) => ({
    type: 'application/x-www-form-urlencoded',
    bytes: new URLSearchParams(one).toString(),
  })),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => ({ type: 'text/plain', bytes })),
);
const query = fc.dictionary(fc.constantFrom(...KEYS), word, { maxKeys: 4 });
/** Secret of an upload or token of a switchboard, or what pretends to be one. */
const authorization = fc.constantFrom(
  undefined,
  `Upload ${'A'.repeat(43)}`,
  `Bearer ${'A'.repeat(43)}`,
  'Upload',
  'Basic Og==',
);
const site = fc.constantFrom('same-origin', 'same-origin', 'same-origin', 'cross-site', 'none');
const parameter = fc.oneof(
  word.filter((text) => text !== ''),
  fc.constant('TIP'),
);

async function send(
  method: string,
  path: string,
  cookie: string | undefined,
  parts: {
    parameter: string;
    query: Record<string, string>;
    body: { type: string; bytes: string | Uint8Array };
    site: string;
    authorization: string | undefined;
  },
): Promise<number> {
  const chosen = parts.parameter === 'TIP' ? tip : parts.parameter;
  const address = path
    .replace(/:\w+(?:\{[^}]*\})?/g, encodeURIComponent(chosen))
    .replace('*', encodeURIComponent(chosen));
  const search = new URLSearchParams(parts.query).toString();
  const response = await instance.app.request(search === '' ? address : `${address}?${search}`, {
    method,
    headers: {
      'content-type': parts.body.type,
      'sec-fetch-site': parts.site,
      ...(cookie === undefined ? {} : { cookie }),
      ...(parts.authorization === undefined ? {} : { authorization: parts.authorization }),
    },
    ...(method === 'GET' ? {} : { body: parts.body.bytes as BodyInit }),
  });
  await response.body?.cancel();
  return response.status;
}

describe.each(['nobody', 'head', 'administrator', 'auditor', 'operator'])(
  'whatever %s sends to any route',
  (who) => {
    test('is answered without a server error', async () => {
      const cookie = cookies.get(who);
      if (cookie)
        expect((await instance.app.request('/api/staff/me', { headers: { cookie } })).status).toBe(200);
      const list = routes();
      expect(list.length).toBeGreaterThan(40);
      for (const { method, path } of list) {
        // A logout would end the session that the rest is sent with.
        if (who !== 'nobody' && /logout|sessions/.test(path) && method !== 'GET') continue;
        await fc.assert(
          fc.asyncProperty(fc.record({ parameter, query, body, site, authorization }), async (parts) => {
            const status = await send(method, path, cookie, parts);
            expect(status, `${method} ${path}`).toBeLessThan(500);
          }),
          { numRuns: RUNS },
        );
      }
      expect(instance.service.filter(({ level }) => level === 'error')).toEqual([]);
    }, 120_000);
  },
);

test('any address at all is answered without a server error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD'),
      fc.array(
        fc.oneof(
          fc.webSegment(),
          word.map(encodeURIComponent),
          fc.constantFrom('..', '.', '', 'api', 'en', 'build'),
        ),
        {
          maxLength: 5,
        },
      ),
      async (method, segments) => {
        const response = await instance.app.request(`/${segments.join('/')}`, { method });
        expect(response.status).toBeLessThan(500);
      },
    ),
    { numRuns: 300 },
  );
});
