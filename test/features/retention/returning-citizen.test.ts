import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Remains } from '../../../src/domain/contribution.ts';
import type { Hash } from '../../../src/domain/ids.ts';
import { emptiedBefore, toldThread } from '../../../src/protocol/mailbox-thread.ts';
import { type Desk, openDesk } from '../../client/mailbox/desk.ts';
import { conclude, leading } from '../../fixtures/concluded.ts';
import { freshKeys, tryCitizenStep } from '../../fixtures/conversation.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { stepBody, tipOf } from '../../fixtures/steps.ts';
import { audits, SHORT_RULES, withRetention } from './with-retention.ts';

let instance: Instance;
let desk: Desk;

/** Two leaders shred the desk's tip over an audited checkpoint. */
async function shred(head: Staff, deputy: Staff, audited: Hash): Promise<void> {
  const { tip } = desk.sent;
  const path = `/api/staff/retention/${tip}`;
  const upTo = (await tipOf(head, tip)).head.no;
  const act = { step: 'shredding_proposed', rule: 'short', audited, upTo } as const;
  await ok(await head.post(`${path}/steps`, await stepBody(head, tip, act)));
  const decision = (await tipOf(deputy, tip)).state.pending?.id ?? 0;
  const { remains } = await ok<{ remains: Remains }>(await deputy.get(path));
  const approval = await stepBody(deputy, tip, { step: 'shredded', decision }, { facts: { remains } });
  await ok(await deputy.post(`${path}/steps`, approval));
}

beforeAll(async () => {
  const plain = await openInstance();
  const log = audits(plain);
  instance = withRetention(plain, log.ledger, SHORT_RULES);
  desk = await openDesk(instance);
  await conclude(desk.sent.tip, await leading(instance));
  const { round } = await withLog(plain, { witnesses: [testWitness(plain)] });
  await desk.mailbox.refresh();
  expect(desk.box().proof.kind).toBe('verified');
  instance.clock.pass(9 * 86_400);
  await shred(await signIn(instance, 'tohieu.truong'), await signIn(instance, 'tohieu.pho'), log.audit());
  await round();
  await desk.mailbox.refresh();
});
afterAll(async () => {
  desk.close();
  await instance.close();
});

test('whoever comes back to a shredded tip sees its state and that it was shredded, and no alarm', () => {
  const box = desk.box();
  expect(box.stage).toBe('archived');
  expect(box.outcome).toBe('spam');
  expect(box.steps.map(({ step }) => step)).toEqual(['shredding_proposed', 'shredded']);
  expect(box.messages).toEqual([]);
  expect([box.consistent, box.thread]).toEqual([true, 'whole']);
  expect(box.proof).toMatchObject({ kind: 'verified', steps: 2, of: 2 });
});

test('they can do nothing more with it', async () => {
  const change = await tryCitizenStep(instance, desk.sent, { newKeys: freshKeys(instance) });
  expect(await refusal(change)).toMatchObject({ status: 409, code: 'step_not_allowed' });
});

test('a missing beginning is forgiven to nothing else than a shredding', () => {
  const step = (no: number, type: string) => ({ no, type, citizenPart: new Uint8Array(0) });
  const shredded = [step(7, 'shredding_proposed'), step(8, 'shredded')];
  expect([emptiedBefore(shredded), toldThread(shredded).gap]).toEqual([6, false]);
  for (const steps of [
    shredded.slice(1),
    [step(6, 'archived'), ...shredded],
    [...shredded, step(9, 'printed')],
    [step(7, 'notified'), step(8, 'archived')],
  ])
    expect([emptiedBefore(steps), toldThread(steps).gap]).toEqual([0, true]);
});
