import { expect, test } from 'vitest';
import { PARTS_AT_ONCE, PARTS_OF_ONE, partPlaces } from '../../../src/features/uploads/part-places.ts';

test('no more parts are on the line at once than there are places, and each freed place can be taken again', () => {
  const places = partPlaces();
  const free = Array.from({ length: PARTS_AT_ONCE }, (_, i) =>
    places.take(`upload ${Math.floor(i / PARTS_OF_ONE)}`),
  );
  expect(free).not.toContain(null);
  expect(places.take('one more')).toBeNull();
  free[0]?.();
  expect(places.take('one more')).not.toBeNull();
  expect(places.take('another')).toBeNull();
});
