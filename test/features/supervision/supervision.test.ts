import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, PROCURACY } from '../../fixtures/instance.ts';
import { readBody, type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

let instance: Instance;
let desks: Record<'prosecutor' | 'officer' | 'head', Staff>;

beforeAll(async () => {
  instance = await openInstance();
  const [prosecutor, officer, head] = await Promise.all(
    ['vks.ksv', 'tohieu.canbo', 'tohieu.truong'].map((account) => signIn(instance, account)),
  );
  if (prosecutor === undefined || officer === undefined || head === undefined) throw new Error('nobody');
  desks = { prosecutor, officer, head };
});
afterAll(() => instance.close());

const rows = async (which: string) =>
  (
    await ok<{ rows: { tip: TipId; asked: boolean; unitName: { vi: string } }[] }>(
      await desks.prosecutor.get(`/api/staff/supervision?which=${which}`),
    )
  ).rows;

const extension = (number: 1 | 2, days: number): Act => ({
  ...{ step: 'extension_proposed', number, until: addDays(dayOf(instance.clock.now()), days) },
  ...{ ground: 'Phức tạp', documentNumber: '2/TTr', toUnit: number === 2 ? PROCURACY : null },
});

/** A crime in verification whose time was extended once. */
async function extended(): Promise<TipId> {
  const { officer, head } = desks;
  const { tip } = await sendTip(instance);
  const kind = { legalKind: 'crime_report', conduct: 'harbouring', priority: 'P2', competent: true } as const;
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(officer, tip, { step: 'classified', ...kind, ...ORDINARY });
  await takeStep(officer, tip, { step: 'verification_started', plan: 'Xác minh' });
  await takeStep(officer, tip, extension(1, 40));
  const { state } = await tipOf(head, tip);
  await takeStep(head, tip, { step: 'extended', decision: state.pending?.id ?? 0, documentNumber: '2/QĐ' });
  return tip;
}

describe('a procuracy', () => {
  test('sees nothing of a tip of which nobody told it', async () => {
    const tip = await extended();
    expect((await desks.prosecutor.get(`/api/staff/tips/${tip}`)).status).toBe(404);
    expect(await rows('all')).toEqual([]);
  });

  test('finds a request first, decides it, and sees facts and steps without content or mailbox', async () => {
    const { officer, prosecutor, head } = desks;
    const tip = await extended();
    await takeStep(officer, tip, extension(2, 80));
    expect(await rows('pending')).toMatchObject([
      { tip, asked: true, unitName: { vi: 'Công an phường Tô Hiệu' } },
    ]);
    const seen = await tipOf(prosecutor, tip);
    expect(seen).toMatchObject({ access: 'supervising', mailboxKey: '', mailboxLocator: '' });
    const read = await ok<{ envelopes: unknown[] }>(
      await prosecutor.post('/api/staff/read', await readBody(prosecutor, [tip])),
    );
    expect(read.envelopes).toEqual([]);
    const decision = seen.state.pending?.id ?? 0;
    const byHead = await tryStep(
      desks.officer,
      tip,
      { step: 'extension_refused', decision, reason: 'Rút lại' },
      {},
    );
    expect(byHead.status).toBe(200);
    await takeStep(officer, tip, extension(2, 80));
    const again = (await tipOf(prosecutor, tip)).state.pending?.id ?? 0;
    await takeStep(prosecutor, tip, { step: 'extended', decision: again, documentNumber: '8/QĐ-VKS' });
    expect((await tipOf(head, tip)).state).toMatchObject({ extension: 2, overlay: 'extended_2' });
    expect(await rows('pending')).toEqual([]);
    expect((await rows('all')).map((row) => row.tip)).toContain(tip);
  });

  test('takes no other step on the tip', async () => {
    const { officer, prosecutor } = desks;
    const tip = await extended();
    await takeStep(officer, tip, { step: 'receipt_noticed', toUnit: PROCURACY, impossible: null });
    const { state, head } = await tipOf(prosecutor, tip);
    const body = { act: { step: 'printed', watermark: 'x' }, event: { part: '' } };
    expect((await prosecutor.post(`/api/staff/tips/${tip}/steps`, body)).status).toBe(400);
    expect(await tipOf(prosecutor, tip)).toMatchObject({ state, head });
  });
});

describe('naming a procuracy', () => {
  test('a unit that is none is refused, and nothing is written', async () => {
    const { officer } = desks;
    const tip = await extended();
    const before = await tipOf(officer, tip);
    const act: Act = { step: 'receipt_noticed', toUnit: MOC_CHAU, impossible: null };
    expect(await refusal(await tryStep(officer, tip, act))).toEqual({
      ...{ status: 400, code: 'supervisor_unit', field: 'toUnit' },
    });
    expect(await tipOf(officer, tip)).toEqual(before);
  });

  test('a second extension without one is refused: no head decides it', async () => {
    const { officer } = desks;
    const tip = await extended();
    const act = { ...extension(2, 80), toUnit: null } as Act;
    const tipNow = await tipOf(officer, tip);
    const refused = await refusalOf(officer, tip, act);
    expect(refused).toMatchObject({ code: 'supervisor_unit' });
    expect(await tipOf(officer, tip)).toEqual(tipNow);
  });
});

/** What the console itself is told: it decides by the same rules before it signs. */
const refusalOf = async (staff: Staff, tip: TipId, act: Act) =>
  tryStep(staff, tip, act).then(refusal, (error: unknown) => error);

test('nobody but a procuracy’s people asks for the list', async () => {
  expect(await refusal(await desks.officer.get('/api/staff/supervision'))).toMatchObject({ status: 403 });
  expect(await refusal(await desks.prosecutor.get('/api/staff/supervision?which=mine'))).toMatchObject({
    status: 400,
  });
});
