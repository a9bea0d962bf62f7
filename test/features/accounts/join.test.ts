import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { COMMITTEE, type Instance, openInstance } from '../../fixtures/instance.ts';
import { joinBody } from '../../fixtures/people.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let head: Staff;

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
});
afterEach(() => instance.close());

const invite = async (): Promise<string> => {
  const person = { account: 'tohieu.moi', displayName: 'Lò Thị Mới', roles: ['officer'] };
  return (await ok<{ token: string }>(await head.post('/api/staff/members/invite', person))).token;
};
const finish = (body: unknown) => call(instance, 'POST', '/api/staff/join/finish', body);
const start = (token: string) => call(instance, 'POST', '/api/staff/join/start', { token });

test('an invited person sees who invites them to what, and makes their keys', async () => {
  const token = await invite();
  expect(await ok(await start(token))).toMatchObject({
    account: 'tohieu.moi',
    displayName: 'Lò Thị Mới',
    unit: '14-03646-ca',
    roles: ['officer'],
  });
  const { body } = await joinBody(instance, token);
  expect(await ok(await finish(body))).toEqual({ status: 'invited' });
});

test('a new member cannot log in before two leaders have signed for them', async () => {
  const { body, person } = await joinBody(instance, await invite());
  await ok(await finish(body));
  const row = await instance.store.accounts.byAccount(person.account);
  expect(row?.status).toBe('invited');
  expect(row?.signKey).toEqual(person.secrets.sign.publicKey);
});

test('an auditor whom an administrator invited waits for the approval of another one', async () => {
  const administrator = await signIn(instance, 'quantri');
  const { token } = await ok<{ token: string }>(
    await administrator.post('/api/staff/admin/staff', {
      account: 'kiemtra.hai',
      displayName: 'Kiểm tra viên',
      unit: COMMITTEE,
      roles: ['auditor'],
    }),
  );
  const { body } = await joinBody(instance, token);
  expect(await ok(await finish(body))).toEqual({ status: 'invited' });
});

test('an invitation is redeemed once', async () => {
  const token = await invite();
  const { body } = await joinBody(instance, token);
  await ok(await finish(body));
  expect(await refusal(await finish(body))).toMatchObject({ status: 404, code: 'invite_unknown' });
  expect(await refusal(await start(token))).toMatchObject({ code: 'invite_unknown' });
});

test('of two who redeem it at once, one is refused', async () => {
  const token = await invite();
  const bodies = [await joinBody(instance, token), await joinBody(instance, token)];
  const answers = await Promise.all(bodies.map(({ body }) => finish(body)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404]);
});

test('an invitation is over after three days', async () => {
  const token = await invite();
  instance.clock.pass(3 * 86_400);
  expect(await refusal(await start(token))).toMatchObject({ status: 404, code: 'invite_unknown' });
});

test('a token that nobody was given is refused', async () => {
  const token = toBase64Url(instance.suite.randomBytes(32));
  expect(await refusal(await start(token))).toMatchObject({ status: 404, code: 'invite_unknown' });
});

test('the store keeps the token’s hash alone', async () => {
  const token = await invite();
  const dump = JSON.stringify(instance.store.connection.prepare('SELECT * FROM staff').all());
  expect(dump).not.toContain(token);
});

test('keys whose holder does not prove them are refused', async () => {
  const { body } = await joinBody(instance, await invite());
  const other = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
  const answer = await finish({ ...body, signKey: toBase64Url(other.publicKey) });
  expect(await refusal(answer)).toEqual({ status: 403, code: 'event_signature', field: 'proof' });
});

test('a wrong one-time code is refused: the authenticator must be set up', async () => {
  const { body } = await joinBody(instance, await invite());
  const code = body.code === '000000' ? '000001' : '000000';
  expect(await refusal(await finish({ ...body, code }))).toMatchObject({
    code: 'login_refused',
    field: 'code',
  });
});

test('a credential that was stretched too cheaply is refused', async () => {
  const { body } = await joinBody(instance, await invite());
  expect(await refusal(await finish({ ...body, passes: 1 }))).toMatchObject({ code: 'weak_credential' });
});
