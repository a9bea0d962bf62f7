import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import { revocationPayload } from '../../../src/protocol/revocation.ts';
import { signStatement } from '../../../src/protocol/statement.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { call, refusal } from '../../fixtures/http.ts';
import { INSPECTORATE, type Instance, openInstance } from '../../fixtures/instance.ts';
import { readBody, type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips, stepBody, tipOf } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let neighbour: Staff;
let tip: TipId;
const UNKNOWN = 'ab'.repeat(16) as TipId;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  neighbour = await signIn(instance, 'mocchau.truong');
  tip = (await sendTip(instance)).tip;
});
afterAll(() => instance.close());

const bytes = async (response: Response | Promise<Response>) => {
  const answer = await response;
  return { status: answer.status, body: await answer.text() };
};

describe('another unit’s tip', () => {
  test('looks exactly like one that does not exist', async () => {
    const foreign = await bytes(neighbour.get(`/api/staff/tips/${tip}`));
    const unknown = await bytes(neighbour.get(`/api/staff/tips/${UNKNOWN}`));
    const malformed = await bytes(neighbour.get('/api/staff/tips/nonsense'));
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(unknown);
    expect(foreign).toEqual(malformed);
  });

  test('takes no step', async () => {
    const body = await stepBody(officer, tip, { step: 'registered' });
    const foreign = await bytes(neighbour.post(`/api/staff/tips/${tip}/steps`, body));
    const unknown = await bytes(neighbour.post(`/api/staff/tips/${UNKNOWN}/steps`, body));
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(unknown);
  });

  test('has a head that nobody else is told', async () => {
    const foreign = await bytes(neighbour.get(`/api/staff/head?subject=tip:${tip}`));
    const unknown = await bytes(neighbour.get(`/api/staff/head?subject=tip:${UNKNOWN}`));
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(unknown);
  });

  test('is left out of a read without a word, and the read is recorded all the same', async () => {
    expect(await readTips(neighbour, [tip])).toEqual([]);
    const head = await instance.store.triage.head(`reader:${neighbour.person.id}`);
    expect(head.no).toBe(1);
  });

  test('is in no list and no count', async () => {
    const queue = (await (await neighbour.get('/api/staff/queue?scope=all')).json()) as { rows: unknown[] };
    const counts = (await (await neighbour.get('/api/staff/counts')).json()) as Record<string, number>;
    expect([queue.rows, counts.open, counts.new]).toEqual([[], 0, 0]);
  });

  test('rings nobody else’s alarm off', async () => {
    const answer = await neighbour.post(`/api/staff/alarms/${tip}/acknowledge`);
    expect(await refusal(answer)).toMatchObject({ status: 404, code: 'tip_unknown' });
  });
});

test('a tip diverted to the inspectorate is not seen by the police of the province', async () => {
  const diverted = await sendTip(instance, { unit: INSPECTORATE, urgent: true });
  const province = await signIn(instance, 'sonla.truong');
  expect((await province.get(`/api/staff/tips/${diverted.tip}`)).status).toBe(404);
  const inspector = await signIn(instance, 'thanhtra.vien');
  expect((await tipOf(inspector, diverted.tip)).access).toBe('holder');
});

test('an officer of the unit above is not called upon, whatever waits there', async () => {
  const urgent = await sendTip(instance, { urgent: true });
  const above = await signIn(instance, 'sonla.canbo');
  expect((await above.get(`/api/staff/tips/${urgent.tip}`)).status).toBe(404);
});

test('a leader above sees an untaken urgent tip without its ciphertext or mailbox', async () => {
  const urgent = await sendTip(instance, { urgent: true });
  const above = await signIn(instance, 'sonla.pho');
  const seen = await tipOf(above, urgent.tip);
  expect([seen.access, seen.mailboxKey, seen.mailboxLocator]).toEqual(['over', '', '']);
  expect(await readTips(above, [urgent.tip])).toEqual([]);
});

/** Every route about tips, with a body that would be right for an officer. */
const routes = async (): Promise<readonly (readonly ['GET' | 'POST', string, unknown])[]> => {
  const step = await stepBody(officer, tip, { step: 'printed', watermark: 'x' });
  const read = await readBody(officer, [tip]);
  return [
    ['GET', '/api/staff/queue', undefined],
    ['GET', '/api/staff/counts', undefined],
    ['GET', '/api/staff/outside', undefined],
    ['GET', `/api/staff/tips/${tip}`, undefined],
    ['GET', `/api/staff/tips/${UNKNOWN}`, undefined],
    ['POST', `/api/staff/tips/${tip}/steps`, step],
    ['GET', `/api/staff/head?subject=tip:${tip}`, undefined],
    ['POST', '/api/staff/read', read],
    ['GET', '/api/staff/open-wraps', undefined],
    ['POST', '/api/staff/rewrap', { steps: [] }],
    ['POST', `/api/staff/alarms/${tip}/acknowledge`, {}],
    ['GET', '/api/staff/handover', undefined],
    ['POST', '/api/staff/handover', { sealed: 'AAAA' }],
    ['GET', '/api/staff/workload', undefined],
    ['GET', '/api/staff/members', undefined],
    ['POST', '/api/staff/epochs', { epochs: [] }],
    ['POST', '/api/staff/epoch-wraps', { wraps: [] }],
  ];
};

/** What an open console listens to; an operator's hears less of it. */
const WATCHED = ['/api/staff/stream', '/api/staff/alarms'];

test.each(['quantri', 'kiemtra'])('%s takes no part in what goes on: no live line', async (account) => {
  const staff = await signIn(instance, account);
  for (const path of WATCHED)
    expect(await refusal(await staff.get(path))).toMatchObject({ code: 'forbidden' });
});

test.each(['quantri', 'kiemtra', 'sonla.trucban'])(
  '%s reads no tips: every route about tips answers 403',
  async (account) => {
    instance.clock.pass(30);
    const staff = await signIn(instance, account);
    for (const [method, path, body] of await routes()) {
      const answer = await call(instance, method, path, body, { cookie: staff.cookie });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await refusal(answer)).toMatchObject({ code: 'forbidden' });
    }
  },
);

test('nobody without a session reaches any of these routes', async () => {
  const watched = WATCHED.map((path) => ['GET', path, undefined] as const);
  for (const [method, path, body] of [...(await routes()), ...watched]) {
    expect([path, (await call(instance, method, path, body)).status]).toEqual([path, 401]);
  }
});

test('no workload is shown to an officer', async () => {
  expect(await refusal(await officer.get('/api/staff/workload'))).toMatchObject({ status: 403 });
});

test('a member whose membership is over takes no step', async () => {
  const { tip: other } = await sendTip(instance);
  const body = await stepBody(officer, other, { step: 'registered' });
  const { store, suite, pins, directoryKeys, recorder, clock } = instance;
  const target = {
    kind: 'member' as const,
    person: officer.person.id,
    signKey: officer.person.secrets.sign.publicKey,
  };
  const fields = { unit: officer.person.unit, target, at: clock.now() };
  const payload = revocationPayload(pins.instance, fields);
  const record = signStatement(suite, 'revocation', payload, directoryKeys.slice(0, 2));
  await recorder.statement({
    kind: 'revocation',
    hash: 'ee'.repeat(32) as never,
    unit: officer.person.unit,
    version: 0,
    from: clock.now(),
    until: 100_000_000_000 as never,
    person: '',
    record,
  });
  expect(await refusal(await officer.post(`/api/staff/tips/${other}/steps`, body))).toMatchObject({
    code: 'member_unknown',
  });
  expect((await store.triage.tip(other))?.head.no).toBe(1);
});
