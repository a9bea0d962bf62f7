import { expect, it } from 'vitest';
import { BALANCE_FIGURES, type BalanceFigure } from '../../src/domain/figures.ts';
import type { Day, Hour, TipId, UnitId } from '../../src/domain/ids.ts';
import type { Outcome } from '../../src/domain/terms.ts';
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
  step,
  T0,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const DAY = 86_400;
const today = (days: number): Day => dayAt(T0_SECONDS + days * DAY);

export function balanceContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'balances stocks and flows of a period',
    test(async (store) => {
      const earlier = { t0: (T0 - 24 * 10) as Hour };
      const [before, resolved, merged, late] = [
        await given(store, earlier),
        await given(store, earlier),
        await given(store),
        await given(store),
      ];
      await given(store, { unit: AWAY });
      await step(store, resolved.tip, {
        stage: 'resolved',
        outcome: 'sanctioned',
        stopClocks: [clockStop('settle', T0_SECONDS)],
      });
      await step(store, merged.tip, { stage: 'resolved', outcome: 'duplicate', leavesRates: true });
      await step(store, late.tip, { overlay: 'suspended' });
      expect(await store.oversight.balance([HOME], today(0), today(1), today(30))).toEqual({
        carriedOver: 2,
        received: 2,
        settled: 1,
        transferred: 0,
        merged: 1,
        open: 1,
        overdue: 2,
        suspended: 1,
      });
      expect((await store.triage.tip(before.tip))?.stage).toBe('submitted');
    }),
  );

  it(
    'counts a transfer out of and into a unit, but not within the units asked for',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { custody: { kind: 'offer', to: AWAY } });
      await step(store, tip, { custody: { kind: 'accept', unit: AWAY } });
      const balance = (units: UnitId[]) => store.oversight.balance(units, today(0), today(1));
      expect(await balance([HOME])).toMatchObject({ received: 1, transferred: 1, open: 0 });
      expect(await balance([AWAY])).toMatchObject({ received: 1, transferred: 0, open: 1 });
      expect(await balance([HOME, AWAY])).toMatchObject({ received: 1, transferred: 0, open: 1 });
    }),
  );

  it(
    'opens every figure of the balance to as many tips as it counts, page by page',
    test(async (store) => {
      const made: TipId[] = [];
      for (let index = 0; index < 9; index++) {
        const unit = index % 3 === 0 ? AWAY : HOME;
        const startClocks = [clockStart('settle', null, (index + 1) * DAY)];
        made.push((await given(store, { unit, change: change({ startClocks }) })).tip);
      }
      const settled = { stage: 'resolved', outcome: 'sanctioned' } as const;
      await step(store, made[1] as TipId, { ...settled, stopClocks: [clockStop('settle', T0_SECONDS)] });
      await step(store, made[2] as TipId, { overlay: 'suspended' });
      await step(store, made[3] as TipId, { overlay: 'suspended', stage: 'verifying' });
      const move = async (tip: TipId, to: UnitId, days: number) => {
        const at = { at: T0_SECONDS + days * DAY };
        await step(store, tip, { custody: { kind: 'offer', to } }, at);
        await step(store, tip, { custody: { kind: 'accept', unit: to } }, at);
      };
      const settle = (tip: TipId, days: number, outcome: Outcome = 'sanctioned') =>
        step(store, tip, { stage: 'resolved', outcome }, { at: T0_SECONDS + days * DAY });
      const early = async (unit: UnitId) => (await given(store, { unit, t0: (T0 - 24 * 20) as Hour })).tip;
      await early(HOME);
      await settle(await early(HOME), -5);
      await settle(await early(HOME), 1);
      await settle(await early(AWAY), 2, 'duplicate');
      await settle(await early(HOME), 8, 'transferred');
      const wanders = await early(HOME);
      await move(wanders, AWAY, -4);
      await move(wanders, HOME, 1);
      await settle(wanders, 2);
      await step(store, wanders, { stage: 'verifying' }, { at: T0_SECONDS + 3 * DAY });
      await move(wanders, AWAY, 4);
      await move(made[4] as TipId, AWAY, 1);
      await move(made[6] as TipId, HOME, 2);
      const far = '14-ttca' as UnitId;
      await move(made[7] as TipId, far, 2);
      await move(made[8] as TipId, far, 3);
      await move(made[8] as TipId, HOME, 4);
      const counted = async (units: UnitId[], figure: BalanceFigure, from: Day, to: Day, limit: number) => {
        const tips: TipId[] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<Store['oversight']['balanceTips']>> =
            await store.oversight.balanceTips({
              units,
              figure,
              from,
              to,
              today: today(6),
              limit,
              ...(after === null ? {} : { after }),
            });
          expect(page.rows.length).toBeLessThanOrEqual(limit);
          tips.push(...page.rows.map(({ tip }) => tip));
          after = page.next;
        } while (after !== null);
        return tips;
      };
      for (const units of [[HOME], [AWAY], [far], [HOME, AWAY], [HOME, AWAY, far]]) {
        for (const [from, to] of [
          [-30, 9],
          [-6, 9],
          [0, 9],
          [1, 9],
          [2, 3],
          [3, 9],
          [9, 9],
        ] as const) {
          const balance = await store.oversight.balance(units, today(from), today(to), today(6));
          for (const figure of BALANCE_FIGURES) {
            if (figure === 'open' && to < 6) continue;
            for (const limit of [1, 2, 100]) {
              const tips = await counted(units, figure, today(from), today(to), limit);
              expect([units, from, to, figure, limit, tips.length]).toEqual([
                units,
                from,
                to,
                figure,
                limit,
                balance[figure],
              ]);
              if (figure === 'carriedOver' || figure === 'open') expect(new Set(tips).size).toBe(tips.length);
            }
          }
        }
      }
    }),
  );

  it(
    'takes a reopened tip back in',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stage: 'resolved', outcome: 'unfounded' });
      await step(store, tip, { stage: 'verifying' });
      expect(await store.oversight.balance([HOME], today(0), today(1))).toMatchObject({
        received: 2,
        settled: 1,
        open: 1,
      });
    }),
  );

  it(
    'balances whole years as the sum of their days',
    test(async (store) => {
      for (const days of [-400, -31, -30, -1, 0, 1, 40]) {
        const { tip } = await given(store, { t0: (T0 + 24 * days) as Hour });
        if (days % 2 === 0)
          await step(store, tip, { stage: 'resolved', outcome: 'sanctioned' }, { at: T0_SECONDS + 50 * DAY });
      }
      const balance = (from: number, to: number) => store.oversight.balance([HOME], today(from), today(to));
      expect(await balance(-500, 500)).toMatchObject({ carriedOver: 0, received: 7, settled: 4, open: 3 });
      let received = 0;
      for (let day = -401; day <= 60; day++) {
        const here = await balance(day, day);
        expect(here.carriedOver).toBe(received - (day > 50 ? 4 : 0));
        received += here.received;
      }
      expect(received).toBe(7);
      expect(await store.oversight.verifyRollups()).toEqual([]);
    }),
  );
}
