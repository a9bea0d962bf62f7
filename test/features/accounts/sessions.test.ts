import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventsOf } from '../../fixtures/events.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn, withCookie } from '../../fixtures/staff.ts';

interface Session {
  readonly id: string;
  readonly created: number;
  readonly current: boolean;
}

let instance: Instance;
let officer: Staff;

beforeEach(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
});
afterEach(() => instance.close());

const sessions = async (staff: Staff): Promise<readonly Session[]> =>
  (await ok<{ sessions: readonly Session[] }>(await staff.get('/api/staff/sessions'))).sessions;

async function again(): Promise<Staff> {
  instance.clock.pass(30);
  return signIn(instance, 'tohieu.canbo');
}

test('the store keeps the token’s hash and never the token', async () => {
  const token = officer.cookie.slice('__Host-tinkin='.length);
  const row = instance.store.connection.prepare('SELECT hex(token_hash) AS hash FROM session').get() as {
    hash: string;
  };
  const hash = instance.deps.crypto.sha256(new TextEncoder().encode(token));
  expect(row.hash.toLowerCase()).toBe(Buffer.from(hash).toString('hex'));
});

describe('a session ends', () => {
  test('after thirty minutes without a request', async () => {
    instance.clock.pass(30 * 60);
    expect(await refusal(await officer.get('/api/staff/me'))).toMatchObject({
      status: 401,
      code: 'session_expired',
    });
  });

  test('after thirty minutes in which only its console asked, by itself', async () => {
    const byItself = { cookie: officer.cookie, headers: { 'x-tinkin-auto': '1' } };
    const counts = () => call(instance, 'GET', '/api/staff/counts', undefined, byItself);
    for (let minutes = 0; minutes < 25; minutes += 5) {
      instance.clock.pass(5 * 60);
      expect((await counts()).status).toBe(200);
    }
    instance.clock.pass(5 * 60);
    expect(await refusal(await counts())).toMatchObject({ status: 401, code: 'session_expired' });
  });

  test('later, once its person asked for something', async () => {
    instance.clock.pass(29 * 60);
    await officer.get('/api/staff/counts');
    instance.clock.pass(29 * 60);
    expect((await officer.get('/api/staff/counts')).status).toBe(200);
  });

  test('after twelve hours, however busy', async () => {
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      instance.clock.pass(20 * 60);
      await officer.get('/api/staff/me');
    }
    expect((await officer.get('/api/staff/me')).status).toBe(200);
    instance.clock.pass(20 * 60);
    expect(await refusal(await officer.get('/api/staff/me'))).toMatchObject({ code: 'session_expired' });
  });

  test('with a log-out, and the cookie is taken back', async () => {
    const response = await officer.post('/api/staff/logout');
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await officer.get('/api/staff/me')).status).toBe(401);
  });

  test('when its person is removed', async () => {
    const row = await instance.store.accounts.byId(officer.person.id);
    if (row !== null) await instance.recorder.staff({ ...row, status: 'removed' });
    expect((await officer.get('/api/staff/me')).status).toBe(401);
  });
});

describe('the question whether anybody is logged in', () => {
  const ask = async (cookie: string): Promise<unknown> => {
    const answer = await call(instance, 'GET', '/api/staff/session', undefined, { cookie });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    return answer.json();
  };

  test('is answered with the person while the session is open', async () => {
    const me = await (await officer.get('/api/staff/me')).json();
    expect(await ask(officer.cookie)).toEqual({ state: 'open', me });
  });

  test.each(['', '__Host-tinkin=', '__Host-tinkin=short', 'other=1'])(
    'is answered with nobody, and with nothing else, for the cookie %j',
    async (cookie) => {
      expect(await ask(cookie)).toEqual({ state: 'none' });
    },
  );

  test('is answered with nothing but the end once the session is over', async () => {
    instance.clock.pass(30 * 60);
    expect(await ask(officer.cookie)).toEqual({ state: 'over' });
    expect(await ask(`__Host-tinkin=${'x'.repeat(43)}`)).toEqual({ state: 'over' });
  });

  test('keeps a session open like any other request, and opens none that is over', async () => {
    instance.clock.pass(25 * 60);
    await ask(officer.cookie);
    instance.clock.pass(25 * 60);
    await ask(officer.cookie);
    expect((await officer.get('/api/staff/me')).status).toBe(200);
    instance.clock.pass(30 * 60);
    await ask(officer.cookie);
    expect((await officer.get('/api/staff/me')).status).toBe(401);
  });
});

test('requests keep a session open beyond thirty minutes', async () => {
  instance.clock.pass(25 * 60);
  await officer.get('/api/staff/me');
  instance.clock.pass(25 * 60);
  expect((await officer.get('/api/staff/me')).status).toBe(200);
});

test('a person sees their own sessions and which one is this', async () => {
  const second = await again();
  const listed = await sessions(second);
  expect(listed.map(({ current }) => current)).toEqual([false, true]);
});

describe('the end of a session is an event', () => {
  const types = () => eventsOf(instance, `staff:${officer.person.id}`).map(({ type }) => type);

  test('when its person logs out', async () => {
    await ok(await officer.post('/api/staff/logout'));
    expect(types().at(-1)).toBe('logged_out');
  });

  test('when its person ends it from another', async () => {
    const second = await again();
    const [first] = await sessions(second);
    await ok(await second.delete(`/api/staff/sessions/${first?.id}`));
    expect(types().at(-1)).toBe('session_ended');
  });

  test('when an administrator ends them all', async () => {
    const administrator = await signIn(instance, 'quantri');
    await ok(await administrator.post(`/api/staff/admin/staff/${officer.person.id}/sessions/end`));
    expect(types().at(-1)).toBe('sessions_ended');
  });

  test('and is none when the session ran out by itself', async () => {
    const before = types();
    instance.clock.pass(30 * 60);
    expect((await officer.get('/api/staff/me')).status).toBe(401);
    expect(types()).toEqual(before);
  });
});

test('a person ends another session of theirs', async () => {
  const second = await again();
  const [first] = await sessions(second);
  expect((await second.delete(`/api/staff/sessions/${first?.id}`)).status).toBe(200);
  expect((await officer.get('/api/staff/me')).status).toBe(401);
  expect((await second.get('/api/staff/me')).status).toBe(200);
});

test('nobody ends a colleague’s session', async () => {
  const colleague = await signIn(instance, 'tohieu.pho');
  const [theirs] = await sessions(colleague);
  expect(await refusal(await officer.delete(`/api/staff/sessions/${theirs?.id}`))).toMatchObject({
    status: 404,
  });
  expect((await colleague.get('/api/staff/me')).status).toBe(200);
});

test('the id of a session opens nothing', async () => {
  const [own] = await sessions(officer);
  const forged = withCookie(instance, officer.person, `__Host-tinkin=${own?.id.slice(0, 43)}`);
  expect((await forged.get('/api/staff/me')).status).toBe(401);
});

test.each(['', '__Host-tinkin=', '__Host-tinkin=short', `__Host-tinkin=${'x'.repeat(43)}`, 'other=1'])(
  'the cookie %j opens nothing',
  async (cookie) => {
    const answer = await call(instance, 'GET', '/api/staff/me', undefined, { cookie });
    expect(answer.status).toBe(401);
  },
);

test('answers with a session are never cached', async () => {
  expect((await officer.get('/api/staff/me')).headers.get('cache-control')).toBe('no-store');
});

test('a log-out sent by another site does nothing', async () => {
  const answer = await call(
    instance,
    'POST',
    '/api/staff/logout',
    {},
    { cookie: officer.cookie, headers: { 'sec-fetch-site': 'same-site' } },
  );
  expect(await refusal(answer)).toMatchObject({ code: 'cross_site' });
  expect((await officer.get('/api/staff/me')).status).toBe(200);
});
