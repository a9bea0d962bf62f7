import { expect, test } from 'vitest';
import { createMemoryLive } from '../../../src/adapters/live/memory-live.ts';
import type { Seconds, TipId, UnitId } from '../../../src/domain/ids.ts';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import type { Alarm } from '../../../src/ports/live.ts';

const UNIT = '14-03646-ca' as UnitId;
const OTHER = '14-03980-ca' as UnitId;
const EVENT: LiveEvent = { kind: 'unit_changed' };

test('an event reaches every console of its unit and no other', () => {
  const live = createMemoryLive();
  const heard: string[] = [];
  live.subscribe(UNIT, 'tips', () => heard.push('a'));
  live.subscribe(UNIT, 'tips', () => heard.push('b'));
  live.subscribe(OTHER, 'tips', () => heard.push('c'));
  live.publish(UNIT, EVENT);
  expect(heard).toEqual(['a', 'b']);
});

test('a closed console hears nothing and is not counted', () => {
  const live = createMemoryLive();
  const heard: LiveEvent[] = [];
  const close = live.subscribe(UNIT, 'tips', (event) => heard.push(event));
  expect(live.consoles(UNIT)).toBe(1);
  close();
  close();
  live.publish(UNIT, EVENT);
  expect([heard, live.consoles(UNIT)]).toEqual([[], 0]);
});

test('a line for calls hears what is published and is no console that an urgent tip would be seen on', () => {
  const live = createMemoryLive();
  const heard: LiveEvent[] = [];
  const close = live.subscribe(UNIT, 'calls', (event) => heard.push(event));
  live.publish(UNIT, EVENT);
  expect([heard, live.consoles(UNIT)]).toEqual([[EVENT], 0]);
  close();
  live.publish(UNIT, EVENT);
  expect(heard).toEqual([EVENT]);
});

test('the same person with two consoles counts twice and closes them one by one', () => {
  const live = createMemoryLive();
  const listener = (): void => undefined;
  const close = live.subscribe(UNIT, 'tips', listener);
  live.subscribe(UNIT, 'tips', listener);
  close();
  expect(live.consoles(UNIT)).toBe(1);
});

test('a listener that throws is dropped and the others still hear', () => {
  const live = createMemoryLive();
  const heard: LiveEvent[] = [];
  live.subscribe(UNIT, 'tips', () => {
    throw new Error('broken');
  });
  live.subscribe(UNIT, 'tips', (event) => heard.push(event));
  live.publish(UNIT, EVENT);
  expect([heard, live.consoles(UNIT)]).toEqual([[EVENT], 1]);
});

test('a console may close while an event is being told', () => {
  const live = createMemoryLive();
  const heard: string[] = [];
  const close = live.subscribe(UNIT, 'tips', () => close());
  live.subscribe(UNIT, 'tips', () => heard.push('b'));
  live.publish(UNIT, EVENT);
  expect(heard).toEqual(['b']);
});

test('a watcher hears every unit and is no console', () => {
  const live = createMemoryLive();
  const heard: UnitId[] = [];
  const end = live.watch((unit) => heard.push(unit));
  live.publish(UNIT, EVENT);
  live.publish(OTHER, EVENT);
  end();
  live.publish(UNIT, EVENT);
  expect([heard, live.consoles(UNIT)]).toEqual([[UNIT, OTHER], 0]);
});

test('the board keeps one alarm a tip', () => {
  const { alarms } = createMemoryLive();
  const tip = 'ab'.repeat(16) as TipId;
  const alarm: Alarm = {
    tip,
    unit: UNIT,
    since: 1 as Seconds,
    told: [],
    toldNoConsole: false,
    acknowledgedBy: null,
  };
  alarms.set(alarm);
  alarms.set({ ...alarm, told: ['unit'] });
  expect(alarms.all()).toEqual([{ ...alarm, told: ['unit'] }]);
  alarms.delete(tip);
  expect(alarms.get(tip)).toBeNull();
});
