import { expect, it } from 'vitest';
import type { FocalDuty } from '../../src/domain/focal.ts';
import type { Seconds, StaffId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { AWAY, givenStaff, HOME, isStale, type MakeStore, nextEvent, T0_SECONDS } from './store-fixture.ts';
import { withStore } from './with-store.ts';

const after = (seconds: number): Seconds => (T0_SECONDS + seconds) as Seconds;

const name = async (store: Store, staff: StaffId, from: number, rank: FocalDuty['rank'] = 'active') =>
  store.duty.setFocalPoint(await nextEvent(store, `unit:${HOME}`), HOME, {
    ...{ stage: 'intake', rank, staff, from: after(from), until: null },
  });
const away = async (store: Store, staff: StaffId, from: number, until: number | null) =>
  store.duty.setAbsence(await nextEvent(store, `unit:${HOME}`), HOME, {
    ...{ staff, from: after(from), until: until === null ? null : after(until) },
  });
const back = async (store: Store, staff: StaffId, from: number, at: number) => {
  const absence = { unit: HOME, staff, from: after(from) };
  return store.duty.endAbsence(await nextEvent(store, `unit:${HOME}`), absence, after(at));
};
const home = async (store: Store, now: number) => (await store.duty.duties([HOME], after(now)))[0];
const named = async (store: Store, now: number) =>
  (await store.accounts.focalPoints(HOME, after(now))).map(({ staff, rank }) => [staff, rank]);

export function dutyContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'has one focal point and one deputy a stage, each until the next',
    test(async (store) => {
      const [first, second, third] = [
        (await givenStaff(store)).id,
        (await givenStaff(store)).id,
        (await givenStaff(store)).id,
      ];
      expect(await name(store, first, 100)).toBe('saved');
      expect(await name(store, second, 100, 'deputy')).toBe('saved');
      expect(await name(store, third, 200)).toBe('saved');
      expect(await named(store, 50)).toEqual([]);
      expect(await named(store, 199)).toEqual([
        [first, 'active'],
        [second, 'deputy'],
      ]);
      expect(await named(store, 200)).toEqual([
        [third, 'active'],
        [second, 'deputy'],
      ]);
    }),
  );

  it(
    'hands a stage over on the day that was planned, and forgets the plan when another one is made before',
    test(async (store) => {
      const [first, second, third] = [
        (await givenStaff(store)).id,
        (await givenStaff(store)).id,
        (await givenStaff(store)).id,
      ];
      await name(store, first, 0);
      await name(store, second, 1_000);
      expect(await named(store, 999)).toEqual([[first, 'active']]);
      expect(await named(store, 1_000)).toEqual([[second, 'active']]);
      expect((await home(store, 10))?.duties.map(({ staff, from, until }) => [staff, from, until])).toEqual([
        [first, after(0), after(1_000)],
        [second, after(1_000), null],
      ]);
      await name(store, third, 500);
      expect(await named(store, 499)).toEqual([[first, 'active']]);
      expect(await named(store, 1_500)).toEqual([[third, 'active']]);
      expect((await home(store, 10))?.duties.map(({ staff }) => staff)).toEqual([first, third]);
    }),
  );

  it(
    'does not make somebody their own deputy, now or later, and writes nothing then',
    test(async (store) => {
      const [first, second] = [(await givenStaff(store)).id, (await givenStaff(store)).id];
      await name(store, first, 0);
      const before = await store.triage.head(`unit:${HOME}`);
      expect(await name(store, first, 0, 'deputy')).toBe('focal_same');
      expect(await name(store, first, 900, 'deputy')).toBe('focal_same');
      expect(await store.triage.head(`unit:${HOME}`)).toEqual(before);
      await name(store, second, 900);
      expect(await name(store, first, 900, 'deputy')).toBe('saved');
    }),
  );

  it(
    'lets two people change places: the deputy takes the stage over, then the other stands in',
    test(async (store) => {
      const [first, second] = [(await givenStaff(store)).id, (await givenStaff(store)).id];
      await name(store, first, 0);
      await name(store, second, 0, 'deputy');
      expect(await name(store, second, 100)).toBe('saved');
      expect(await named(store, 100)).toEqual([[second, 'active']]);
      expect(await name(store, first, 100, 'deputy')).toBe('saved');
      expect(await named(store, 99)).toEqual([
        [first, 'active'],
        [second, 'deputy'],
      ]);
      expect(await named(store, 100)).toEqual([
        [second, 'active'],
        [first, 'deputy'],
      ]);
    }),
  );

  it(
    'keeps absences of one person apart, and one that was given up before it began never was',
    test(async (store) => {
      const { id } = await givenStaff(store);
      expect(await away(store, id, 100, 200)).toBe('saved');
      expect(await away(store, id, 199, 300)).toBe('overlaps');
      expect(await away(store, id, 50, 101)).toBe('overlaps');
      expect(await away(store, id, 0, null)).toBe('overlaps');
      expect(await away(store, id, 200, null)).toBe('saved');
      expect(await back(store, id, 200, 150)).toBe('ended');
      expect(await back(store, id, 200, 150)).toBe('unknown');
      expect(await back(store, id, 100, 150)).toBe('ended');
      expect((await home(store, 0))?.absences).toEqual([{ staff: id, from: after(100), until: after(150) }]);
      expect(await away(store, id, 150, 160)).toBe('saved');
    }),
  );

  it(
    'tells of several units at once, their leaders in the order in which they came',
    test(async (store) => {
      const [head] = [await givenStaff(store, { roles: ['head'], unit: AWAY })];
      const deputy = await givenStaff(store, { roles: ['officer', 'deputy'], unit: AWAY });
      await givenStaff(store, { roles: ['officer'], unit: AWAY });
      await givenStaff(store, { roles: ['head'], unit: AWAY, status: 'removed' });
      const [away, mine] = await store.duty.duties([AWAY, HOME], after(0));
      expect(away?.leaders).toEqual([
        { staff: head.id, role: 'head' },
        { staff: deputy.id, role: 'deputy' },
      ]);
      expect(mine).toEqual({ unit: HOME, duties: [], absences: [], leaders: [] });
    }),
  );

  it(
    'writes nothing for an event that does not join its chain',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const late = await nextEvent(store, `unit:${HOME}`);
      await name(store, id, 0);
      const duty = { stage: 'answer', rank: 'active', staff: id, from: after(0), until: null } as const;
      expect(isStale(await store.duty.setFocalPoint(late, HOME, duty))).toBe(true);
      const gone = { staff: id, from: after(0), until: null };
      expect(isStale(await store.duty.setAbsence(late, HOME, gone))).toBe(true);
      const kept = await home(store, 0);
      expect([kept?.duties.length, kept?.absences.length]).toEqual([1, 0]);
    }),
  );
}
