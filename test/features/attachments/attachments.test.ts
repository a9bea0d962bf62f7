import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import { ATTACHMENT_EVENT, attachmentPartsOf } from '../../../src/domain/reader-parts.ts';
import { MAX_PART_BYTES, openPart, PART_BYTES } from '../../../src/protocol/attachment.ts';
import { concat } from '../../../src/protocol/bytes.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import type { AttachmentOpened } from '../../../src/protocol/wire-uploads.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type EventDraft, readerEventOf, type Staff, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let officer: Staff;
let stranger: Staff;
let sent: SentTip;
const plain = Uint8Array.from({ length: PART_BYTES + 5000 }, (_, i) => (i * 13 + (i >> 9)) & 255);

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  stranger = await signIn(instance, 'mocchau.canbo');
  sent = await sendTip(instance, { files: [new Uint8Array(10).fill(1), plain] });
});
afterAll(() => instance.close());

const file = (no = 1) => {
  const found = sent.files[no];
  if (found === undefined) throw new Error('no such file');
  return found;
};
const address = (tip: string, id: string): string => `/api/staff/tips/${tip}/attachments/${id}`;

async function open(staff: Staff, tip: TipId, id: string, change: Partial<EventDraft> = {}, named = id) {
  const parts = attachmentPartsOf({ staff: staff.person.id, unit: staff.person.unit }, tip, named);
  return staff.post(`${address(tip, id)}/open`, {
    event: await readerEventOf(staff, ATTACHMENT_EVENT, parts, change),
  });
}

test('the officer of the unit opens in their browser exactly the file that the citizen sealed', async () => {
  const opened = await ok<AttachmentOpened>(await open(officer, sent.tip, file().id));
  expect(opened).toMatchObject({ parts: 2, bytes: file().entry.bytes, root: file().entry.root });
  const parts: Uint8Array[] = [];
  for (let no = 0; no < opened.parts; no++) {
    const response = await officer.get(`${address(sent.tip, file().id)}/parts/${no}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const sealed = new Uint8Array(await response.arrayBuffer());
    expect(sealed.length).toBe(no === 0 ? MAX_PART_BYTES : file().entry.bytes - MAX_PART_BYTES);
    parts.push(openPart(instance.suite, file().key, file().id, no, sealed));
  }
  expect(Buffer.compare(concat(...parts).subarray(0, plain.length), plain)).toBe(0);
});

test('every opening is an event of the reader that names tip and attachment, on disk before the hashes are told', async () => {
  const before = (await instance.store.triage.head(`reader:${officer.person.id}`)).no;
  await ok(await open(officer, sent.tip, file().id));
  const row = eventsOf(instance, `reader:${officer.person.id}`).at(-1);
  expect([row?.no, row?.type]).toEqual([before + 1, ATTACHMENT_EVENT]);
  expect(parsePart(new Uint8Array(row?.restrictedPart ?? []))).toMatchObject({
    tip: sent.tip,
    attachments: [file().id],
  });
});

test('another unit’s officer gets the same answer as for an attachment that does not exist, and no event', async () => {
  const before = (await instance.store.triage.head(`reader:${stranger.person.id}`)).no;
  const foreign = await refusal(await open(stranger, sent.tip, file().id));
  expect(foreign).toEqual({ status: 404, code: 'attachment_unknown' });
  expect(await refusal(await open(officer, sent.tip, 'ab'.repeat(16)))).toEqual(foreign);
  expect(await refusal(await open(officer, 'cd'.repeat(16) as TipId, file().id))).toEqual(foreign);
  expect((await instance.store.triage.head(`reader:${stranger.person.id}`)).no).toBe(before);
});

test('parts are served only to a session that opened the attachment', async () => {
  await ok(await open(officer, sent.tip, file().id));
  const part = `${address(sent.tip, file().id)}/parts/0`;
  expect(await refusal(await stranger.get(part))).toMatchObject({ status: 409, code: 'not_read' });
  const other = await signIn(instance, 'tohieu.truong');
  expect(await refusal(await other.get(part))).toMatchObject({ code: 'not_read' });
  expect((await officer.get(part)).status).toBe(200);
});

test('an attachment that was opened too long ago is opened, and recorded, again', async () => {
  await ok(await open(officer, sent.tip, file().id));
  const part = `${address(sent.tip, file().id)}/parts/0`;
  for (let i = 0; i < 3; i++) {
    instance.clock.pass(1201);
    await officer.get('/api/staff/counts');
  }
  expect(await refusal(await officer.get(part))).toMatchObject({ code: 'not_read' });
  await ok(await open(officer, sent.tip, file().id));
  expect((await officer.get(part)).status).toBe(200);
});

test('a number that is none of its parts is refused', async () => {
  await ok(await open(officer, sent.tip, file().id));
  for (const no of ['2', '-1', '01', 'x'])
    expect(await refusal(await officer.get(`${address(sent.tip, file().id)}/parts/${no}`))).toEqual({
      status: 400,
      code: 'field_invalid',
      field: 'no',
    });
});

test('an event that names another attachment opens nothing', async () => {
  const answer = await open(officer, sent.tip, file().id, {}, file(0).id);
  expect(await refusal(answer)).toMatchObject({ code: 'event_invalid', field: 'event.restrictedPart' });
});

test('an event signed by a colleague opens nothing', async () => {
  const signer = instance.person('tohieu.truong').secrets.sign;
  expect(await refusal(await open(officer, sent.tip, file().id, { signer }))).toMatchObject({
    code: 'event_signature',
  });
});

test('who may read no tips opens nothing', async () => {
  for (const account of ['sonla.trucban', 'kiemtra', 'quantri']) {
    const staff = await signIn(instance, account);
    const answer = await staff.post(`${address(sent.tip, file().id)}/open`, {});
    expect(await refusal(answer)).toMatchObject({ status: 403, code: 'forbidden' });
  }
});

test('nobody who is not signed in gets a byte', async () => {
  const response = await instance.app.request(`${address(sent.tip, file().id)}/parts/0`, {
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(await refusal(response)).toMatchObject({ status: 401, code: 'session_required' });
});
