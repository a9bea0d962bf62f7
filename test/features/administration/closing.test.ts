import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventsOf } from '../../fixtures/events.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { joinBody } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let first: Staff;

beforeEach(async () => {
  instance = await openInstance();
  first = await signIn(instance, 'quantri');
});
afterEach(() => instance.close());

const setRoles = async (account: string, role: string): Promise<void> => {
  const row = await instance.store.accounts.byAccount(account);
  if (row === null) throw new Error('no such account');
  await instance.recorder.staff({ ...row, roles: [role] });
};
const close = (by: Staff, account: string) =>
  by.post(`/api/staff/admin/staff/${instance.person(account).id}/close`);
const status = async (account: string) => (await instance.store.accounts.byAccount(account))?.status;

describe.each(['auditor', 'operator', 'administrator'])('the account of an %s', (role) => {
  beforeEach(() => setRoles('kiemtra', role));

  test('is closed with an event, its sessions end at once and it logs nobody in', async () => {
    const person = await signIn(instance, 'kiemtra');
    await ok(await close(first, 'kiemtra'));
    expect(await status('kiemtra')).toBe('removed');
    expect((await person.get('/api/staff/me')).status).toBe(401);
    expect(await instance.store.accounts.sessionsOf(person.person.id)).toEqual([]);
    expect(eventsOf(instance, `staff:${person.person.id}`).at(-1)).toMatchObject({ type: 'account_closed' });
    instance.clock.pass(30);
    const again = await call(instance, 'POST', '/api/staff/login', await loginBody(instance, 'kiemtra'));
    expect(again.status).toBe(403);
  });
});

test('a forgotten passphrase of an auditor is mended by closing, inviting again and a second person', async () => {
  await setRoles('doclap', 'administrator');
  const second = await signIn(instance, 'doclap');
  const { id } = instance.person('kiemtra');
  expect(await refusal(await first.post(`/api/staff/admin/staff/${id}/invite`))).toMatchObject({
    status: 409,
  });
  await ok(await close(first, 'kiemtra'));
  const { token } = await ok<{ token: string }>(await first.post(`/api/staff/admin/staff/${id}/invite`));
  const { body } = await joinBody(instance, token);
  await ok(await call(instance, 'POST', '/api/staff/join/finish', body));
  const { rows } = await ok<{ rows: { staff: string; awaits: { fingerprint: string } | null }[] }>(
    await second.get('/api/staff/admin/staff?limit=200'),
  );
  const fingerprint = rows.find(({ staff }) => staff === id)?.awaits?.fingerprint;
  await ok(await second.post(`/api/staff/admin/staff/${id}/approve`, { fingerprint }));
  expect(await status('kiemtra')).toBe('active');
});

test('the last active administrator is never closed, not even by one who is being closed', async () => {
  await setRoles('kiemtra', 'administrator');
  const second = await signIn(instance, 'kiemtra');
  const answers = await Promise.all([close(first, 'kiemtra'), close(second, 'quantri')]);
  expect(answers.filter(({ status: code }) => code === 200)).toHaveLength(1);
  expect([await status('quantri'), await status('kiemtra')].sort()).toEqual(['active', 'removed']);
});

test('the store keeps the last active administrator whoever asks', async () => {
  const row = await instance.store.accounts.byAccount('quantri');
  if (row === null) throw new Error('no administrator');
  await expect(instance.recorder.staff({ ...row, status: 'removed' })).rejects.toThrow();
  expect(await status('quantri')).toBe('active');
});

test('nobody closes their own account', async () => {
  expect(await refusal(await close(first, 'quantri'))).toMatchObject({ status: 409, code: 'same_person' });
});

test('whoever reads tips is removed by two leaders and not closed', async () => {
  expect(await refusal(await close(first, 'tohieu.canbo'))).toMatchObject({ status: 403, code: 'forbidden' });
  expect(await status('tohieu.canbo')).toBe('active');
});

test('an account is closed once, and by administrators alone', async () => {
  const head = await signIn(instance, 'sonla.truong');
  expect(await refusal(await close(head, 'kiemtra'))).toMatchObject({ status: 403 });
  await ok(await close(first, 'kiemtra'));
  expect(await refusal(await close(first, 'kiemtra'))).toMatchObject({ code: 'member_unknown' });
});
