import { expect, it } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import type { SettlementRight } from '../../src/domain/settlement.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  givenStaff,
  HOME,
  isStale,
  type MakeStore,
  newHash,
  nextEvent,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const after = (seconds: number): Seconds => (T0_SECONDS + seconds) as Seconds;

async function right(store: Store, set: Partial<SettlementRight> = {}): Promise<SettlementRight> {
  const { id: staff } = await givenStaff(store, { displayName: 'Lò Văn An' });
  return {
    ...{ id: newHash(), unit: HOME, staff, grade: 'mid', legalKinds: ['crime_report'], document: '5/QĐ' },
    ...{ from: after(0), until: null, ...set },
  };
}

const give = async (store: Store, given: SettlementRight) =>
  store.rights.giveRight(await nextEvent(store, 'directory', { type: 'right_given' }), given, bytes(300));
const end = async (store: Store, id: SettlementRight['id'], at: Seconds) =>
  store.rights.endRight(await nextEvent(store, 'directory', { type: 'right_ended' }), id, at);

export function rightsContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'hold from their first second to the one before their end, for their person and unit alone',
    test(async (store) => {
      const given = await right(store, { until: after(100) });
      expect(await give(store, given)).toBe('given');
      const held = async (unit: typeof HOME, at: number) =>
        (await store.rights.rightsOf(unit, given.staff, after(at))).length;
      expect([
        await held(HOME, -1),
        await held(HOME, 0),
        await held(HOME, 99),
        await held(HOME, 100),
      ]).toEqual([0, 1, 1, 0]);
      expect(await held(AWAY, 5)).toBe(0);
    }),
  );

  it(
    'come back as they were given, with the name of whose they are',
    test(async (store) => {
      const given = await right(store);
      await give(store, given);
      expect(await store.rights.rights([AWAY, HOME])).toEqual([{ ...given, name: 'Lò Văn An' }]);
      expect(await store.rights.rights([AWAY])).toEqual([]);
    }),
  );

  it(
    'are ended once, and one that was to begin later has then never held',
    test(async (store) => {
      const [now, later] = [await right(store), await right(store, { from: after(500) })];
      await give(store, now);
      await give(store, later);
      expect([await end(store, now.id, after(50)), await end(store, now.id, after(60))]).toEqual([
        'ended',
        'unknown',
      ]);
      expect(await store.rights.rightsOf(HOME, now.staff, after(55))).toEqual([]);
      expect(await end(store, later.id, after(50))).toBe('ended');
      expect(await store.rights.rightsOf(HOME, later.staff, after(600))).toEqual([]);
    }),
  );

  it(
    'write nothing where the event does not join, the same is given twice or nobody gave it',
    test(async (store) => {
      const given = await right(store);
      const stale = await nextEvent(store, 'directory', { type: 'right_given' });
      await give(store, given);
      expect(isStale(await store.rights.giveRight(stale, await right(store), bytes(300)))).toBe(true);
      const { no } = await store.triage.head('directory');
      expect(await give(store, given)).toBe('known');
      expect(await end(store, newHash(), after(1))).toBe('unknown');
      expect((await store.triage.head('directory')).no).toBe(no);
      expect(await store.rights.rights([HOME])).toHaveLength(1);
    }),
  );
}
