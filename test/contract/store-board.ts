import { expect, it } from 'vitest';
import type { Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { QueueCursor } from '../../src/ports/store/triage-store.ts';
import { AWAY, change, clockStart, given, HOME, type MakeStore, T0_SECONDS } from './store-fixture.ts';
import { withStore } from './with-store.ts';

const NOW = (T0_SECONDS + 100_000) as Seconds;
const OTHER = '14-03664-ca' as UnitId;

/** A tip of a unit whose only clock is due so many seconds after NOW. */
const due = async (store: Store, seconds: number, unit: UnitId = HOME): Promise<TipId> =>
  (
    await given(store, {
      unit,
      change: change({ startClocks: [clockStart('settle', null, NOW - T0_SECONDS + seconds)] }),
    })
  ).tip;

export function boardContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'counts what is overdue in each unit that was asked for, and since when',
    test(async (store) => {
      await due(store, -50);
      await due(store, -90);
      await due(store, 60);
      await due(store, 60, AWAY);
      await due(store, -10, OTHER);
      expect(await store.board.overdueByUnit([AWAY, HOME], NOW)).toEqual([
        { unit: HOME, overdue: 2, oldestDue: NOW - 90 },
      ]);
    }),
  );

  it(
    'lists overdue tips of several units, the longest overdue first, page after page',
    test(async (store) => {
      const tips = [
        await due(store, -50),
        await due(store, -40, AWAY),
        await due(store, -30),
        await due(store, -30, AWAY),
      ];
      await due(store, -70, OTHER);
      await due(store, 5);
      const found: TipId[] = [];
      let after: QueueCursor | null = null;
      do {
        const page: Awaited<ReturnType<Store['board']['overdueTips']>> = await store.board.overdueTips(
          [HOME, AWAY],
          NOW,
          after,
          3,
        );
        found.push(...page.rows.map(({ tip }) => tip));
        after = page.next;
      } while (after !== null);
      expect(found).toEqual(tips);
      expect(await store.board.overdueTips([], NOW, null, 3)).toEqual({ rows: [], next: null });
    }),
  );
}
