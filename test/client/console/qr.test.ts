import { describe, expect, test } from 'vitest';
import { qrModules } from '../../../src/client/console/account/qr.ts';
import { remainder } from '../../../src/client/console/account/reed-solomon.ts';

const FINDER = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
const corner = (modules: readonly (readonly boolean[])[], top: number, left: number): string[] =>
  Array.from({ length: 7 }, (_, y) =>
    Array.from({ length: 7 }, (_, x) => (modules[top + y]?.[left + x] === true ? '#' : '.')).join(''),
  );

describe('QR codes of one-time-code keys', () => {
  test('the error correction of a known block is the standard’s', () => {
    // "HELLO WORLD" at version 1-M, the worked example of most descriptions of ISO/IEC 18004.
    const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
    expect(remainder(data, 10)).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
  });

  test('a code has its three finders, its timing lines and the dark module', () => {
    const modules = qrModules('otpauth://totp/TinKin:a?secret=JBSWY3DPEHPK3PXP');
    const size = modules.length;
    for (const [top, left] of [
      [0, 0],
      [0, size - 7],
      [size - 7, 0],
    ] as const)
      expect(corner(modules, top, left)).toEqual(FINDER);
    for (let i = 8; i < size - 8; i++)
      expect([modules[6]?.[i], modules[i]?.[6]]).toEqual([i % 2 === 0, i % 2 === 0]);
    expect(modules[size - 8]?.[8]).toBe(true);
  });

  test.each([
    [17, 21],
    [18, 25],
    [106, 37],
    [134, 41],
    [230, 53],
  ])('%i bytes need %i modules a side', (bytes, side) => {
    expect(qrModules('x'.repeat(bytes))).toHaveLength(side);
  });

  test('a text that no code of these versions holds is refused', () => {
    expect(() => qrModules('x'.repeat(231))).toThrow(RangeError);
  });
});
