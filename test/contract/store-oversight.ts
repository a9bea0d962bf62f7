import { expect, it } from 'vitest';
import type { Day, TipId, UnitId } from '../../src/domain/ids.ts';
import type { DrillQuery } from '../../src/ports/store/oversight-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  change,
  clockStart,
  clockStop,
  dayAt,
  given,
  HOME,
  type MakeStore,
  newTip,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const DAY = 86_400;
const ALL = { from: '2000-01-01' as Day, to: '2099-12-31' as Day };
const today = (days: number): Day => dayAt(T0_SECONDS + days * DAY);

export function oversightContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  const drill = async (store: Store, set: Partial<DrillQuery> = {}): Promise<TipId[]> => {
    const query: DrillQuery = {
      units: [HOME, AWAY],
      verb: 'handled',
      ...ALL,
      result: 'due',
      today: today(10),
      limit: 100,
      ...set,
    };
    const tips: TipId[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<Store['oversight']['drill']>> = await store.oversight.drill(
        after === null ? query : { ...query, after },
      );
      tips.push(...page.rows.map((row) => row.tip));
      after = page.next;
    } while (after !== null);
    return tips;
  };

  /** A tip due in so many days; stopped after so many, or open. */
  const handled = async (store: Store, due: number, stopped: number | null, unit: UnitId = HOME) => {
    const startClocks = [clockStart('handle', 'handled', due * DAY)];
    const { tip } = await given(store, { unit, change: change({ startClocks }) });
    if (stopped !== null)
      await step(store, tip, { stopClocks: [clockStop('handle', T0_SECONDS + stopped * DAY)] });
    return tip;
  };

  it(
    'names under a tip the duplicates of its unit that were merged into it, and no other unit’s',
    test(async (store) => {
      const kept = await handled(store, 3, 2);
      const mergeFrom = async (unit: UnitId): Promise<TipId> => {
        const { tip } = await given(store, { unit });
        await step(store, tip, { register: { unit, year: 2026 } });
        const merged = { stage: 'resolved', outcome: 'duplicate', leavesRates: true } as const;
        await step(store, tip, { ...merged, mergesInto: kept });
        return tip;
      };
      const tip = await mergeFrom(HOME);
      await mergeFrom(AWAY);
      const page = await store.oversight.drill({
        units: [HOME, AWAY],
        verb: 'handled',
        ...ALL,
        result: 'due',
        today: today(10),
        limit: 10,
      });
      expect(page.rows.map(({ tip: one, merged }) => [one, merged])).toEqual([
        [kept, [{ tip, registerNumber: '1/2026' }]],
      ]);
    }),
  );

  it(
    'leads from a figure to the tips behind it',
    test(async (store) => {
      const onTime = await handled(store, 3, 2);
      const late = await handled(store, 3, 5);
      const openLate = await handled(store, 9, null);
      await handled(store, 10, null);
      await handled(store, 11, null);
      expect(await drill(store, { result: 'on_time' })).toEqual([onTime]);
      expect(await drill(store, { result: 'late' })).toEqual([late]);
      expect(await drill(store, { result: 'open_late' })).toEqual([openLate]);
      expect(await drill(store, { result: 'due' })).toEqual([openLate, onTime, late]);
      expect(await drill(store, { verb: 'received' })).toEqual([]);
    }),
  );

  it(
    'keeps to units and period',
    test(async (store) => {
      const home = await handled(store, 3, 2);
      const away = await handled(store, 4, 2, AWAY);
      expect(await drill(store, { units: [HOME] })).toEqual([home]);
      expect(await drill(store, { from: today(4) })).toEqual([away]);
      expect(await drill(store, { to: today(3) })).toEqual([home]);
      expect(await drill(store, { units: [] })).toEqual([]);
    }),
  );

  it(
    'pages over units and results without a gap or a double',
    test(async (store) => {
      const tips: TipId[] = [];
      for (let index = 0; index < 13; index++) {
        const stopped = [2, 5, null][index % 3] ?? null;
        tips.push(await handled(store, 3 + (index % 2), stopped, index % 4 === 0 ? AWAY : HOME));
      }
      for (const limit of [1, 3, 13])
        expect((await drill(store, { limit })).sort()).toEqual([...tips].sort());
    }),
  );

  it(
    'refuses a cursor that is none',
    test(async (store) => {
      for (const after of [
        '',
        'x',
        'W10',
        Buffer.from('["a",{},1,1,1,1]').toString('base64url'),
        'a'.repeat(500),
      ]) {
        const page = store.oversight.drill({
          units: [HOME],
          verb: 'handled',
          ...ALL,
          result: 'due',
          today: today(0),
          limit: 1,
          after,
        });
        await expect(page).rejects.toMatchObject({ code: 'field_invalid', field: 'after' });
      }
    }),
  );

  it(
    'counts only what the plan counts',
    test(async (store) => {
      const [report, feedback, unclassified] = [
        await handled(store, 3, 2),
        await handled(store, 3, 2),
        await handled(store, 3, 2),
      ];
      await step(store, report, { legalKind: 'crime_report', conduct: 'harbouring' });
      await step(store, feedback, { legalKind: 'feedback', conduct: 'other' });
      const population = { countedKinds: ['crime_report'], countedConduct: null } as const;
      expect((await drill(store, { population })).sort()).toEqual([report, unclassified].sort());
      const narrow = { countedKinds: ['crime_report'], countedConduct: ['brokering'] } as const;
      expect(await drill(store, { population: narrow })).toEqual([unclassified]);
      expect(await drill(store, { population: null })).toHaveLength(3);
    }),
  );

  it(
    'leaves out what was passed on where a tip counts once, with the number each unit gave',
    test(async (store) => {
      const tip = await handled(store, 3, null);
      await step(store, tip, { register: { unit: HOME, year: 2026 } });
      await step(store, tip, { custody: { kind: 'offer', to: AWAY } });
      await step(store, tip, {
        custody: { kind: 'accept', unit: AWAY },
        register: { unit: AWAY, year: 2027 },
        stopClocks: [clockStop('handle', T0_SECONDS + DAY, 'transferred')],
        startClocks: [clockStart('handle', 'handled', 4 * DAY)],
      });
      expect(await drill(store)).toEqual([tip, tip]);
      expect(await drill(store, { once: true })).toEqual([tip]);
      const page = await store.oversight.drill({
        units: [HOME, AWAY],
        verb: 'handled',
        ...ALL,
        result: 'due',
        today: today(10),
        limit: 5,
      });
      expect(page.rows.map(({ unit, registerNumber }) => [unit, registerNumber])).toEqual([
        [HOME, '1/2026'],
        [AWAY, '1/2027'],
      ]);
    }),
  );

  it(
    'shows of a tip that went on what its unit did and when it went, never where it stands now',
    test(async (store) => {
      const tip = await handled(store, 3, null);
      await step(store, tip, { custody: { kind: 'offer', to: AWAY } });
      await step(
        store,
        tip,
        {
          custody: { kind: 'accept', unit: AWAY },
          stopClocks: [clockStop('handle', T0_SECONDS + DAY, 'transferred')],
          startClocks: [clockStart('handle', 'handled', 4 * DAY)],
        },
        { at: T0_SECONDS + DAY },
      );
      await step(store, tip, { stage: 'resolved', outcome: 'sanctioned' }, { at: T0_SECONDS + 2 * DAY });
      const page = await store.oversight.drill({
        units: [HOME, AWAY],
        verb: 'handled',
        ...ALL,
        result: 'due',
        today: today(10),
        limit: 5,
      });
      expect(
        page.rows.map(({ unit, stage, outcome, handedOver, stopped }) => ({
          unit,
          stage,
          outcome,
          handedOver,
          stopped,
        })),
      ).toEqual([
        { unit: HOME, stage: null, outcome: null, handedOver: T0_SECONDS + DAY, stopped: T0_SECONDS + DAY },
        { unit: AWAY, stage: 'resolved', outcome: 'sanctioned', handedOver: null, stopped: null },
      ]);
    }),
  );

  it(
    'shows the events of a tip and none of a tip that does not exist',
    test(async (store) => {
      const made = await given(store);
      await step(store, made.tip, { step: 'registered' });
      expect((await store.oversight.events(made.tip)).map((one) => one.type)).toEqual([
        'submitted',
        'registered',
      ]);
      expect(await store.oversight.events(newTip())).toEqual([]);
    }),
  );
}
