import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import { soundingFor, tickAlarms } from '../../../src/features/triage/alarm.ts';
import type { LiveEvent } from '../../../src/ports/live.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

let instance: Instance;
let told: { readonly unit: UnitId; readonly event: LiveEvent }[];

beforeEach(async () => {
  instance = await openInstance();
  told = [];
  instance.deps.live.watch((unit, event) => told.push({ unit, event }));
});
afterEach(() => instance.close());

const openConsole = (unit: UnitId) => instance.deps.live.subscribe(unit, 'x', () => undefined);

/** Alarms told so far, as `unit level reason`. */
const alarms = (): string[] =>
  told.flatMap(({ unit, event }) =>
    event.kind === 'alarm' ? [`${unit} ${event.level} ${event.reason}`] : [],
  );

async function urgentTip(): Promise<TipId> {
  const { tip } = await sendTip(instance, { urgent: true });
  await vi.waitFor(() => expect(instance.deps.live.alarms.get(tip)).not.toBeNull());
  return tip;
}

/** Lets time pass and looks at the alarms as the service does every few seconds. */
async function later(minutes: number): Promise<void> {
  instance.clock.pass(minutes * 60);
  await tickAlarms(instance.deps);
}

describe('an urgent tip', () => {
  test('sounds in its unit at once', async () => {
    openConsole(TO_HIEU);
    await urgentTip();
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`]);
  });

  test('that nobody acknowledges goes to deputy, head and parent, one after the other from the 15th minute', async () => {
    openConsole(TO_HIEU);
    await urgentTip();
    await later(14);
    expect(alarms()).toHaveLength(1);
    await later(1);
    expect(alarms().at(-1)).toBe(`${TO_HIEU} deputy untaken`);
    await later(5);
    expect(alarms().at(-1)).toBe(`${TO_HIEU} head untaken`);
    await later(5);
    expect(alarms().at(-1)).toBe(`${PROVINCE} parent untaken`);
    await later(60);
    expect(alarms()).toHaveLength(4);
  });

  test('is told to the unit above at once when no console of its unit is open', async () => {
    await urgentTip();
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`, `${PROVINCE} parent no_console`]);
  });

  test('is told to the unit above when the last console closes while it waits', async () => {
    const close = openConsole(TO_HIEU);
    await urgentTip();
    close();
    await later(1);
    expect(alarms()).toContain(`${PROVINCE} parent no_console`);
  });

  test('is silent once somebody acknowledged it, and climbs no further', async () => {
    openConsole(TO_HIEU);
    const officer = await signIn(instance, 'tohieu.canbo');
    const tip = await urgentTip();
    expect((await officer.post(`/api/staff/alarms/${tip}/acknowledge`)).status).toBe(200);
    await later(40);
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`]);
    expect(told.map(({ event }) => event.kind)).toContain('alarm_over');
    expect(await soundingFor(instance.deps, TO_HIEU)).toEqual([]);
  });

  test('that is taken up rings no more, without any acknowledgement', async () => {
    openConsole(TO_HIEU);
    const officer = await signIn(instance, 'tohieu.canbo');
    const tip = await urgentTip();
    await takeStep(officer, tip, { step: 'registered' });
    await later(40);
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`]);
    expect(instance.deps.live.alarms.get(tip)).toBeNull();
  });

  test('can be acknowledged by a leader of the unit above, to whom it has climbed', async () => {
    const tip = await urgentTip();
    const above = await signIn(instance, 'sonla.pho');
    expect((await above.post(`/api/staff/alarms/${tip}/acknowledge`)).status).toBe(200);
    expect(instance.deps.live.alarms.get(tip)?.acknowledgedBy).toBe(above.person.id);
  });
});

test('a tip that is not urgent rings nowhere', async () => {
  await sendTip(instance);
  await tickAlarms(instance.deps);
  expect(alarms()).toEqual([]);
});

test('after a restart the alarms of untaken tips are there again, counted from their hour of receipt', async () => {
  const tip = await urgentTip();
  instance.deps.live.alarms.delete(tip);
  told.length = 0;
  await later(90);
  expect(alarms()).toEqual([
    `${TO_HIEU} unit untaken`,
    `${TO_HIEU} deputy untaken`,
    `${TO_HIEU} head untaken`,
    `${PROVINCE} parent untaken`,
    `${PROVINCE} parent no_console`,
  ]);
});

describe('what a console that opens late is told', () => {
  const listed = async (staff: Staff): Promise<{ tip: string; level: string }[]> =>
    ((await (await staff.get('/api/staff/alarms')).json()) as { alarms: { tip: string; level: string }[] })
      .alarms;

  test('the alarms of its own unit', async () => {
    const tip = await urgentTip();
    const officer = await signIn(instance, 'tohieu.canbo');
    expect(await listed(officer)).toEqual([{ tip, level: 'unit', reason: 'untaken' }]);
  });

  test('in the unit above, those that have climbed there', async () => {
    const tip = await urgentTip();
    const above = await signIn(instance, 'sonla.truong');
    expect(await listed(above)).toEqual([{ tip, level: 'parent', reason: 'no_console' }]);
  });

  test('in any other unit, nothing', async () => {
    await urgentTip();
    expect(await listed(await signIn(instance, 'mocchau.truong'))).toEqual([]);
  });
});

test('acknowledging what does not ring is not found', async () => {
  const { tip } = await sendTip(instance);
  const officer = await signIn(instance, 'tohieu.canbo');
  expect((await officer.post(`/api/staff/alarms/${tip}/acknowledge`)).status).toBe(404);
});

test('nothing about an alarm is written down', async () => {
  const count = () => instance.store.connection.prepare('SELECT count(*) AS n FROM event').get();
  const tip = await urgentTip();
  const before = count();
  await later(30);
  instance.deps.live.alarms.delete(tip);
  expect(count()).toEqual(before);
});
