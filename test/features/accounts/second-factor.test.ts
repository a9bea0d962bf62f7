import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeAt } from '../../../src/features/accounts/one-time-code.ts';
import { openOneTimeSecret } from '../../../src/http/kit/one-time-secret.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { oneTimeBytes } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

const LOST = 'tohieu.canbo';
let instance: Instance;
let head: Staff;
let deputy: Staff;

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  deputy = await signIn(instance, 'tohieu.pho');
});
afterEach(() => instance.close());

const propose = (by: Staff, account = LOST) =>
  by.post('/api/staff/second-factor/propose', { staff: instance.person(account).id });

const approve = (by: Staff, id: number) => by.post(`/api/staff/second-factor/${id}/approve`);

async function approved(): Promise<string> {
  const { id } = await ok<{ id: number }>(await propose(head));
  return (await ok<{ token: string }>(await approve(deputy, id))).token;
}

/** Another administrator, who was let in rightly. */
async function secondAdministrator(): Promise<Staff> {
  const row = await instance.store.accounts.byAccount('kiemtra');
  if (row === null) throw new Error('no such account');
  await instance.recorder.staff({ ...row, roles: ['administrator'] });
  return signIn(instance, 'kiemtra');
}

/** The person fetches the new secret with their passphrase and the token. */
async function fetchSecret(token: string, account = LOST): Promise<Response> {
  const { code: _code, ...proof } = await loginBody(instance, account);
  return call(instance, 'POST', '/api/staff/second-factor/fetch', { ...proof, token });
}

const login = async (code: string): Promise<number> => {
  const body = await loginBody(instance, LOST, { code });
  return (await call(instance, 'POST', '/api/staff/login', body)).status;
};

describe('a lost phone is replaced by two people', () => {
  test('and the person fetches the new secret with their own passphrase', async () => {
    const shown = await ok<{ uri: string; secret: string }>(await fetchSecret(await approved()));
    expect(shown.uri).toContain('otpauth://totp/');
    expect(await login(codeAt(oneTimeBytes(shown.secret), instance.clock.now()))).toBe(200);
  });

  test('and the old phone’s codes open nothing from the approval on', async () => {
    await approved();
    expect(await login(codeAt(instance.person(LOST).oneTime, instance.clock.now()))).toBe(403);
  });

  test('and the new secret opens nothing before it was fetched', async () => {
    await approved();
    const row = await instance.store.accounts.byAccount(LOST);
    if (row?.credential == null) throw new Error('no credential');
    const { crypto, secrets } = instance.deps;
    const opened = openOneTimeSecret(crypto, secrets.atRest, row.id, row.credential.totpSealed);
    expect(opened?.fetchBy).not.toBeNull();
    expect(await login(codeAt(opened?.secret ?? new Uint8Array(20), instance.clock.now()))).toBe(403);
  });

  test('and sessions that are open on the lost phone’s owner end', async () => {
    const officer = await signIn(instance, LOST);
    await approved();
    expect((await officer.get('/api/staff/me')).status).toBe(401);
  });

  test('and the secret is shown once', async () => {
    const token = await approved();
    await ok(await fetchSecret(token));
    expect(await refusal(await fetchSecret(token))).toMatchObject({ status: 403, code: 'login_refused' });
  });

  test('and two people who fetch at the same moment do not both see it', async () => {
    const token = await approved();
    const answers = await Promise.all([fetchSecret(token), fetchSecret(token)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403]);
  });

  test('and neither helper is ever sent the secret', async () => {
    const { id } = await ok<{ id: number }>(await propose(head));
    const answer = await ok<Record<string, unknown>>(await approve(deputy, id));
    expect(Object.keys(answer).sort()).toEqual(['account', 'token']);
  });
});

test('one person alone replaces nothing', async () => {
  const { id } = await ok<{ id: number }>(await propose(head));
  expect(await refusal(await approve(head, id))).toMatchObject({ status: 409, code: 'same_person' });
  expect(await login(codeAt(instance.person(LOST).oneTime, instance.clock.now()))).toBe(200);
});

describe('one of the two leads the person’s unit or the one above it', () => {
  test('so two administrators replace no phone where somebody leads', async () => {
    const [one, two] = [await signIn(instance, 'quantri'), await secondAdministrator()];
    const { id } = await ok<{ id: number }>(await propose(one));
    expect(await refusal(await approve(two, id))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await login(codeAt(instance.person(LOST).oneTime, instance.clock.now()))).toBe(200);
  });

  test('and an administrator may be the other', async () => {
    const { id } = await ok<{ id: number }>(await propose(await signIn(instance, 'quantri')));
    expect((await approve(head, id)).status).toBe(200);
  });

  test('but who proposed must still be somebody who may help', async () => {
    const { id } = await ok<{ id: number }>(await propose(await signIn(instance, 'quantri')));
    const other = await secondAdministrator();
    await ok(await other.post(`/api/staff/admin/staff/${instance.person('quantri').id}/close`));
    expect(await refusal(await approve(head, id))).toMatchObject({ status: 403 });
  });

  test('except where nobody leads: there two administrators do', async () => {
    const [one, two] = [await signIn(instance, 'quantri'), await secondAdministrator()];
    const { id } = await ok<{ id: number }>(await propose(one, 'doclap'));
    expect((await approve(two, id)).status).toBe(200);
  });
});

test('nobody asks for themselves', async () => {
  expect(await refusal(await propose(head, 'tohieu.truong'))).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
});

test('an officer can neither propose nor see or approve proposals', async () => {
  const { id } = await ok<{ id: number }>(await propose(head, 'tohieu.pho'));
  const officer = await signIn(instance, LOST);
  expect(await refusal(await propose(officer, 'tohieu.pho'))).toMatchObject({ code: 'forbidden' });
  expect(await ok(await officer.get('/api/staff/second-factor'))).toEqual({ proposals: [] });
  expect(await refusal(await approve(officer, id))).toMatchObject({ status: 404 });
});

test('leaders of another unit have no say, those of the unit above and the administrator do', async () => {
  const { id } = await ok<{ id: number }>(await propose(head));
  const neighbour = await signIn(instance, 'mocchau.truong');
  expect(await refusal(await propose(neighbour))).toMatchObject({ code: 'forbidden' });
  expect(await refusal(await approve(neighbour, id))).toMatchObject({ status: 404 });
  const administrator = await signIn(instance, 'quantri');
  const { proposals } = await ok<{ proposals: { id: number; mine: boolean }[] }>(
    await administrator.get('/api/staff/second-factor'),
  );
  expect(proposals).toMatchObject([{ id, mine: false }]);
  const above = await signIn(instance, 'sonla.pho');
  expect((await approve(above, id)).status).toBe(200);
});

test('a proposal is approved once', async () => {
  const { id } = await ok<{ id: number }>(await propose(head));
  await ok(await approve(deputy, id));
  expect(await refusal(await approve(deputy, id))).toMatchObject({ status: 404 });
});

test('the token of one person fetches nothing for another', async () => {
  const token = await approved();
  expect(await refusal(await fetchSecret(token, 'tohieu.truong'))).toMatchObject({ code: 'login_refused' });
});

test('the token without the passphrase fetches nothing, and trying slows down', async () => {
  const token = await approved();
  const thief = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
  const statuses = [];
  for (let i = 0; i < 5; i++) {
    const { code: _code, ...proof } = await loginBody(instance, LOST, { login: thief });
    statuses.push(
      (await call(instance, 'POST', '/api/staff/second-factor/fetch', { ...proof, token })).status,
    );
  }
  expect(statuses).toEqual([403, 403, 403, 403, 429]);
});

test('proposal, approval and showing are events of the person', async () => {
  const { id } = instance.person(LOST);
  const types = () => eventsOf(instance, `staff:${id}`).map(({ type }) => type);
  await ok(await fetchSecret(await approved()));
  expect(types().slice(-3)).toEqual([
    'second_factor_proposed',
    'second_factor_approved',
    'second_factor_shown',
  ]);
});
