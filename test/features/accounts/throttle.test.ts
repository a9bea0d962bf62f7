import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueues, throttleKey } from '../../../src/features/accounts/throttle.ts';
import { call, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { loginBody } from '../../fixtures/staff.ts';

let instance: Instance;
const ACCOUNT = 'tohieu.canbo';

beforeEach(async () => {
  instance = await openInstance();
});
afterEach(() => instance.close());

const login = (body: unknown) => call(instance, 'POST', '/api/staff/login', body);

async function fail(account = ACCOUNT): Promise<Response> {
  const body = await loginBody(instance, ACCOUNT, { as: account });
  return login({ ...body, code: body.code === '000000' ? '000001' : '000000' });
}

async function failTimes(count: number, account = ACCOUNT): Promise<void> {
  for (let i = 0; i < count; i++) {
    const response = await fail(account);
    const wait = Number(response.headers.get('retry-after') ?? 0);
    if (response.status === 429) {
      instance.clock.pass(wait);
      i--;
    }
  }
}

test('the first three failures cost nothing', async () => {
  await failTimes(3);
  expect((await login(await loginBody(instance, ACCOUNT))).status).toBe(200);
});

test('the fourth failure slows the next try down, and says for how long', async () => {
  await failTimes(4);
  const response = await login(await loginBody(instance, ACCOUNT));
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await refusal(response)).toMatchObject({ status: 429, code: 'login_slow_down' });
});

test('after the wait the right factors open, and the failures are forgotten', async () => {
  await failTimes(6);
  instance.clock.pass(8);
  expect((await login(await loginBody(instance, ACCOUNT))).status).toBe(200);
  expect((await instance.store.accounts.throttle(ACCOUNT)).failures).toBe(0);
});

test('nobody is ever locked out for good: after a hundred failures the wait is fifteen minutes', async () => {
  await failTimes(30);
  const response = await login(await loginBody(instance, ACCOUNT));
  expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(900);
  instance.clock.pass(900);
  expect((await login(await loginBody(instance, ACCOUNT))).status).toBe(200);
});

test('a try made too early is not counted', async () => {
  await failTimes(4);
  const before = await instance.store.accounts.throttle(ACCOUNT);
  await fail();
  expect(await instance.store.accounts.throttle(ACCOUNT)).toEqual(before);
});

test('one account’s failures do not slow another down', async () => {
  await failTimes(5);
  expect((await login(await loginBody(instance, 'tohieu.pho'))).status).toBe(200);
});

test('an account that does not exist is slowed down just the same', async () => {
  await failTimes(4, 'khong.co.ai');
  expect((await fail('khong.co.ai')).status).toBe(429);
});

test('names that nobody has are kept in a fixed number of slots, never by name', async () => {
  await fail('khong.co.ai');
  const rows = instance.store.connection.prepare('SELECT account FROM throttle').all() as {
    account: string;
  }[];
  expect(rows.map(({ account }) => account)).toEqual([throttleKey(instance.deps, 'khong.co.ai', false)]);
  expect(rows[0]?.account).toMatch(/^~\d+$/);
});

test('a burst of wrong tries is counted one by one', async () => {
  const body = await loginBody(instance, ACCOUNT);
  const code = body.code === '000000' ? '000001' : '000000';
  const answers = await Promise.all(Array.from({ length: 12 }, () => login({ ...body, code })));
  expect(answers.filter((answer) => answer.status === 403)).toHaveLength(4);
  expect(answers.filter((answer) => answer.status === 429)).toHaveLength(8);
});

test('work of one key runs in turn, and a failure does not stop the next', async () => {
  const inTurn = createQueues();
  const seen: number[] = [];
  const first = inTurn('a', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(1);
    throw new Error('no');
  });
  const second = inTurn('a', async () => {
    seen.push(2);
    return 'yes';
  });
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe('yes');
  expect(seen).toEqual([1, 2]);
});
