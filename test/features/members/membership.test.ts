import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeBundle } from '../../../src/protocol/bundle.ts';
import { verifyDirectory } from '../../../src/protocol/verify-directory.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import {
  type Instance,
  MOC_CHAU,
  openInstance,
  PROVINCE,
  START,
  type TestPerson,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { cosigned, joined, memberRecord } from '../../fixtures/people.ts';
import { cookieOf, loginBody, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let head: Staff;
let above: Staff;

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  above = await signIn(instance, 'sonla.truong');
});
afterEach(() => instance.close());

const NEW = { account: 'tohieu.moi', roles: ['officer'] };
const sign = (by: Staff, person: TestPerson, record: string) =>
  by.post(`/api/staff/members/${person.id}/statement`, { record });

/** The new person's login with their own keys. */
async function login(person: TestPerson): Promise<Response> {
  const withPerson = { ...instance, person: () => person };
  instance.clock.pass(30);
  return call(instance, 'POST', '/api/staff/login', await loginBody(withPerson, person.account));
}

const statusOf = async (person: TestPerson) => (await instance.store.accounts.byId(person.id))?.status;

/** The directory of a unit as a browser verifies it from the pins. */
async function verified(unit = TO_HIEU) {
  const bytes = await (await call(instance, 'GET', `/api/directory?unit=${unit}`)).arrayBuffer();
  return verifyDirectory(
    instance.suite,
    instance.pins,
    decodeBundle(new Uint8Array(bytes)),
    instance.clock.now(),
  );
}

/** Joined, and signed by the heads of the unit and of the unit above. */
async function admitted(): Promise<TestPerson> {
  const person = await joined(head, NEW);
  const first = memberRecord(instance, person, [head.person.secrets.sign]);
  await ok(await sign(head, person, first));
  await ok(await sign(above, person, cosigned(instance, first, above.person.secrets.sign)));
  return person;
}

describe('a new member', () => {
  test('waits after one signature and is active after both', async () => {
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [head.person.secrets.sign]);
    expect(await ok(await sign(head, person, first))).toMatchObject({ state: 'pending' });
    expect((await login(person)).status).toBe(403);
    const both = cosigned(instance, first, above.person.secrets.sign);
    expect(await ok(await sign(above, person, both))).toEqual({ state: 'accepted' });
    expect((await login(person)).status).toBe(200);
  });

  test('may be signed for by the unit above first', async () => {
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [above.person.secrets.sign]);
    await ok(await sign(above, person, first));
    await ok(await sign(head, person, cosigned(instance, first, head.person.secrets.sign)));
    expect(await statusOf(person)).toBe('active');
  });

  test('is found by every browser in the verified directory', async () => {
    const person = await admitted();
    expect((await verified()).members.map((member) => member.person)).toContain(person.id);
  });

  test('can open nothing before a colleague has wrapped the epochs for them', async () => {
    const cookie = cookieOf(await login(await admitted()));
    const { epochWraps } = await ok<{ epochWraps: unknown[] }>(
      await call(instance, 'GET', '/api/staff/me', undefined, { cookie }),
    );
    expect(epochWraps).toEqual([]);
  });

  test('is seen waiting by both leaders, with the statement to sign', async () => {
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [head.person.secrets.sign]);
    await ok(await sign(head, person, first));
    for (const leader of [head, above]) {
      const view = await ok<{ pending: { about: string; record: string }[]; below: { staff: string }[] }>(
        await leader.get('/api/staff/members'),
      );
      expect(view.pending).toMatchObject([{ about: person.id, record: first }]);
    }
    const { below } = await ok<{ below: { staff: string }[] }>(await above.get('/api/staff/members'));
    expect(below.map(({ staff }) => staff)).toContain(person.id);
  });
});

describe('the open consoles of the unit above are told at once', () => {
  /** How often the unit above hears that something changed while `work` is done. */
  async function toldAbove(work: () => Promise<unknown>): Promise<number> {
    let told = 0;
    const end = instance.deps.live.subscribe(PROVINCE, 'tips', (event) => {
      if (event.kind === 'unit_changed') told++;
    });
    await work();
    end();
    return told;
  }
  let person: TestPerson;
  let first: string;
  beforeEach(async () => {
    person = await joined(head, NEW);
    first = memberRecord(instance, person, [head.person.secrets.sign]);
  });

  test('when a statement of a unit below waits for their signature', async () => {
    expect(await toldAbove(() => sign(head, person, first))).toBe(1);
  });

  test('when it is withdrawn', async () => {
    const { hash } = await ok<{ hash: string }>(await sign(head, person, first));
    expect(await toldAbove(() => head.delete(`/api/staff/members/pending/${hash}`))).toBe(1);
  });

  test('when the second signature puts it in force', async () => {
    const theirs = memberRecord(instance, person, [above.person.secrets.sign]);
    await ok(await sign(above, person, theirs));
    const both = cosigned(instance, theirs, head.person.secrets.sign);
    expect(await toldAbove(() => sign(head, person, both))).toBe(1);
  });
});

describe('a statement is refused', () => {
  test('when two leaders of the same unit signed it', async () => {
    const deputy = await signIn(instance, 'tohieu.pho');
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [head.person.secrets.sign]);
    await ok(await sign(head, person, first));
    const both = cosigned(instance, first, deputy.person.secrets.sign);
    expect(await refusal(await sign(deputy, person, both))).toMatchObject({
      status: 403,
      code: 'member_signers',
    });
    expect(await statusOf(person)).toBe('invited');
  });

  test('when an officer of the unit above signed it', async () => {
    const officer = await signIn(instance, 'sonla.canbo');
    const person = await joined(head, NEW);
    const both = memberRecord(instance, person, [head.person.secrets.sign, officer.person.secrets.sign]);
    expect(await refusal(await sign(head, person, both))).toMatchObject({ code: 'member_signers' });
  });

  test('when its second signature is not genuine', async () => {
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [head.person.secrets.sign]);
    const both = JSON.parse(
      Buffer.from(cosigned(instance, first, above.person.secrets.sign), 'base64url').toString(),
    ) as { signatures: { sig: string }[] };
    for (const signature of both.signatures.slice(1)) signature.sig = Buffer.alloc(64, 1).toString('base64');
    const record = Buffer.from(JSON.stringify(both)).toString('base64url');
    expect(await refusal(await sign(head, person, record))).toMatchObject({ code: 'member_signers' });
    expect(await refusal(await sign(above, person, record))).toMatchObject({ code: 'event_signature' });
  });

  test('when the sender has not signed it', async () => {
    const person = await joined(head, NEW);
    const first = memberRecord(instance, person, [above.person.secrets.sign]);
    expect(await refusal(await sign(head, person, first))).toMatchObject({ code: 'event_signature' });
  });

  test.each([
    ['another unit', { unit: MOC_CHAU }, 'record.unit'],
    ['a role that was not given', { roles: ['head' as const] }, 'record.roles'],
    ['another name', { name: 'Người Khác' }, 'record.name'],
    ['a time of signing an hour ago', { issued: START - 3600, from: START - 3600 }, 'record.issued'],
    ['ten years', { until: 2_200_000_000 }, 'record.until'],
  ])('when it says %s', async (_what, change, field) => {
    const person = await joined(head, NEW);
    const record = memberRecord(instance, person, [head.person.secrets.sign], change);
    expect(await refusal(await sign(head, person, record))).toEqual({
      status: 400,
      code: 'event_invalid',
      field,
    });
  });

  test('when it names other keys than the person made', async () => {
    const person = await joined(head, NEW);
    const { publicKey } = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
    const record = memberRecord(instance, person, [head.person.secrets.sign], { signKey: publicKey });
    expect(await refusal(await sign(head, person, record))).toMatchObject({ field: 'record.signKey' });
  });

  test('when a leader of a third unit sends it', async () => {
    const neighbour = await signIn(instance, 'mocchau.truong');
    const person = await joined(head, NEW);
    const record = memberRecord(instance, person, [neighbour.person.secrets.sign]);
    expect(await refusal(await sign(neighbour, person, record))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  test('when a leader signs for themselves', async () => {
    const record = memberRecord(instance, head.person, [head.person.secrets.sign]);
    expect(await refusal(await sign(head, head.person, record))).toMatchObject({ code: 'same_person' });
  });

  test('when the person has not joined yet', async () => {
    const { staff } = await ok<{ staff: string }>(
      await head.post('/api/staff/members/invite', { ...NEW, displayName: 'Mới' }),
    );
    const answer = await head.post(`/api/staff/members/${staff}/statement`, {
      record: memberRecord(instance, head.person, [head.person.secrets.sign]),
    });
    expect(await refusal(answer)).toMatchObject({ code: 'member_unknown' });
  });
});

describe('an invitation', () => {
  const invite = (by: Staff, person: Record<string, unknown>) =>
    by.post('/api/staff/members/invite', { displayName: 'Người Mới', ...NEW, ...person });

  test('for an account name that is taken is refused', async () => {
    expect(await refusal(await invite(head, { account: 'sonla.canbo' }))).toMatchObject({
      status: 409,
      code: 'account_taken',
    });
  });

  test.each([
    [{ account: 'A B' }, 'account'],
    [{ roles: [] }, 'roles'],
    [{ roles: ['inspector'] }, 'roles'],
    [{ displayName: ' ' }, 'displayName'],
  ])('with %j is refused with its field', async (change, field) => {
    expect(await refusal(await invite(head, change))).toEqual({ status: 400, code: 'field_invalid', field });
  });

  test('to be auditor or administrator is the administrator’s to give', async () => {
    for (const role of ['auditor', 'administrator'])
      expect(await refusal(await invite(head, { roles: [role] }))).toMatchObject({
        status: 403,
        field: 'roles',
      });
  });

  test('by an officer is refused', async () => {
    const officer = await signIn(instance, 'tohieu.canbo');
    expect(await refusal(await invite(officer, {}))).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('can be renewed, and what the person had made before is dropped', async () => {
    const person = await joined(head, NEW);
    await ok(await head.post(`/api/staff/members/${person.id}/invite`));
    const row = await instance.store.accounts.byId(person.id);
    expect([row?.status, row?.signKey, row?.credential]).toEqual(['invited', null, null]);
  });

  test('cannot be renewed for an active member', async () => {
    const id = instance.person('tohieu.canbo').id;
    expect(await refusal(await head.post(`/api/staff/members/${id}/invite`))).toMatchObject({
      code: 'step_not_allowed',
    });
  });
});

test('a proposal can be withdrawn by a leader of the unit', async () => {
  const person = await joined(head, NEW);
  const first = memberRecord(instance, person, [head.person.secrets.sign]);
  const { hash } = await ok<{ hash: string }>(await sign(head, person, first));
  expect((await head.delete(`/api/staff/members/pending/${hash}`)).status).toBe(200);
  const { pending } = await ok<{ pending: unknown[] }>(await head.get('/api/staff/members'));
  expect(pending).toEqual([]);
  expect(await refusal(await head.delete(`/api/staff/members/pending/${hash}`))).toMatchObject({
    status: 404,
  });
});

test('accepting the same statement again changes nothing', async () => {
  const person = await joined(head, NEW);
  const both = memberRecord(instance, person, [head.person.secrets.sign, above.person.secrets.sign]);
  await ok(await sign(above, person, both));
  const before = (await instance.store.triage.head('directory')).no;
  expect(await ok(await sign(head, person, both))).toEqual({ state: 'accepted' });
  expect((await instance.store.triage.head('directory')).no).toBe(before);
});

test('focal points are set by a leader, for members of the unit', async () => {
  const staff = instance.person('tohieu.canbo').id;
  await ok(await head.post('/api/staff/focal-points', { stage: 'verification', staff, rank: 'active' }));
  const { focal } = await ok<{ focal: unknown[] }>(await head.get('/api/staff/members'));
  expect(focal).toMatchObject([{ stage: 'verification', staff, rank: 'active' }]);
  const officer = await signIn(instance, 'tohieu.canbo');
  expect(await ok(await officer.get('/api/staff/me'))).toMatchObject({
    focal: [{ stage: 'verification', rank: 'active' }],
  });
  const stranger = { stage: 'verification', staff: instance.person('mocchau.canbo').id, rank: 'active' };
  expect(await refusal(await head.post('/api/staff/focal-points', stranger))).toMatchObject({
    code: 'member_unknown',
  });
});
