import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, openInstance, SUPPORT } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep, tipOf } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let deputy: Staff;
let head: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  deputy = await signIn(instance, 'tohieu.pho');
  head = await signIn(instance, 'tohieu.truong');
});
afterAll(() => instance.close());

const CLASSIFIED: Act = {
  step: 'classified',
  legalKind: 'crime_report',
  conduct: 'harbouring',
  priority: 'P2',
  competent: true,
  ...ORDINARY,
};
const PROPOSED: Act = {
  step: 'resolution_proposed',
  outcome: 'sanctioned',
  documentNumber: '12/QĐ-XPHC',
  ground: 'Có vi phạm hành chính',
};

/** A tip on which the officer took the first so many steps of the main path. */
async function tipAt(steps: number): Promise<TipId> {
  const { tip } = await sendTip(instance);
  const path: readonly Act[] = [
    { step: 'registered' },
    CLASSIFIED,
    { step: 'verification_started', plan: 'Xác minh tại cơ sở' },
    PROPOSED,
  ];
  for (const act of path.slice(0, steps)) await takeStep(officer, tip, act);
  return tip;
}

const stageOf = async (tip: TipId) => (await tipOf(officer, tip)).state.stage;
const pendingOf = async (staff: Staff, tip: TipId) => (await tipOf(staff, tip)).state.pending?.id ?? 0;

test('a tip goes the whole way from the register to the archive, each step signed', async () => {
  const { tip } = await sendTip(instance);
  await readTips(officer, [tip]);
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(officer, tip, CLASSIFIED);
  await takeStep(head, tip, { step: 'assigned', assignee: officer.person.id });
  await takeStep(officer, tip, { step: 'verification_started', plan: 'Xác minh tại cơ sở' });
  await takeStep(officer, tip, PROPOSED);
  await takeStep(head, tip, { step: 'resolved', decision: await pendingOf(head, tip) });
  await takeStep(officer, tip, { step: 'notified', impossible: null });
  await takeStep(officer, tip, { step: 'archived' });
  const done = await tipOf(officer, tip);
  expect([done.state.stage, done.state.outcome]).toEqual(['archived', 'sanctioned']);
  expect(done.events.map((event) => event.type)).toEqual([
    'submitted',
    'registered',
    'classified',
    'assigned',
    'verification_started',
    'resolution_proposed',
    'resolved',
    'notified',
    'archived',
  ]);
});

describe('each step on its own', () => {
  test('entering in the register takes the next number of the unit and year', async () => {
    const [first, second] = [await sendTip(instance), await sendTip(instance)];
    const one = await takeStep(officer, first.tip, { step: 'registered' });
    const two = await takeStep(officer, second.tip, { step: 'registered' });
    const number = (text: string | null) => Number(text?.split('/')[0]);
    expect(one.registerNumber).toMatch(/^\d+\/2026$/);
    expect(number(two.registerNumber)).toBe(number(one.registerNumber) + 1);
  });

  test('classifying sets kind, conduct and priority', async () => {
    const tip = await tipAt(2);
    const { state } = await tipOf(officer, tip);
    expect([state.stage, state.legalKind, state.conduct, state.priority]).toEqual([
      'classified',
      'crime_report',
      'harbouring',
      'P2',
    ]);
  });

  test('a leader may classify anew', async () => {
    const tip = await tipAt(2);
    await takeStep(head, tip, { ...CLASSIFIED, step: 'classified', conduct: 'coercion' } as Act);
    expect((await tipOf(officer, tip)).state.conduct).toBe('coercion');
  });

  test('the priority can be changed with a reason', async () => {
    const tip = await tipAt(1);
    await takeStep(officer, tip, { step: 'prioritised', priority: 'P1', reason: 'Có người dưới 18 tuổi' });
    expect((await tipOf(officer, tip)).state.priority).toBe('P1');
  });

  test('a leader assigns a member, who is then answerable', async () => {
    const tip = await tipAt(2);
    await takeStep(deputy, tip, { step: 'assigned', assignee: officer.person.id });
    expect((await tipOf(officer, tip)) as unknown as { assignee: string }).toMatchObject({
      assignee: officer.person.id,
    });
  });

  test('verification starts with a plan', async () => {
    expect(await stageOf(await tipAt(3))).toBe('verifying');
  });

  test('a proposal leaves the tip where it is until a second person acts', async () => {
    const tip = await tipAt(4);
    const { state } = await tipOf(officer, tip);
    expect([state.stage, state.outcome]).toEqual(['verifying', null]);
    expect(state.pending).toMatchObject({ kind: 'resolution', documentNumber: '12/QĐ-XPHC' });
  });

  test('a leader refuses a proposal and the work goes on', async () => {
    const tip = await tipAt(4);
    const decision = await pendingOf(head, tip);
    await takeStep(head, tip, { step: 'resolution_refused', decision, reason: 'Chưa đủ căn cứ' });
    const { state } = await tipOf(officer, tip);
    expect([state.stage, state.pending]).toEqual(['verifying', null]);
  });

  test('a leader approves and the outcome stands', async () => {
    const tip = await tipAt(4);
    await takeStep(deputy, tip, { step: 'resolved', decision: await pendingOf(deputy, tip) });
    const { state } = await tipOf(officer, tip);
    expect([state.stage, state.outcome, state.pending]).toEqual(['resolved', 'sanctioned', null]);
  });

  test('a message to the citizen joins the thread', async () => {
    const tip = await tipAt(1);
    await takeStep(officer, tip, { step: 'message_posted' });
    await takeStep(officer, tip, { step: 'message_posted' });
    expect((await readTips(officer, [tip])).map(({ no }) => no)).toEqual([1, 2, 3]);
  });

  test('printing is an event and changes nothing else', async () => {
    const tip = await tipAt(1);
    const before = (await tipOf(officer, tip)).state;
    await takeStep(officer, tip, { step: 'printed', watermark: 'Lò Văn Sơn 23/11/2026' });
    const after = await tipOf(officer, tip);
    expect(after.state).toEqual(before);
    expect(after.events.at(-1)?.type).toBe('printed');
  });

  test('a re-wrap replaces the wraps and keeps body and seal', async () => {
    const tip = await tipAt(1);
    await takeStep(officer, tip, { step: 'message_posted' });
    const before = await readTips(officer, [tip]);
    await takeStep(officer, tip, { step: 'rewrapped' });
    const after = await readTips(officer, [tip]);
    expect(after.map(({ wraps }) => wraps)).not.toEqual(before.map(({ wraps }) => wraps));
    expect(after.map(({ seal, body }) => [seal, body])).toEqual(before.map(({ seal, body }) => [seal, body]));
  });

  test('a request for support is closed by referral without verification', async () => {
    const worker = await signIn(instance, 'hotro.vien');
    const leader = await signIn(instance, 'hotro.truong');
    const { tip } = await sendTip(instance, { unit: SUPPORT });
    await takeStep(worker, tip, { step: 'registered' });
    await takeStep(worker, tip, { ...CLASSIFIED, legalKind: 'support_request', conduct: 'other' } as Act);
    await takeStep(worker, tip, { ...PROPOSED, outcome: 'referred_support' } as Act);
    await takeStep(leader, tip, { step: 'resolved', decision: await pendingOf(leader, tip) });
    expect((await tipOf(worker, tip)).state.outcome).toBe('referred_support');
  });
});
