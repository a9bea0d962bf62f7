import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyFingerprint } from '../../../src/protocol/member.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { COMMITTEE, type Instance, openInstance, type TestPerson } from '../../fixtures/instance.ts';
import { joinBody } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let first: Staff;
let second: Staff;

beforeEach(async () => {
  instance = await openInstance();
  const row = await instance.store.accounts.byAccount('kiemtra');
  if (row === null) throw new Error('no such account');
  await instance.recorder.staff({ ...row, roles: ['administrator'] });
  first = await signIn(instance, 'quantri');
  second = await signIn(instance, 'kiemtra');
});
afterEach(() => instance.close());

const invite = async (role: string): Promise<{ staff: string; token: string }> =>
  ok(
    await first.post('/api/staff/admin/staff', {
      account: 'nguoi.moi',
      displayName: 'Người Mới',
      unit: COMMITTEE,
      roles: [role],
    }),
  );

async function join(token: string): Promise<TestPerson> {
  const { body, person } = await joinBody(instance, token);
  expect(await ok(await call(instance, 'POST', '/api/staff/join/finish', body))).toEqual({
    status: 'invited',
  });
  return person;
}

const digits = ({ secrets }: TestPerson): string =>
  keyFingerprint(instance.suite, secrets.sign.publicKey, secrets.kem.publicKey);

const approve = (by: Staff, person: TestPerson, fingerprint = digits(person)) =>
  by.post(`/api/staff/admin/staff/${person.id}/approve`, { fingerprint });

const status = async (person: TestPerson) => (await instance.store.accounts.byId(person.id))?.status;

test.each(['administrator', 'auditor'])(
  'an account of an %s opens when a second administrator approves',
  async (role) => {
    const person = await join((await invite(role)).token);
    expect(await status(person)).toBe('invited');
    await ok(await approve(second, person));
    expect(await status(person)).toBe('active');
    expect(eventsOf(instance, `staff:${person.id}`).at(-1)?.type).toBe('account_approved');
  },
);

test('whoever opened the account cannot approve it, and it logs nobody in', async () => {
  const person = await join((await invite('administrator')).token);
  expect(await refusal(await approve(first, person))).toMatchObject({ status: 409, code: 'same_person' });
  expect(await status(person)).toBe('invited');
  const start = await ok<{ nonce: string }>(
    await call(instance, 'POST', '/api/staff/login/start', { account: person.account }),
  );
  expect(start.nonce).not.toBe('');
  const body = { ...(await loginBody(instance, 'quantri')), account: person.account };
  expect((await call(instance, 'POST', '/api/staff/login', body)).status).toBe(403);
});

test('who invites again is the one who cannot approve', async () => {
  const { staff } = await invite('auditor');
  const { token } = await ok<{ token: string }>(await second.post(`/api/staff/admin/staff/${staff}/invite`));
  const person = await join(token);
  expect(await refusal(await approve(second, person))).toMatchObject({ code: 'same_person' });
  await ok(await approve(first, person));
});

test('an account that the operator made and an administrator invites again waits too', async () => {
  const row = await instance.store.accounts.byAccount('doclap');
  if (row === null) throw new Error('no such account');
  await instance.recorder.staff({ ...row, status: 'removed' });
  const { token } = await ok<{ token: string }>(await first.post(`/api/staff/admin/staff/${row.id}/invite`));
  const person = await join(token);
  expect(await refusal(await approve(first, person))).toMatchObject({ code: 'same_person' });
});

test('digits of other keys approve nothing', async () => {
  const person = await join((await invite('auditor')).token);
  const other = digits(instance.person('quantri'));
  expect(await refusal(await approve(second, person, other))).toMatchObject({ status: 409, code: 'stale' });
  expect(await status(person)).toBe('invited');
});

test('nobody is approved before they joined, or twice', async () => {
  const { staff, token } = await invite('auditor');
  const early = await second.post(`/api/staff/admin/staff/${staff}/approve`, {
    fingerprint: digits(instance.person('quantri')),
  });
  expect(await refusal(early)).toMatchObject({ status: 409, code: 'stale' });
  const person = await join(token);
  await ok(await approve(second, person));
  expect(await refusal(await approve(second, person))).toMatchObject({ status: 404 });
});

test('a member of a unit is let in by two leaders and never by an administrator', async () => {
  const { token } = await ok<{ token: string }>(
    await first.post('/api/staff/admin/staff', {
      account: 'nguoi.moi',
      displayName: 'Người Mới',
      unit: COMMITTEE,
      roles: ['officer'],
    }),
  );
  const person = await join(token);
  expect(await refusal(await approve(second, person))).toMatchObject({ status: 404 });
  expect(await status(person)).toBe('invited');
});

test('the list says who opened an account that waits, and the digits to compare', async () => {
  const person = await join((await invite('auditor')).token);
  const { rows } = await ok<{ rows: { staff: string; awaits: unknown }[] }>(
    await second.get('/api/staff/admin/staff?limit=200'),
  );
  expect(rows.find(({ staff }) => staff === person.id)?.awaits).toEqual({
    by: first.person.id,
    at: instance.clock.now(),
    mine: false,
    fingerprint: digits(person),
  });
  expect(rows.filter(({ awaits }) => awaits !== null)).toHaveLength(1);
});
