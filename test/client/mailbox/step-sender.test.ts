import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Phase } from '../../../src/client/mailbox/step-sender.ts';
import { type BuildStep, StepSender } from '../../../src/client/mailbox/step-sender.ts';
import type { UnitId } from '../../../src/domain/ids.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep } from '../../fixtures/steps.ts';
import { type Desk, openDesk } from './desk.ts';

const STEPS = '/api/mailbox/steps';

let instance: Instance;
let desk: Desk;
let phases: string[];
let sender: StepSender;
beforeEach(async () => {
  instance = await openInstance();
  desk = await openDesk(instance);
  phases = [];
  sender = new StepSender(desk.mailbox, async () => undefined);
});
afterEach(async () => {
  desk.close();
  await instance.close();
});

const say = ({ kind }: Phase): void => {
  phases.push(kind);
};
const words =
  (text = 'Tôi nhớ thêm biển số xe'): BuildStep =>
  (context) =>
    desk.mailbox.worker.call('compose', [{ ...context, text, lang: 'vi', informant: null }]);
const newCode: BuildStep = (context) => desk.mailbox.worker.call('changeCode', [context]);
const arrived = async () => (await instance.store.thread.marks(desk.sent.tip)).arrived;
const headNo = async () => (await instance.store.triage.head(`tip:${desk.sent.tip}`)).no;

describe('a message', () => {
  test('is sealed, proven, sent, and its promise checked', async () => {
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    expect(phases).toEqual(['keys', 'proof', 'sending', 'checking']);
    expect(await arrived()).toBe(2);
    await desk.mailbox.refresh();
    expect(desk.box()).toMatchObject({ thread: 'whole', consistent: true, messages: [] });
    expect(desk.box().steps.map(({ step }) => step)).toEqual(['submitted', 'message_received']);
  });

  test('is sealed anew by itself when the unit took a step meanwhile', async () => {
    await takeStep(await signIn(instance, 'tohieu.canbo'), desk.sent.tip, { step: 'registered' });
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    expect(phases).toContain('again');
    expect(await headNo()).toBe(3);
  });

  test('is sealed for both units while the tip is being handed over, and for the new one after', async () => {
    const head = await signIn(instance, 'tohieu.truong');
    await takeStep(head, desk.sent.tip, { step: 'registered' });
    await takeStep(head, desk.sent.tip, {
      step: 'transfer_sent',
      toUnit: MOC_CHAU,
      ground: 'Đúng địa bàn',
      ...FORM_03,
    });
    await desk.mailbox.refresh();
    expect(desk.box().readers).toEqual([TO_HIEU, MOC_CHAU]);
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    const receiver = await signIn(instance, 'mocchau.truong');
    await takeStep(receiver, desk.sent.tip, { step: 'transfer_acknowledged' });
    expect(await sender.send(words('Còn một điều nữa'), say)).toMatchObject({ result: 'good' });
    const envelopes = await readTips(receiver, [desk.sent.tip]);
    expect(envelopes.map(({ no }) => no)).toEqual([1, 2, 3]);
  });

  test('is tried again by itself when the line breaks before it leaves', async () => {
    desk.fate('/api/proof', 'cut', 'cut');
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    expect(phases.filter((kind) => kind === 'waiting').length).toBe(2);
    expect(await headNo()).toBe(2);
  });

  test('whose answer is lost is sent again as it was and recorded once', async () => {
    desk.fate(STEPS, 'answer_lost', 'answer_lost');
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    expect(await headNo()).toBe(2);
  });

  test('whose answer stays lost is kept to be sent again, and then recorded once', async () => {
    desk.fate(STEPS, 'answer_lost', 'answer_lost', 'answer_lost', 'answer_lost');
    await expect(sender.send(words(), say)).rejects.toThrow();
    expect(sender.maybeThere).toBe(true);
    expect(await sender.resend(words(), say)).toMatchObject({ result: 'good' });
    expect(sender.maybeThere).toBe(false);
    expect(await headNo()).toBe(2);
  });

  test('that never left is built anew when the unit took a step before it is sent again', async () => {
    desk.fate(STEPS, 'cut', 'cut', 'cut', 'cut');
    await expect(sender.send(words(), say)).rejects.toThrow();
    await takeStep(await signIn(instance, 'tohieu.canbo'), desk.sent.tip, { step: 'registered' });
    expect(await sender.resend(words(), say)).toMatchObject({ result: 'good' });
    expect(await headNo()).toBe(3);
  });

  test('is given up with a clear word when the unit takes no more', async () => {
    await takeStep(await signIn(instance, 'tohieu.truong'), desk.sent.tip, {
      step: 'thread_muted',
      reason: 'Chửi bới nhiều lần',
    });
    await desk.mailbox.refresh();
    expect(desk.box().muted).toBe(true);
    await expect(sender.send(words(), say)).rejects.toMatchObject({ code: 'thread_muted' });
    expect(sender.maybeThere).toBe(false);
  });

  test('goes nowhere when the keys of the unit cannot be proven', async () => {
    const bundle = new TextEncoder().encode('không phải danh bạ');
    const build: BuildStep = (context) => words()({ ...context, bundles: [bundle] });
    await expect(sender.send(build, say)).rejects.toMatchObject({ code: 'epoch_missing' });
    expect(desk.asked()).not.toContain(STEPS);
  });
});

describe('a new code', () => {
  const change = async (): Promise<string> => {
    const code = await desk.mailbox.worker.call('makeCode', []);
    await sender.send(newCode, say);
    return code;
  };

  test('opens the mailbox with every message, and the old one opens nothing', async () => {
    const canbo = await signIn(instance, 'tohieu.canbo');
    await takeStep(canbo, desk.sent.tip, { step: 'registered' });
    await takeStep(canbo, desk.sent.tip, { step: 'message_posted' });
    await desk.mailbox.refresh();
    const code = await change();
    expect((await desk.open(code)).messages).toMatchObject([{ no: 2, error: '', trust: 'verified' }]);
    await expect(desk.open(desk.code)).rejects.toMatchObject({ code: 'mailbox_refused' });
  });

  test('is what the Worker goes on with: a message after it is signed by the new key', async () => {
    await change();
    await desk.mailbox.refresh();
    expect(await sender.send(words(), say)).toMatchObject({ result: 'good' });
    expect(await arrived()).toBe(2);
  });

  test('counts although its answer was lost, and the page learns of it by sending again', async () => {
    const code = await desk.mailbox.worker.call('makeCode', []);
    desk.fate(STEPS, 'answer_lost', 'answer_lost', 'answer_lost', 'answer_lost');
    await expect(sender.send(newCode, say)).rejects.toThrow();
    expect(await sender.resend(newCode, say)).toMatchObject({ result: 'good' });
    expect((await desk.open(code)).steps.at(-1)?.step).toBe('mailbox_changed');
  });

  test('leaves the old one good until it is taken', async () => {
    await desk.mailbox.worker.call('makeCode', []);
    desk.fate(STEPS, 'cut', 'cut', 'cut', 'cut');
    await expect(sender.send(newCode, say)).rejects.toThrow();
    expect((await desk.open(desk.code)).steps.length).toBe(1);
  });
});

describe('the name of a unit', () => {
  test('comes out of a verified directory, and out of no other', async () => {
    const bundle = new Uint8Array(
      await (await instance.app.request(`/api/directory?unit=${MOC_CHAU}`)).arrayBuffer(),
    );
    const ask = (unit: UnitId, bytes: Uint8Array) =>
      desk.mailbox.worker.call('unitNames', [{ unit, bundle: bytes, now: instance.clock.now() }]);
    expect(await ask(MOC_CHAU, bundle)).toMatchObject({ nameVi: 'Công an phường Mộc Châu' });
    expect(await ask('37-ca' as UnitId, bundle)).toBeNull();
    expect(await ask(MOC_CHAU, bundle.slice(1))).toBeNull();
  });
});
