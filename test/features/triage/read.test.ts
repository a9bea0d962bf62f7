import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hash, TipId } from '../../../src/domain/ids.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { fromUtf8 } from '../../../src/protocol/bytes.ts';
import { openEnvelope } from '../../../src/protocol/envelope.ts';
import { parseEvent, parsePart, verifyEvent } from '../../../src/protocol/event.ts';
import { epochRecipient } from '../../../src/protocol/wraps.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type EventDraft, readBody, type Staff, signIn } from '../../fixtures/staff.ts';
import { epochKeysOf, readTips, type WireEnvelope } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let sent: SentTip;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  sent = await sendTip(instance, { text: 'Có người đứng gác ở ngõ' });
});
afterAll(() => instance.close());

const headNo = async (): Promise<number> =>
  (await instance.store.triage.head(`reader:${officer.person.id}`)).no;

const tryRead = async (tips: readonly TipId[], change: Partial<EventDraft>) =>
  officer.post('/api/staff/read', await readBody(officer, tips, change));

test('an officer opens in their own browser what the citizen sealed in theirs', async () => {
  const [envelope] = await readTips(officer, [sent.tip]);
  const parts = Object.fromEntries(
    Object.entries(envelope as unknown as Record<string, string>).map(([name, value]) => [
      name,
      ['core', 'wraps', 'body'].includes(name) ? fromBase64Url(String(value)) : value,
    ]),
  ) as unknown as { core: Uint8Array; wraps: Uint8Array; body: Uint8Array };
  const { kem } = await epochKeysOf(officer, 1);
  const opened = openEnvelope(
    instance.suite,
    parts,
    { id: epochRecipient(TO_HIEU, 1), secretKey: kem.secretKey },
    {
      instance: instance.pins.instance,
      tip: sent.tip,
      kind: 'tip',
      seal: fromBase64Url((envelope as WireEnvelope).seal),
    },
  );
  expect(fromUtf8(opened.content)).toContain('Có người đứng gác ở ngõ');
});

test('the submission’s own event comes along, signed by the author', async () => {
  const answer = await ok<{ submitted: { tip: string; record: string }[] }>(
    await officer.post('/api/staff/read', await readBody(officer, [sent.tip])),
  );
  const [first] = answer.submitted;
  expect(first?.tip).toBe(sent.tip);
  const record = fromBase64Url(first?.record ?? '');
  expect(parseEvent(record).header.type).toBe('submitted');
  expect(() => verifyEvent(instance.suite, record, [sent.keys.author.publicKey], 1)).not.toThrow();
});

test('every read is an event that names the tips, on disk before the ciphertext is served', async () => {
  const before = await headNo();
  await readTips(officer, [sent.tip]);
  const row = eventsOf(instance, `reader:${officer.person.id}`).at(-1);
  expect([row?.no, row?.type]).toEqual([before + 1, 'batch_read']);
  expect(parsePart(new Uint8Array(row?.restrictedPart ?? [])).tips).toEqual([sent.tip]);
});

test('an event that names other tips than are asked for serves nothing', async () => {
  const before = await headNo();
  const other = await sendTip(instance);
  const body = await readBody(officer, [other.tip]);
  const answer = await officer.post('/api/staff/read', { ...body, tips: [sent.tip] });
  expect(await refusal(answer)).toEqual({
    status: 400,
    code: 'event_invalid',
    field: 'event.restrictedPart',
  });
  expect(await headNo()).toBe(before);
});

test('a read signed by a colleague serves nothing', async () => {
  const signer = instance.person('tohieu.truong').secrets.sign;
  expect(await refusal(await tryRead([sent.tip], { signer }))).toMatchObject({ code: 'event_signature' });
});

test('a read that does not join the reader’s chain is stale', async () => {
  const head = { no: 40, leaf: 'ab'.repeat(32) as Hash };
  expect(await refusal(await tryRead([sent.tip], { head }))).toMatchObject({ status: 409, code: 'stale' });
});

test('a read recorded for somebody else is refused', async () => {
  const subject = `reader:${instance.person('tohieu.truong').id}`;
  expect(await refusal(await tryRead([sent.tip], { subject }))).toMatchObject({ field: 'event.subject' });
});

test('more than a hundred tips, the same tip twice, or none are refused', async () => {
  const many = Array.from({ length: 101 }, (_, i) => i.toString(16).padStart(32, '0') as TipId);
  for (const tips of [many, [sent.tip, sent.tip], []]) {
    const answer = await officer.post('/api/staff/read', await readBody(officer, tips));
    expect(await refusal(answer)).toMatchObject({ status: 400, code: 'field_invalid', field: 'tips' });
  }
});

test('one’s own chains have a head, a colleague’s reads have none for others', async () => {
  expect((await officer.get(`/api/staff/head?subject=unit:${TO_HIEU}`)).status).toBe(200);
  const foreign = await officer.get(`/api/staff/head?subject=reader:${instance.person('tohieu.pho').id}`);
  expect(await refusal(foreign)).toMatchObject({ status: 403, code: 'forbidden' });
});
