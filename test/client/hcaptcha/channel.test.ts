import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channelName, checkIdOf, newCheckId, readMessage } from '../../../src/client/hcaptcha/channel.ts';
import { MAX_HCAPTCHA_TOKEN } from '../../../src/protocol/hcaptcha.ts';

describe('what the check’s tab says', () => {
  test.each(['opened', 'taken', 'failed', 'expired', 'closed', 'leave'])('is understood: %s', (kind) => {
    expect(readMessage({ kind })).toEqual({ kind });
  });

  test('is understood: a token', () => {
    expect(readMessage({ kind: 'token', token: 'P1_abc.def' })).toEqual({
      kind: 'token',
      token: 'P1_abc.def',
    });
  });

  test.each<[string, unknown]>([
    ['no text', 7],
    ['missing', undefined],
    ['empty', ''],
    ['too long', 'x'.repeat(MAX_HCAPTCHA_TOKEN + 1)],
    ['of other characters', '<img src=x>'],
    ['of several lines', 'P1_abc\r\nP1_def'],
    ['a list', ['P1_abc']],
  ])('is told to be unfit when the token is %s', (_what, token) => {
    expect(readMessage({ kind: 'token', token })).toEqual({ kind: 'unfit' });
  });

  test('is told to be unfit when something stands beside the token', () => {
    expect(readMessage({ kind: 'token', token: 'P1_abc', more: 1 })).toEqual({ kind: 'unfit' });
  });

  test.each([null, undefined, 'token', 5, [], {}, { kind: 'unfit' }, { kind: 'eval' }, { kind: ['token'] }])(
    'is not heard at all when it is something else: %j',
    (value) => {
      expect(readMessage(value)).toBeNull();
    },
  );

  test('is not heard with anything added to a bare message', () => {
    expect(readMessage({ kind: 'leave', to: 'https://elsewhere.example' })).toBeNull();
  });

  test('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => readMessage(value)).not.toThrow();
      }),
    );
  });
});

describe('the id by which the two tabs find each other', () => {
  test('is fresh each time, 32 hex digits, and read back from the fragment', () => {
    const ids = Array.from({ length: 50 }, newCheckId);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(checkIdOf(`#${id}`)).toBe(id);
      expect(channelName(id)).toContain(id);
    }
  });

  test.each(['', '#', 'ab'.repeat(16), `#${'AB'.repeat(16)}`, `#${'ab'.repeat(17)}`, '#../../x'])(
    'is not read from %j',
    (fragment) => {
      expect(checkIdOf(fragment)).toBeNull();
    },
  );
});
