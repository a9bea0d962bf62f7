import { describe, expect, test } from 'vitest';
import { afterEvent, NO_ALARMS, titleWith, without } from '../../../src/client/console/alarm.ts';
import { readEvent } from '../../../src/client/console/live.ts';
import type { TipId } from '../../../src/domain/ids.ts';

const tip = (n: number): TipId => n.toString(16).padStart(32, '0') as TipId;
const alarm = (n: number) => ({ kind: 'alarm', tip: tip(n), level: 'unit', reason: 'untaken' }) as const;

describe('alarms', () => {
  test('a tip rings once, whatever level its alarm has climbed to', () => {
    const once = afterEvent(NO_ALARMS, alarm(1));
    expect(afterEvent(once, { ...alarm(1), level: 'head' })).toBe(once);
    expect(afterEvent(once, alarm(2)).tips).toHaveLength(2);
  });

  test('an alarm that somebody acknowledged elsewhere is over here too', () => {
    const ringing = afterEvent(afterEvent(NO_ALARMS, alarm(1)), alarm(2));
    expect(afterEvent(ringing, { kind: 'alarm_over', tip: tip(1) }).tips.map((one) => one.tip)).toEqual([
      tip(2),
    ]);
  });

  test('other events ring nothing', () => {
    expect(afterEvent(NO_ALARMS, { kind: 'new_tip', tip: tip(1), urgent: true })).toBe(NO_ALARMS);
    expect(without(NO_ALARMS, tip(1))).toBe(NO_ALARMS);
  });

  test('the title counts them in front', () => {
    expect(titleWith('TinKín', 0)).toBe('TinKín');
    expect(titleWith('TinKín', 2)).toBe('(2) TinKín');
  });
});

describe('lines of the live stream', () => {
  test('known events are read', () => {
    expect(readEvent('{"kind":"unit_changed"}')).toEqual({ kind: 'unit_changed' });
  });

  test.each(['', 'x', '{"kind":"later"}', '{"kind":5}', 'null'])('%s is passed over', (line) => {
    expect(readEvent(line)).toBeNull();
  });
});
