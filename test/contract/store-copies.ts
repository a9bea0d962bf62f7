import { expect, it } from 'vitest';
import type { TipId, UnitId } from '../../src/domain/ids.ts';
import type { CopyRow } from '../../src/ports/store/copies-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  change,
  given,
  HOME,
  isStale,
  type MakeStore,
  newTip,
  nextEvent,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const copy = (tip: TipId, no: number, toUnit: UnitId = HOME): CopyRow => ({
  ...{ tip, no, unit: HOME, toUnit },
  core: bytes(100),
  body: bytes(400),
  seal: bytes(80),
  wraps: bytes(200),
});

const make = async (store: Store, row: CopyRow) =>
  store.copies.make({
    event: await nextEvent(store, `tip:${row.tip}`, { type: 'copy_made' }),
    change: change({ step: 'copy_made' }),
    copy: row,
  });

/** Working copies: what of a tip may be passed on. */
export function copiesContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'keeps a copy with its step, in the order of their numbers',
    test(async (store) => {
      const { tip } = await given(store);
      const rows = [copy(tip, 1), copy(tip, 2, AWAY)];
      for (const row of rows) expect(await make(store, row)).toBe('made');
      expect(await store.copies.ofTip(tip)).toEqual(rows);
      expect((await store.oversight.events(tip)).map(({ type }) => type).slice(-2)).toEqual([
        'copy_made',
        'copy_made',
      ]);
    }),
  );

  it(
    'lists what other units made for a unit, and not what it made itself',
    test(async (store) => {
      const { tip } = await given(store);
      const [own, other] = [copy(tip, 1), copy(tip, 2, AWAY)];
      for (const row of [own, other]) await make(store, row);
      expect(await store.copies.receivedBy(AWAY)).toEqual([other]);
      expect(await store.copies.receivedBy(HOME)).toEqual([]);
    }),
  );

  it(
    'writes neither event nor copy when the number is taken, the head moved on or the tip is unknown',
    test(async (store) => {
      const { tip } = await given(store);
      await make(store, copy(tip, 1));
      const events = (await store.oversight.events(tip)).length;
      await expect(make(store, copy(tip, 1))).rejects.toMatchObject({ code: 'step_not_allowed' });
      const event = {
        ...(await nextEvent(store, `tip:${tip}`, { type: 'copy_made' })),
        no: 9,
      };
      const late = await store.copies.make({
        event,
        change: change({ step: 'copy_made' }),
        copy: copy(tip, 2),
      });
      expect(isStale(late)).toBe(true);
      await expect(make(store, copy(newTip(), 1))).rejects.toMatchObject({ code: 'tip_unknown' });
      expect(await store.copies.ofTip(tip)).toHaveLength(1);
      expect(await store.oversight.events(tip)).toHaveLength(events);
    }),
  );
}
