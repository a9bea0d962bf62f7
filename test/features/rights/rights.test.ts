import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seconds, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { assignmentFor, giveRight } from '../../fixtures/rights.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let [above, head, officer]: Staff[] = [];
const DAY = 86_400;

beforeAll(async () => {
  instance = await openInstance();
  [above, head, officer] = await Promise.all(
    ['sonla.truong', 'tohieu.truong', 'tohieu.canbo'].map((account) => signIn(instance, account)),
  );
});
afterAll(() => instance.close());

const people = () => {
  if (above === undefined || head === undefined || officer === undefined) throw new Error('nobody');
  return { above, head, officer };
};

/** A crime of which the commune proposes that it be not prosecuted. */
async function proposed(): Promise<TipId> {
  const { officer } = people();
  const { tip } = await sendTip(instance);
  const kind = { legalKind: 'crime_report', conduct: 'harbouring', priority: 'P2', competent: true } as const;
  const steps: Act[] = [
    { step: 'registered' },
    { step: 'classified', ...kind, ...ORDINARY },
    { step: 'verification_started', plan: 'Xác minh' },
    {
      ...{
        step: 'resolution_proposed',
        outcome: 'not_prosecuted',
        documentNumber: '1/TB',
        ground: 'Không đủ',
      },
      ...{ noCase: 'no_crime', violationLeft: false },
    },
  ];
  for (const act of steps) await takeStep(officer, tip, act);
  return tip;
}

const settle = async (tip: TipId) => {
  const { head } = people();
  const { state } = await tipOf(head, tip);
  return tryStep(head, tip, { step: 'resolved', decision: state.pending?.id ?? 0 });
};

describe('the right to settle', () => {
  test('is not a commune leader’s by their role: the decision is refused, and nothing is written', async () => {
    const tip = await proposed();
    const before = await tipOf(people().head, tip);
    expect(await refusal(await settle(tip))).toEqual({ status: 403, code: 'no_right_to_settle' });
    expect(await tipOf(people().head, tip)).toEqual(before);
  });

  test('is theirs while an assignment of the unit above holds, and no longer', async () => {
    const { above, head } = people();
    const now = instance.clock.now();
    const right = await giveRight(above, instance.person('tohieu.truong'), { until: (now + DAY) as Seconds });
    expect((await settle(await proposed())).status).toBe(200);
    const late = await proposed();
    await ok(await above.delete(`/api/staff/rights/${TO_HIEU}/${right.id}`));
    expect(await refusal(await settle(late))).toMatchObject({ code: 'no_right_to_settle' });
    expect(await refusal(await above.delete(`/api/staff/rights/${TO_HIEU}/${right.id}`))).toMatchObject({
      status: 404,
    });
    const told = await ok<{ own: { id: string }[] }>(await head.get('/api/staff/rights'));
    expect(told.own.map(({ id }) => id)).toEqual([right.id]);
  });

  test('is shown to the unit above with names, by the units right below it', async () => {
    const { above } = people();
    await giveRight(above, instance.person('mocchau.truong'));
    const told = await ok<{ units: { code: string }[]; below: { unit: string; name: string }[] }>(
      await above.get('/api/staff/rights'),
    );
    expect(told.units.map(({ code }) => code).sort()).toEqual([TO_HIEU, MOC_CHAU].sort());
    expect(told.below.find(({ unit }) => unit === MOC_CHAU)?.name).toBe(
      instance.person('mocchau.truong').name,
    );
    const found = await ok<{ people: { staff: string }[] }>(
      await above.get(`/api/staff/rights/${TO_HIEU}/people`),
    );
    expect(found.people.map(({ staff }) => staff).sort()).toEqual(
      ['tohieu.truong', 'tohieu.pho'].map((account) => instance.person(account).id).sort(),
    );
  });
});

describe('an assignment is refused', () => {
  const give = async (giver: Staff, record: string) =>
    refusal(await giver.post('/api/staff/rights', { record }));

  test('to whoever leads nothing', async () => {
    const { officer } = people();
    const record = assignmentFor(officer, instance.person('tohieu.truong'));
    expect(await give(officer, record)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await refusal(await officer.get('/api/staff/rights'))).toMatchObject({ status: 403 });
  });

  test('to a leader of a unit that is not right above', async () => {
    const { head } = people();
    const record = assignmentFor(head, instance.person('mocchau.truong'));
    expect(await give(head, record)).toEqual({ status: 403, code: 'right_unit', field: 'unit' });
    expect(await refusal(await head.get(`/api/staff/rights/${MOC_CHAU}/people`))).toMatchObject({
      code: 'right_unit',
    });
    const id = 'ab'.repeat(32);
    expect(await refusal(await head.delete(`/api/staff/rights/${MOC_CHAU}/${id}`))).toMatchObject({
      code: 'right_unit',
    });
  });

  test('for somebody who leads nothing in that unit', async () => {
    const { above } = people();
    for (const account of ['tohieu.canbo', 'mocchau.truong']) {
      const record = assignmentFor(above, instance.person(account), { unit: TO_HIEU });
      expect(await give(above, record)).toEqual({ status: 400, code: 'member_unknown', field: 'person' });
    }
  });

  test('when it is over already, of another instance, in another’s name or signed by another', async () => {
    const { above } = people();
    const to = instance.person('tohieu.truong');
    const now = instance.clock.now();
    const over = assignmentFor(above, to, {
      from: (now - 2 * DAY) as Seconds,
      until: (now - DAY) as Seconds,
    });
    expect(await give(above, over)).toEqual({ status: 400, code: 'right_period', field: 'until' });
    for (const change of [{ instance: 'khac' }, { by: to.id }, { byUnit: TO_HIEU }])
      expect(await give(above, assignmentFor(above, to, change))).toMatchObject({ code: 'event_invalid' });
    const { head } = people();
    const forged = assignmentFor(head, to, { by: instance.person('sonla.truong').id, byUnit: PROVINCE });
    expect(await give(above, forged)).toMatchObject({ code: 'event_signature' });
    expect(await give(above, 'AAAA')).toMatchObject({ status: 400, code: 'event_invalid', field: 'record' });
  });
});
