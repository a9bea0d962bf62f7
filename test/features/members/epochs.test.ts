import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64.ts';
import { wrapEpochSecret } from '../../../src/protocol/epoch.ts';
import { type MadeEpoch, makeEpoch, removalRecords } from '../../fixtures/epochs.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, type TestPerson, TO_HIEU } from '../../fixtures/instance.ts';
import { cosigned, joined, memberRecord } from '../../fixtures/people.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { epochKeysOf } from '../../fixtures/steps.ts';

let instance: Instance;
let head: Staff;
let officer: Staff;
let readers: readonly TestPerson[];

beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  officer = await signIn(instance, 'tohieu.canbo');
  readers = ['tohieu.truong', 'tohieu.pho', 'tohieu.canbo'].map((account) => instance.person(account));
});
afterEach(() => instance.close());

const post = (by: Staff, epochs: readonly unknown[]) => by.post('/api/staff/epochs', { epochs });
const made = (change = {}): Promise<MadeEpoch> =>
  makeEpoch(instance, TO_HIEU, [head.person.secrets.sign], readers, change);
const second = (epoch: MadeEpoch, by: Staff = officer) => ({
  record: cosigned(instance, epoch.body.record, by.person.secrets.sign),
});
const count = async (): Promise<number> => (await instance.store.directory.epochs(TO_HIEU)).length;

describe('a new epoch', () => {
  test('waits for a second member and is in force with both signatures', async () => {
    const before = await count();
    const epoch = await made();
    expect(await ok(await post(head, [epoch.body]))).toMatchObject({ state: 'pending', hash: epoch.hash });
    expect(await count()).toBe(before);
    expect(await ok(await post(officer, [second(epoch)]))).toEqual({ state: 'accepted' });
    expect(await count()).toBe(before + 1);
  });

  test('brings every reader their wrap, which opens to the signed key', async () => {
    const epoch = await made();
    await ok(await post(head, [epoch.body]));
    await ok(await post(officer, [second(epoch)]));
    const keys = await epochKeysOf(officer, epoch.n);
    expect(keys.kem.publicKey).toHaveLength(1216);
  });

  test('brings the recovery holders their shares', async () => {
    const epoch = await made();
    await ok(await post(head, [epoch.body]));
    await ok(await post(officer, [second(epoch)]));
    const shares = await instance.store.directory.recoveryShares(TO_HIEU, epoch.n);
    expect(shares.map(({ holder }) => holder)).toEqual(['ba', 'hai', 'mot']);
  });

  test('can come as a run of several, signed as one', async () => {
    const first = await made();
    const next = await made({ n: first.n + 1, prev: first.hash });
    await ok(await post(head, [first.body, next.body]));
    expect(await ok(await post(officer, [second(first), second(next)]))).toEqual({ state: 'accepted' });
    expect((await instance.store.directory.epochs(TO_HIEU)).at(-1)?.version).toBe(next.n);
  });

  test('takes the place of an earlier proposal of the same number', async () => {
    await ok(await post(head, [(await made()).body]));
    const again = await made();
    await ok(await post(head, [again.body]));
    const { pending } = await ok<{ pending: { hash: string }[] }>(await officer.get('/api/staff/members'));
    expect(pending.map(({ hash }) => hash)).toEqual([again.hash]);
  });

  test('that is in force already is accepted again without any change', async () => {
    const epoch = await made();
    await ok(await post(head, [epoch.body]));
    await ok(await post(officer, [second(epoch)]));
    const before = (await instance.store.triage.head('directory')).no;
    expect(await ok(await post(officer, [second(epoch)]))).toEqual({ state: 'accepted' });
    expect((await instance.store.triage.head('directory')).no).toBe(before);
  });
});

describe('an epoch is refused', () => {
  test('with the same person’s signature alone, sent twice', async () => {
    const epoch = await made();
    await ok(await post(head, [epoch.body]));
    expect(await ok(await post(head, [epoch.body]))).toMatchObject({ state: 'pending' });
    expect((await instance.store.directory.epochs(TO_HIEU)).some(({ version }) => version === epoch.n)).toBe(
      false,
    );
  });

  test('when the second signature is of another unit’s member', async () => {
    const stranger = instance.person('mocchau.truong').secrets.sign;
    const both = await makeEpoch(instance, TO_HIEU, [head.person.secrets.sign, stranger], readers);
    expect(await refusal(await post(head, [both.body]))).toMatchObject({
      status: 403,
      code: 'epoch_signers',
    });
  });

  test('when the sender has not signed it', async () => {
    expect(await refusal(await post(officer, [(await made()).body]))).toMatchObject({
      code: 'event_signature',
    });
  });

  test('when it is another unit’s', async () => {
    const epoch = await makeEpoch(instance, MOC_CHAU, [head.person.secrets.sign], readers);
    expect(await refusal(await post(head, [epoch.body]))).toMatchObject({ code: 'event_invalid' });
  });

  test('when a reader is left out, or somebody else is let in', async () => {
    const epoch = await made();
    const less = { ...epoch.body, wraps: epoch.body.wraps.slice(1) };
    const stranger = instance.person('mocchau.truong').id;
    const more = {
      ...epoch.body,
      wraps: [...epoch.body.wraps, { ...epoch.body.wraps[0], member: stranger }],
    };
    for (const body of [less, more])
      expect(await refusal(await post(head, [body]))).toMatchObject({ status: 409, code: 'wrap_missing' });
  });

  test('when a recovery holder gets no share', async () => {
    const epoch = await made();
    const body = { ...epoch.body, shares: epoch.body.shares.slice(1) };
    expect(await refusal(await post(head, [body]))).toMatchObject({ status: 400, code: 'share_invalid' });
  });

  test('when it does not continue the chain', async () => {
    const skipped = await made({ n: 99 });
    const other = await made({ prev: 'ab'.repeat(32) as MadeEpoch['hash'] });
    for (const { body } of [skipped, other])
      expect(await refusal(await post(head, [body]))).toMatchObject({
        code: 'event_invalid',
        field: 'epochs.prev',
      });
  });

  test('when it was signed a day ago', async () => {
    const epoch = await made({ issued: instance.clock.now() - 86_400 });
    expect(await refusal(await post(head, [epoch.body]))).toMatchObject({ field: 'epochs.issued' });
  });

  test('when it is no statement at all', async () => {
    const record = toBase64Url(new TextEncoder().encode('{"payload":"x"}'));
    expect(await refusal(await post(head, [{ record }]))).toMatchObject({
      status: 400,
      code: 'event_invalid',
    });
  });
});

describe('a colleague wraps epochs for a member who joined later', () => {
  async function newcomer(): Promise<TestPerson> {
    const above = await signIn(instance, 'sonla.truong');
    const person = await joined(head, { account: 'tohieu.moi', roles: ['officer'] });
    const first = memberRecord(instance, person, [head.person.secrets.sign]);
    await ok(await head.post(`/api/staff/members/${person.id}/statement`, { record: first }));
    const record = cosigned(instance, first, above.person.secrets.sign);
    await ok(await above.post(`/api/staff/members/${person.id}/statement`, { record }));
    return person;
  }

  test('and the member finds them at the next login', async () => {
    const person = await newcomer();
    const { suite, pins } = instance;
    const secret = suite.randomBytes(32);
    const context = { instance: pins.instance, unit: TO_HIEU, epoch: 1, member: person.id };
    const wrap = toBase64Url(wrapEpochSecret(suite, secret, context, person.secrets.kem.publicKey));
    await ok(await head.post('/api/staff/epoch-wraps', { wraps: [{ epoch: 1, member: person.id, wrap }] }));
    expect((await instance.store.directory.epochWraps(person.id)).map(({ epoch }) => epoch)).toEqual([1]);
  });

  test('but not for somebody who is no member of the unit, nor for an epoch that does not exist', async () => {
    const wrap = toBase64Url(instance.suite.randomBytes(1168));
    const stranger = { epoch: 1, member: instance.person('mocchau.truong').id, wrap };
    const unknown = { epoch: 99, member: officer.person.id, wrap };
    const send = (one: unknown) => head.post('/api/staff/epoch-wraps', { wraps: [one] });
    expect(await refusal(await send(stranger))).toMatchObject({ code: 'member_unknown' });
    expect(await refusal(await send(unknown))).toMatchObject({ code: 'epoch_unknown' });
  });
});

describe('what a colleague opens epochs with', () => {
  const noise = () => toBase64Url(instance.suite.randomBytes(1168));
  const write = (by: Staff, wraps: readonly unknown[]) => by.post('/api/staff/epoch-wraps', { wraps });
  const report = (by: Staff, epochs: readonly number[]) =>
    by.post('/api/staff/epoch-wraps/broken', { epochs });
  const heldBy = (person: TestPerson) => instance.store.directory.epochWraps(person.id);
  const seen = async (person: TestPerson) => {
    const { members } = await ok<{ members: { staff: string; epochs: number[]; broken: number[] }[] }>(
      await head.get('/api/staff/members'),
    );
    return members.find(({ staff }) => staff === person.id);
  };

  test('is not taken away by an officer who sends noise for everybody', async () => {
    const before = await Promise.all(readers.map(heldBy));
    const epochs = (before[0] ?? []).map(({ epoch }) => epoch);
    const wraps = readers.flatMap(({ id }) => epochs.map((epoch) => ({ epoch, member: id, wrap: noise() })));
    expect(await refusal(await write(officer, wraps))).toEqual({
      status: 409,
      code: 'stale',
      field: 'wraps',
    });
    expect(await Promise.all(readers.map(heldBy))).toEqual(before);
    await epochKeysOf(head, 1);
  });

  test('is replaced once its recipient says that it does not open, and both are recorded', async () => {
    const { no } = await instance.store.triage.head(`unit:${TO_HIEU}`);
    await ok(await report(officer, [1]));
    expect(await seen(officer.person)).toMatchObject({ broken: [1] });
    expect((await seen(officer.person))?.epochs).not.toContain(1);
    await ok(await write(head, [{ epoch: 1, member: officer.person.id, wrap: noise() }]));
    expect(await seen(officer.person)).toMatchObject({ broken: [] });
    const again = await write(head, [{ epoch: 1, member: officer.person.id, wrap: noise() }]);
    expect(await refusal(again)).toMatchObject({ code: 'stale' });
    expect((await instance.store.triage.head(`unit:${TO_HIEU}`)).no).toBe(no + 2);
  });

  test('is written only by somebody who has the epoch themselves', async () => {
    await ok(await report(officer, [1]));
    const own = await write(officer, [{ epoch: 1, member: officer.person.id, wrap: noise() }]);
    expect(await refusal(own)).toEqual({ status: 403, code: 'forbidden', field: 'wraps.epoch' });
  });

  test('is reported by nobody else, and not twice', async () => {
    await ok(await report(officer, [1]));
    expect(await refusal(await report(officer, [1]))).toMatchObject({ status: 400, code: 'epoch_unknown' });
    expect(await refusal(await report(officer, [99]))).toMatchObject({ code: 'epoch_unknown' });
    expect((await heldBy(head.person)).some(({ broken }) => broken)).toBe(false);
  });

  test('must end with a membership even when its holder called it broken', async () => {
    await ok(await report(officer, [1]));
    const records = await removalRecords(instance, officer.person, [head.person.secrets.sign]);
    const path = `/api/staff/members/${officer.person.id}/remove`;
    const without = records.filter((_, at) => at !== 1);
    expect(await refusal(await head.post(path, { records: without }))).toMatchObject({
      field: 'records.epochs',
    });
  });
});
