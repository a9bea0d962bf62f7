import { expect, it } from 'vitest';
import type { Hour, Seconds, TipId } from '../../src/domain/ids.ts';
import { isUrgentTip } from '../../src/domain/priority.ts';
import { PRIORITIES } from '../../src/domain/terms.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  COUNT_CEILING,
  DUE_SOON,
  type QueueCursor,
  type QueueQuery,
} from '../../src/ports/store/triage-store.ts';
import {
  AWAY,
  change,
  clockStart,
  clockStop,
  given,
  givenStaff,
  HOME,
  type MakeStore,
  step,
  T0,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const NOW = (T0_SECONDS + 100_000) as Seconds;

/** A tip of HOME whose only clock is due so many seconds after NOW. */
const due = (store: Store, seconds: number, set: Parameters<typeof given>[1] = {}) =>
  given(store, {
    change: change({ startClocks: [clockStart('settle', null, NOW - T0_SECONDS + seconds)] }),
    ...set,
  });

export function queueContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const list = async (store: Store, filter: QueueQuery['filter'], more: Partial<QueueQuery> = {}) =>
    (await store.triage.queue({ unit: HOME, filter, now: NOW, limit: 100, ...more })).rows.map(
      (row) => row.tip,
    );

  const walk = async (store: Store, filter: QueueQuery['filter'], limit: number) => {
    const pages: TipId[][] = [];
    let after: QueueQuery['after'];
    do {
      const query = { unit: HOME, filter, now: NOW, limit } as const;
      const page = await store.triage.queue(after === undefined ? query : { ...query, after });
      pages.push(page.rows.map((row) => row.tip));
      after = page.next ?? undefined;
    } while (after !== undefined);
    return pages;
  };

  it(
    'lists open tips of the unit alone, the most urgent first, tips without a clock last',
    test(async (store) => {
      const late = await due(store, -50);
      const never = await given(store, { change: change() });
      const soon = await due(store, 50);
      await given(store, { unit: AWAY });
      expect(await list(store, { scope: 'open' })).toEqual([late.tip, soon.tip, never.tip]);
    }),
  );

  it(
    'shows no due time where no clock runs',
    test(async (store) => {
      await given(store, { change: change() });
      const page = await store.triage.queue({ unit: HOME, filter: { scope: 'open' }, now: NOW, limit: 1 });
      expect(page.rows[0]?.due).toBeNull();
    }),
  );

  it(
    'pages without a gap or a double, whatever the page size, even among equal due times',
    test(async (store) => {
      const tips: TipId[] = [];
      for (let index = 0; index < 11; index++) tips.push((await due(store, index % 3)).tip);
      for (const limit of [1, 2, 5, 11, 100]) {
        const pages = await walk(store, { scope: 'open' }, limit);
        expect(pages.flat().sort()).toEqual([...tips].sort());
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }
    }),
  );

  it(
    'keeps the place of a page when the tips before it change',
    test(async (store) => {
      const [first, second, third] = [await due(store, 1), await due(store, 2), await due(store, 3)];
      const page = await store.triage.queue({ unit: HOME, filter: { scope: 'open' }, now: NOW, limit: 2 });
      await step(store, first.tip, { stage: 'archived' });
      const query = { unit: HOME, filter: { scope: 'open' }, now: NOW, limit: 2 } as const;
      const next = await store.triage.queue(page.next ? { ...query, after: page.next } : query);
      expect(page.rows[1]?.tip).toBe(second.tip);
      expect(next.rows.map((row) => row.tip)).toEqual([third.tip]);
    }),
  );

  it(
    'tells new, due soon and overdue apart',
    test(async (store) => {
      const over = await due(store, -1);
      const now = await due(store, 0);
      const soon = await due(store, DUE_SOON - 1);
      const later = await due(store, DUE_SOON);
      await step(store, later.tip, { stage: 'received' });
      expect(await list(store, { scope: 'overdue' })).toEqual([over.tip]);
      expect(await list(store, { scope: 'due_soon' })).toEqual([now.tip, soon.tip]);
      expect(await list(store, { scope: 'new' })).toEqual([over.tip, now.tip, soon.tip]);
      expect(await store.triage.counts(HOME, NOW)).toEqual({
        open: 4,
        new: 3,
        due_soon: 2,
        overdue: 1,
        incoming_transfer: 0,
        pending_decision: 0,
      });
    }),
  );

  it('counts up to its ceiling', () => {
    expect(COUNT_CEILING).toBe(10_000);
  });

  it(
    'filters by stage, priority and member, alone and together',
    test(async (store) => {
      const officer = await givenStaff(store);
      const [a, b, c] = [await due(store, 1), await due(store, 2), await due(store, 3)];
      await step(store, a.tip, { stage: 'verifying', priority: 'P1', assignee: officer.id });
      await step(store, b.tip, { stage: 'verifying', priority: 'P2' });
      await step(store, c.tip, { stage: 'received', priority: 'P1' });
      expect(await list(store, { scope: 'open', stage: 'verifying' })).toEqual([a.tip, b.tip]);
      expect(await list(store, { scope: 'open', priority: 'P1' })).toEqual([a.tip, c.tip]);
      expect(await list(store, { scope: 'open', assignee: officer.id })).toEqual([a.tip]);
      expect(await list(store, { scope: 'open', stage: 'received', priority: 'P1' })).toEqual([c.tip]);
      expect(await list(store, { scope: 'all', stage: 'verifying', priority: 'P2' })).toEqual([b.tip]);
    }),
  );

  it(
    'lists closed tips and all tips from the newest',
    test(async (store) => {
      const old = await due(store, 5, { t0: (T0 - 1) as Hour });
      const young = await due(store, 5);
      const open = await due(store, 5, { t0: (T0 - 2) as Hour });
      await step(store, old.tip, { stage: 'notified' });
      await step(store, young.tip, { stage: 'archived' });
      expect(await list(store, { scope: 'closed' })).toEqual([young.tip, old.tip]);
      expect(await list(store, { scope: 'all' })).toEqual([young.tip, old.tip, open.tip]);
      expect((await walk(store, { scope: 'all' }, 1)).flat()).toEqual([young.tip, old.tip, open.tip]);
      expect(await list(store, { scope: 'open' })).toEqual([open.tip]);
    }),
  );

  it(
    'sorts by the earliest clock that still runs',
    test(async (store) => {
      const { tip } = await given(store);
      const shown = async () =>
        (await store.triage.queue({ unit: HOME, filter: { scope: 'open' }, now: NOW, limit: 1 })).rows[0]
          ?.due;
      expect(await shown()).toBe(T0_SECONDS + 86_400);
      const at = T0_SECONDS + 60;
      await step(store, tip, { stopClocks: [clockStop('register', at), clockStop('classify', at)] });
      expect(await shown()).toBe(T0_SECONDS + 7 * 86_400);
    }),
  );

  const untaken = async (store: Store, limit = 100) => {
    const tips: TipId[] = [];
    let after: QueueCursor | null = null;
    do {
      const page = await store.triage.urgentUntaken(after, limit);
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      tips.push(...page.rows.map(({ tip }) => tip));
      after = page.next;
    } while (after !== null);
    return tips;
  };
  const kept = async (store: Store) =>
    (await store.triage.urgentUntaken(null, 100)).rows.map(({ kept: one }) => one);

  it(
    'walks the urgent tips of all units that nobody took up, oldest first, page after page',
    test(async (store) => {
      const young = await given(store, { urgent: true, unit: AWAY });
      const old = await given(store, { urgent: true, t0: (T0 - 1) as Hour });
      const taken = await given(store, { urgent: true });
      await given(store);
      await step(store, taken.tip, { stage: 'received' });
      for (const limit of [1, 2, 3]) expect(await untaken(store, limit)).toEqual([old.tip, young.tip]);
      expect((await store.triage.urgentUntaken(null, 1)).rows).toEqual([
        { tip: old.tip, unit: HOME, t0: T0 - 1, kept: null },
      ]);
    }),
  );

  it(
    'finds the tips that are urgent by the one definition, whatever was ticked and whatever the priority',
    test(async (store) => {
      const expected: TipId[] = [];
      for (const urgent of [true, false])
        for (const priority of PRIORITIES) {
          const { tip } = await given(store, { urgent, change: change({ priority }) });
          const rings = isUrgentTip({ urgent, priority });
          if (rings) expected.push(tip);
          expect(await store.triage.isUrgentUntaken(tip)).toBe(rings);
        }
      expect(await untaken(store)).toEqual(expected);
    }),
  );

  it(
    'keeps how far an alarm has climbed until its tip is taken up',
    test(async (store) => {
      const officer = await givenStaff(store);
      const { tip } = await given(store, { urgent: true });
      const alarm = { rungs: 1, noConsole: false, acknowledgedBy: null };
      await store.triage.keepAlarms([{ tip, ...alarm }]);
      expect(await kept(store)).toEqual([alarm]);
      const later = { rungs: 3, noConsole: true, acknowledgedBy: officer.id };
      await store.triage.keepAlarms([{ tip, ...later }]);
      expect(await kept(store)).toEqual([later]);
      await step(store, tip, { stage: 'received' });
      await store.triage.keepAlarms([{ tip, ...later }]);
      await step(store, tip, { stage: 'submitted', priority: 'P1' });
      expect(await kept(store)).toEqual([null]);
    }),
  );

  it(
    'forgets an alarm when its tip is no longer urgent',
    test(async (store) => {
      const { tip } = await given(store, { change: change({ priority: 'P1' }) });
      await store.triage.keepAlarms([{ tip, rungs: 2, noConsole: false, acknowledgedBy: null }]);
      await step(store, tip, { priority: 'P2' });
      expect(await untaken(store)).toEqual([]);
      await step(store, tip, { priority: 'P1' });
      expect(await kept(store)).toEqual([null]);
    }),
  );

  it(
    'shows the workload of each member and what nobody holds',
    test(async (store) => {
      const officer = await givenStaff(store);
      const [mine, over] = [await due(store, 10), await due(store, -10)];
      await due(store, -20);
      for (const { tip } of [mine, over]) await step(store, tip, { stage: 'assigned', assignee: officer.id });
      expect(await store.triage.workload(HOME, NOW)).toEqual([
        { assignee: null, open: 1, overdue: 1 },
        { assignee: officer.id, open: 2, overdue: 1 },
      ]);
    }),
  );
}
