import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { call, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { letterFor, stepBody, takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let tip: TipId;

const REGISTERED: Act = { step: 'registered' };

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  tip = (await sendTip(instance)).tip;
});
afterAll(() => instance.close());

const post = (body: unknown, staff = officer) => staff.post(`/api/staff/tips/${tip}/steps`, body);

/** Refused, and nothing was written. */
async function refused(answer: Response | Promise<Response>, status: number, code: string, field?: string) {
  expect(await refusal(await answer)).toEqual({ status, code, ...(field === undefined ? {} : { field }) });
  expect((await tipOf(officer, tip)).head.no).toBe(1);
}

test('an event from six minutes ago is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { at: instance.clock.now() - 360 }),
    400,
    'event_invalid',
    'event.at',
  ));

test('an event from six minutes ahead is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { at: instance.clock.now() + 360 }),
    400,
    'event_invalid',
    'event.at',
  ));

test('an event signed with another member’s key is refused', () =>
  refused(tryStep(officer, tip, REGISTERED, { signer: head.person.secrets.sign }), 403, 'event_signature'));

test('an event signed with a key that no statement names is refused', () => {
  const signer = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
  return refused(tryStep(officer, tip, REGISTERED, { signer }), 403, 'event_signature');
});

test('an event with an altered signature is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  const text = Buffer.from(body.event.record, 'base64url').toString();
  const { payload, payloadType, signatures } = JSON.parse(text) as {
    payload: string;
    payloadType: string;
    signatures: { keyid: string; sig: string }[];
  };
  const sig = Buffer.from(signatures[0]?.sig ?? '', 'base64');
  sig.writeUInt8(sig.readUInt8(0) ^ 1, 0);
  const forged = { payload, payloadType, signatures: [{ ...signatures[0], sig: sig.toString('base64') }] };
  const record = Buffer.from(JSON.stringify(forged)).toString('base64url');
  await refused(post({ ...body, event: { ...body.event, record } }), 403, 'event_signature');
});

test('a citizen’s part that says another stage is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { citizen: { v: 1, step: 'registered', stage: 'archived' } }),
    400,
    'event_invalid',
    'event.citizenPart',
  ));

test('a restricted part that names somebody else is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, {
      facts: { actor: { staff: head.person.id, unit: head.person.unit } },
    }),
    400,
    'event_invalid',
    'event.restrictedPart',
  ));

test('a part that does not fit the hash in the event is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  const citizenSalt = Buffer.alloc(32, 9).toString('base64url');
  await refused(post({ ...body, event: { ...body.event, citizenSalt } }), 400, 'event_invalid', 'citizen');
});

test('an event of another type than the act is refused', () =>
  refused(tryStep(officer, tip, REGISTERED, { type: 'archived' }), 400, 'event_invalid', 'event.type'));

test('an event about another tip is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { subject: `tip:${'ab'.repeat(16)}` }),
    400,
    'event_invalid',
    'event.subject',
  ));

test('an event of another instance is refused', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { instance: 'elsewhere' }),
    400,
    'event_invalid',
    'event.instance',
  ));

test('an event that does not join the last one is stale', () =>
  refused(
    tryStep(officer, tip, REGISTERED, { head: { no: 1, leaf: 'cd'.repeat(32) as Hash } }),
    409,
    'stale',
  ));

test('the second of two people who act at the same time is told that it is stale', async () => {
  const { tip: shared } = await sendTip(instance);
  const bodies = await Promise.all([
    stepBody(officer, shared, REGISTERED),
    stepBody(head, shared, REGISTERED),
  ]);
  const path = `/api/staff/tips/${shared}/steps`;
  const answers = await Promise.all([officer.post(path, bodies[0]), head.post(path, bodies[1])]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect((await tipOf(officer, shared)).head.no).toBe(2);
});

test('a step that does not exist is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  await refused(post({ ...body, act: { step: 'deleted' } }), 400, 'field_invalid', 'act.step');
});

test('a field that no act has is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  await refused(post({ ...body, act: { step: 'registered', note: 'x' } }), 400, 'field_invalid', 'act');
});

test('a step that the stage does not allow is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  const event = (await stepBody(officer, tip, { step: 'printed', watermark: 'x' }, { type: 'archived' }))
    .event;
  await refused(post({ ...body, act: { step: 'archived' }, event }), 409, 'step_not_allowed');
});

test('skipping the register is refused', async () => {
  const act: Act = {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  };
  const event = (await stepBody(officer, tip, { step: 'printed', watermark: 'x' }, { type: 'classified' }))
    .event;
  await refused(post({ act, event }), 409, 'step_not_allowed');
});

test('a conduct that the table does not have is refused', async () => {
  const { tip: other } = await sendTip(instance);
  await takeStep(officer, other, REGISTERED);
  const act: Act = {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'jaywalking',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  };
  const answer = await tryStep(officer, other, act);
  expect(await refusal(answer)).toMatchObject({ status: 400, code: 'field_invalid', field: 'conduct' });
});

test('assigning somebody who is no member of the unit is refused', async () => {
  const { tip: other } = await sendTip(instance);
  await takeStep(officer, other, REGISTERED);
  await takeStep(officer, other, {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  });
  const stranger = instance.person('mocchau.canbo').id;
  const answer = await tryStep(head, other, { step: 'assigned', assignee: stranger });
  expect(await refusal(answer)).toMatchObject({ code: 'member_unknown', field: 'act.assignee' });
});

test('text that is not NFC is refused', async () => {
  const act: Act = { step: 'printed', watermark: 'Cán bộ'.normalize('NFD') };
  await refused(tryStep(officer, tip, act), 400, 'field_invalid', 'act.watermark');
});

test('a body beyond the limit is refused', () =>
  refused(post(`{"act":{"step":"${'x'.repeat(1_100_000)}"}}`), 413, 'body_too_large'));

test('a body that is no JSON is refused', () => refused(post('{'), 400, 'bad_request', 'body'));

test('a body of another content type is refused', () =>
  refused(
    call(instance, 'POST', `/api/staff/tips/${tip}/steps`, 'act=registered', {
      cookie: officer.cookie,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    415,
    'content_type',
  ));

test('a step sent by another site is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  const headers = { 'sec-fetch-site': 'cross-site' };
  const answer = call(instance, 'POST', `/api/staff/tips/${tip}/steps`, body, {
    cookie: officer.cookie,
    headers,
  });
  await refused(answer, 403, 'cross_site');
});

test('a step without a session is refused', async () => {
  const body = await stepBody(officer, tip, REGISTERED);
  await refused(call(instance, 'POST', `/api/staff/tips/${tip}/steps`, body), 401, 'session_required');
});

test('a message without the letter to the citizen is refused', async () => {
  const other = await sendAndRegister();
  const { message: _letter, ...without } = await stepBody(officer, other, { step: 'message_posted' });
  expect(await refusal(await officer.post(`/api/staff/tips/${other}/steps`, without))).toMatchObject({
    code: 'field_invalid',
    field: 'message',
  });
});

test('a letter that comes with a step that takes none is refused', async () => {
  const other = await sendAndRegister();
  const message = await letterFor(officer, await tipOf(officer, other), { step: 'message_posted' });
  const body = await stepBody(officer, other, { step: 'printed', watermark: 'x' });
  const answer = await officer.post(`/api/staff/tips/${other}/steps`, { ...body, message });
  expect(await refusal(answer)).toMatchObject({ code: 'field_invalid', field: 'message' });
});

test('a letter whose body was altered is refused', async () => {
  const other = await sendAndRegister();
  const message = await letterFor(officer, await tipOf(officer, other), { step: 'message_posted' });
  const body = Buffer.from(message?.body ?? '', 'base64url');
  body.writeUInt8(body.readUInt8(100) ^ 1, 100);
  const altered = { ...message, body: body.toString('base64url') } as Record<string, string>;
  const answer = await tryStep(officer, other, { step: 'message_posted' }, { message: altered });
  expect(await refusal(answer)).toMatchObject({ status: 400, code: 'seal_mismatch' });
});

test.each([
  ['signed by an officer instead of the unit’s voice', 'seal_mismatch', 'message.author'],
  ['that does not join the thread', 'stale', 'message'],
  ['of another unit', 'seal_mismatch', 'message.unit'],
])('a letter %s is refused', async (what, code, field) => {
  const other = await sendAndRegister();
  const change = {
    'signed by an officer instead of the unit’s voice': { author: officer.person.secrets.sign },
    'that does not join the thread': { prev: 'ab'.repeat(32) as Hash },
    'of another unit': { unit: MOC_CHAU },
  }[what];
  const message = await letterFor(officer, await tipOf(officer, other), { step: 'message_posted' }, change);
  const answer = await tryStep(officer, other, { step: 'message_posted' }, { message: message ?? {} });
  expect(await refusal(answer)).toMatchObject({ code, field });
});

test('a letter that is sealed to somebody else’s mailbox is refused', async () => {
  const [one, two] = [await sendAndRegister(), await sendAndRegister()];
  const foreign = await tipOf(officer, two);
  const { mailboxKey, mailboxLocator } = foreign;
  const own = await tipOf(officer, one);
  const message = await letterFor(
    officer,
    { ...own, mailboxKey, mailboxLocator },
    { step: 'message_posted' },
  );
  const answer = await tryStep(
    officer,
    one,
    { step: 'message_posted' },
    { message: message as Record<string, string> },
  );
  expect(await refusal(answer)).toMatchObject({ status: 409, code: 'wrap_missing' });
});

async function sendAndRegister(): Promise<TipId> {
  const sent = await sendTip(instance);
  await takeStep(officer, sent.tip, REGISTERED);
  return sent.tip;
}
