import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendTip } from '../../fixtures/citizen.ts';
import { makeEpoch, removalRecords, revocationRecord } from '../../fixtures/epochs.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { cosigned, joinBody } from '../../fixtures/people.ts';
import { loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let head: Staff;
let above: Staff;
let officer: Staff;

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  above = await signIn(instance, 'sonla.pho');
  officer = await signIn(instance, 'tohieu.canbo');
});
afterEach(() => instance.close());

/** Revocations of the officer and of every epoch that they hold, with the head's signature. */
const records = () => removalRecords(instance, officer.person, [head.person.secrets.sign]);
const both = (given: readonly string[]): readonly string[] =>
  given.map((record) => cosigned(instance, record, above.person.secrets.sign));
const remove = (by: Staff, given: readonly string[], id = officer.person.id) =>
  by.post(`/api/staff/members/${id}/remove`, { records: given });

async function removed(): Promise<void> {
  const given = await records();
  await ok(await remove(head, given));
  await ok(await remove(above, both(given)));
}

test('one signature ends nothing yet', async () => {
  expect(await ok(await remove(head, await records()))).toMatchObject({ state: 'pending' });
  expect((await officer.get('/api/staff/me')).status).toBe(200);
});

test('with both signatures the account ends, and its sessions at once', async () => {
  await removed();
  expect((await instance.store.accounts.byId(officer.person.id))?.status).toBe('removed');
  expect(await instance.store.accounts.sessionsOf(officer.person.id)).toEqual([]);
  expect((await officer.get('/api/staff/me')).status).toBe(401);
  instance.clock.pass(30);
  const answer = await call(instance, 'POST', '/api/staff/login', await loginBody(instance, 'tohieu.canbo'));
  expect(await refusal(answer)).toMatchObject({ code: 'login_refused' });
});

test('with both signatures the keys wrapped for the person are deleted', async () => {
  expect((await instance.store.directory.epochWraps(officer.person.id)).length).toBeGreaterThan(0);
  await removed();
  expect(await instance.store.directory.epochWraps(officer.person.id)).toEqual([]);
});

test('with both signatures the person’s focal points end', async () => {
  await ok(
    await head.post('/api/staff/focal-points', {
      stage: 'intake',
      staff: officer.person.id,
      rank: 'active',
    }),
  );
  instance.clock.pass(60);
  await removed();
  expect(await instance.store.accounts.focalPoints(TO_HIEU, instance.clock.now())).toEqual([]);
});

test('a tip sealed to a revoked epoch is refused from then on', async () => {
  await sendTip(instance);
  await removed();
  await expect(sendTip(instance)).rejects.toThrow('epoch_revoked');
});

test('a new epoch leaves the person out, and tips come in again', async () => {
  await removed();
  const readers = ['tohieu.truong', 'tohieu.pho'].map((account) => instance.person(account));
  const epoch = await makeEpoch(instance, TO_HIEU, [head.person.secrets.sign], readers, {
    from: instance.clock.now(),
  });
  await ok(await head.post('/api/staff/epochs', { epochs: [epoch.body] }));
  const deputy = await signIn(instance, 'tohieu.pho');
  const record = cosigned(instance, epoch.body.record, deputy.person.secrets.sign);
  await ok(await deputy.post('/api/staff/epochs', { epochs: [{ record }] }));
  expect((await sendTip(instance)).tip).toMatch(/^[0-9a-f]{32}$/);
});

test('the removed person’s signature admits nobody any more', async () => {
  await removed();
  const epoch = await makeEpoch(
    instance,
    TO_HIEU,
    [head.person.secrets.sign, officer.person.secrets.sign],
    ['tohieu.truong', 'tohieu.pho'].map((account) => instance.person(account)),
  );
  const answer = await head.post('/api/staff/epochs', { epochs: [epoch.body] });
  expect(await refusal(answer)).toMatchObject({ code: 'epoch_signers' });
});

test('a person who comes back is invited anew and makes new keys', async () => {
  await removed();
  const { token } = await ok<{ token: string }>(
    await head.post(`/api/staff/members/${officer.person.id}/invite`),
  );
  const { body, person } = await joinBody(instance, token);
  await ok(await call(instance, 'POST', '/api/staff/join/finish', body));
  expect((await instance.store.accounts.byId(person.id))?.signKey).toEqual(person.secrets.sign.publicKey);
});

test('a leader of the same unit is no second signer', async () => {
  const given = await records();
  await ok(await remove(head, given));
  const deputy = await signIn(instance, 'tohieu.pho');
  const two = given.map((record) => cosigned(instance, record, deputy.person.secrets.sign));
  expect(await refusal(await remove(deputy, two))).toMatchObject({ status: 403, code: 'member_signers' });
  expect((await officer.get('/api/staff/me')).status).toBe(200);
});

test('nobody removes themselves, and an officer removes nobody', async () => {
  const own = revocationRecord(
    instance,
    TO_HIEU,
    { kind: 'member', person: head.person.id, signKey: head.person.secrets.sign.publicKey },
    [head.person.secrets.sign],
  );
  expect(await refusal(await remove(head, [own], head.person.id))).toMatchObject({ code: 'same_person' });
  expect(await refusal(await remove(officer, await records()))).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
});

test('statements that end another key or another person are refused', async () => {
  const signer = [head.person.secrets.sign];
  const { id } = officer.person;
  const other = instance.person('tohieu.pho');
  const wrong = [
    { kind: 'member' as const, person: id, signKey: other.secrets.sign.publicKey },
    { kind: 'member' as const, person: other.id, signKey: other.secrets.sign.publicKey },
    { kind: 'epoch' as const, n: 1 },
  ];
  for (const target of wrong) {
    const answer = await remove(head, [revocationRecord(instance, TO_HIEU, target, signer)]);
    expect(await refusal(answer)).toEqual({ status: 400, code: 'event_invalid', field: 'records' });
  }
});

test('a revocation dated yesterday is refused', async () => {
  const { id, secrets } = officer.person;
  const target = { kind: 'member' as const, person: id, signKey: secrets.sign.publicKey };
  const at = instance.clock.now() - 86_400;
  const record = revocationRecord(instance, TO_HIEU, target, [head.person.secrets.sign], at);
  expect(await refusal(await remove(head, [record]))).toMatchObject({
    code: 'event_invalid',
    field: 'records.at',
  });
});

describe('a removal must end every epoch that the person can open', () => {
  test('and is refused when it leaves one of them in force', async () => {
    const [member = '', ...epochs] = await records();
    expect(epochs.length).toBeGreaterThan(1);
    const missing = { status: 400, code: 'event_invalid', field: 'records.epochs' };
    expect(await refusal(await remove(head, [member]))).toEqual(missing);
    expect(await refusal(await remove(head, [member, ...epochs.slice(0, -1)]))).toEqual(missing);
    expect((await officer.get('/api/staff/me')).status).toBe(200);
  });

  test('also one that was wrapped for them after it was proposed', async () => {
    const given = await records();
    await ok(await remove(head, given));
    const readers = ['tohieu.truong', 'tohieu.pho', 'tohieu.canbo'].map((account) =>
      instance.person(account),
    );
    const signers = [head.person.secrets.sign, officer.person.secrets.sign];
    const epoch = await makeEpoch(instance, TO_HIEU, signers, readers);
    await ok(await head.post('/api/staff/epochs', { epochs: [epoch.body] }));
    const late = { status: 409, code: 'stale', field: 'records.epochs' };
    expect(await refusal(await remove(above, both(given)))).toEqual(late);
    expect((await officer.get('/api/staff/me')).status).toBe(200);
  });

  test('but not one that was revoked before', async () => {
    instance.clock.pass(60);
    const deputy = instance.person('tohieu.pho');
    const signers = [head.person.secrets.sign, above.person.secrets.sign];
    await ok(await remove(head, await removalRecords(instance, deputy, signers), deputy.id));
    const [member = ''] = await records();
    expect(await ok(await remove(head, [member]))).toMatchObject({ state: 'pending' });
  });
});
