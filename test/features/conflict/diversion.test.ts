import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../../src/domain/calendar.ts';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { parseWraps } from '../../../src/protocol/wraps.ts';
import { audited, bundleOf } from '../../audit/world.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import {
  COMMITTEE,
  INSPECTORATE,
  type Instance,
  MINISTRY,
  MOC_CHAU,
  openInstance,
  PROVINCE,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep, tipOf, tryStep } from '../../fixtures/steps.ts';

const NAMES = [
  'tohieu.canbo',
  'tohieu.truong',
  'thanhtra.vien',
  'thanhtra.truong',
  'mocchau.truong',
] as const;

let instance: Instance;
let officer: Staff;
let head: Staff;
let inspector: Staff;
let chief: Staff;
let stranger: Staff;
let round: () => Promise<unknown>;
let unnumbered: TipId;
beforeAll(async () => {
  instance = await openInstance();
  ({ round } = await withLog(instance, { rounds: 2 }));
  [officer, head, inspector, chief, stranger] = (await Promise.all(
    NAMES.map((account) => signIn(instance, account)),
  )) as [Staff, Staff, Staff, Staff, Staff];
});
afterAll(() => instance.close());

const away = (toUnit: UnitId = INSPECTORATE): Act => ({
  ...{ step: 'diverted', toUnit, why: 'conflict', ground: 'Tin nói về trưởng công an phường' },
});
const recipients = async (staff: Staff, tip: TipId) =>
  (await readTips(staff, [tip])).flatMap(({ wraps }) =>
    parseWraps(fromBase64Url(wraps)).map(({ id }) => id.replace(/:\d+$/, '')),
  );
const received = async (unit: UnitId) => {
  const today = dayOf(instance.clock.now());
  return instance.store.oversight.balance([unit], today, today, today);
};
const seen = async (staff: Staff) => {
  const queue = await ok<{ rows: readonly { tip: string }[] }>(await staff.get('/api/staff/queue?scope=all'));
  return queue.rows.map(({ tip }) => tip);
};
const entered = async (): Promise<TipId> => {
  const { tip } = await sendTip(instance);
  const kind = { legalKind: 'crime_report', conduct: 'harbouring', priority: 'P2', competent: true } as const;
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(officer, tip, { step: 'classified', ...kind, ...ORDINARY });
  return tip;
};

describe('a tip that its unit has given no number', () => {
  test('goes to the unit that a handler names, keys and all, as if the first one never had it', async () => {
    const before = await received(TO_HIEU);
    const { tip } = await sendTip(instance);
    unnumbered = tip;
    await takeStep(officer, tip, away());
    expect(await refusal(await officer.get(`/api/staff/tips/${tip}`))).toMatchObject({ code: 'tip_unknown' });
    expect(await seen(officer)).not.toContain(tip);
    expect(await received(TO_HIEU)).toEqual(before);
    expect((await received(INSPECTORATE)).received).toBe(1);
    const now = await tipOf(inspector, tip);
    expect(now).toMatchObject({ access: 'holder', state: { unit: INSPECTORATE, stage: 'submitted' } });
    expect(now.state.clocks.every(({ stopped }) => stopped === null)).toBe(true);
    expect(now.state.clocks.find(({ clock }) => clock === 'verify')?.ruleVersion).toBe('verify-20d');
    expect(await recipients(inspector, tip)).toEqual([`epoch:${INSPECTORATE}`]);
    expect(await readTips(officer, [tip])).toEqual([]);
    expect(await instance.store.oversight.verifyRollups()).toEqual([]);
    await takeStep(inspector, tip, { step: 'registered' });
  });

  test('goes on twice, and neither of the first two ever had it', async () => {
    const first = await received(TO_HIEU);
    const second = await received(INSPECTORATE);
    const { tip } = await sendTip(instance);
    await takeStep(officer, tip, away());
    await takeStep(inspector, tip, away(MINISTRY));
    expect([await received(TO_HIEU), await received(INSPECTORATE)]).toEqual([first, second]);
    expect(await instance.store.oversight.verifyRollups()).toEqual([]);
  });
});

describe('a tip that has a number', () => {
  test('keeps it in the first unit’s book as one that was handed over, and begins anew where it goes', async () => {
    const tip = await entered();
    const { registerNumber } = await tipOf(officer, tip);
    await takeStep(officer, tip, away());
    expect(await refusal(await head.get(`/api/staff/tips/${tip}`))).toMatchObject({ code: 'tip_unknown' });
    const now = await tipOf(inspector, tip);
    expect(now.state).toMatchObject({ unit: INSPECTORATE, stage: 'submitted', supervisor: null });
    const book = await ok<{
      entries: readonly { number: number; left: string | null; tip: string | null }[];
    }>(await head.get('/api/staff/register?year=2026'));
    const line = book.entries.find(({ number }) => `${number}/2026` === registerNumber);
    expect(line).toMatchObject({ tip: null, left: dayOf(instance.clock.now()) });
    expect(JSON.stringify(book)).not.toContain(INSPECTORATE);
    expect(await instance.store.oversight.verifyRollups()).toEqual([]);
  });

  test('and then goes on before it gets another takes the second unit out of the figures', async () => {
    const before = await received(INSPECTORATE);
    const tip = await entered();
    await takeStep(officer, tip, away());
    await takeStep(inspector, tip, away(MINISTRY));
    expect(await received(INSPECTORATE)).toEqual(before);
    expect(await instance.store.oversight.verifyRollups()).toEqual([]);
  });

  test('loses its open decision with the unit', async () => {
    const tip = await entered();
    await takeStep(officer, tip, { step: 'verification_started', plan: 'Xác minh' });
    const proposal = { outcome: 'kept', documentNumber: '2/KL', ground: 'Không có' } as const;
    await takeStep(officer, tip, { step: 'resolution_proposed', ...proposal });
    await takeStep(head, tip, away());
    expect((await tipOf(inspector, tip)).state.pending).toBe(null);
  });
});

describe('an inspectorate', () => {
  test('finds a tip by unit and number, sees facts and no words, and takes it away without anybody there', async () => {
    const tip = await entered();
    const number = (await tipOf(officer, tip)).registerNumber?.split('/')[0];
    const found = await chief.get(`/api/staff/tips/elsewhere?unit=${TO_HIEU}&year=2026&number=${number}`);
    expect(await ok<{ tip: string }>(found)).toMatchObject({ tip });
    expect(await tipOf(chief, tip)).toMatchObject({ access: 'diverting', mailboxKey: '' });
    expect(await readTips(chief, [tip])).toEqual([]);
    await takeStep(chief, tip, away());
    expect((await tipOf(chief, tip)).access).toBe('holder');
    expect(await recipients(chief, tip)).toEqual([`epoch:${TO_HIEU}`]);
    expect(await refusal(await officer.get(`/api/staff/tips/${tip}`))).toMatchObject({ code: 'tip_unknown' });
  });

  test('is told the same of a number that nobody has, of one in a unit that is none of its business', async () => {
    const unknown = { status: 404, code: 'tip_unknown' };
    const ask = async (staff: Staff, unit: string, number: number) =>
      refusal(await staff.get(`/api/staff/tips/elsewhere?unit=${unit}&year=2026&number=${number}`));
    expect(await ask(chief, TO_HIEU, 9_999)).toEqual(unknown);
    expect(await ask(chief, COMMITTEE, 1)).toEqual(unknown);
    expect(await ask(stranger, TO_HIEU, 1)).toEqual(unknown);
    expect(await ask(officer, TO_HIEU, 1)).toMatchObject({ status: 403 });
  });
});

test.each([
  ['one to which it belongs', PROVINCE],
  ['one to which no such tips are sent', MOC_CHAU],
  ['one that nobody knows', '99-ttca' as UnitId],
])('a diversion to %s is refused, and nothing is written', async (_which, toUnit) => {
  const { tip } = await sendTip(instance);
  const before = await tipOf(officer, tip);
  const wraps = (await readTips(officer, [tip])).map(({ no, wraps: block }) => ({ no, wraps: block }));
  expect(await refusal(await tryStep(officer, tip, away(toUnit), { wraps }))).toEqual({
    ...{ status: 400, code: 'divert_target', field: 'toUnit' },
  });
  expect(await tipOf(officer, tip)).toEqual(before);
});

test('a diversion by the unit itself that leaves the words with it is refused', async () => {
  const { tip } = await sendTip(instance);
  const wraps = (await readTips(officer, [tip])).map(({ no, wraps: block }) => ({ no, wraps: block }));
  expect(await refusal(await tryStep(officer, tip, away(), { wraps }))).toMatchObject({
    code: 'wrap_missing',
  });
  expect((await tipOf(officer, tip)).state.unit).toBe(TO_HIEU);
});

test('every diversion above is replayed by the auditor’s verifier, and counts as on the page', async () => {
  await round();
  await round();
  const report = await audited({ instance }, await bundleOf(instance));
  expect(report.violations).toEqual([]);
});

test('an auditor of the first unit gets nothing of what had no number, and the rest without how it left', async () => {
  const lines = await bundleOf(instance, [TO_HIEU]);
  const events = lines.filter((line) => line.startsWith('{"t":"event"'));
  expect(events.length).toBeGreaterThan(0);
  // Parts are their exact text: the citizen's one names the step.
  expect(events.filter((line) => line.includes('diverted'))).toEqual([]);
  const chains = lines.filter((line) => line.startsWith('{"t":"chain"'));
  expect(chains.filter((line) => line.includes(unnumbered))).toEqual([]);
});
