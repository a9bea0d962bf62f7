import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import { THREAD_LIMITS } from '../../../src/domain/conversation.ts';
import type { Hash, UnitId } from '../../../src/domain/ids.ts';
import { toHex } from '../../../src/protocol/bytes.ts';
import { encodeCitizenStep, splitCitizenStep } from '../../../src/protocol/citizen-frame.ts';
import { checkCitizenAnswer } from '../../../src/protocol/citizen-step-build.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { liveEpochOf, type SentTip, sendTip } from '../../fixtures/citizen.ts';
import {
  type CitizenStepChange,
  citizenStep,
  freshKeys,
  openMailbox,
  postStep,
  proofOf,
  sendCitizenStep,
  tryCitizenStep,
  visitMailbox,
} from '../../fixtures/conversation.ts';
import { refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

const DAY = 86_400;
const REFUSED = { status: 403, code: 'mailbox_refused' };

let instance: Instance;
let sent: SentTip;
beforeEach(async () => {
  instance = await openInstance();
  sent = await sendTip(instance);
});
afterEach(() => instance.close());

const refused = async (change: CitizenStepChange, from: SentTip = sent) =>
  refusal(await tryCitizenStep(instance, from, change));
const head = () => instance.store.triage.head(`tip:${sent.tip}`);

async function officer(account = 'tohieu.canbo'): Promise<Staff> {
  instance.clock.pass(31);
  return signIn(instance, account);
}

describe('a message of the citizen', () => {
  test('is taken, becomes the next step of the tip, and waits unseen for its unit', async () => {
    const response = await tryCitizenStep(instance, sent);
    expect(response.status).toBe(201);
    expect((await head()).no).toBe(2);
    expect(await instance.store.thread.marks(sent.tip)).toEqual({ arrived: 2, seen: 0 });
    expect((await instance.store.thread.unread(TO_HIEU)).map(({ tip }) => tip)).toEqual([sent.tip]);
  });

  test('gets a promise that its browser can check to the last byte', async () => {
    const built = await citizenStep(instance, sent);
    const response = await postStep(instance, built.frame(await proofOf(instance, built.key)));
    const answer = new Uint8Array(await response.arrayBuffer());
    const { deps, suite } = instance;
    const ledger = { origin: deps.instance.logOrigin, publicKey: deps.ledger.publicKey };
    const checked = checkCitizenAnswer(suite, built, answer, ledger, instance.clock.now());
    expect(checked.promise.terms).toMatchObject({
      seal: built.key,
      unit: TO_HIEU,
      leaf: (await head()).leaf,
    });
  });

  test('shows in the mailbox as a step with its day, and never with its words', async () => {
    await sendCitizenStep(instance, sent, { text: 'biển số 26A' });
    const visit = await openMailbox(instance, sent.keys);
    expect(visit.messages).toEqual([]);
    expect(visit.steps.at(-1)).toMatchObject({ type: 'message_received', day: dayOf(instance.clock.now()) });
    expect(visit.room).toEqual({ today: THREAD_LIMITS.citizenPerDay - 1, total: THREAD_LIMITS.citizen - 1 });
  });

  test('sent again gets the same answer and is stored once', async () => {
    const built = await citizenStep(instance, sent);
    const frame = built.frame(await proofOf(instance, built.key));
    const [first, again] = [await postStep(instance, frame), await postStep(instance, frame)];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await again.text()).toBe(await first.text());
    expect((await head()).no).toBe(2);
  });

  test('gets its answer again even when its proof has long expired', async () => {
    const built = await citizenStep(instance, sent);
    const frame = built.frame(await proofOf(instance, built.key));
    await postStep(instance, frame);
    instance.clock.pass(3 * DAY);
    expect((await postStep(instance, frame)).status).toBe(200);
  });

  test('follows messages of the unit in one numbering', async () => {
    const canbo = await officer();
    await takeStep(canbo, sent.tip, { step: 'registered' });
    await takeStep(canbo, sent.tip, { step: 'message_posted' });
    await sendCitizenStep(instance, sent);
    await sendCitizenStep(instance, sent);
    const events = (await tipOf(canbo, sent.tip)).events.map(({ type }) => type);
    expect(events.slice(-3)).toEqual(['message_posted', 'message_received', 'message_received']);
    expect(await instance.store.thread.marks(sent.tip)).toEqual({ arrived: 4, seen: 0 });
  });

  test('may carry the day before or after, because midnight passes while it is sent', async () => {
    const today = dayOf(instance.clock.now());
    await sendCitizenStep(instance, sent, { day: addDays(today, -1) });
    await sendCitizenStep(instance, sent, { day: addDays(today, 1) });
    expect(await refused({ day: addDays(today, 2) })).toMatchObject({ code: 'event_invalid', field: 'day' });
  });
});

describe('who may write', () => {
  test('nobody but the holder of the code: another key gets what an unknown tip gets', async () => {
    const stranger = freshKeys(instance);
    const visit = await openMailbox(instance, sent.keys);
    expect(await refused({ keys: stranger, visit })).toEqual(REFUSED);
    const nowhere = { ...sent, tip: 'ee'.repeat(16) as SentTip['tip'] };
    expect(await refused({ visit }, nowhere)).toEqual(REFUSED);
  });

  test('not by a signature that is not over this very event', async () => {
    const [one, other] = [await citizenStep(instance, sent), await citizenStep(instance, sent)];
    const [a, b] = [splitCitizenStep(one.frame(new Uint8Array(0))), other.record];
    const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
    const mixed = { ...parse(a.record), signatures: parse(b).signatures };
    const record = new TextEncoder().encode(JSON.stringify(mixed));
    const frame = encodeCitizenStep({ ...a, record, solution: await proofOf(instance, one.key) });
    expect(await refusal(await postStep(instance, frame))).toEqual(REFUSED);
  });

  test('is not told whether a tip moved on before the signature was found right', async () => {
    const visit = await openMailbox(instance, sent.keys);
    await sendCitizenStep(instance, sent);
    expect(await refused({ keys: freshKeys(instance), visit })).toEqual(REFUSED);
    expect(await refused({ visit })).toMatchObject({ code: 'stale' });
  });

  test('not without a proof of work, with one of another step, or with one twice', async () => {
    const built = await citizenStep(instance, sent);
    const other = await citizenStep(instance, sent);
    const post = async (solution: Uint8Array) => refusal(await postStep(instance, built.frame(solution)));
    expect(await post(new Uint8Array(0))).toMatchObject({ code: 'challenge_missing' });
    expect(await post(await proofOf(instance, other.key))).toMatchObject({ code: 'challenge_invalid' });
    expect((await head()).no).toBe(1);
  });
});

describe('a step that does not fit its tip', () => {
  test('is stale when the tip moved on, and nothing of it is stored', async () => {
    const visit = await openMailbox(instance, sent.keys);
    await takeStep(await officer(), sent.tip, { step: 'registered' });
    expect(await refused({ visit })).toMatchObject({ status: 409, code: 'stale' });
    expect(await instance.store.thread.marks(sent.tip)).toEqual({ arrived: 0, seen: 0 });
  });

  test('is stale when it skips a number of the thread or follows another envelope', async () => {
    const seal = 'aa'.repeat(32) as Hash;
    expect(await refused({ thread: { no: 2, seal } })).toMatchObject({ code: 'stale', field: 'message' });
    expect(await refused({ thread: { no: 1, seal } })).toMatchObject({
      code: 'stale',
      field: 'message',
    });
  });

  test('is refused when it is sealed to a unit that does not hold the tip', async () => {
    expect(await refused({ readers: [TO_HIEU, MOC_CHAU] })).toMatchObject({ code: 'seal_mismatch' });
    expect(await refused({ readers: [MOC_CHAU] })).toMatchObject({ code: 'seal_mismatch' });
  });

  test('is refused when one byte of its parts is another', async () => {
    const built = await citizenStep(instance, sent);
    const parts = splitCitizenStep(built.frame(await proofOf(instance, built.key)));
    for (const name of ['core', 'wraps', 'body', 'citizenPart', 'restrictedPart'] as const) {
      const bytes = new Uint8Array(parts[name]);
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
      const response = await postStep(instance, encodeCitizenStep({ ...parts, [name]: bytes }));
      expect(response.status, name).toBe(400);
    }
    expect((await head()).no).toBe(1);
  });

  test('is refused when it is sealed to an epoch that is not there or over', async () => {
    expect(await refused({ epoch: 99 })).toMatchObject({ code: 'epoch_unknown' });
    const { n } = await liveEpochOf(instance, TO_HIEU);
    instance.clock.pass(45 * DAY);
    expect(await refused({ epoch: n })).toMatchObject({ code: 'epoch_expired' });
  });

  test('is refused when it claims a file that nobody uploaded', async () => {
    const id = toHex(instance.suite.randomBytes(16));
    const entry = { id, parts: 1, bytes: 65_577, root: 'ab'.repeat(32) as Hash };
    const change = {
      manifest: [entry],
      message: {
        attachments: [
          { id, key: 'A'.repeat(43), name: 'a.jpg', type: 'image/jpeg', size: 10, form: 'redrawn' as const },
        ],
      },
    };
    expect(await refused(change)).toMatchObject({ status: 409, code: 'attachment_missing' });
    expect((await head()).no).toBe(1);
  });
});

describe('a bounded thread', () => {
  test('takes so many messages a day and more the next day', async () => {
    for (let i = 0; i < THREAD_LIMITS.citizenPerDay; i++) await sendCitizenStep(instance, sent);
    const response = await tryCitizenStep(instance, sent);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusal(response)).toMatchObject({ status: 429, code: 'too_many' });
    instance.clock.pass(DAY);
    await sendCitizenStep(instance, sent);
  });

  test('is full at its limit and says so in the mailbox before', async () => {
    for (let i = 0; i < THREAD_LIMITS.citizen; i++) {
      await sendCitizenStep(instance, sent);
      if (i % THREAD_LIMITS.citizenPerDay === 0) instance.clock.pass(DAY / 2);
      if (i % 10 === 9) instance.clock.pass(DAY / 2);
    }
    instance.clock.pass(DAY);
    expect((await openMailbox(instance, sent.keys)).room).toEqual({ today: 0, total: 0 });
    expect(await refused({})).toMatchObject({ status: 409, code: 'thread_full' });
  });
});

describe('a change of code', () => {
  test('closes the old mailbox, opens the new one, and the new code alone writes from then on', async () => {
    const canbo = await officer();
    await takeStep(canbo, sent.tip, { step: 'registered' });
    await takeStep(canbo, sent.tip, { step: 'message_posted' });
    const keys = freshKeys(instance);
    await sendCitizenStep(instance, sent, { newKeys: keys });
    expect(await refusal(await visitMailbox(instance, sent.keys))).toEqual(REFUSED);
    const visit = await openMailbox(instance, keys);
    expect(visit.messages.map(({ no }) => no)).toEqual([2]);
    expect(await refused({ visit })).toEqual(REFUSED);
    await sendCitizenStep(instance, { ...sent, keys });
  });

  test('is refused when a message of the unit is left out of it', async () => {
    const canbo = await officer();
    await takeStep(canbo, sent.tip, { step: 'registered' });
    await takeStep(canbo, sent.tip, { step: 'message_posted' });
    const visit = await openMailbox(instance, sent.keys);
    const without = { ...visit, messages: [] };
    expect(await refused({ newKeys: freshKeys(instance), visit: without })).toMatchObject({
      code: 'wrap_missing',
      field: 'rewraps',
    });
    expect((await openMailbox(instance, sent.keys)).messages.length).toBe(1);
  });

  test('is refused when the code is the old one or that of another tip', async () => {
    const other = await sendTip(instance);
    expect(await refused({ newKeys: sent.keys })).toMatchObject({ code: 'mailbox_taken' });
    expect(await refused({ newKeys: other.keys })).toMatchObject({ code: 'mailbox_taken' });
  });
});

describe('an answer about consent', () => {
  test('is refused while nobody asked for this unit', async () => {
    const act = { step: 'consent_answered', unit: MOC_CHAU as UnitId, yes: true } as const;
    expect(await refused({ act })).toMatchObject({ code: 'step_not_allowed', field: 'unit' });
  });
});

describe('a withdrawal', () => {
  const act = { step: 'withdrawal_signed' } as const;
  const withdrawn = (tip: SentTip['tip'], staff: Staff) =>
    tryStep(staff, tip, {
      ...{
        step: 'resolution_proposed',
        outcome: 'withdrawn',
        documentNumber: '1/BB',
        ground: 'Người gửi rút tin',
      },
    });

  test('lets a unit end the tip as withdrawn, which nobody can before', async () => {
    const staff = await officer();
    await takeStep(staff, sent.tip, { step: 'registered' });
    await takeStep(staff, sent.tip, {
      ...{ step: 'classified', legalKind: 'feedback', conduct: 'other', priority: 'P3', competent: true },
      ...ORDINARY,
    });
    await expect(withdrawn(sent.tip, staff)).rejects.toMatchObject({ code: 'withdrawal_missing' });
    await sendCitizenStep(instance, sent, { act });
    expect((await withdrawn(sent.tip, staff)).status).toBe(200);
  });

  test('changes nothing else of the tip: no stage, no clock', async () => {
    const staff = await officer();
    const before = await tipOf(staff, sent.tip);
    await sendCitizenStep(instance, sent, { act });
    expect((await tipOf(staff, sent.tip)).state).toEqual(before.state);
  });

  test('is signed once', async () => {
    await sendCitizenStep(instance, sent, { act });
    expect(await refused({ act })).toMatchObject({ status: 409, code: 'step_not_allowed' });
    expect((await head()).no).toBe(2);
  });
});

describe('a malformed frame', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['another magic', new TextEncoder().encode('TK1Sxxxxxxxxxxxxxxxxxxxxxxx')],
    ['noise', new Uint8Array(5000).fill(7)],
  ])('is refused: %s', async (_, frame) => {
    expect(await refusal(await postStep(instance, frame))).toMatchObject({
      status: 400,
      code: 'frame_malformed',
    });
  });

  test('is refused beyond a mebibyte, of another type, and from another site', async () => {
    const large = new Uint8Array(1024 * 1024 + 1);
    expect(await refusal(await postStep(instance, large))).toMatchObject({ code: 'body_too_large' });
    const post = (headers: Record<string, string>) =>
      instance.app.request('/api/mailbox/steps', { method: 'POST', headers, body: 'x' });
    expect(await refusal(await post({ 'content-type': 'text/plain' }))).toMatchObject({
      code: 'content_type',
    });
    const elsewhere = {
      'content-type': 'application/vnd.tinkin.citizen-step',
      'sec-fetch-site': 'cross-site',
    };
    expect((await post(elsewhere)).status).toBe(403);
  });
});
