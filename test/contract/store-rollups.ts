import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Day } from '../../src/domain/ids.ts';
import { type Population, rateOf } from '../../src/domain/rates.ts';
import { type ClockName, VERBS, type Verb } from '../../src/domain/terms.ts';
import type { RollupRow } from '../../src/ports/store/oversight-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  clockStart,
  clockStop,
  dayAt,
  given,
  HOME,
  type MakeStore,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { type Action, type Model, runAction } from './store-rollup-model.ts';
import { withStore } from './with-store.ts';

const FIRST = '2000-01-01' as Day;
const LAST = '2099-12-31' as Day;

export function rollupContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const cells = async (store: Store, verb: Verb) =>
    (await store.oversight.rollup([HOME, AWAY], FIRST, LAST)).filter((cell) => cell.verb === verb);
  const at = T0_SECONDS + 3600;

  it(
    'count a new tip once for each verb whose clock it started',
    test(async (store) => {
      await given(store);
      await given(store);
      const all = await store.oversight.rollup([HOME], FIRST, LAST);
      expect(all.map(({ verb, count }) => [verb, count]).sort()).toEqual([
        ['classified', 2],
        ['handled', 2],
        ['received', 2],
        ['verified', 2],
      ]);
      expect(all.every((cell) => cell.legalKind === null && cell.stoppedDay === null && !cell.passedOn)).toBe(
        true,
      );
    }),
  );

  it(
    'move a tip to the day on which its clock stopped',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stopClocks: [clockStop('register', at)] });
      expect(await cells(store, 'received')).toMatchObject([{ stoppedDay: dayAt(at), count: 1 }]);
      expect(await store.oversight.verifyRollups()).toEqual([]);
    }),
  );

  it(
    'move every cell of a tip, stopped ones too, when it is classified',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stopClocks: [clockStop('register', at)] });
      await step(store, tip, { legalKind: 'crime_report', conduct: 'harbouring' });
      const all = await store.oversight.rollup([HOME], FIRST, LAST);
      expect(all).toHaveLength(4);
      expect(all.every((cell) => cell.legalKind === 'crime_report' && cell.conduct === 'harbouring')).toBe(
        true,
      );
      expect(await store.oversight.verifyRollups()).toEqual([]);
    }),
  );

  it(
    'take a tip back when its clock runs on',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stopClocks: [clockStop('verify', at)] });
      await step(store, tip, {
        startClocks: [{ ...clockStart('verify', 'verified', 7 * 86_400), again: 'run_on' }],
      });
      expect(await cells(store, 'verified')).toMatchObject([{ stoppedDay: null, count: 1 }]);
    }),
  );

  it(
    'leave out a clock that was void',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stopClocks: [clockStop('verify', at, 'void')] });
      expect(await cells(store, 'verified')).toEqual([]);
    }),
  );

  it(
    'lose a tip that leaves the rates, with every clock it had, but not the clocks it starts then',
    test(async (store) => {
      const { tip } = await given(store);
      const other = await given(store);
      await step(store, tip, { stopClocks: [clockStop('register', at)] });
      await step(store, tip, {
        stage: 'resolved',
        outcome: 'duplicate',
        leavesRates: true,
        startClocks: [clockStart('archive', null, 86_400)],
      });
      const all = await store.oversight.rollup([HOME], FIRST, LAST);
      expect(all.map(({ verb, stoppedDay, count }) => [verb, stoppedDay, count]).sort()).toEqual([
        ['classified', null, 1],
        ['handled', null, 1],
        ['received', null, 1],
        ['verified', null, 1],
      ]);
      const running = (await store.triage.tip(tip))?.state.clocks.filter((clock) => clock.stopped === null);
      expect(running?.map((clock) => clock.clock)).toEqual(['archive']);
      expect((await store.triage.tip(other.tip))?.state.clocks.every((clock) => clock.stopped === null)).toBe(
        true,
      );
      expect(await store.oversight.verifyRollups()).toEqual([]);
    }),
  );

  it(
    'count a transferred tip for both units, and mark the first unit’s cell as passed on',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { custody: { kind: 'offer', to: AWAY } });
      await step(store, tip, {
        custody: { kind: 'accept', unit: AWAY },
        stopClocks: [clockStop('handle', at, 'transferred')],
        startClocks: [clockStart('handle', 'handled', 20 * 86_400)],
      });
      const handled = (await cells(store, 'handled')).map(({ unit, stoppedDay, passedOn, count }) => [
        unit,
        stoppedDay,
        passedOn,
        count,
      ]);
      expect(handled.sort()).toEqual(
        [
          [HOME, dayAt(at), true, 1],
          [AWAY, null, false, 1],
        ].sort(),
      );
      expect(await store.oversight.verifyRollups()).toEqual([]);
    }),
  );

  it(
    'keep with the first unit what only it did, and hand a clock that runs on to the new one',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, {
        stopClocks: [clockStop('register', at)],
        custody: { kind: 'offer', to: AWAY },
      });
      await step(store, tip, { custody: { kind: 'accept', unit: AWAY } });
      expect(await cells(store, 'received')).toMatchObject([{ unit: HOME, passedOn: false, count: 1 }]);
      expect(await cells(store, 'handled')).toMatchObject([{ unit: AWAY, passedOn: false, count: 1 }]);
      expect((await store.triage.tip(tip))?.unit).toBe(AWAY);
    }),
  );

  it(
    'give only cells of the units and due days asked for',
    test(async (store) => {
      await given(store);
      await given(store, { unit: AWAY });
      const day = dayAt(T0_SECONDS + 86_400);
      const found = await store.oversight.rollup([AWAY], day, day);
      expect(found.map(({ unit, verb }) => [unit, verb]).sort()).toEqual([
        [AWAY, 'classified'],
        [AWAY, 'received'],
      ]);
      expect(await store.oversight.rollup([AWAY], FIRST, dayAt(T0_SECONDS))).toEqual([]);
      expect(await store.oversight.rollup([], FIRST, LAST)).toEqual([]);
    }),
  );

  it('agree with the clocks after any sequence of steps', async () => {
    const clock = fc.constantFrom<ClockName>('register', 'classify', 'verify', 'handle', 'settle');
    const action: fc.Arbitrary<Action> = fc.record({
      tip: fc.nat(3),
      kind: fc.constantFrom('stop', 'void', 'start', 'classify', 'leave', 'offer', 'accept', 'return'),
      clock,
      seconds: fc.integer({ min: 1, max: 40 * 86_400 }),
      word: fc.constantFrom('crime_report', 'admin_violation', 'feedback'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const { store, close } = await makeStore();
        try {
          const model: Model = { tips: [], expected: new Map() };
          for (const one of actions) await runAction(store, model, one);
          expect(await store.oversight.verifyRollups()).toEqual([]);
          const cells = await store.oversight.rollup([HOME, AWAY], FIRST, LAST);
          const total = cells.reduce((sum, cell) => sum + cell.count, 0);
          await expectRatesOf(store, cells);
          expect(total).toBe([...model.expected.values()].reduce((sum, n) => sum + n, 0));
        } finally {
          await close();
        }
      }),
      { numRuns: 25 },
    );
  });
}

/** `rates` must say what the pure functions make of the cells, for any period and population. */
async function expectRatesOf(store: Store, cells: readonly RollupRow[]): Promise<void> {
  const day = (offset: number) => dayAt(T0_SECONDS + offset * 86_400);
  const populations: (Population | null)[] = [
    null,
    { countedKinds: ['crime_report'], countedConduct: null },
    { countedKinds: ['crime_report', 'feedback'], countedConduct: ['harbouring'] },
  ];
  const periods = [
    [-400, 400, 3],
    [0, 20, 15],
    [1, 7, 60],
    [5, 45, 400],
    [-40, 41, 21],
  ].map(([from = 0, to = 0, today = 0]) => ({ from: day(from), to: day(to), today: day(today) }));
  for (const population of populations) {
    for (const period of periods) {
      for (const [once, by] of [
        [false, 'byUnit'],
        [true, 'byMonth'],
      ] as const) {
        const rates = (await store.oversight.rates({ units: [HOME, AWAY], period, population }))[by];
        for (const verb of VERBS) {
          const mine = rates.filter((cell) => cell.verb === verb && !(once && cell.passedOn));
          const sum = (of: 'onTime' | 'late' | 'openLate') =>
            mine.reduce((total, cell) => total + cell[of], 0);
          const expected = rateOf(cells, verb, period, population, once);
          expect([sum('onTime'), sum('late'), sum('openLate')]).toEqual([
            expected.onTime,
            expected.late,
            expected.openLate,
          ]);
        }
      }
    }
  }
}
