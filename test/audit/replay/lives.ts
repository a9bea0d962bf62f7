import { codeNotGivenParts } from '../../../src/domain/citizen-parts.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { FORM_03, ORDINARY } from '../../fixtures/acts.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { freshKeys, sendCitizenStep } from '../../fixtures/conversation.ts';
import { takeCall } from '../../fixtures/hotline.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, SUPPORT, TO_HIEU } from '../../fixtures/instance.ts';
import { type Head, type Staff, signed, signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep, tipOf } from '../../fixtures/steps.ts';
import { checkedAgain, lawfulLife } from './law-lives.ts';

const CLASSIFIED = {
  step: 'classified',
  legalKind: 'crime_report',
  conduct: 'harbouring',
  priority: 'P2',
  competent: true,
  ...ORDINARY,
} as const satisfies Act;
const PROPOSED = {
  step: 'resolution_proposed',
  outcome: 'sanctioned',
  documentNumber: '12/QĐ-XPHC',
  ground: 'Có vi phạm hành chính',
} as const satisfies Act;

/** Tips led through real lives on a real server: every step that staff and citizens can take, each at least once. */
export interface Lives {
  /** Messages, questions, a new code, two proposals, an outcome, the archive. */
  readonly long: SentTip;
  /** Sent on, sent back, sent on again and taken. */
  readonly handed: TipId;
  /** Asked for a consent by a support unit, passed on to police. */
  readonly consented: SentTip;
  /** Found to be a duplicate of `long`. */
  readonly merged: TipId;
  /** Confirmed as spam by somebody from above. */
  readonly spam: TipId;
  /** Taken down by an operator; its caller left without the code. */
  readonly called: TipId;
  /** Extended, suspended, not prosecuted, reopened; a sanction that is looked at again. */
  readonly lawful: TipId;
  readonly checked: TipId;
  /** Nobody has touched it. */
  readonly waiting: TipId;
}

/** A step that closes the open decision, but for its number. */
type Closing = Act extends infer A
  ? A extends { readonly decision: number }
    ? Omit<A, 'decision'>
    : never
  : never;

/** Signs people in when they act, and anew once the clock has moved on: sessions end. */
export interface Desk {
  readonly instance: Instance;
  as(account: string): Promise<Staff>;
  step(account: string, tip: TipId, act: Act): Promise<void>;
  /** Closes the open decision of a tip. */
  decide(account: string, tip: TipId, act: Closing): Promise<void>;
  pass(hours: number): void;
}

function openDesk(instance: Instance): Desk {
  const sessions = new Map<string, Promise<Staff>>();
  const as = (account: string): Promise<Staff> => {
    const session = sessions.get(account) ?? signIn(instance, account);
    sessions.set(account, session);
    return session;
  };
  const step = async (account: string, tip: TipId, act: Act) => {
    await takeStep(await as(account), tip, act);
  };
  return {
    ...{ instance, as, step },
    async decide(account, tip, act) {
      const { state } = await tipOf(await as(account), tip);
      await step(account, tip, { ...act, decision: state.pending?.id ?? 0 } as Act);
    },
    pass(hours) {
      sessions.clear();
      instance.clock.pass(hours * 3600);
    },
  };
}

const OFFICER = 'tohieu.canbo';
const HEAD = 'tohieu.truong';
const RECEIVER = 'mocchau.canbo';

/** Lets them all happen; the clock of the instance runs on by more than a day. */
export async function liveThrough(instance: Instance): Promise<Lives> {
  const desk = openDesk(instance);
  const long = await longLife(desk);
  const handed = await handedOver(desk);
  const consented = await passedOn(desk);
  const merged = await mergedInto(desk, long.tip);
  const spam = await foundSpam(desk);
  const called = await calledIn(desk);
  const lawful = await lawfulLife(desk);
  const checked = await checkedAgain(desk);
  const waiting = (await sendTip(instance)).tip;
  return { lawful, checked, long, handed, consented, merged, spam, called, waiting };
}

async function longLife({ instance, as, step, decide, pass }: Desk): Promise<SentTip> {
  const sent = await sendTip(instance);
  const { tip } = sent;
  await readTips(await as(OFFICER), [tip]);
  await step(OFFICER, tip, { step: 'prioritised', priority: 'P1', reason: 'Đang xảy ra' });
  pass(2);
  const assigned: Act = { step: 'assigned', assignee: instance.person(OFFICER).id };
  await step(OFFICER, tip, { step: 'registered' });
  await step(OFFICER, tip, { ...CLASSIFIED, competent: false });
  await step(HEAD, tip, CLASSIFIED);
  await step(HEAD, tip, assigned);
  await step(OFFICER, tip, { step: 'verification_started', plan: 'Xác minh tại cơ sở' });
  await step(HEAD, tip, assigned);
  await step(OFFICER, tip, { step: 'question_posted' });
  await sendCitizenStep(instance, sent);
  await step(OFFICER, tip, { step: 'message_posted' });
  await step(HEAD, tip, { step: 'thread_muted', reason: 'Tin nhắn quấy rối' });
  await step(HEAD, tip, { step: 'thread_unmuted', reason: 'Đã trao đổi lại' });
  const keys = freshKeys(instance);
  await sendCitizenStep(instance, sent, { newKeys: keys });
  const renewed = { ...sent, keys };
  await sendCitizenStep(instance, renewed);
  await step(OFFICER, tip, { step: 'printed', watermark: 'Bản in 1' });
  await step(OFFICER, tip, { step: 'rewrapped' });
  await step(OFFICER, tip, PROPOSED);
  await decide(HEAD, tip, { step: 'resolution_refused', reason: 'Thiếu căn cứ' });
  pass(26);
  await step(OFFICER, tip, { ...PROPOSED, documentNumber: '13/QĐ-XPHC' });
  await decide(HEAD, tip, { step: 'resolved' });
  await step(OFFICER, tip, { step: 'notified', impossible: null });
  await step(OFFICER, tip, { step: 'archived' });
  return renewed;
}

async function handedOver({ instance, step, pass }: Desk): Promise<TipId> {
  const { tip } = await sendTip(instance);
  const sent: Act = {
    step: 'transfer_sent',
    toUnit: MOC_CHAU,
    ground: 'Thuộc phường Mộc Châu',
    ...FORM_03,
  };
  await step(OFFICER, tip, { step: 'registered' });
  await step(OFFICER, tip, { ...CLASSIFIED, competent: false });
  await step(HEAD, tip, sent);
  await step(RECEIVER, tip, { step: 'transfer_returned', why: 'not_competent', ground: 'Chưa rõ địa bàn' });
  await step(HEAD, tip, sent);
  pass(1);
  await step(RECEIVER, tip, { step: 'transfer_acknowledged' });
  await step(RECEIVER, tip, CLASSIFIED);
  return tip;
}

async function passedOn({ instance, step }: Desk): Promise<SentTip> {
  const sent = await sendTip(instance, { unit: SUPPORT, conductGroup: 'support' });
  await step('hotro.vien', sent.tip, { step: 'registered' });
  await step('hotro.vien', sent.tip, { step: 'consent_asked', toUnit: TO_HIEU });
  await sendCitizenStep(instance, sent, { act: { step: 'consent_answered', unit: TO_HIEU, yes: true } });
  const ground = 'Người gửi đồng ý chuyển';
  await step('hotro.truong', sent.tip, { step: 'transfer_sent', toUnit: TO_HIEU, ground, ...FORM_03 });
  await step(OFFICER, sent.tip, { step: 'transfer_acknowledged' });
  return sent;
}

async function mergedInto({ instance, step, decide }: Desk, into: TipId): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await step(OFFICER, tip, { step: 'registered' });
  await step(OFFICER, tip, CLASSIFIED);
  await step(OFFICER, tip, { ...PROPOSED, outcome: 'duplicate', mergedInto: into });
  await decide(HEAD, tip, { step: 'resolved' });
  return tip;
}

async function foundSpam({ instance, step, decide }: Desk): Promise<TipId> {
  const { tip } = await sendTip(instance);
  await step(OFFICER, tip, { ...PROPOSED, outcome: 'spam' });
  await decide('sonla.truong', tip, { step: 'resolved' });
  return tip;
}

async function calledIn({ as }: Desk): Promise<TipId> {
  const operator = await as('sonla.trucban');
  const { tip } = await takeCall(operator);
  const path = `/api/staff/hotline/tips/${tip}/code-not-given`;
  const place = await ok<Place>(await operator.get(path));
  const { id: staff, unit } = operator.person;
  const parts = codeNotGivenParts(place.state, { staff, unit });
  const draft = { type: 'code_not_given', subject: `tip:${tip}`, head: place.head, ...parts };
  await ok(await operator.post(path, { event: signed(operator, draft) }));
  return tip;
}

interface Place {
  readonly head: Head;
  readonly state: Parameters<typeof codeNotGivenParts>[0];
}
