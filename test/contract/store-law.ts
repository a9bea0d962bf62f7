import { expect, it } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { isStale, type MakeStore, newHash, nextEvent, T0_SECONDS } from './store-fixture.ts';
import { withStore } from './with-store.ts';

const data = (name: string) => JSON.stringify({ off: [{ day: '2028-01-03', name }], worked: [] });

const save = async (store: Store, year: number, text: string, at: number = T0_SECONDS) =>
  store.law.saveHolidays(
    await nextEvent(store, 'directory', { type: 'holidays_saved', time: { at: at as Seconds } }),
    { year, data: text, by: 'operator' },
  );

export function lawContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'keeps every saving of a year in order, with the moment of its event, and counts them',
    test(async (store) => {
      expect(await store.law.holidaysVersion()).toBe(0);
      await save(store, 2028, data('a'), T0_SECONDS);
      const before = await store.law.holidaysVersion();
      await save(store, 2027, data('b'), T0_SECONDS + 5);
      await save(store, 2028, data('c'), T0_SECONDS + 5);
      expect(await store.law.holidaysVersion()).toBeGreaterThan(before);
      expect(await store.law.holidays()).toEqual([
        { year: 2028, data: data('a'), saved: T0_SECONDS, by: 'operator' },
        { year: 2027, data: data('b'), saved: T0_SECONDS + 5, by: 'operator' },
        { year: 2028, data: data('c'), saved: T0_SECONDS + 5, by: 'operator' },
      ]);
    }),
  );

  it(
    'remembers the file of each name that it ran with last',
    test(async (store) => {
      const event = () => nextEvent(store, 'directory', { type: 'law_changed' });
      const [old, kept, fresh] = [newHash(), newHash(), newHash()];
      await store.law.saveLawFiles(await event(), [
        { name: 'plans', hash: kept },
        { name: 'clocks', hash: old },
      ]);
      await store.law.saveLawFiles(await event(), [{ name: 'clocks', hash: fresh }]);
      expect(await store.law.lawFiles()).toEqual([
        { name: 'clocks', hash: fresh },
        { name: 'plans', hash: kept },
      ]);
    }),
  );

  it(
    'writes nothing where the event does not join the chain',
    test(async (store) => {
      const stale = await nextEvent(store, 'directory', {
        type: 'holidays_saved',
        time: { at: T0_SECONDS as Seconds },
      });
      await save(store, 2028, data('a'));
      const year = { year: 2029, data: data('b'), by: 'operator' };
      expect(isStale(await store.law.saveHolidays(stale, year))).toBe(true);
      expect(isStale(await store.law.saveLawFiles(stale, [{ name: 'clocks', hash: newHash() }]))).toBe(true);
      expect(await store.law.holidays()).toHaveLength(1);
      expect(await store.law.lawFiles()).toEqual([]);
    }),
  );
}
