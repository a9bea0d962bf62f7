import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  delayAfter,
  FADE_SECONDS,
  LONGEST_DELAY,
  type LoginThrottle,
  NO_FAILURES,
  waitSeconds,
} from '../../src/domain/throttle.ts';

const START = 1_800_000_000;
/** So many failures, each made as soon as it is looked at. */
const attacked = (failures: number): { state: LoginThrottle; now: number } => {
  let state = NO_FAILURES;
  let now = START;
  for (let n = 0; n < failures; n += 1) {
    now += waitSeconds(state, now);
    state = afterFailure(state, now);
  }
  return { state, now };
};

describe('slowing log-ins down', () => {
  test('three mistakes cost nothing', () => {
    const { state, now } = attacked(3);
    expect(waitSeconds(state, now)).toBe(0);
  });

  test('from the fourth on the wait doubles up to a quarter of an hour', () =>
    expect([4, 5, 6, 7, 12, 13, 16].map(delayAfter)).toEqual([2, 4, 8, 16, 512, 900, 900]));

  test('a success forgets every failure', () => expect(afterSuccess()).toEqual(NO_FAILURES));

  test('nobody is locked out: after any attack the owner waits at most a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.nat(300), (failures) => {
        const { state, now } = attacked(failures);
        expect(waitSeconds(state, now)).toBeLessThanOrEqual(LONGEST_DELAY);
        expect(waitSeconds(state, now + LONGEST_DELAY)).toBe(0);
      }),
    );
  });

  test('a try that waits its turn is not counted, so waiting works', () => {
    const { state, now } = attacked(10);
    const wait = waitSeconds(state, now);
    expect([wait, waitSeconds(state, now + 1), waitSeconds(state, now + wait)]).toEqual([128, 127, 0]);
  });

  test('failures fade with quiet hours, within a day all of them', () => {
    const { state, now } = attacked(200);
    const later = afterFailure(state, now + 3 * FADE_SECONDS);
    expect(later.failures).toBe(state.failures - 3 + 1);
    expect(afterFailure(state, now + 24 * FADE_SECONDS).failures).toBe(1);
  });

  test('a clock that goes back never makes the wait longer than the longest', () => {
    const { state, now } = attacked(20);
    expect(waitSeconds(state, now - 100)).toBeLessThanOrEqual(LONGEST_DELAY + 100);
    expect(afterFailure(state, now - 100).failures).toBe(state.failures);
  });

  test('a year of guessing has fewer than 36 000 tries', () =>
    expect((365 * 86_400) / LONGEST_DELAY).toBeLessThan(36_000));
});
