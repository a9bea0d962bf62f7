import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import { SEEN_EVENT, seenPartsOf } from '../../../src/domain/reader-parts.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { openMailbox, sendCitizenStep } from '../../fixtures/conversation.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type EventDraft, readerEventOf, type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

let instance: Instance;
let sent: SentTip;
beforeEach(async () => {
  instance = await openInstance();
  sent = await sendTip(instance);
});
afterEach(() => instance.close());

const unread = async (staff: Staff): Promise<readonly TipId[]> =>
  (await ok<{ rows: { tip: TipId }[] }>(await staff.get('/api/staff/unread'))).rows.map(({ tip }) => tip);

async function mark(staff: Staff, no: number, change: Partial<EventDraft> & { tip?: TipId } = {}) {
  const { id, unit } = staff.person;
  const { tip = sent.tip, ...draft } = change;
  const event = await readerEventOf(staff, SEEN_EVENT, seenPartsOf({ staff: id, unit }, tip, no), draft);
  return staff.post(`/api/staff/tips/${tip}/seen`, { event, no });
}

describe('messages that nobody has seen', () => {
  test('are listed to the unit that holds the tip until one of its people has seen them', async () => {
    const canbo = await signIn(instance, 'tohieu.canbo');
    expect(await unread(canbo)).toEqual([]);
    await sendCitizenStep(instance, sent);
    expect(await unread(canbo)).toEqual([sent.tip]);
    await ok(await mark(canbo, 2));
    expect(await unread(canbo)).toEqual([]);
    await sendCitizenStep(instance, sent);
    expect(await unread(canbo)).toEqual([sent.tip]);
  });

  test("are nobody else's: another unit sees nothing and cannot mark them", async () => {
    await sendCitizenStep(instance, sent);
    const other = await signIn(instance, 'mocchau.canbo');
    expect(await unread(other)).toEqual([]);
    expect(await refusal(await mark(other, 2))).toMatchObject({ status: 404, code: 'tip_unknown' });
    expect(eventsOf(instance, `reader:${other.person.id}`).filter(({ type }) => type === SEEN_EVENT)).toEqual(
      [],
    );
  });

  test('go with the tip to the unit that takes it over', async () => {
    await sendCitizenStep(instance, sent);
    const head = await signIn(instance, 'tohieu.truong');
    await takeStep(head, sent.tip, { step: 'registered' });
    await takeStep(head, sent.tip, {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Đúng địa bàn',
      ...FORM_03,
    });
    const receiver = await signIn(instance, 'mocchau.truong');
    await takeStep(receiver, sent.tip, { step: 'transfer_acknowledged' });
    expect([await unread(head), await unread(receiver)]).toEqual([[], [sent.tip]]);
  });

  test('are marked by an event of the reader, and the citizen learns nothing of it', async () => {
    await sendCitizenStep(instance, sent);
    const before = await openMailbox(instance, sent.keys);
    const canbo = await signIn(instance, 'tohieu.canbo');
    await ok(await mark(canbo, 2));
    const [event] = eventsOf(instance, `reader:${canbo.person.id}`).filter(({ type }) => type === SEEN_EVENT);
    expect(JSON.parse(new TextDecoder().decode(event?.restrictedPart))).toEqual({
      v: 1,
      actor: { staff: canbo.person.id, unit: TO_HIEU },
      tip: sent.tip,
      no: 2,
    });
    expect(await openMailbox(instance, sent.keys)).toEqual(before);
  });

  test('cannot be marked where the citizen has written nothing', async () => {
    const canbo = await signIn(instance, 'tohieu.canbo');
    expect(await refusal(await mark(canbo, 1))).toMatchObject({ code: 'tip_unknown' });
    expect(await refusal(await mark(canbo, 1, { tip: 'zz' as TipId }))).toMatchObject({
      code: 'tip_unknown',
    });
  });

  test('are not marked by an event that says something else or that somebody else signed', async () => {
    await sendCitizenStep(instance, sent);
    const canbo = await signIn(instance, 'tohieu.canbo');
    const stranger = instance.person('mocchau.canbo').secrets.sign;
    expect(await refusal(await mark(canbo, 2, { type: 'tip_read' }))).toMatchObject({
      code: 'event_invalid',
    });
    expect(await refusal(await mark(canbo, 2, { restricted: { v: 1 } }))).toMatchObject({
      code: 'event_invalid',
    });
    expect(await refusal(await mark(canbo, 2, { signer: stranger }))).toMatchObject({
      code: 'event_signature',
    });
    expect(await refusal(await mark(canbo, 0))).toMatchObject({ code: 'field_invalid', field: 'no' });
    expect(await unread(canbo)).toEqual([sent.tip]);
  });

  test('are told to nobody without a session, nor to whoever reads no tips', async () => {
    expect(await refusal(await call(instance, 'GET', '/api/staff/unread'))).toMatchObject({ status: 401 });
    for (const account of ['kiemtra', 'quantri', 'sonla.trucban']) {
      const staff = await signIn(instance, account);
      expect(await refusal(await staff.get('/api/staff/unread'))).toMatchObject({ code: 'forbidden' });
      expect(await refusal(await staff.post(`/api/staff/tips/${sent.tip}/seen`, {}))).toMatchObject({
        code: 'forbidden',
      });
    }
  });
});
