import { expect, it } from 'vitest';
import { contributionOf, rateRowsOf } from '../../src/domain/contribution.ts';
import type { Day, Hour, Seconds } from '../../src/domain/ids.ts';
import { rateOf } from '../../src/domain/rates.ts';
import { VERBS } from '../../src/domain/terms.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { approval, concluded, RULE } from './shred-fixture.ts';
import {
  AWAY,
  bytes,
  dayAt,
  event,
  given,
  HOME,
  isStale,
  type MakeStore,
  newStaff,
  newTip,
  nextEvent,
  step,
  T0,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const FROM = '2020-01-01' as Day;
const TO = '2030-01-01' as Day;
const TODAY = dayAt(T0_SECONDS + 30 * 86_400);

const figures = async (store: Store) => ({
  cells: await store.oversight.rollup([HOME, AWAY], FROM, TO),
  balance: await store.oversight.balance([HOME, AWAY], FROM, TO, TODAY),
});

/** Ending what is kept of a tip. */
export function shredContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'leaves the proposal and the event of two people of a tip’s history, and says that it is emptied',
    test(async (store) => {
      const { tip } = await concluded(store);
      const shredding = await approval(store, tip);
      expect(await store.retention.shred(shredding)).toEqual({ cleared: true });
      const detail = await store.triage.tip(tip);
      expect(detail?.events.map(({ type }) => type)).toEqual(['shredding_proposed', 'shredded']);
      expect(detail?.state).toMatchObject({
        shredded: true,
        stage: 'archived',
        outcome: 'unfounded',
        pending: null,
      });
      expect(detail?.head).toEqual({ no: shredding.event.no, leaf: shredding.event.leaf });
      expect(await store.retention.shredded()).toEqual([{ tip, upTo: shredding.upTo, rule: RULE }]);
    }),
  );

  it(
    'leaves nothing to read for officers, for the holder of the code and for units that got a copy',
    test(async (store) => {
      const { tip, files } = await concluded(store);
      await store.retention.shred(await approval(store, tip));
      const read = await store.triage.readBatch(
        await nextEvent(store, `reader:${newStaff()}`, { type: 'batch_read' }),
        HOME,
        [tip],
      );
      expect(read).toEqual({ envelopes: [] });
      expect(await store.copies.receivedBy(AWAY)).toEqual([]);
      const view = await store.mailbox.view(tip);
      expect(view?.steps.map(({ type }) => type)).toEqual(['shredding_proposed', 'shredded']);
      expect(view?.messages).toEqual([]);
      for (const id of files) expect((await store.uploads.upload(id))?.state).toBe('dropping');
    }),
  );

  it(
    'gives up the files of a tip and its copies at once, and lets them be forgotten',
    test(async (store) => {
      const { tip, files } = await concluded(store);
      expect(await store.uploads.dropOlder(T0 as Hour, 10)).toEqual([]);
      await store.retention.shred(await approval(store, tip));
      expect([...(await store.uploads.dropOlder(T0 as Hour, 10))].sort()).toEqual([...files].sort());
      for (const id of files) await store.uploads.forget(id);
      for (const id of files) expect(await store.uploads.upload(id)).toBeNull();
    }),
  );

  it(
    'changes no figure: rates and balance stay, and another tip too',
    test(async (store) => {
      const other = await given(store);
      const { tip } = await concluded(store);
      const before = await figures(store);
      await store.retention.shred(await approval(store, tip));
      expect(await figures(store)).toEqual(before);
      expect(await store.oversight.verifyRollups()).toEqual([]);
      expect((await store.triage.tip(other.tip))?.events).toHaveLength(1);
    }),
  );

  it(
    'knows of each tip what it adds to the figures: recomputed from that alone they are the same',
    test(async (store) => {
      const tips = [(await concluded(store)).tip, (await given(store)).tip];
      const away = await given(store);
      await step(store, away.tip, { custody: { kind: 'offer', to: AWAY } });
      await step(store, away.tip, { custody: { kind: 'accept', unit: AWAY } });
      const parts = await Promise.all(
        [...tips, away.tip].map(async (tip) => {
          const source = await store.retention.contribution(tip);
          if (source === null) throw new Error('no contribution');
          return contributionOf(source);
        }),
      );
      const rows = parts.flatMap(rateRowsOf);
      const stored = await store.oversight.rollup([HOME, AWAY], FROM, TO);
      const period = { from: FROM, to: TO, today: TODAY };
      for (const verb of VERBS) expect(rateOf(rows, verb, period)).toEqual(rateOf(stored, verb, period));
      const flows = parts.flatMap((part) => part.flows);
      const count = (kind: string) => flows.filter((flow) => flow.kind === kind).length;
      const balance = await store.oversight.balance([HOME, AWAY], FROM, TO, TODAY);
      expect([count('received'), count('settled'), count('went'), count('came')]).toEqual([
        balance.received,
        balance.settled,
        1,
        1,
      ]);
      expect(await store.retention.contribution(newTip())).toBeNull();
    }),
  );

  it(
    'never empties a tip that is not archived, that is unknown, or twice; then nothing is written',
    test(async (store) => {
      const open = await given(store);
      expect(await store.retention.shred(await approval(store, open.tip))).toBe('not_concluded');
      expect((await store.triage.tip(open.tip))?.events).toHaveLength(1);
      const unknown = newTip();
      const stray = event(`tip:${unknown}`, { no: 0, leaf: null });
      expect(
        await store.retention.shred({ ...(await approval(store, open.tip)), tip: unknown, event: stray }),
      ).toBe('not_concluded');
      const { tip } = await concluded(store);
      await store.retention.shred(await approval(store, tip));
      expect(await store.retention.shred(await approval(store, tip))).toBe('not_concluded');
      expect((await store.triage.tip(tip))?.events).toHaveLength(2);
    }),
  );

  it(
    'writes nothing when somebody else acted in between or the decision is another one',
    test(async (store) => {
      const { tip } = await concluded(store);
      const shredding = await approval(store, tip);
      const late = { ...shredding, event: { ...shredding.event, no: shredding.event.no + 5 } };
      expect(isStale(await store.retention.shred(late))).toBe(true);
      const wrong = {
        ...shredding.change,
        closeDecision: { id: 9999, approvedBy: newStaff(), result: 'approved' },
      } as const;
      await expect(store.retention.shred({ ...shredding, change: wrong })).rejects.toMatchObject({
        code: 'step_not_allowed',
      });
      expect((await store.triage.tip(tip))?.state.shredded).toBeUndefined();
      expect(await store.retention.shredded()).toEqual([]);
    }),
  );

  it(
    'forgets hand-over notes that are older than a moment, oldest first and so many at a time',
    test(async (store) => {
      for (const day of [1, 2, 3])
        await store.triage.addHandoverNote(await nextEvent(store, `unit:${HOME}`), {
          ...{ unit: HOME, by: newStaff(), sealed: bytes(40) },
          at: (T0_SECONDS + day * 86_400) as Seconds,
        });
      const before = (T0_SECONDS + 3 * 86_400) as Seconds;
      const left = async () =>
        (await store.triage.handoverNotes(HOME)).map(({ at }) => (at - T0_SECONDS) / 86_400);
      expect(await store.retention.forgetNotes(before, 1)).toBe(1);
      expect(await left()).toEqual([3, 2]);
      expect(await store.retention.forgetNotes(before, 10)).toBe(1);
      expect(await left()).toEqual([3]);
    }),
  );

  it(
    'lists a unit’s archived tips with what decides about them, page by page, and no emptied one',
    test(async (store) => {
      await given(store);
      const [first, second] = [await concluded(store), await concluded(store)];
      const [page] = await store.retention.concluded(HOME, 0, 1);
      expect(page).toMatchObject({
        tip: first.tip,
        registerNumber: '1/2026',
        legalKind: 'crime_report',
        outcome: 'unfounded',
        resolvedDay: dayAt(T0_SECONDS + 5 * 86_400),
        waiting: true,
        clockRuns: false,
        citizenDay: dayAt(T0_SECONDS + 86_400),
      });
      expect(await store.retention.concluded(HOME, page?.seq ?? 0, 10)).toMatchObject([{ tip: second.tip }]);
      expect(await store.retention.concluded(AWAY, 0, 10)).toEqual([]);
      await store.retention.shred(await approval(store, first.tip));
      expect(await store.retention.concluded(HOME, 0, 10)).toMatchObject([{ tip: second.tip }]);
    }),
  );
}
