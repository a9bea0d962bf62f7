import { describe, expect, test } from 'vitest';
import { firstOrigin, isFormerOrigin, renewedAt, renewedOrigin } from '../../src/ledger/origin.ts';

const FIRST = 'tinkin.example/log';
const AT = Date.parse('2026-11-23T08:31:05Z') / 1000;

describe('the name of a log', () => {
  test('that takes another’s place says since when', () => {
    expect(renewedOrigin(FIRST, AT)).toBe('tinkin.example/log/since-20261123T083105Z');
    expect(renewedAt(renewedOrigin(FIRST, AT))).toBe(AT);
  });

  test('does not grow when it is renewed once more', () =>
    expect(renewedOrigin(renewedOrigin(FIRST, AT), AT + 60)).toBe(
      'tinkin.example/log/since-20261123T083205Z',
    ));

  test('tells which log came first, and which of two came before the other', () => {
    const second = renewedOrigin(FIRST, AT);
    const third = renewedOrigin(FIRST, AT + 1);
    expect(firstOrigin(third)).toBe(FIRST);
    expect([isFormerOrigin(FIRST, second), isFormerOrigin(second, third)]).toEqual([true, true]);
    expect([isFormerOrigin(third, second), isFormerOrigin(second, second)]).toEqual([false, false]);
    expect(isFormerOrigin('tinkin.other/log', second)).toBe(false);
  });

  test('of a first log has no such moment, nor has one that only looks like it', () => {
    expect(renewedAt(FIRST)).toBe(null);
    expect(renewedAt(`${FIRST}/since-20261399T083105Z`)).toBe(null);
  });
});
