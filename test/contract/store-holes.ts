import { expect, it } from 'vitest';
import { type FocalDuty, holesIn } from '../../src/domain/focal.ts';
import type { Day, Seconds, StaffId, UnitId } from '../../src/domain/ids.ts';
import { FOCAL_STAGES } from '../../src/domain/transition-types.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  givenStaff,
  HOME,
  isStale,
  type MakeStore,
  nextEvent,
  statement,
  T0_SECONDS,
  unitRow,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const after = (seconds: number): Seconds => (T0_SECONDS + seconds) as Seconds;
const NOW = after(1_000);

type Given = Partial<Parameters<typeof unitRow>[0]> & { readonly code: UnitId };

/** Units of the tree; tips can be sent to each of them but those that are new. */
async function givenUnits(store: Store, units: readonly Given[], isNew: readonly UnitId[] = []) {
  await store.directory.saveUnits(await nextEvent(store, 'directory'), units.map(unitRow));
  for (const { code: unit } of units)
    if (!isNew.includes(unit))
      await store.directory.addStatement(await nextEvent(store, 'directory'), statement({ unit }));
}

const name = async (
  store: Store,
  unit: UnitId,
  staff: StaffId,
  {
    from = 0,
    until = null,
    ...set
  }: Partial<Pick<FocalDuty, 'rank' | 'stage'>> & {
    from?: number;
    until?: number | null;
  } = {},
) =>
  store.duty.setFocalPoint(await nextEvent(store, `unit:${unit}`), unit, {
    ...{ stage: 'intake', rank: 'active', staff, ...set },
    ...{ from: after(from), until: until === null ? null : after(until) },
  });

export function holesContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'are those that the domain finds in a unit, whoever is named, planned, gone or away',
    test(async (store) => {
      const ranks = { nobody: null, named: {}, planned: { from: 5_000 }, gone: { until: 500 }, away: {} };
      const kinds = Object.entries(ranks);
      const units = kinds.flatMap(([active]) => kinds.map(([deputy]) => `${active}-${deputy}` as UnitId));
      await givenUnits(
        store,
        units.map((code) => ({ code })),
      );
      for (const unit of units)
        for (const [at, rank] of (['active', 'deputy'] as const).entries()) {
          const kind = unit.split('-')[at] as keyof typeof ranks;
          if (ranks[kind] === null) continue;
          const { id } = await givenStaff(store, { unit });
          await name(store, unit, id, { rank, ...ranks[kind] });
          const gone = { staff: id, from: after(900), until: after(2_000) };
          if (kind === 'away')
            await store.duty.setAbsence(await nextEvent(store, `unit:${unit}`), unit, gone);
        }
      const found = new Map(
        (await store.duty.holes('reachable', NOW)).map(({ unit, stages }) => [unit, stages]),
      );
      const wanted = (await store.duty.duties(units, NOW)).map((one) => holesIn(one, FOCAL_STAGES, NOW));
      expect(units.map((unit) => found.get(unit))).toEqual(wanted);
      expect(wanted.filter((stages) => !stages.includes('intake'))).toHaveLength(6);
    }),
  );

  it(
    'are told of units that tips can be sent to, of all of them, or of one and those right below it',
    test(async (store) => {
      const [above, below, ended, fresh] = ['14', '14-x-1', '14-x-2', '14-x-3'] as UnitId[] as [
        UnitId,
        UnitId,
        UnitId,
        UnitId,
      ];
      const units: readonly Given[] = [
        { code: above },
        { code: AWAY, parent: above },
        { code: below, parent: AWAY },
        { code: ended, parent: AWAY, until: '2024-01-01' },
        { code: fresh, parent: AWAY },
      ];
      await givenUnits(store, units, [fresh]);
      for (const stage of FOCAL_STAGES)
        await name(store, above, (await givenStaff(store, { unit: above })).id, { stage });
      const codes = async (of: Parameters<Store['duty']['holes']>[0]) =>
        (await store.duty.holes(of, NOW)).map(({ unit }) => unit);
      expect(await codes('all')).toEqual([AWAY, below, ended, fresh]);
      expect(await codes('reachable')).toEqual([AWAY, below]);
      expect(await codes({ around: AWAY })).toEqual([AWAY, below]);
      expect(await codes({ around: above })).toEqual([AWAY]);
      expect(await codes({ around: below })).toEqual([below]);
      expect((await store.duty.holes({ around: below }, NOW))[0]).toEqual({
        ...{ unit: below, parent: AWAY, told: null, stages: FOCAL_STAGES },
        ...{ nameVi: unitRow().nameVi, nameEn: unitRow().nameEn },
      });
    }),
  );

  it(
    'are told to the leaders once a day, with an event',
    test(async (store) => {
      await givenUnits(store, [{ code: HOME }]);
      const subject = `unit:${HOME}`;
      const tell = async (day: string) =>
        store.duty.tellHoles(await nextEvent(store, subject), HOME, day as Day);
      const late = await nextEvent(store, subject);
      expect(await tell('2026-11-23')).toBe('told');
      expect(await tell('2026-11-23')).toBe('known');
      expect(await tell('2026-11-22')).toBe('known');
      expect(isStale(await store.duty.tellHoles(late, HOME, '2026-11-24' as Day))).toBe(true);
      expect((await store.duty.holes('reachable', NOW))[0]?.told).toBe('2026-11-23');
      expect(await tell('2026-11-24')).toBe('told');
      expect((await store.triage.head(subject)).no).toBe(2);
    }),
  );
}
