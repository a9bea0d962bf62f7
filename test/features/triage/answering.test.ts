import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf, endOfDay } from '../../../src/domain/calendar.ts';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import type { ListedTip, QueueRow } from '../../../src/domain/tip-row.ts';
import { withAnswering } from '../../../src/http/kit/answering.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

let instance: Instance;
let [officer, head]: Staff[] = [];
let tip: TipId;
const arrive = async (): Promise<void> => {
  const accounts = ['tohieu.canbo', 'tohieu.truong'];
  [officer, head] = await Promise.all(accounts.map((account) => signIn(instance, account)));
};
beforeAll(async () => {
  instance = await openInstance();
  await arrive();
  ({ tip } = await sendTip(instance));
});
afterAll(() => instance.close());

const people = () => {
  if (officer === undefined || head === undefined) throw new Error('nobody');
  return { officer, head };
};
const answering = async () => {
  const { as, name, unit } = (await tipOf(people().officer, tip)).answering;
  return [as, name, unit];
};
/** The same by the list of the unit's open tips. */
const listed = async (): Promise<unknown> => {
  const { rows } = await ok<{ rows: readonly ListedTip[] }>(
    await people().officer.get('/api/staff/queue?scope=all'),
  );
  return rows.find((row) => row.tip === tip)?.answering;
};
const person = (account: string) => instance.person(account);
const away = async (account: string): Promise<void> => {
  const today = dayOf(instance.clock.now());
  const body = { staff: person(account).id, from: today, until: today };
  await ok(await people().head.post('/api/staff/absences', body));
};

describe('who answers for a tip', () => {
  test('is the head while nobody was named for its stage', async () => {
    expect(await answering()).toEqual(['head', person('tohieu.truong').name, TO_HIEU]);
  });

  test('is whoever was named, and those who stand in while they are away, up to the unit above', async () => {
    const named = { stage: 'intake', rank: 'active', staff: person('tohieu.canbo').id };
    await ok(await people().head.post('/api/staff/focal-points', named));
    expect(await answering()).toEqual(['active', person('tohieu.canbo').name, TO_HIEU]);
    await away('tohieu.canbo');
    await away('tohieu.truong');
    expect(await answering()).toEqual(['deputy_head', person('tohieu.pho').name, TO_HIEU]);
    expect(await listed()).toEqual({ staff: person('tohieu.pho').id, as: 'deputy_head' });
    await away('tohieu.pho');
    expect(await answering()).toEqual(['above', person('sonla.truong').name, PROVINCE]);
    expect(await listed()).toEqual({ staff: null, as: 'nobody' });
    instance.clock.set(endOfDay(dayOf(instance.clock.now())) + 1);
    await arrive();
    expect((await answering())[0]).toBe('active');
  });

  test('is the assignee while it is verified', async () => {
    const kind = {
      legalKind: 'crime_report',
      conduct: 'harbouring',
      priority: 'P2',
      competent: true,
    } as const;
    const { officer, head } = people();
    await takeStep(officer, tip, { step: 'registered' });
    await takeStep(officer, tip, { step: 'classified', ...kind, ...ORDINARY });
    await takeStep(head, tip, { step: 'assigned', assignee: person('tohieu.canbo').id });
    expect(await answering()).toEqual(['assignee', person('tohieu.canbo').name, TO_HIEU]);
    expect(await listed()).toEqual({ staff: person('tohieu.canbo').id, as: 'assignee' });
  });

  test('is said in lists of what the unit holds and still works on, and of nothing else', async () => {
    const { rows } = await instance.store.triage.queue({
      ...{ unit: TO_HIEU, filter: { scope: 'all' }, now: instance.clock.now(), limit: 1 },
    });
    const [row] = rows as readonly [QueueRow];
    const told = async (unit: UnitId, one: QueueRow) =>
      (await withAnswering(instance.deps, unit, [one]))[0]?.answering ?? null;
    expect(await told(TO_HIEU, row)).not.toBe(null);
    expect(await told(PROVINCE, row)).toBe(null);
    expect(await told(TO_HIEU, { ...row, stage: 'archived' })).toBe(null);
  });
});
