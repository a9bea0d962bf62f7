import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../src/domain/terms.ts';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { decodeBundle } from '../../../src/protocol/bundle.ts';
import type { MemberFields } from '../../../src/protocol/member.ts';
import { isActive } from '../../../src/protocol/membership.ts';
import { verifyDirectory } from '../../../src/protocol/verify-directory.ts';
import { removalRecords } from '../../fixtures/epochs.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, START, type TestPerson, TO_HIEU } from '../../fixtures/instance.ts';
import { cosigned, joined, memberRecord } from '../../fixtures/people.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let head: Staff;
let above: Staff;
let officer: Staff;

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  above = await signIn(instance, 'sonla.truong');
  officer = await signIn(instance, 'tohieu.canbo');
  // A newer statement is signed at a later moment than the founding one.
  instance.clock.pass(60);
});
afterEach(() => instance.close());

const sign = (by: Staff, person: TestPerson, record: string) =>
  by.post(`/api/staff/members/${person.id}/statement`, { record });

/** A statement that gives a person other roles, signed by one leader. */
const changed = (by: Staff, person: TestPerson, roles: readonly Role[], more: Partial<MemberFields> = {}) =>
  memberRecord(instance, person, [by.person.secrets.sign], {
    roles,
    until: START + 800 * 86_400,
    ...more,
  });

/** Signed by a leader of the unit and by one of the unit above. */
async function given(person: TestPerson, roles: readonly Role[], by = head): Promise<Response> {
  const first = changed(by, person, roles);
  await ok(await sign(by, person, first));
  return sign(above, person, cosigned(instance, first, above.person.secrets.sign));
}

const rolesOf = async (person: TestPerson) => (await instance.store.accounts.byId(person.id))?.roles;
const invite = (by: Staff) =>
  by.post('/api/staff/members/invite', {
    account: 'tohieu.moi',
    displayName: 'Người Mới',
    roles: ['officer'],
  });

async function provenRoles(person: TestPerson): Promise<readonly string[]> {
  const bytes = await (await call(instance, 'GET', `/api/directory?unit=${TO_HIEU}`)).arrayBuffer();
  const now = instance.clock.now();
  const bundle = decodeBundle(new Uint8Array(bytes));
  return verifyDirectory(instance.suite, instance.pins, bundle, now)
    .members.filter((member) => member.person === person.id && isActive(member, now))
    .flatMap(({ roles }) => roles);
}

describe('other roles for an active member', () => {
  test('wait after one signature and count after both, in the account and in every verified directory', async () => {
    const first = changed(head, officer.person, ['deputy']);
    expect(await ok(await sign(head, officer.person, first))).toMatchObject({ state: 'pending' });
    expect(await rolesOf(officer.person)).toEqual(['officer']);
    const both = cosigned(instance, first, above.person.secrets.sign);
    expect(await ok(await sign(above, officer.person, both))).toEqual({ state: 'accepted' });
    expect(await rolesOf(officer.person)).toEqual(['deputy']);
    expect(await provenRoles(officer.person)).toEqual(['deputy']);
  });

  test('count at once in the session that is open, with the same keys', async () => {
    expect((await invite(officer)).status).toBe(403);
    const before = await instance.store.directory.epochWraps(officer.person.id);
    await ok(await given(officer.person, ['deputy']));
    expect((await invite(officer)).status).toBe(200);
    expect(await instance.store.directory.epochWraps(officer.person.id)).toEqual(before);
  });

  test('let the person sign for others as the unit’s leader', async () => {
    await ok(await given(officer.person, ['deputy']));
    instance.clock.pass(60);
    const person = await joined(officer, { account: 'tohieu.moi', roles: ['officer'] });
    const first = memberRecord(instance, person, [officer.person.secrets.sign]);
    await ok(await sign(officer, person, first));
    await ok(await sign(above, person, cosigned(instance, first, above.person.secrets.sign)));
    expect((await instance.store.accounts.byId(person.id))?.status).toBe('active');
  });

  test('can be taken back by a still newer statement', async () => {
    await ok(await given(officer.person, ['deputy']));
    instance.clock.pass(60);
    await ok(await given(officer.person, ['officer']));
    expect(await provenRoles(officer.person)).toEqual(['officer']);
    expect((await invite(officer)).status).toBe(403);
  });

  test('end with the membership when the person is removed', async () => {
    await ok(await given(officer.person, ['deputy']));
    instance.clock.pass(60);
    const signers = [head.person.secrets.sign, above.person.secrets.sign];
    const records = await removalRecords(instance, officer.person, signers);
    await ok(await head.post(`/api/staff/members/${officer.person.id}/remove`, { records }));
    expect(await provenRoles(officer.person)).toEqual([]);
  });

  test('are recorded in the person’s own chain, once', async () => {
    const { no } = await instance.store.triage.head(`staff:${officer.person.id}`);
    await ok(await given(officer.person, ['deputy']));
    expect((await instance.store.triage.head(`staff:${officer.person.id}`)).no).toBe(no + 1);
  });
});

describe('other roles are refused', () => {
  const refused = async (record: string, by = head, person = officer.person) =>
    refusal(await sign(by, person, record));

  test.each<[string, readonly Role[]]>([
    ['the unit’s kind does not give them', ['inspector']],
    ['the person would read no more tips', ['operator']],
    ['they are an administrator’s', ['administrator']],
  ])('when %s', async (_why, roles) => {
    expect(await refused(changed(head, officer.person, roles))).toEqual({
      status: 400,
      code: 'field_invalid',
      field: 'record.roles',
    });
  });

  test('when two leaders of the unit itself signed', async () => {
    const deputy = await signIn(instance, 'tohieu.pho');
    const first = changed(head, officer.person, ['deputy']);
    await ok(await sign(head, officer.person, first));
    const both = cosigned(instance, first, deputy.person.secrets.sign);
    expect(await refused(both, deputy)).toMatchObject({ code: 'member_signers' });
    expect(await rolesOf(officer.person)).toEqual(['officer']);
  });

  test('when the person gives them to themselves', async () => {
    expect(await refused(changed(head, head.person, ['head', 'officer']), head, head.person)).toMatchObject({
      code: 'same_person',
    });
    const deputy = await signIn(instance, 'tohieu.pho');
    const first = changed(deputy, head.person, ['deputy']);
    await ok(await sign(deputy, head.person, first));
    const own = cosigned(instance, first, head.person.secrets.sign);
    expect(await refused(own, head, head.person)).toMatchObject({ code: 'same_person' });
  });

  test('when an officer proposes them', async () => {
    const deputy = instance.person('tohieu.pho');
    expect(await refused(changed(officer, deputy, ['officer']), officer, deputy)).toMatchObject({
      code: 'forbidden',
    });
  });

  test('when the keys are not the member’s own', async () => {
    const { publicKey } = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
    const record = changed(head, officer.person, ['deputy'], { signKey: publicKey });
    expect(await refused(record)).toMatchObject({ field: 'record.signKey' });
  });

  test.each<[string, Partial<MemberFields>, string]>([
    ['begin before they were signed', { from: START }, 'record.from'],
    ['end before the present ones', { until: START + 86_400 }, 'record.until'],
  ])('when they %s', async (_why, change, field) => {
    expect(await refused(changed(head, officer.person, ['deputy'], change))).toEqual({
      status: 400,
      code: 'event_invalid',
      field,
    });
  });

  test('when a newer statement has come into force meanwhile', async () => {
    const late = changed(head, officer.person, ['head']);
    instance.clock.pass(10);
    await ok(await given(officer.person, ['deputy']));
    const both = cosigned(instance, late, above.person.secrets.sign);
    expect(await refused(both, above)).toMatchObject({ status: 409, code: 'stale' });
    expect(await provenRoles(officer.person)).toEqual(['deputy']);
  });

  test('when nobody would be left to lead the unit', async () => {
    const deputy = await signIn(instance, 'tohieu.pho');
    // Both leaders are to become officers: each proposal by the other one.
    const demoteDeputy = changed(head, deputy.person, ['officer']);
    await ok(await sign(head, deputy.person, demoteDeputy));
    instance.clock.pass(10);
    await ok(await given(head.person, ['officer'], deputy));
    const both = cosigned(instance, demoteDeputy, above.person.secrets.sign);
    expect(await refused(both, above, deputy.person)).toEqual({
      status: 409,
      code: 'last_leader',
      field: 'record.roles',
    });
    expect(await rolesOf(deputy.person)).toEqual(['deputy']);
  });

  test('when the person signed as a leader after it was proposed that they be none', async () => {
    const deputy = await signIn(instance, 'tohieu.pho');
    const demote = changed(head, deputy.person, ['officer']);
    await ok(await sign(head, deputy.person, demote));
    instance.clock.pass(60);
    const signers = [deputy.person.secrets.sign, above.person.secrets.sign];
    const records = await removalRecords(instance, officer.person, signers);
    await ok(await deputy.post(`/api/staff/members/${officer.person.id}/remove`, { records }));
    const both = cosigned(instance, demote, above.person.secrets.sign);
    expect(await refused(both, above, deputy.person)).toMatchObject({ code: 'stale' });
  });

  test('when the person has not been accepted yet', async () => {
    const person = await joined(head, { account: 'tohieu.moi', roles: ['officer'] });
    const record = memberRecord(instance, person, [head.person.secrets.sign], { roles: ['deputy'] });
    expect(await refused(record, head, person)).toMatchObject({
      code: 'event_invalid',
      field: 'record.roles',
    });
  });
});

test('a longer membership with the same roles takes the place of the shorter one', async () => {
  const until = instance.clock.now() + 1000 * 86_400;
  const first = changed(head, officer.person, ['officer'], { until });
  await ok(await sign(head, officer.person, first));
  await ok(await sign(above, officer.person, cosigned(instance, first, above.person.secrets.sign)));
  expect(await provenRoles(officer.person)).toEqual(['officer']);
  const shown = await ok<{ members: { staff: string; signKey: string }[] }>(
    await head.get('/api/staff/members'),
  );
  expect(shown.members.find(({ staff }) => staff === officer.person.id)?.signKey).toBe(
    toBase64Url(officer.person.secrets.sign.publicKey),
  );
});
