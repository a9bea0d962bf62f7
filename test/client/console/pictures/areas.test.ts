import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Area,
  areaAfter,
  areaBetween,
  MIDDLE,
  pixelsOf,
} from '../../../../src/client/console/pictures/areas.ts';

const share = fc.double({ min: -0.5, max: 1.5, noNaN: true });
const point = fc.record({ x: share, y: share });
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

const lies = ({ x, y, w, h }: Area): boolean =>
  x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 1 + 1e-9 && y + h <= 1 + 1e-9;

describe('a black area', () => {
  test('lies within the picture wherever the pointer went', () => {
    fc.assert(
      fc.property(point, point, (one, other) => {
        const area = areaBetween(one, other);
        return area === null || lies(area);
      }),
    );
  });

  test('is the same in whichever direction it was drawn', () => {
    const [one, other] = [
      { x: 0.2, y: 0.3 },
      { x: 0.6, y: 0.5 },
    ];
    expect(areaBetween(other, one)).toEqual(areaBetween(one, other));
  });

  test('does not come of a mere press', () => {
    expect(areaBetween({ x: 0.5, y: 0.5 }, { x: 0.502, y: 0.502 })).toBeNull();
  });

  test('is moved by arrows and sized by arrows with Shift, and stays within the picture', () => {
    expect(areaAfter(MIDDLE, 'ArrowRight', false)).toMatchObject({ x: 0.36, w: 0.3 });
    expect(areaAfter(MIDDLE, 'ArrowRight', true)).toMatchObject({ x: 0.35, w: 0.31 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean()), { maxLength: 200 }),
        (presses) => {
          let area = MIDDLE;
          for (const [key, shift] of presses) area = areaAfter(area, key, shift) ?? area;
          return lies(area);
        },
      ),
    );
  });

  test('leaves every other key to the page', () => {
    expect(areaAfter(MIDDLE, 'Tab', false)).toBeNull();
  });

  test('covers every pixel that it touches and none outside', () => {
    expect(pixelsOf({ x: 0.15, y: 0.25, w: 0.1, h: 0.5 }, { width: 10, height: 10 })).toEqual({
      ...{ x: 1, y: 2 },
      ...{ width: 2, height: 6 },
    });
    expect(pixelsOf({ x: 0, y: 0, w: 1, h: 1 }, { width: 7, height: 5 })).toEqual({
      ...{ x: 0, y: 0 },
      ...{ width: 7, height: 5 },
    });
  });
});
