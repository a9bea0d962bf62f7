import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TipDetail, WireEnvelope } from '../../../../src/client/console/wire.ts';
import type { StepWish } from '../../../../src/client/console/worker/calls.ts';
import { handlers } from '../../../../src/client/console/worker/handlers.ts';
import { rewrapOpen } from '../../../../src/client/console/worker/rewrap.ts';
import { takeStep, transferTarget } from '../../../../src/client/console/worker/steps.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import { fromBase64Url, toBase64Url } from '../../../../src/protocol/base64.ts';
import { parseWraps } from '../../../../src/protocol/wraps.ts';
import { FORM_03 } from '../../../fixtures/acts.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { freshKeys, openMailbox, sendCitizenStep } from '../../../fixtures/conversation.ts';
import { type Instance, MOC_CHAU, openInstance, SUPPORT, TO_HIEU } from '../../../fixtures/instance.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const QUESTION = 'Bạn còn nhớ biển số xe không?';
const ANSWER = 'Xe màu trắng, biển 26A.';

let instance: Instance;
let officer: TestConsole;
let head: TestConsole;
let sent: SentTip;

beforeEach(async () => {
  instance = await openInstance();
  sent = await send(instance, contentOf('Có người dắt mối ở bến xe'));
  head = await openConsole(instance, 'tohieu.truong');
  officer = await openConsole(instance, 'tohieu.canbo');
  await take(officer, { act: { step: 'registered' } });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const take = (at: TestConsole, wish: Omit<StepWish, 'tip'>, tip = sent.tip) => {
  sitAt(at);
  return takeStep(at.state, { tip, ...wish });
};
const ask = (): Promise<unknown> =>
  take(officer, { act: { step: 'question_posted' }, text: QUESTION, by: '2026-12-24' as never });
const look = (at = officer) => {
  sitAt(at);
  return openWhole(at.state, sent.tip);
};
const report = () => undefined;
/** Whom each envelope of the tip is wrapped for, numbers of epochs left out. */
const recipients = async (at = officer): Promise<readonly (readonly string[])[]> => {
  at.state.reads.drop(sent.tip);
  sitAt(at);
  const { envelopes } = await at.state.reads.one(sent.tip);
  return envelopes.map(({ wraps }) =>
    parseWraps(fromBase64Url(wraps)).map(({ id }) =>
      id.startsWith('mailbox') ? 'mailbox' : id.split(':')[1],
    ),
  ) as string[][];
};

describe('a conversation in the console', () => {
  test('a question goes out with the day by which an answer is hoped for, and the answer is read beside it', async () => {
    await ask();
    expect((await look()).thread).toMatchObject({ asked: true, missing: [] });
    await sendCitizenStep(instance, sent, { text: ANSWER });
    const { messages, thread, history } = await look();
    expect(messages.map(({ from, text, unseen }) => [from, text, unseen])).toEqual([
      ['unit', QUESTION, false],
      ['citizen', ANSWER, true],
    ]);
    expect(messages[0]?.ask).toEqual({ kind: 'answer', by: '2026-12-24' });
    expect(thread).toMatchObject({ asked: false, arrived: 3 });
    expect(history.every(({ proven }) => proven)).toBe(true);
  });

  test('what was on the screen is marked as read for the whole unit', async () => {
    await sendCitizenStep(instance, sent, { text: ANSWER });
    sitAt(officer);
    await handlers.seen(officer.state, { tip: sent.tip, no: 2 }, report);
    expect((await look(head)).messages.map(({ unseen }) => unseen)).toEqual([false]);
  });

  test('a reward is told inside the envelope and nowhere else', async () => {
    await take(officer, { act: { step: 'message_posted' }, text: 'Đến quầy số 2', about: 'reward' });
    const { messages, detail } = await look();
    expect(messages[0]?.about).toBe('reward');
    expect(JSON.stringify(detail)).not.toContain('reward');
    const parts = detail.events.map(({ restrictedPart }) =>
      new TextDecoder().decode(fromBase64Url(restrictedPart)),
    );
    expect(parts.join()).not.toContain('reward');
  });

  test('a leader closes a thread with a reason and opens it again', async () => {
    await take(head, { act: { step: 'thread_muted', reason: 'Lời lẽ xúc phạm' } });
    expect((await look()).thread.muted).toBe(true);
    await expect(take(head, { act: { step: 'thread_muted', reason: 'Lần nữa' } })).rejects.toMatchObject({
      code: 'step_not_allowed',
    });
    await take(head, { act: { step: 'thread_unmuted', reason: 'Đã xin lỗi' } });
    expect((await look()).thread.muted).toBe(false);
  });

  test('a hand-over wraps the unit’s words to the mailbox, and the citizen’s to units alone', async () => {
    await ask();
    await sendCitizenStep(instance, sent, { text: ANSWER });
    await take(head, {
      act: {
        step: 'transfer_sent',
        toUnit: MOC_CHAU,
        ground: 'Thuộc địa bàn bên đó',
        ...FORM_03,
      },
    });
    expect(await recipients()).toEqual([
      [TO_HIEU, MOC_CHAU],
      [TO_HIEU, MOC_CHAU, 'mailbox'],
      [TO_HIEU, MOC_CHAU],
    ]);
    const receiver = await openConsole(instance, 'mocchau.canbo');
    await take(receiver, { act: { step: 'transfer_acknowledged' } });
    expect((await look(receiver)).messages.map(({ text }) => text)).toEqual([QUESTION, ANSWER]);
  });

  test('a question asked while a transfer is on its way can be read by the unit that takes it', async () => {
    await take(head, {
      act: {
        step: 'transfer_sent',
        toUnit: MOC_CHAU,
        ground: 'Thuộc địa bàn bên đó',
        ...FORM_03,
      },
    });
    await ask();
    await sendCitizenStep(instance, sent, { text: ANSWER });
    const receiver = await openConsole(instance, 'mocchau.canbo');
    await take(receiver, { act: { step: 'transfer_acknowledged' } });
    expect((await look(receiver)).messages.map(({ text }) => text)).toEqual([QUESTION, ANSWER]);
  });

  test('a server that calls the citizen’s words a unit’s gets no wrap of them for the mailbox', async () => {
    await sendCitizenStep(instance, sent, { text: ANSWER });
    head.tamper((path, answer) => {
      if (path !== `/api/staff/tips/${sent.tip}`) return answer;
      const detail = answer as TipDetail;
      const events = detail.events.map((event) =>
        event.type === 'message_received' ? { ...event, type: 'message_posted' } : event,
      );
      return { ...detail, events };
    });
    await expect(
      take(head, {
        act: {
          step: 'transfer_sent',
          toUnit: MOC_CHAU,
          ground: 'Thử',
          ...FORM_03,
        },
      }),
    ).rejects.toMatchObject({ code: 'author_mismatch' });
    expect(head.calls.filter((call) => call.endsWith('/steps'))).toEqual([]);
  });
});

describe('a changed code', () => {
  test('answers go to the new mailbox, and what the new key signs is proven', async () => {
    await ask();
    const newKeys = freshKeys(instance);
    await sendCitizenStep(instance, sent, { newKeys });
    const renewed = { ...sent, keys: newKeys };
    await sendCitizenStep(instance, renewed, { text: ANSWER });
    await take(officer, { act: { step: 'message_posted' }, text: 'Cảm ơn bạn' });
    expect((await openMailbox(instance, newKeys)).messages).toHaveLength(2);
    const { history, messages } = await look();
    expect(history.map(({ proven }) => proven)).not.toContain(false);
    expect(messages.map(({ code }) => code)).toEqual([null, null, null]);
  });

  test('a server that tells another code’s keys gets no answer sealed to them', async () => {
    const newKeys = freshKeys(instance);
    await sendCitizenStep(instance, sent, { newKeys });
    const thief = freshKeys(instance);
    officer.tamper((path, answer) => {
      if (path !== `/api/staff/tips/${sent.tip}`) return answer;
      const detail = answer as TipDetail;
      return { ...detail, mailboxKey: toBase64Url(thief.mailbox.publicKey), mailboxLocator: thief.locator };
    });
    await expect(take(officer, { act: { step: 'message_posted' }, text: 'Bí mật' })).rejects.toMatchObject({
      code: 'facts_mismatch',
    });
  });
});

describe('somebody with the database', () => {
  const tamper = (change: (envelopes: readonly WireEnvelope[]) => readonly WireEnvelope[]) =>
    officer.tamper((path, answer) => {
      if (path !== '/api/staff/read') return answer;
      const read = answer as { readonly envelopes: readonly WireEnvelope[] };
      return { ...read, envelopes: change(read.envelopes) };
    });

  beforeEach(async () => {
    await ask();
    await sendCitizenStep(instance, sent, { text: ANSWER });
    await sendCitizenStep(instance, sent, { text: 'Còn nữa.' });
    officer.state.reads.drop(sent.tip);
  });

  test('takes a message away: its number stands there, missing', async () => {
    tamper((envelopes) => envelopes.filter(({ no }) => no !== 3));
    const { messages, thread } = await look();
    expect(thread.missing).toEqual([3]);
    expect(messages.map(({ code }) => code)).toEqual([null, 'message_missing', null]);
  });

  test('replays a message under another number: it does not open there', async () => {
    tamper((envelopes) => {
      const third = envelopes.find(({ no }) => no === 3);
      return envelopes.map((envelope) => (envelope.no === 4 && third ? { ...third, no: 4 } : envelope));
    });
    expect((await look()).messages.map(({ code }) => code)).toEqual([null, null, 'seal_mismatch']);
  });

  test('puts in a message that no step names: it shows with its code', async () => {
    tamper((envelopes) => {
      const third = envelopes.find(({ no }) => no === 3);
      return third === undefined ? envelopes : [...envelopes, { ...third, no: 5 }];
    });
    expect((await look()).messages.map(({ code }) => code)).toEqual([null, null, null, 'seal_mismatch']);
  });

  test('quiet when nothing was touched', async () => {
    expect((await look()).messages.map(({ code }) => code)).toEqual([null, null, null]);
  });
});

describe('what was told to a support unit', () => {
  test('goes to the police only with the sender’s signed yes, which can be asked for', async () => {
    sent = await send(instance, contentOf('Tôi cần giúp đỡ'), SUPPORT);
    const support = await openConsole(instance, 'hotro.vien');
    await take(support, { act: { step: 'registered' } });
    const target = async () =>
      transferTarget(support.state, (await look(support)).detail, TO_HIEU).then(({ code }) => code);
    expect(await target()).toBe('consent_missing');
    await take(support, { act: { step: 'consent_asked', toUnit: TO_HIEU }, text: 'Bạn có đồng ý không?' });
    await sendCitizenStep(instance, sent, { act: { step: 'consent_answered', unit: TO_HIEU, yes: true } });
    expect((await look(support)).thread.consents).toEqual([TO_HIEU]);
    expect(await target()).toBeNull();
  });
});

test('a re-wrap of open tips leaves the citizen’s words without a mailbox', async () => {
  await ask();
  await sendCitizenStep(instance, sent, { text: ANSWER });
  sitAt(officer);
  await rewrapOpen(officer.state, {}, report);
  expect(await recipients()).toEqual([[TO_HIEU], ['mailbox', TO_HIEU], [TO_HIEU]]);
});
