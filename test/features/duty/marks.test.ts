import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { sweepMarks, watchMarks } from '../../../src/features/duty/marks.ts';
import { FORM_03, ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import {
  INSPECTORATE,
  type Instance,
  MINISTRY,
  openInstance,
  PROVINCE,
  SUPPORT,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

const HOUR = 3600;
const CLASSIFIED: Act = {
  ...{
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
  },
  ...ORDINARY,
};
const DIVERTED: Act = {
  ...{ step: 'diverted', toUnit: INSPECTORATE, why: 'conflict', ground: 'Tin nói về trưởng công an phường' },
};

interface Told {
  readonly level: number;
  readonly to: string;
  readonly above: readonly string[];
  readonly items: readonly (readonly [string, string, number])[];
}

let instance: Instance;
beforeEach(async () => {
  instance = await openInstance();
  here = new Map();
});
afterEach(() => instance.close());

// Sessions end while the clock is moved, so everybody logs in once between two moves.
let here = new Map<string, Promise<Staff>>();
const as = (account: string): Promise<Staff> => {
  const session = here.get(account) ?? signIn(instance, account);
  here.set(account, session);
  return session;
};
const officer = () => as('tohieu.canbo');
const above = () => as('sonla.truong');

const told = (unit: string = TO_HIEU): readonly Told[] =>
  eventsOf(instance, `unit:${unit}`)
    .filter(({ type }) => type === 'clocks_escalated')
    .map(({ restrictedPart }) => JSON.parse(new TextDecoder().decode(restrictedPart)));
/** What was told of a clock: level and receiver, in order. */
const of = (clock: string, unit: string = TO_HIEU): readonly string[] =>
  told(unit)
    .filter(({ items }) => items.some(([, name]) => name === clock))
    .map(({ level, to }) => `${level} ${to}`);
const sweep = (hours = 0): Promise<number> => {
  instance.clock.pass(hours * HOUR);
  if (hours > 0) here = new Map();
  return sweepMarks(instance.deps);
};
const outside = async (who: Staff) =>
  (await ok<{ rows: readonly { tip: string; why: string }[] }>(await who.get('/api/staff/outside'))).rows;

describe('marks of a running clock', () => {
  test('are told once each, at half, at four fifths and at the end, to ever wider a circle', async () => {
    await sendTip(instance);
    expect(await sweep()).toBe(0);
    await sweep(13);
    expect(of('classify')).toEqual(['50 focal']);
    await sweep(7);
    expect(of('classify')).toEqual(['50 focal', '80 head']);
    await sweep(5);
    expect(of('classify')).toEqual(['50 focal', '80 head', '100 parent']);
    expect(told().at(-1)).toMatchObject({ above: [PROVINCE] });
    await sweep();
    await sweep(1);
    expect(of('classify')).toHaveLength(3);
  });

  test('that passed while nobody looked are told by the furthest alone', async () => {
    await sendTip(instance);
    await sweep(25);
    expect(of('classify')).toEqual(['100 parent']);
  });

  test('begin at the goal of the instance where one lies before half of the time', async () => {
    await sendTip(instance);
    // Eight office hours after 9:00: the next morning at half past nine is beyond half of 24 hours.
    await sweep(11);
    expect(of('register')).toEqual([]);
    await sweep(2);
    expect(of('register')).toEqual(['50 focal']);
  });

  test('are not told of clocks that stopped, and not of those whose rule has none', async () => {
    const { tip } = await sendTip(instance);
    await sweep(1);
    await takeStep(await officer(), tip, { step: 'registered' });
    await sweep(24);
    expect(of('register')).toEqual([]);
    expect(of('verify')).toEqual([]);
    expect(of('classify')).toEqual(['100 parent']);
  });

  test('of many tips share an event of at most a hundred', async () => {
    for (let i = 0; i < 3; i++) await sendTip(instance);
    await sweep(25);
    const events = told().filter(({ level }) => level === 100);
    expect(events).toHaveLength(1);
    expect(events[0]?.items).toHaveLength(6);
    expect(new Set(events[0]?.items.map(([tip]) => tip)).size).toBe(3);
  });

  test('go to the heads of a unit above which nobody stands', async () => {
    await sendTip(instance, { unit: MINISTRY });
    await sweep(25);
    expect(of('classify', MINISTRY)).toEqual(['100 head']);
  });

  test('are heard by open consoles of the holder, and of the unit above at the end', async () => {
    const heard: [string, LiveEvent][] = [];
    await sendTip(instance);
    instance.deps.live.watch((unit, event) => heard.push([unit, event]));
    await sweep(25);
    expect(heard).toEqual([
      [TO_HIEU, { kind: 'escalated', level: 100, tips: 2 }],
      [PROVINCE, { kind: 'escalated', level: 100, tips: 2 }],
    ]);
  });

  test('are told once when two processes look at the same time', async () => {
    await sendTip(instance);
    instance.clock.pass(25 * HOUR);
    await Promise.all([sweepMarks(instance.deps), sweepMarks(instance.deps)]);
    await sweep();
    expect(of('classify')).toEqual(['100 parent']);
  });

  test('are told when the service starts, and a stop waits for the look that runs', async () => {
    await sendTip(instance);
    instance.clock.pass(25 * HOUR);
    await watchMarks(instance.deps, 3600).stop();
    expect(of('classify')).toEqual(['100 parent']);
  });
});

describe('a deadline that passed', () => {
  test('is listed for leaders of the unit above, who see facts and no words until it is met', async () => {
    const { tip } = await sendTip(instance);
    expect(await refusal(await (await above()).get(`/api/staff/tips/${tip}`))).toMatchObject({
      code: 'tip_unknown',
    });
    await sweep(25);
    expect(await outside(await above())).toMatchObject([{ tip, why: 'overdue' }]);
    expect(await tipOf(await above(), tip)).toMatchObject({
      access: 'over',
      mailboxKey: '',
      mailboxLocator: '',
    });
    await takeStep(await officer(), tip, { step: 'registered' });
    await takeStep(await officer(), tip, CLASSIFIED);
    expect(await outside(await above())).toEqual([]);
    expect(await refusal(await (await above()).get(`/api/staff/tips/${tip}`))).toMatchObject({
      code: 'tip_unknown',
    });
  });

  test('is shown to nobody else: not to officers above, not to the unit above that one, not beside', async () => {
    const { tip } = await sendTip(instance);
    await sweep(25);
    for (const account of ['sonla.canbo', 'ttb.truong', 'mocchau.truong']) {
      const other = await as(account);
      expect(await refusal(await other.get(`/api/staff/tips/${tip}`))).toMatchObject({ code: 'tip_unknown' });
      expect(await outside(other)).toEqual([]);
    }
  });

  test('stands on the tip and in its unit’s lists', async () => {
    const { tip } = await sendTip(instance);
    await sweep(20);
    const seen = (await (await (await officer()).get(`/api/staff/tips/${tip}`)).json()) as {
      reached: readonly { clock: string; level: number }[];
    };
    expect(seen.reached.map(({ clock, level }) => `${clock} ${level}`).sort()).toEqual([
      'classify 80',
      'register 80',
    ]);
    const { rows } = await ok<{ rows: readonly { level: number }[] }>(
      await (await officer()).get('/api/staff/queue'),
    );
    expect(rows.map(({ level }) => level)).toEqual([80]);
  });

  test('leaves the tree of a unit that the tip was taken from', async () => {
    const { tip } = await sendTip(instance);
    await sweep(25);
    await takeStep(await officer(), tip, DIVERTED);
    expect(await outside(await above())).toEqual([]);
    expect(await refusal(await (await above()).get(`/api/staff/tips/${tip}`))).toMatchObject({
      code: 'tip_unknown',
    });
    await sweep();
    expect(of('register', INSPECTORATE)).toEqual(['100 parent']);
    expect(told(INSPECTORATE).at(-1)).toMatchObject({ above: [MINISTRY] });
    expect(await outside(await above())).toEqual([]);
  });
});

test('a transfer that nobody acknowledges is told above its sender and above its receiver', async () => {
  const { tip } = await sendTip(instance);
  await takeStep(await officer(), tip, { step: 'registered' });
  const head = await as('tohieu.truong');
  await takeStep(head, tip, { step: 'transfer_sent', toUnit: SUPPORT, ground: 'Cần hỗ trợ', ...FORM_03 });
  await sweep(25);
  const events = told().filter(({ items }) => items.some(([, clock]) => clock === 'transfer_ack'));
  expect(events).toMatchObject([{ level: 100, to: 'parent', above: ['14-ca', '14-ubnd'] }]);
  expect(await outside(await above())).toMatchObject([{ tip }]);
});
