import { expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Day, Seconds, UnitId } from '../../src/domain/ids.ts';
import type { UnitRow } from '../../src/ports/store/directory-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  clockStart,
  clockStop,
  given,
  HOME,
  isStale,
  type MakeStore,
  newHash,
  nextEvent,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const unit = (code: UnitId): UnitRow => ({
  ...{ code, parent: null, kind: 'commune_police', nameVi: code, nameEn: code, province: '14' },
  ...{ remote: false, from: '2025-07-01' as Day, until: null },
});

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
        { name: 'clocks', hash: fresh, no: 2 },
        { name: 'plans', hash: kept, no: 1 },
      ]);
    }),
  );

  it(
    'counts the tips of all units whose outcome is due on a day or later, and no more than wanted',
    test(async (store) => {
      await store.directory.saveUnits(await nextEvent(store, 'directory'), [unit(HOME), unit(AWAY)]);
      const due = clockStart('settle', null, 20 * 86_400);
      await given(store);
      await given(store);
      const { tip: elsewhere } = await given(store, { unit: AWAY });
      const { tip: settled } = await given(store);
      await step(store, settled, { stopClocks: [clockStop('settle', T0_SECONDS + 60)] });
      const from = (day: Day, most = 9) => store.law.settlingFrom(day, most);
      expect(await from(due.dueDay)).toBe(3);
      expect(await from(due.dueDay, 2)).toBe(2);
      expect(await from(addDays(due.dueDay, 1))).toBe(0);
      const later = clockStart('settle', null, 21 * 86_400);
      await step(store, elsewhere, { startClocks: [{ ...later, again: 'moved' }] });
      expect(await from(addDays(due.dueDay, 1))).toBe(1);
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
