import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { signCredentialChange } from '../../../src/protocol/credential-change.ts';
import type { SignKeyPair } from '../../../src/protocol/suite.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { newCredential } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let officer: Staff;

beforeEach(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
});
afterEach(() => instance.close());

function changeBody(change: { signer?: SignKeyPair; at?: number; memoryKiB?: number; staff?: string } = {}) {
  const { person } = officer;
  const made = newCredential(instance, person.id, person.secrets);
  const cost = { passes: made.passes, memoryKiB: change.memoryKiB ?? made.memoryKiB };
  const at = change.at ?? instance.clock.now();
  const signature = signCredentialChange(instance.suite, change.signer ?? person.login, {
    instance: instance.pins.instance,
    staff: change.staff ?? person.id,
    salt: made.salt,
    cost,
    loginKey: made.login.publicKey,
    wrappedSecrets: made.wrappedSecrets,
    at,
  });
  const body = {
    salt: toBase64Url(made.salt),
    ...cost,
    loginKey: toBase64Url(made.login.publicKey),
    wrappedSecrets: toBase64Url(made.wrappedSecrets),
    at,
    signature: toBase64Url(signature),
  };
  return { body, login: made.login };
}

const login = async (key: SignKeyPair): Promise<number> => {
  instance.clock.pass(30);
  const body = await loginBody(instance, 'tohieu.canbo', { login: key });
  return (await call(instance, 'POST', '/api/staff/login', body)).status;
};

test('a new passphrase opens the account and the old one no longer does', async () => {
  const { body, login: fresh } = changeBody();
  await ok(await officer.post('/api/staff/credential', body));
  expect(await login(officer.person.login)).toBe(403);
  expect(await login(fresh)).toBe(200);
});

test('a change ends every other session of the person, not this one', async () => {
  instance.clock.pass(30);
  const other = await signIn(instance, 'tohieu.canbo');
  await ok(await officer.post('/api/staff/credential', changeBody().body));
  expect((await other.get('/api/staff/me')).status).toBe(401);
  expect((await officer.get('/api/staff/me')).status).toBe(200);
});

test('a change keeps the one-time-code secret and the long-term keys', async () => {
  const before = await instance.store.accounts.byId(officer.person.id);
  await ok(await officer.post('/api/staff/credential', changeBody().body));
  const after = await instance.store.accounts.byId(officer.person.id);
  expect([after?.credential?.totpSealed, after?.signKey, after?.kemKey]).toEqual([
    before?.credential?.totpSealed,
    before?.signKey,
    before?.kemKey,
  ]);
});

test('an open session without the old passphrase changes nothing', async () => {
  const thief = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
  const answer = await officer.post('/api/staff/credential', changeBody({ signer: thief }).body);
  expect(await refusal(answer)).toMatchObject({ status: 403, code: 'login_refused' });
  expect(await login(officer.person.login)).toBe(200);
});

test('a change signed for another person is refused', async () => {
  const { id } = instance.person('tohieu.pho');
  const answer = await officer.post('/api/staff/credential', changeBody({ staff: id }).body);
  expect(await refusal(answer)).toMatchObject({ code: 'login_refused' });
});

test('a change signed ten minutes ago is refused', async () => {
  const { body } = changeBody({ at: instance.clock.now() - 600 });
  expect(await refusal(await officer.post('/api/staff/credential', body))).toMatchObject({
    code: 'login_refused',
    field: 'at',
  });
});

test('a cost below the minimum is refused', async () => {
  const { body } = changeBody({ memoryKiB: 64 * 1024 });
  expect(await refusal(await officer.post('/api/staff/credential', body))).toMatchObject({
    status: 400,
    code: 'weak_credential',
  });
});

test('the same signature does not work again for other values', async () => {
  const { body } = changeBody();
  const other = changeBody().body;
  const answer = await officer.post('/api/staff/credential', { ...other, signature: body.signature });
  expect(await refusal(answer)).toMatchObject({ code: 'login_refused' });
});
