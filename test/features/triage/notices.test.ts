import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import { codeNotGivenParts } from '../../../src/domain/citizen-parts.ts';
import type { DrillRow } from '../../../src/domain/figures.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act, NoNotice } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { takeCall } from '../../fixtures/hotline.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, START } from '../../fixtures/instance.ts';
import { type Head, type Staff, signed, signIn } from '../../fixtures/staff.ts';
import { stepBody, takeStep, tipOf } from '../../fixtures/steps.ts';

let instance: Instance;
let officer: Staff;
let head: Staff;
let operator: Staff;

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  operator = await signIn(instance, 'sonla.trucban');
});
afterAll(() => instance.close());

/** A tip whose caller left without the code, as an operator recorded it. */
async function withoutCode(): Promise<TipId> {
  const { tip } = await takeCall(operator);
  const path = `/api/staff/hotline/tips/${tip}/code-not-given`;
  const place = await ok<{ head: Head; state: Parameters<typeof codeNotGivenParts>[0] }>(
    await operator.get(path),
  );
  const { id: staff, unit } = operator.person;
  const parts = codeNotGivenParts(place.state, { staff, unit });
  const draft = { type: 'code_not_given', subject: `tip:${tip}`, head: place.head, ...parts };
  await ok(await operator.post(path, { event: signed(operator, draft) }));
  return tip;
}

/** Leads a tip to its outcome: what is left is to tell the informant. */
async function resolved(tip: TipId): Promise<TipId> {
  const steps: readonly Act[] = [
    { step: 'registered' },
    {
      ...{ step: 'classified', legalKind: 'admin_violation', conduct: 'harbouring', priority: 'P3' },
      ...{ competent: true, ...ORDINARY },
    },
    { step: 'verification_started', plan: 'Kiểm tra hành chính' },
    {
      ...{ step: 'resolution_proposed', outcome: 'sanctioned' },
      ...{ documentNumber: '20/QĐ-XPHC', ground: 'Có vi phạm' },
    },
  ];
  for (const act of steps) await takeStep(officer, tip, act);
  const decision = (await tipOf(head, tip)).state.pending?.id ?? 0;
  await takeStep(head, tip, { step: 'resolved', decision });
  return tip;
}

/** "It could not be told", whatever a console that holds to the rules would say. */
const claim = async (tip: TipId, impossible: NoNotice): Promise<Response> => {
  const body = await stepBody(officer, tip, { step: 'printed', watermark: 'x' }, { type: 'notified' });
  return officer.post(`/api/staff/tips/${tip}/steps`, { ...body, act: { step: 'notified', impossible } });
};

test.each(['no_code', 'refused'] as const)(
  'a result that can be posted to a mailbox is never recorded as impossible (%s), and nothing is written',
  async (impossible) => {
    const tip = await resolved((await sendTip(instance)).tip);
    const { head: before } = await tipOf(officer, tip);
    expect(await refusal(await claim(tip, impossible))).toEqual({
      status: 409,
      code: 'notice_possible',
      field: 'impossible',
    });
    expect((await tipOf(officer, tip)).head).toEqual(before);
  },
);

test('a ground that the law does not know is no ground', async () => {
  const tip = await resolved(await withoutCode());
  expect((await refusal(await claim(tip, 'mailbox_lost' as NoNotice))).code).toBe('field_invalid');
});

test('a result that nobody could be told counts as handled, and the figures list it apart', async () => {
  const told = await resolved((await sendTip(instance)).tip);
  const untold = await resolved(await withoutCode());
  await takeStep(officer, told, { step: 'notified', impossible: null });
  await takeStep(officer, untold, { step: 'notified', impossible: 'no_code' });
  expect((await tipOf(officer, untold)).state.stage).toBe('notified');
  const from = dayOf(START);
  instance.clock.pass(40 * 86_400);
  const above = await signIn(instance, 'sonla.truong');
  const query = `from=${from}&to=${addDays(from, 40)}&verb=handled&result=on_time`;
  const { rows } = await ok<{ rows: readonly DrillRow[] }>(
    await above.get(`/api/staff/oversight/drill?${query}`),
  );
  const said = new Map(rows.map((row) => [row.tip, row.untold]));
  expect([said.get(told), said.get(untold)]).toEqual([false, true]);
});
