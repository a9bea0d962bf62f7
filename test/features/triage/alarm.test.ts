import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Hour, TipId, UnitId } from '../../../src/domain/ids.ts';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { soundingFor, tickAlarms } from '../../../src/features/triage/alarm.ts';
import { change, submission } from '../../contract/store-fixture.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, MOC_CHAU, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
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

const openConsole = (unit: UnitId) => instance.deps.live.subscribe(unit, 'tips', () => undefined);

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

/** The service ends, comes up again so many minutes later and looks at the alarms for the first time. */
async function restart(minutes: number): Promise<void> {
  for (const { tip } of instance.deps.live.alarms.all()) instance.deps.live.alarms.delete(tip);
  told.length = 0;
  instance.clock.pass(minutes * 60);
  await tickAlarms(instance.deps, true);
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

describe('a tip that is P1 without anybody having ticked it', () => {
  test('rings when its conduct makes it so', async () => {
    openConsole(TO_HIEU);
    const { tip } = await sendTip(instance, { conductGroup: 'trafficking' });
    await vi.waitFor(() => expect(alarms()).toEqual([`${TO_HIEU} unit untaken`]));
    await later(15);
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`, `${TO_HIEU} deputy untaken`]);
    expect(instance.deps.live.alarms.get(tip)).not.toBeNull();
  });

  test('rings when somebody makes it so before anybody took it up', async () => {
    openConsole(TO_HIEU);
    const { tip } = await sendTip(instance);
    instance.clock.pass(7200);
    const officer = await signIn(instance, 'tohieu.canbo');
    await takeStep(officer, tip, { step: 'prioritised', priority: 'P1', reason: 'Có trẻ em' });
    await tickAlarms(instance.deps);
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`]);
  });

  test('can be opened by the unit above, to which it has climbed', async () => {
    const { tip } = await sendTip(instance, { conductGroup: 'trafficking' });
    await vi.waitFor(() => expect(alarms()).toContain(`${PROVINCE} parent no_console`));
    const above = await signIn(instance, 'sonla.pho');
    expect((await above.get(`/api/staff/tips/${tip}`)).status).toBe(200);
  });
});

test('no number of newer urgent tips anywhere silences an older one', async () => {
  openConsole(TO_HIEU);
  const tip = await urgentTip();
  const hour = (Math.floor(instance.clock.now() / 3600) + 1) as Hour;
  const newer = (index: number) => {
    const unit = index % 2 === 0 ? MOC_CHAU : TO_HIEU;
    return submission({ unit, urgent: true, t0: hour, change: change({ priority: 'P1' }) });
  };
  await instance.store.intake.accept(Array.from({ length: 1_100 }, (_, index) => newer(index)));
  await later(15);
  expect(instance.deps.live.alarms.all()).toHaveLength(1_101);
  expect(told.map(({ event }) => event)).toContainEqual({
    kind: 'alarm',
    tip,
    level: 'deputy',
    reason: 'untaken',
  });
  expect(told.map(({ event }) => event.kind)).not.toContain('alarm_over');
});

test('an alarm that a look did not pass goes on as long as its tip is untaken', async () => {
  openConsole(TO_HIEU);
  const tip = await urgentTip();
  const { triage } = instance.store;
  const passesNothing = { ...triage, urgentUntaken: async () => ({ rows: [], next: null }) };
  await tickAlarms({ ...instance.deps, store: { ...instance.store, triage: passesNothing } });
  expect(instance.deps.live.alarms.get(tip)).not.toBeNull();
});

describe('after a restart', () => {
  test('an alarm goes on where it was, within its hour of receipt', async () => {
    openConsole(TO_HIEU);
    await urgentTip();
    await later(16);
    await restart(4);
    expect(alarms()).toEqual([
      `${TO_HIEU} unit untaken`,
      `${TO_HIEU} deputy untaken`,
      `${TO_HIEU} head untaken`,
    ]);
    await later(5);
    expect(alarms().at(-1)).toBe(`${PROVINCE} parent untaken`);
  });

  test('an alarm climbs rather one rung early than a second late', async () => {
    instance.clock.pass(40 * 60);
    openConsole(TO_HIEU);
    await urgentTip();
    await later(1);
    await restart(1);
    expect(alarms()).toEqual([`${TO_HIEU} unit untaken`, `${TO_HIEU} deputy untaken`]);
  });

  test('everybody hears of a tip that must have waited too long, and of one whose alarm nobody kept', async () => {
    await urgentTip();
    await restart(90);
    expect(alarms()).toEqual([
      `${TO_HIEU} unit untaken`,
      `${TO_HIEU} deputy untaken`,
      `${TO_HIEU} head untaken`,
      `${PROVINCE} parent untaken`,
      `${PROVINCE} parent no_console`,
    ]);
  });

  test('what was acknowledged stays silent', async () => {
    const officer = await signIn(instance, 'tohieu.canbo');
    const tip = await urgentTip();
    await officer.post(`/api/staff/alarms/${tip}/acknowledge`);
    await restart(90);
    await later(1);
    expect(alarms()).toEqual([]);
    expect(instance.deps.live.alarms.get(tip)?.acknowledgedBy).toBe(officer.person.id);
  });
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

test('what is kept of an alarm holds no time, and ends with it', async () => {
  const kept = () => instance.store.connection.prepare('SELECT * FROM alarm').all();
  const events = () => instance.store.connection.prepare('SELECT count(*) AS n FROM event').get();
  openConsole(TO_HIEU);
  const officer = await signIn(instance, 'tohieu.canbo');
  const tip = await urgentTip();
  const before = events();
  await later(16);
  expect(kept()).toEqual([{ tip: expect.any(Number), rungs: 2, no_console: 0, acknowledged_by: null }]);
  expect(events()).toEqual(before);
  await takeStep(officer, tip, { step: 'registered' });
  expect(kept()).toEqual([]);
});
