import { describe, expect, test } from 'vitest';
import { escapeCounter } from '../../../src/client/common/leave.ts';

describe('Escape pressed to leave', () => {
  test('leaves at the third press within two seconds', () => {
    const pressed = escapeCounter();
    expect([pressed(0), pressed(500), pressed(1900)]).toEqual([false, false, true]);
  });

  test('does not leave when the presses are far apart', () => {
    const pressed = escapeCounter();
    expect([pressed(0), pressed(1500), pressed(3000), pressed(5500)]).toEqual([false, false, false, false]);
  });

  test('counts afresh after it has left once', () => {
    const pressed = escapeCounter();
    expect([0, 1, 2, 3, 4, 5].map(pressed)).toEqual([false, false, true, false, false, true]);
  });
});
