import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { rewrapDataKey } from '../../../src/protocol/envelope.ts';
import { epochRecipient, parseWraps } from '../../../src/protocol/wraps.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { liveEpochOf, sendTip } from '../../fixtures/citizen.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, SUPPORT, TO_HIEU, unit } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import {
  epochKeysOf,
  letterFor,
  readTips,
  stepBody,
  takeStep,
  tipOf,
  tryStep,
  wrapsFor,
} from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let receiver: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  receiver = await signIn(instance, 'mocchau.canbo');
});
afterAll(() => instance.close());

const SENT: Act = {
  step: 'transfer_sent',
  toUnit: MOC_CHAU,
  ground: 'Nơi xảy ra thuộc phường Mộc Châu',
  ...FORM_03,
};

async function registered(): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await takeStep(officer, tip, { step: 'registered' });
  return tip;
}

const recipients = async (staff: Staff, tip: TipId): Promise<readonly string[]> =>
  (await readTips(staff, [tip])).flatMap(({ wraps }) =>
    parseWraps(fromBase64Url(wraps)).map(({ id }) => id.replace(/:\d+$/, '')),
  );

test('an offered tip can be read by both units until it is acknowledged', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  expect(await recipients(receiver, tip)).toEqual([`epoch:${TO_HIEU}`, `epoch:${MOC_CHAU}`]);
  expect((await tipOf(receiver, tip)).access).toBe('offered');
  expect((await tipOf(officer, tip)).access).toBe('holder');
});

test('the receiving unit acknowledges: it holds the tip, and the first unit sees it no more', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  const { registerNumber } = await takeStep(receiver, tip, { step: 'transfer_acknowledged' });
  expect(registerNumber).toMatch(/\/2026$/);
  expect(await recipients(receiver, tip)).toEqual([`epoch:${MOC_CHAU}`]);
  expect((await tipOf(receiver, tip)).state).toMatchObject({
    unit: MOC_CHAU,
    stage: 'received',
    overlay: 'none',
  });
  expect((await officer.get(`/api/staff/tips/${tip}`)).status).toBe(404);
  expect(await readTips(officer, [tip])).toEqual([]);
});

test('the receiving unit returns it: only the first unit can read', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  await takeStep(receiver, tip, {
    step: 'transfer_returned',
    why: 'not_competent',
    ground: 'Không thuộc địa bàn',
  });
  expect(await recipients(officer, tip)).toEqual([`epoch:${TO_HIEU}`]);
  expect((await receiver.get(`/api/staff/tips/${tip}`)).status).toBe(404);
});

test('the whole thread goes along, and its letters stay open to the citizen', async () => {
  const tip = await registered();
  await takeStep(officer, tip, { step: 'message_posted' });
  await takeStep(head, tip, SENT);
  const { mailboxLocator } = await tipOf(officer, tip);
  await takeStep(receiver, tip, { step: 'transfer_acknowledged' });
  expect(await recipients(receiver, tip)).toEqual([
    `epoch:${MOC_CHAU}`,
    `epoch:${MOC_CHAU}`,
    `mailbox:${mailboxLocator}`,
  ]);
});

test('a letter that is posted while a transfer is on its way goes along too', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  await takeStep(officer, tip, { step: 'message_posted' });
  await takeStep(receiver, tip, { step: 'transfer_acknowledged' });
  expect((await readTips(receiver, [tip])).map(({ no }) => no)).toEqual([1, 2]);
});

test('a letter that the receiving unit could not read is refused while a transfer is on its way', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  const seen = await tipOf(officer, tip);
  const alone = { ...seen, state: { ...seen.state, transferTo: null } };
  const message = await letterFor(officer, alone, { step: 'message_posted' });
  const answer = await tryStep(officer, tip, { step: 'message_posted' }, { message: message ?? {} });
  expect(await refusal(answer)).toMatchObject({ status: 409, code: 'wrap_missing' });
});

test('sending without new wraps is refused', async () => {
  const tip = await registered();
  expect(await refusal(await tryStep(head, tip, SENT, { wraps: [] }))).toMatchObject({
    status: 409,
    code: 'wrap_missing',
  });
});

test('acknowledging while the first unit could still read is refused', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  const wraps = (await readTips(receiver, [tip])).map(({ no, wraps: block }) => ({ no, wraps: block }));
  expect(
    await refusal(await tryStep(receiver, tip, { step: 'transfer_acknowledged' }, { wraps })),
  ).toMatchObject({
    code: 'wrap_missing',
  });
});

test('wraps for an epoch that the receiving unit does not have are refused', async () => {
  const tip = await registered();
  const [envelope] = await readTips(head, [tip]);
  const own = await liveEpochOf(instance, TO_HIEU);
  const { kem } = await epochKeysOf(head, own.n);
  const block = rewrapDataKey(
    instance.suite,
    { core: fromBase64Url(envelope?.core ?? ''), wraps: fromBase64Url(envelope?.wraps ?? '') },
    { id: epochRecipient(TO_HIEU, own.n), secretKey: kem.secretKey },
    [
      { id: epochRecipient(TO_HIEU, own.n), publicKey: own.publicKey },
      { id: epochRecipient(MOC_CHAU, 99), publicKey: own.publicKey },
    ],
  );
  const wraps = [{ no: 1, wraps: toBase64Url(block) }];
  expect(await refusal(await tryStep(head, tip, SENT, { wraps }))).toMatchObject({
    code: 'wrap_missing',
    field: 'epoch',
  });
});

test('wraps for another unit than the one that is asked are refused', async () => {
  const tip = await registered();
  const wraps = await wrapsFor(head, await tipOf(head, tip), { ...SENT, toUnit: SUPPORT });
  expect(await refusal(await tryStep(head, tip, SENT, { wraps: wraps ?? [] }))).toMatchObject({
    status: 409,
    code: 'wrap_missing',
  });
});

test('sending to a unit that does not exist is refused', async () => {
  const tip = await registered();
  const wraps = await wrapsFor(head, await tipOf(head, tip), SENT);
  const answer = await tryStep(head, tip, { ...SENT, toUnit: unit('14-99999-ca') }, { wraps: wraps ?? [] });
  expect(await refusal(answer)).toMatchObject({ status: 400, code: 'unit_unknown', field: 'act.toUnit' });
});

test('an officer cannot send a tip on', async () => {
  const tip = await registered();
  const body = await stepBody(head, tip, SENT);
  expect(await refusal(await officer.post(`/api/staff/tips/${tip}/steps`, body))).toMatchObject({
    code: 'step_forbidden',
  });
});

test('a unit that was not asked cannot acknowledge', async () => {
  const tip = await registered();
  await takeStep(head, tip, SENT);
  const stranger = await signIn(instance, 'hotro.vien');
  expect(stranger.person.unit).toBe(SUPPORT);
  expect((await stranger.get(`/api/staff/tips/${tip}`)).status).toBe(404);
});

test('several tips are re-wrapped in one call, each with its own event', async () => {
  const tips = [await registered(), await registered()];
  const steps = [];
  for (const tip of tips) {
    const { event, wraps } = await stepBody(officer, tip, { step: 'rewrapped' });
    steps.push({ tip, event, wraps });
  }
  const answer = await officer.post('/api/staff/rewrap', { steps });
  expect(answer.status).toBe(200);
  for (const tip of tips) expect((await tipOf(officer, tip)).events.at(-1)?.type).toBe('rewrapped');
});

test('the open tips of a unit are listed with their wraps, page by page', async () => {
  await registered();
  const first = (await (await officer.get('/api/staff/open-wraps?limit=1')).json()) as {
    rows: { tip: string; wraps: string }[];
    next: number;
  };
  const second = (await (await officer.get(`/api/staff/open-wraps?limit=1&after=${first.next}`)).json()) as {
    rows: { tip: string }[];
  };
  expect(first.rows).toHaveLength(1);
  expect(second.rows[0]?.tip).not.toBe(first.rows[0]?.tip);
});
