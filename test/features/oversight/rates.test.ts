import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import { BALANCE_FIGURES, type Figures } from '../../../src/domain/figures.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, START, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

const BASE = '/api/staff/oversight';
const FROM = dayOf(START);
const TO = addDays(FROM, 40);
const PERIOD = `from=${FROM}&to=${TO}`;

let instance: Instance;
let auditor: Staff;
let officer: Staff;
let head: Staff;
/** Handled to the end. */
let handled: TipId;
/** Registered only. */
let registered: TipId;

const figures = async (query = PERIOD, staff = auditor): Promise<Figures> =>
  ok<Figures>(await staff.get(`${BASE}/rates?${query}`));

beforeAll(async () => {
  instance = await openInstance();
  officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  auditor = await signIn(instance, 'kiemtra');
  handled = (await sendTip(instance)).tip;
  registered = (await sendTip(instance)).tip;
  const path: readonly Act[] = [
    { step: 'registered' },
    {
      step: 'classified',
      legalKind: 'crime_report',
      conduct: 'harbouring',
      priority: 'P2',
      competent: true,
      ...ORDINARY,
    },
    { step: 'verification_started', plan: 'Xác minh tại cơ sở' },
    {
      step: 'resolution_proposed',
      outcome: 'sanctioned',
      documentNumber: '12/QĐ-XPHC',
      ground: 'Có vi phạm',
    },
  ];
  for (const act of path) await takeStep(officer, handled, act);
  const { state } = await tipOf(head, handled);
  await takeStep(head, handled, { step: 'resolved', decision: state.pending?.id ?? 0 });
  await takeStep(officer, registered, { step: 'registered' });
});
afterAll(() => instance.close());

describe('the four rates', () => {
  test('count a tip as handled only once the answer was posted', async () => {
    expect((await figures()).total.handled).toEqual({ due: 0, onTime: 0, late: 0, openLate: 0 });
    await takeStep(officer, handled, { step: 'notified', impossible: null });
    expect((await figures()).total.handled).toEqual({ due: 1, onTime: 1, late: 0, openLate: 0 });
  });

  test('leave out what is open and not yet due', async () => {
    expect((await figures()).total.classified).toEqual({ due: 1, onTime: 1, late: 0, openLate: 0 });
    expect((await figures()).total.received).toEqual({ due: 2, onTime: 2, late: 0, openLate: 0 });
  });

  test('are given by unit and by month as well', async () => {
    const found = await figures();
    expect(found.units.map((unit) => [unit.code, unit.rates.received.onTime])).toEqual([[TO_HIEU, 2]]);
    expect(found.trend[0]).toMatchObject({ month: FROM.slice(0, 7), rates: { received: { onTime: 2 } } });
  });

  test("follow a plan's kinds: a plan that does not count crime reports leaves the tip out", async () => {
    const plans = await ok<{ plans: { id: string; countedKinds: string[] }[] }>(
      await auditor.get(`${BASE}/plans`),
    );
    const without = plans.plans.find((plan) => !plan.countedKinds.includes('crime_report'));
    const within = plans.plans.find((plan) => plan.countedKinds.includes('crime_report'));
    expect((await figures(`${PERIOD}&plan=${within?.id}`)).total.verified.due).toBe(1);
    expect(
      without === undefined || (await figures(`${PERIOD}&plan=${without.id}`)).total.verified.due === 0,
    ).toBe(true);
  });

  test('balance: what came in is settled or open', async () => {
    const { balance } = await figures();
    expect(balance).toMatchObject({
      carriedOver: 0,
      received: 2,
      settled: 1,
      open: 1,
      transferred: 0,
      merged: 0,
    });
  });
});

describe('behind a figure', () => {
  test('stand the tips that it counts, by register number', async () => {
    const page = await ok<{ rows: { tip: string; registerNumber: string }[] }>(
      await auditor.get(`${BASE}/drill?${PERIOD}&verb=received&result=on_time`),
    );
    expect(page.rows.map((row) => row.tip).toSorted()).toEqual([handled, registered].toSorted());
    expect(page.rows.every((row) => /^\d+\/2026$/.test(row.registerNumber))).toBe(true);
  });

  test('come as pages that join without a gap', async () => {
    const path = `${BASE}/drill?${PERIOD}&verb=received&result=due&limit=1`;
    const first = await ok<{ rows: { tip: string }[]; next: string }>(await auditor.get(path));
    const second = await ok<{ rows: { tip: string }[] }>(await auditor.get(`${path}&after=${first.next}`));
    expect(new Set([first.rows[0]?.tip, second.rows[0]?.tip])).toEqual(new Set([handled, registered]));
  });

  test('stand the tips of every figure of the balance, as many as it counts', async () => {
    const { balance } = await figures();
    for (const figure of BALANCE_FIGURES) {
      const page = await ok<{ rows: { tip: string }[] }>(
        await auditor.get(`${BASE}/balance-tips?${PERIOD}&figure=${figure}`),
      );
      expect([figure, page.rows.length]).toEqual([figure, balance[figure]]);
    }
    const { rows } = await ok<{ rows: object[] }>(
      await auditor.get(`${BASE}/balance-tips?${PERIOD}&figure=open`),
    );
    expect(rows).toMatchObject([{ tip: registered, unit: TO_HIEU, stage: 'received' }]);
    const other = await signIn(instance, 'mocchau.truong');
    instance.clock.pass(60);
    expect(await ok(await other.get(`${BASE}/balance-tips?${PERIOD}&figure=open`))).toEqual({
      rows: [],
      next: null,
    });
  });

  test('stand the signed steps of a tip, and no ciphertext', async () => {
    const response = await auditor.get(`${BASE}/tips/${handled}`);
    const text = await response.text();
    expect(JSON.parse(text).events.map((event: { type: string }) => event.type)).toContain('resolved');
    expect(Object.keys(JSON.parse(text)).filter((key) => /body|wraps|envelope|core/.test(key))).toEqual([]);
  });
});

describe('the table as CSV', () => {
  test('opens in a spreadsheet with its Vietnamese letters', async () => {
    const response = await auditor.get(`${BASE}/rates.csv?${PERIOD}&lang=vi`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [first, second] = new TextDecoder().decode(bytes).split('\r\n');
    expect(first).toContain('Đơn vị');
    expect(second).toContain('Công an phường Tô Hiệu');
  });
});

describe('the scope of the figures', () => {
  test('is a head of unit’s own unit and those below', async () => {
    const other = await signIn(instance, 'mocchau.truong');
    expect((await figures(PERIOD, other)).total.received.due).toBe(0);
    expect(await refusal(await other.get(`${BASE}/tips/${handled}`))).toMatchObject({
      status: 404,
      code: 'tip_unknown',
    });
    expect(await refusal(await other.get(`${BASE}/rates?${PERIOD}&unit=${TO_HIEU}`))).toMatchObject({
      status: 400,
      code: 'unit_unknown',
      field: 'unit',
    });
    expect(MOC_CHAU).not.toBe(TO_HIEU);
  });

  test.each(['tohieu.canbo', 'quantri', 'sonla.trucban'])('is nothing for %s', async (account) => {
    instance.clock.pass(60);
    const person = account === 'tohieu.canbo' ? officer : await signIn(instance, account);
    expect(await refusal(await person.get(`${BASE}/rates?${PERIOD}`))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  test('is nothing without a session', async () => {
    expect(await refusal(await call(instance, 'GET', `${BASE}/rates?${PERIOD}`))).toMatchObject({
      status: 401,
      code: 'session_required',
    });
  });
});

describe('a question that makes no sense', () => {
  test.each([
    ['from=2026-02-30&to=2026-03-01', 'from'],
    [`from=${TO}&to=${FROM}`, 'to'],
    ['from=1990-01-01&to=2026-01-01', 'to'],
    [`${PERIOD}&plan=none`, 'plan'],
    [`${PERIOD}&lang=fr`, 'lang'],
    [`${PERIOD}&other=1`, 'body'],
    ['', 'from'],
  ])('%s is refused and names the field %s', async (query, field) => {
    expect(await refusal(await auditor.get(`${BASE}/rates?${query}`))).toMatchObject({ status: 400, field });
  });

  test('a cursor of another list is refused', async () => {
    const path = `${BASE}/drill?${PERIOD}&verb=received&result=due&after=zzzz`;
    expect(await refusal(await auditor.get(path))).toMatchObject({
      status: 400,
      code: 'field_invalid',
      field: 'after',
    });
  });
});

// Last, because it moves the clock beyond everybody's session.
test('a tip left lying stands among the overdue once its day has passed', async () => {
  instance.clock.pass(3 * 86_400);
  const later = await signIn(instance, 'kiemtra');
  const page = await ok<{ rows: { tip: string }[] }>(
    await later.get(`${BASE}/drill?${PERIOD}&verb=classified&result=open_late`),
  );
  expect(page.rows.map((row) => row.tip)).toEqual([registered]);
});
