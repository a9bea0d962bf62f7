import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  markAfter,
  markReached,
  marksOf,
  parseLadders,
  toldAfterMove,
} from '../../../src/domain/escalation.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { CLOCKS } from '../../../src/domain/terms.ts';
import { at, lawJson, local } from './support.ts';

const ladders = parseLadders(lawJson('escalation'));
const START = at('2026-11-20 09:00');
const clock = { clock: 'register', started: START, due: at('2026-11-21 09:00'), soft: null } as const;

/** Clocks of up to 100 days, a goal of some, and a moment around them. */
const clocks = fc
  .record({
    clock: fc.constantFrom(...CLOCKS),
    span: fc.integer({ min: 1, max: 100 * 86_400 }),
    soft: fc.option(fc.integer({ min: 1, max: 100 * 86_400 }), { nil: null }),
    now: fc.integer({ min: 0, max: 120 * 86_400 }),
  })
  .map(({ clock: name, span, soft, now }) => ({
    marks: marksOf(
      {
        clock: name,
        started: START,
        due: (START + span) as Seconds,
        soft: soft === null ? null : ((START + soft) as Seconds),
      },
      ladders,
    ),
    due: START + span,
    now: (START + now) as Seconds,
  }));

describe('marks of a clock', () => {
  test('lie at half, at four fifths and after the last second', () => {
    const marks = marksOf(clock, ladders);
    expect(marks.map((mark) => local(mark.at))).toEqual([
      '2026-11-20 21:00',
      '2026-11-21 04:12',
      '2026-11-21 09:00',
    ]);
    expect(marks.at(-1)?.at).toBe(clock.due + 1);
  });

  test('begin at the goal of the instance where it comes before half of the time', () => {
    const first = (soft: Seconds) => local(marksOf({ ...clock, soft }, ladders)[0]?.at ?? 0);
    expect(first(at('2026-11-20 17:30'))).toBe('2026-11-20 17:30');
    expect(first(at('2026-11-21 08:00'))).toBe('2026-11-20 21:00');
  });

  test('end with the unit above only for the clocks that the table names', () => {
    const last = (name: (typeof CLOCKS)[number]) => marksOf({ ...clock, clock: name }, ladders).at(-1)?.to;
    expect(CLOCKS.filter((name) => last(name) === 'parent').sort()).toEqual(
      ['register', 'classify', 'settle', 'transfer_ack', 'notify_result'].sort(),
    );
    expect(last('notice_receipt')).toBe('head');
  });

  test('never come before the start, ascend, and the last is the first second too late', () => {
    fc.assert(
      fc.property(clocks, ({ marks, due }) => {
        const times = marks.map((mark) => mark.at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times[0]).toBeGreaterThan(START);
        expect(times.at(-1)).toBe(due + 1);
      }),
    );
  });

  test('are each told once by whoever looks in whatever rhythm, and the last one always', () => {
    fc.assert(
      fc.property(clocks, fc.array(fc.integer({ min: 1, max: 40 * 86_400 })), ({ marks, due }, pauses) => {
        const told: number[] = [];
        let now = START as number;
        for (const pause of [...pauses, due]) {
          now += pause;
          const mark = markReached(marks, told.at(-1) ?? 0, now as Seconds);
          if (mark !== null) told.push(mark.level);
          const next = markAfter(marks, told.at(-1) ?? 0);
          expect(next === null || next.at > now).toBe(true);
        }
        expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
        expect(told.at(-1)).toBe(100);
      }),
    );
  });

  test('that lie ahead again after the end was moved are told again, those behind are not', () => {
    fc.assert(
      fc.property(clocks, fc.constantFrom(0, 50, 80, 100), ({ marks, now }, told) => {
        const level = toldAfterMove(marks, told, now);
        expect(level).toBeLessThanOrEqual(told);
        for (const mark of marks)
          if (mark.level <= told) expect(mark.level <= level || mark.at > now || level === 0).toBe(true);
        expect(marks.some((mark) => mark.level === level && mark.at > now)).toBe(false);
      }),
    );
  });
});
