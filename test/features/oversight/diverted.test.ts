import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import { staffEvent } from '../../../src/domain/events/index.ts';
import { BALANCE_FIGURES, type Figures } from '../../../src/domain/figures.ts';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import { VERBS } from '../../../src/domain/terms.ts';
import { changeStaff } from '../../../src/http/kit/server-event.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok } from '../../fixtures/http.ts';
import {
  INSPECTORATE,
  type Instance,
  MINISTRY,
  openInstance,
  PROVINCE,
  START,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

const BASE = '/api/staff/oversight';
const FROM = dayOf(START);
const PERIOD = `from=${FROM}&to=${addDays(FROM, 40)}`;
const NOWHERE = 'ab'.repeat(16) as TipId;

let instance: Instance;
beforeAll(async () => {
  instance = await openInstance();
});
afterAll(() => instance.close());

/** Everything that the routes of oversight say to one person, the tip in question among it. */
async function everything(staff: Staff, tip: TipId): Promise<string> {
  const paths = [
    'plans',
    ...['', `&unit=${INSPECTORATE}`, `&unit=${MINISTRY}`, `&unit=${staff.person.unit}`].flatMap((unit) => [
      `rates?${PERIOD}${unit}`,
      `rates.csv?${PERIOD}${unit}`,
      ...VERBS.flatMap((verb) =>
        ['due', 'on_time', 'late', 'open_late'].map(
          (result) => `drill?${PERIOD}${unit}&verb=${verb}&result=${result}`,
        ),
      ),
    ]),
    ...BALANCE_FIGURES.map((figure) => `balance-tips?${PERIOD}&figure=${figure}`),
    `tips/${tip}`,
  ];
  const said: string[] = [];
  for (const path of paths) {
    const response = await staff.get(`${BASE}/${path}`);
    said.push(`${path.replace(tip, '…')} ${response.status} ${await response.text()}`);
  }
  return said.join('\n');
}

/** A tip that the form sent around a unit, and its first steps with the unit that got it. */
async function diverted(to: UnitId, by: string): Promise<TipId> {
  const { tip } = await sendTip(instance, { unit: to });
  await takeStep(await signIn(instance, by), tip, { step: 'registered' });
  return tip;
}

describe('of a tip that goes around a unit', () => {
  test.each([
    ['an auditor of the commune police that it is about', 'kiemtra', TO_HIEU, INSPECTORATE, 'thanhtra.vien'],
    ['an auditor of the provincial police', 'kiemtra', PROVINCE, INSPECTORATE, 'thanhtra.vien'],
    [
      'an auditor of the provincial police, when the ministry has it',
      'kiemtra',
      PROVINCE,
      MINISTRY,
      'ttb.thanhtra',
    ],
    ['the head of the provincial police', 'sonla.truong', PROVINCE, INSPECTORATE, 'thanhtra.vien'],
  ])('%s hears nothing on any route', async (_who, account, home, to, by) => {
    instance.clock.pass(60);
    const { person } = await signIn(instance, account);
    const act = staffEvent(person.id, 'joined', { signKey: '', kemKeyHash: '' });
    await changeStaff(instance.deps, person.id, act, (row) => ({
      ...row,
      unit: home,
    }));
    instance.clock.pass(60);
    const staff = { ...(await signIn(instance, account)), person: { ...person, unit: home } };
    const before = await everything(staff, NOWHERE);
    const tip = await diverted(to, by);
    expect(await everything(staff, tip)).toBe(before);
  });

  test('the auditor whom the directory names counts and opens it', async () => {
    instance.clock.pass(60);
    const tip = await diverted(INSPECTORATE, 'thanhtra.vien');
    const staff = await signIn(instance, 'doclap');
    const { units } = await ok<Figures>(await staff.get(`${BASE}/rates?${PERIOD}`));
    expect(units.map(({ code }) => code)).toContain(INSPECTORATE);
    expect((await staff.get(`${BASE}/tips/${tip}`)).status).toBe(200);
  });
});
