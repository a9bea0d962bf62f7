import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

interface StaffPage {
  readonly rows: readonly { readonly account: string; readonly status: string }[];
  readonly next: string | null;
}

let instance: Instance;
let administrator: Staff;

beforeAll(async () => {
  instance = await openInstance();
  administrator = await signIn(instance, 'quantri');
});
afterAll(() => instance.close());

const NEW = { account: 'tohieu.hai', displayName: 'Người Hai', unit: TO_HIEU, roles: ['officer'] };

test('the administrator sees every unit and how far its keys reach', async () => {
  const { units } = await ok<{ units: { code: string; epochsAhead: number }[] }>(
    await administrator.get('/api/staff/admin/units'),
  );
  expect(units).toHaveLength(8);
  expect(units.find(({ code }) => code === TO_HIEU)?.epochsAhead).toBeGreaterThanOrEqual(6);
});

test('the administrator pages through all accounts', async () => {
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const page = await ok<StaffPage>(await administrator.get(`/api/staff/admin/staff?limit=5${after}`));
    seen.push(...page.rows.map(({ account }) => account));
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(seen).toHaveLength(20);
  expect(new Set(seen).size).toBe(20);
});

test('the list of accounts holds no key and no secret', async () => {
  const page = await ok<StaffPage>(await administrator.get('/api/staff/admin/staff'));
  expect(Object.keys(page.rows[0] ?? {}).sort()).toEqual([
    'account',
    'awaits',
    'displayName',
    'inviteExpires',
    'joined',
    'roles',
    'staff',
    'status',
    'unit',
  ]);
});

test('the administrator invites people into any unit; the account reads nothing by that', async () => {
  const { staff } = await ok<{ staff: string }>(await administrator.post('/api/staff/admin/staff', NEW));
  expect(await instance.store.accounts.byId(staff as never)).toMatchObject({
    status: 'invited',
    signKey: null,
  });
});

test('an account in a unit that does not exist is refused', async () => {
  const answer = await administrator.post('/api/staff/admin/staff', {
    ...NEW,
    account: 'ai.do',
    unit: '99-khong-co',
  });
  expect(await refusal(answer)).toMatchObject({ status: 400, code: 'unit_unknown', field: 'unit' });
});

test('roles that must stand alone cannot be joined', async () => {
  const answer = await administrator.post('/api/staff/admin/staff', {
    ...NEW,
    account: 'ai.do',
    roles: ['officer', 'auditor'],
  });
  expect(await refusal(answer)).toMatchObject({ code: 'field_invalid', field: 'roles' });
});

test('the administrator ends somebody’s sessions', async () => {
  const officer = await signIn(instance, 'mocchau.canbo');
  expect(
    await ok(await administrator.post(`/api/staff/admin/staff/${officer.person.id}/sessions/end`)),
  ).toEqual({ ended: 1 });
  expect((await officer.get('/api/staff/me')).status).toBe(401);
});

test('nobody else gets in, heads included', async () => {
  const head = await signIn(instance, 'sonla.truong');
  for (const path of ['units', 'staff'])
    expect(await refusal(await head.get(`/api/staff/admin/${path}`))).toMatchObject({ status: 403 });
  expect(await refusal(await head.post('/api/staff/admin/staff', NEW))).toMatchObject({ status: 403 });
});

test('without a session there is nothing to see', async () => {
  expect((await call(instance, 'GET', '/api/staff/admin/units')).status).toBe(401);
});

test('a call from another site is refused', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  const answer = await call(instance, 'POST', '/api/staff/admin/staff', NEW, {
    cookie: administrator.cookie,
    headers,
  });
  expect(await refusal(answer)).toMatchObject({ code: 'cross_site' });
});
