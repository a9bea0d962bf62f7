import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { signCredentialChange } from '../../../src/protocol/credential-change.ts';
import { call, ok } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { newCredential } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
const ACCOUNT = 'tohieu.canbo';
const NAME = '__Secure-tinkin-device';

beforeEach(async () => {
  instance = await openInstance();
});
afterEach(() => instance.close());

const deviceIn = (response: Response): string =>
  response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${NAME}=`))
    ?.split(';', 1)[0] ?? '';

const send = (body: unknown, cookie = '') => call(instance, 'POST', '/api/staff/login', body, { cookie });

/** Logs in from a browser and gives the marks that it has then. */
async function known(account = ACCOUNT, cookie = ''): Promise<string> {
  const response = await send(await loginBody(instance, account), cookie);
  expect(response.status).toBe(200);
  return deviceIn(response);
}

async function wrong(cookie = ''): Promise<number> {
  const body = await loginBody(instance, ACCOUNT);
  return (await send({ ...body, code: body.code === '000000' ? '000001' : '000000' }, cookie)).status;
}

async function right(cookie: string): Promise<number> {
  instance.clock.pass(30);
  return (await send(await loginBody(instance, ACCOUNT), cookie)).status;
}

/** Somebody elsewhere keeps the account's tries at their longest wait. */
async function holdOff(cookie = ''): Promise<void> {
  for (let i = 0; i < 20; i++) if ((await wrong(cookie)) === 429) instance.clock.pass(900);
  while ((await wrong(cookie)) !== 429);
}

/** A new passphrase, from the browser of an open session. */
function changePassphrase(officer: Staff, made: ReturnType<typeof newCredential>): Promise<Response> {
  const { salt, memoryKiB, passes, wrappedSecrets } = made;
  const [at, loginKey] = [instance.clock.now(), made.login.publicKey];
  const signature = signCredentialChange(instance.suite, officer.person.login, {
    instance: instance.pins.instance,
    staff: officer.person.id,
    salt,
    cost: { memoryKiB, passes },
    loginKey,
    wrappedSecrets,
    at,
  });
  return officer.post('/api/staff/credential', {
    salt: toBase64Url(salt),
    memoryKiB,
    passes,
    loginKey: toBase64Url(loginKey),
    wrappedSecrets: toBase64Url(wrappedSecrets),
    at,
    signature: toBase64Url(signature),
  });
}

describe('a browser on which the person logged in before', () => {
  test('logs in while somebody elsewhere holds the account off', async () => {
    const device = await known();
    await holdOff();
    expect(await right('')).toBe(429);
    expect(await right(device)).toBe(200);
  });

  test('is slowed down by its own failures, like any other', async () => {
    const device = await known();
    expect([await wrong(device), await wrong(device), await wrong(device), await wrong(device)]).toEqual([
      403, 403, 403, 403,
    ]);
    expect(await wrong(device)).toBe(429);
    expect(await right('')).toBe(200);
  });

  test('takes nothing back from what others failed', async () => {
    const device = await known();
    await holdOff();
    expect(await right(device)).toBe(200);
    expect(await wrong()).toBe(429);
  });

  test('keeps the marks of the colleagues who share it', async () => {
    const both = await known('tohieu.pho', await known());
    await holdOff();
    expect(await right(both)).toBe(200);
  });

  test('keeps eight marks at most', async () => {
    const full = `${NAME}=${Array.from({ length: 8 }, (_, i) => 'A'.repeat(42) + 'AEIMQUYc'[i]).join('.')}`;
    expect((await known(ACCOUNT, full)).split('.')).toHaveLength(8);
  });
});

describe('its mark', () => {
  test('is for the staff’s API alone, out of reach of scripts and of citizens’ pages, and follows the session’s cookie', async () => {
    const response = await send(await loginBody(instance, ACCOUNT));
    const [session, device] = response.headers.getSetCookie();
    expect(session).toMatch(/^__Host-tinkin=/);
    expect(device).toMatch(/^__Secure-tinkin-device=[A-Za-z0-9_-]{43};/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/api/staff'])
      expect(device?.split('; ')).toContain(attribute);
    expect(device).not.toContain('Domain');
  });

  test('is the same in every browser of the person: it tells none from another', async () => {
    const one = await known();
    instance.clock.pass(30);
    expect(await known()).toBe(one);
  });

  test('counts for its own account only', async () => {
    const other = await known('tohieu.pho');
    await holdOff();
    expect(await right(other)).toBe(429);
  });

  test('opens nothing', async () => {
    const cookie = await known();
    expect((await call(instance, 'GET', '/api/staff/me', undefined, { cookie })).status).toBe(401);
  });

  test('is given after both factors, and not for less', async () => {
    const body = await loginBody(instance, ACCOUNT);
    const refused = await send({ ...body, code: body.code === '000000' ? '000001' : '000000' });
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  test.each(['x', 'A'.repeat(43), `${'A'.repeat(43)}.`, `${'_'.repeat(43)}.${'B'.repeat(43)}`])(
    'made up as %j is none',
    async (made) => {
      await holdOff();
      expect(await right(`${NAME}=${made}`)).toBe(429);
    },
  );

  test('is worth nothing after a new passphrase, but in the browser that made it', async () => {
    const stolen = await known();
    instance.clock.pass(30);
    const officer = await signIn(instance, ACCOUNT);
    const made = newCredential(instance, officer.person.id, officer.person.secrets);
    const response = await changePassphrase(officer, made);
    await ok(response.clone());
    const fresh = deviceIn(response);
    expect(fresh).not.toBe(stolen);
    const login = async (cookie: string) => {
      instance.clock.pass(30);
      return (await send(await loginBody(instance, ACCOUNT, { login: made.login }), cookie)).status;
    };
    await holdOff();
    expect(await login(stolen)).toBe(429);
    expect(await login(fresh)).toBe(200);
  });
});
