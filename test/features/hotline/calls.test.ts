import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeNotGivenParts } from '../../../src/domain/citizen-parts.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import { parsePart } from '../../../src/protocol/event.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { type CitizenStepChange, citizenStep, openMailbox, STEP_TYPE } from '../../fixtures/conversation.ts';
import { signing, takeCall } from '../../fixtures/hotline.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type EventDraft, type Head, type Staff, signed, signIn } from '../../fixtures/staff.ts';

let instance: Instance;
let operator: Staff;

beforeAll(async () => {
  instance = await openInstance();
  operator = await signIn(instance, 'sonla.trucban');
});
afterAll(() => instance.close());

const markPath = (tip: string): string => `/api/staff/hotline/tips/${tip}/code-not-given`;
const operatorName = () => ({ staff: operator.person.id, unit: operator.person.unit });

interface Place {
  readonly head: Head;
  readonly state: Parameters<typeof codeNotGivenParts>[0];
}

async function mark(staff: Staff, tip: TipId, change: Partial<EventDraft> = {}): Promise<Response> {
  const place = await ok<Place>(await operator.get(markPath(tip)));
  const parts = codeNotGivenParts(place.state, operatorName());
  const draft = { type: 'code_not_given', subject: `tip:${tip}`, head: place.head, ...parts, ...change };
  return staff.post(markPath(tip), { event: signed(staff, draft) });
}

describe('a caller who hung up', () => {
  test('leaves a tip that is marked so, by an event that its taker signed', async () => {
    const { tip } = await takeCall(operator);
    await ok(await mark(operator, tip));
    const events = (await instance.store.triage.tip(tip))?.events ?? [];
    expect(events.map(({ type }) => type)).toEqual(['submitted', 'code_not_given']);
    expect(parsePart(events[1]?.restrictedPart ?? new Uint8Array(0))).toMatchObject({
      actor: operatorName(),
    });
  });

  test('is marked once', async () => {
    const { tip } = await takeCall(operator);
    await ok(await mark(operator, tip));
    expect(await refusal(await mark(operator, tip))).toMatchObject({ code: 'step_not_allowed' });
  });

  test('cannot be invented for a tip that somebody else took or sent', async () => {
    const { tip } = await sendTip(instance);
    for (const id of [tip, 'ab'.repeat(16), 'zz'])
      expect(await refusal(await operator.get(markPath(id)))).toEqual({ status: 404, code: 'tip_unknown' });
  });

  test('is not marked with a wrong state, signer or place', async () => {
    const { tip } = await takeCall(operator);
    const { sign } = instance.person('tohieu.canbo').secrets;
    expect(await refusal(await mark(operator, tip, { signer: sign }))).toMatchObject({
      code: 'event_signature',
    });
    const head = { no: 5, leaf: 'ab'.repeat(32) as Head['leaf'] };
    expect(await refusal(await mark(operator, tip, { head }))).toMatchObject({ status: 409, code: 'stale' });
    expect(await refusal(await mark(operator, tip, { restricted: { v: 1 } }))).toMatchObject({
      code: 'event_invalid',
    });
    expect((await instance.store.triage.tip(tip))?.events).toHaveLength(1);
  });
});

describe('a caller who calls again', () => {
  const answerFor = async (
    sent: SentTip,
    staff: Staff,
    path = '/api/staff/hotline/steps',
    step: CitizenStepChange = { message: { byOperator: true } },
  ): Promise<Response> => {
    const built = await citizenStep(instance, sent, { operator: signing(operator), ...step });
    return instance.app.request(path, {
      method: 'POST',
      headers: { cookie: staff.cookie, 'content-type': STEP_TYPE, 'sec-fetch-site': 'same-origin' },
      body: new Uint8Array(built.frame(new Uint8Array(0))),
    });
  };

  test('answers the unit through the operator, whose signature stands beside the author’s', async () => {
    const sent = await takeCall(operator);
    expect((await answerFor(sent, operator)).status).toBe(201);
    const event = (await instance.store.triage.tip(sent.tip))?.events.at(-1);
    expect(event?.type).toBe('message_received');
    expect(parsePart(event?.restrictedPart ?? new Uint8Array(0))).toMatchObject({ operator: operatorName() });
    expect((await openMailbox(instance, sent.keys)).steps.at(-1)).toMatchObject({ type: 'message_received' });
  });

  test('cannot withdraw the tip through the operator: somebody else may have asked for that', async () => {
    const sent = await takeCall(operator);
    const withdrawal = { act: { step: 'withdrawal_signed' } } as const;
    const response = await answerFor(sent, operator, '/api/staff/hotline/steps', withdrawal);
    expect(await refusal(response)).toMatchObject({ status: 409, code: 'step_not_allowed' });
    expect((await instance.store.triage.tip(sent.tip))?.events).toHaveLength(1);
  });

  test('needs the operator’s session, and their own signature', async () => {
    const sent = await takeCall(operator);
    const officer = await signIn(instance, 'tohieu.canbo');
    expect(await refusal(await answerFor(sent, officer))).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await refusal(await answerFor(sent, operator, '/api/mailbox/steps'))).status).toBeLessThan(500);
    expect((await instance.store.triage.tip(sent.tip))?.events).toHaveLength(1);
  });
});
