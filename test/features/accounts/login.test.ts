import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeAt } from '../../../src/features/accounts/one-time-code.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { cookieOf, loginBody, signIn, startLogin, withCookie } from '../../fixtures/staff.ts';

let instance: Instance;
const ACCOUNT = 'tohieu.canbo';

beforeEach(async () => {
  instance = await openInstance();
});
afterEach(() => instance.close());

const login = (body: unknown, headers = {}) => call(instance, 'POST', '/api/staff/login', body, { headers });

/** A login body in which one thing is wrong. */
const wrong = {
  passphrase: () =>
    loginBody(instance, ACCOUNT, { login: instance.suite.ed25519KeyPair(instance.suite.randomBytes(32)) }),
  code: async () => {
    const body = await loginBody(instance, ACCOUNT);
    return { ...body, code: body.code === '000000' ? '000001' : '000000' };
  },
  account: () => loginBody(instance, ACCOUNT, { as: 'khong.co.ai' }),
};

describe('both factors', () => {
  test('open a session whose cookie is for this origin alone', async () => {
    const response = await login(await loginBody(instance, ACCOUNT));
    expect(response.status).toBe(200);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-tinkin=[A-Za-z0-9_-]{43};/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Domain');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('give the console what opens with the passphrase, and nothing that opens without', async () => {
    const me = await ok<Record<string, unknown>>(await login(await loginBody(instance, ACCOUNT)));
    expect(me).toMatchObject({
      account: ACCOUNT,
      unit: '14-03646-ca',
      unitKind: 'commune_police',
      roles: ['officer'],
    });
    expect(String(me.wrappedSecrets).length).toBeGreaterThan(100);
    expect((me.epochWraps as unknown[]).length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(me)).not.toContain('totp');
  });

  test('are recorded as an event of the person, signed by the service', async () => {
    const { id } = instance.person(ACCOUNT);
    const before = (await instance.store.triage.head(`staff:${id}`)).no;
    await signIn(instance, ACCOUNT);
    expect((await instance.store.triage.head(`staff:${id}`)).no).toBe(before + 1);
  });

  test('work with an account name typed in capitals', async () => {
    const body = await loginBody(instance, ACCOUNT);
    expect((await login({ ...body, account: ' TOHIEU.Canbo ' })).status).toBe(200);
  });
});

describe('a refused login', () => {
  test('says the same whichever factor was wrong', async () => {
    const answers = [];
    for (const make of Object.values(wrong)) {
      const response = await login(await make());
      answers.push({ status: response.status, body: await response.text(), cookie: cookieOf(response) });
    }
    expect(answers[0]).toMatchObject({ status: 403, cookie: '' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('opens no session', async () => {
    await login(await wrong.code());
    const { n } = instance.store.connection.prepare('SELECT count(*) AS n FROM session').get() as {
      n: number;
    };
    expect(n).toBe(0);
  });

  test('does not use up the right code', async () => {
    const good = await loginBody(instance, ACCOUNT);
    await login({ ...(await wrong.passphrase()), code: good.code });
    expect((await login(good)).status).toBe(200);
  });
});

test('a code is taken once', async () => {
  await signIn(instance, ACCOUNT);
  expect(await refusal(await login(await loginBody(instance, ACCOUNT)))).toMatchObject({
    code: 'login_refused',
  });
});

test('a code from before the last one used is refused', async () => {
  await signIn(instance, ACCOUNT);
  const code = codeAt(instance.person(ACCOUNT).oneTime, instance.clock.now() - 30);
  expect(await refusal(await login(await loginBody(instance, ACCOUNT, { code })))).toMatchObject({
    code: 'login_refused',
  });
});

test('the next code opens another session', async () => {
  await signIn(instance, ACCOUNT);
  instance.clock.pass(30);
  expect((await login(await loginBody(instance, ACCOUNT))).status).toBe(200);
});

test.each([
  [-30, 200],
  [30, 200],
  [-90, 403],
  [90, 403],
])('the code of a telephone whose clock is off by %i seconds gives %i', async (off, status) => {
  const code = codeAt(instance.person(ACCOUNT).oneTime, instance.clock.now() + off);
  expect((await login(await loginBody(instance, ACCOUNT, { code }))).status).toBe(status);
});

test('a signature made on a copy of the site opens nothing', async () => {
  const body = await loginBody(instance, ACCOUNT, { origin: 'https://tin-example.vn' });
  expect(await refusal(await login(body))).toMatchObject({ code: 'login_refused' });
});

test('a nonce that is five minutes old is refused', async () => {
  const body = await loginBody(instance, ACCOUNT);
  instance.clock.pass(301);
  const code = codeAt(instance.person(ACCOUNT).oneTime, instance.clock.now());
  expect(await refusal(await login({ ...body, code }))).toMatchObject({ code: 'login_refused' });
});

test('a nonce that the service did not make is refused', async () => {
  const body = await loginBody(instance, ACCOUNT);
  const answer = await login({ ...body, expires: body.expires + 1 });
  expect(await refusal(answer)).toMatchObject({ code: 'login_refused' });
});

describe('an account that does not exist', () => {
  test('gets a salt, the same one every time, of the usual size and cost', async () => {
    const [one, two] = [await startLogin(instance, 'khong.co.ai'), await startLogin(instance, 'khong.co.ai')];
    const real = await startLogin(instance, ACCOUNT);
    expect(one.salt).toBe(two.salt);
    expect(fromBase64Url(one.salt)).toHaveLength(16);
    expect([one.memoryKiB, one.passes]).toEqual([real.memoryKiB, real.passes]);
    expect(Object.keys(one).sort()).toEqual(Object.keys(real).sort());
  });

  test('gets another salt than another such account', async () => {
    const [one, two] = [await startLogin(instance, 'khong.co.ai'), await startLogin(instance, 'cung.khong')];
    expect(one.salt).not.toBe(two.salt);
  });
});

test.each([
  [{}, 'account'],
  [{ account: 'x'.repeat(65) }, 'account'],
  [{ account: 5 }, 'account'],
  [{ account: 'a', extra: 1 }, 'body'],
])('a malformed start of a login is refused with its field: %o', async (body, field) => {
  const answer = await call(instance, 'POST', '/api/staff/login/start', body);
  expect(await refusal(answer)).toEqual({ status: 400, code: 'field_invalid', field });
});

test.each(['signature', 'nonce', 'expires', 'code'])('a login without its %s is refused', async (field) => {
  const body = { ...(await loginBody(instance, ACCOUNT)), [field]: undefined };
  expect(await refusal(await login(body))).toMatchObject({ status: 400, code: 'field_invalid', field });
});

test('a login sent by another site is refused', async () => {
  const answer = await login(await loginBody(instance, ACCOUNT), { 'sec-fetch-site': 'cross-site' });
  expect(await refusal(answer)).toMatchObject({ status: 403, code: 'cross_site' });
});

test('a removed member cannot log in', async () => {
  const row = await instance.store.accounts.byAccount(ACCOUNT);
  if (row !== null) await instance.recorder.staff({ ...row, status: 'removed' });
  expect(await refusal(await login(await loginBody(instance, ACCOUNT)))).toMatchObject({
    code: 'login_refused',
  });
});

test('no log line of a login holds account, code or cookie', async () => {
  const body = await loginBody(instance, ACCOUNT);
  const response = await login(body);
  await withCookie(instance, instance.person(ACCOUNT), cookieOf(response)).get('/api/staff/me');
  const lines = JSON.stringify(instance.log);
  for (const secret of [ACCOUNT, body.code, body.nonce, cookieOf(response).slice(14)])
    expect(lines).not.toContain(secret);
});
