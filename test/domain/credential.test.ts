import { describe, expect, test } from 'vitest';
import {
  canonicalPassphrase,
  checkKdfCost,
  checkPassphrase,
  isAccountName,
  ONE_TIME_CODE,
  STAFF_KDF_MAXIMUM,
  STAFF_KDF_MINIMUM,
} from '../../src/domain/credential.ts';
import { codeOf } from './support.ts';

describe('the credential of staff', () => {
  test.each(['lan.anh', 'a12', 'truc-ban_1', 'x'.repeat(40)])('%s is an account name', (name) =>
    expect(isAccountName(name)).toBe(true),
  );
  test.each(['', 'ab', 'Lan', '1abc', 'a..b', 'a-', 'lan anh', 'lân', 'x'.repeat(41), 'a\nbc'])(
    '%j is not an account name',
    (name) => expect(isAccountName(name)).toBe(false),
  );

  test('a passphrase is the same however it is spaced, cased or composed', () =>
    expect(canonicalPassphrase('  Bàn  tay\tMƯA '.normalize('NFD'))).toBe('bàn tay mưa'));

  test('a passphrase has seven words and a bounded length', () => {
    expect(codeOf(() => checkPassphrase('mot hai ba bon nam sau bay'))).toBe('none');
    expect(codeOf(() => checkPassphrase('mot hai ba bon nam sau'))).toBe('weak_credential');
    expect(codeOf(() => checkPassphrase('a b c d e f g'))).toBe('weak_credential');
    expect(codeOf(() => checkPassphrase(`mot hai ba bon nam sau ${'x'.repeat(300)}`))).toBe(
      'weak_credential',
    );
  });

  test.each([
    [STAFF_KDF_MINIMUM, 'none'],
    [STAFF_KDF_MAXIMUM, 'none'],
    [{ ...STAFF_KDF_MINIMUM, passes: 2 }, 'weak_credential'],
    [{ ...STAFF_KDF_MINIMUM, memoryKiB: 65_536 }, 'weak_credential'],
    [{ ...STAFF_KDF_MAXIMUM, memoryKiB: 2 ** 24 }, 'weak_credential'],
    [{ ...STAFF_KDF_MINIMUM, passes: 3.5 }, 'weak_credential'],
    [{ ...STAFF_KDF_MINIMUM, passes: Number.NaN }, 'weak_credential'],
  ])('the cost %j of deriving keys is answered with %s', (cost, code) =>
    expect(codeOf(() => checkKdfCost(cost))).toBe(code),
  );

  test('a one-time code is six digits', () =>
    expect(
      ['123456', '12345', '1234567', '12345a', ' 123456'].map((code) => ONE_TIME_CODE.test(code)),
    ).toEqual([true, false, false, false, false]));
});
