import { expect, it } from 'vitest';
import type { Seconds, TipId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  envelope,
  event,
  given,
  HOME,
  isStale,
  type MakeStore,
  newStaff,
  newTip,
  nextEvent,
  step,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

export function envelopeContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const reader = newStaff();
  const read = async (store: Store, unit: typeof HOME, tips: readonly TipId[]) =>
    store.triage.readBatch(await nextEvent(store, `reader:${reader}`, { type: 'batch_read' }), unit, tips);

  it(
    'serves ciphertexts only with a committed event of the reader',
    test(async (store) => {
      const made = await given(store);
      expect(await read(store, HOME, [made.tip])).toEqual({ envelopes: [made.envelope] });
      expect((await store.triage.head(`reader:${reader}`)).no).toBe(1);
      const stale = event(`reader:${reader}`, { no: 0, leaf: null });
      expect(await store.triage.readBatch(stale, HOME, [made.tip])).toEqual({
        stale: true,
        head: await store.triage.head(`reader:${reader}`),
      });
    }),
  );

  it(
    'leaves out tips that are unknown or of another unit, and serves one on offer to both units',
    test(async (store) => {
      const mine = await given(store);
      const foreign = await given(store, { unit: AWAY });
      expect(await read(store, HOME, [newTip(), foreign.tip, mine.tip, mine.tip])).toEqual({
        envelopes: [mine.envelope],
      });
      await step(store, foreign.tip, { custody: { kind: 'offer', to: HOME } });
      expect(await read(store, HOME, [foreign.tip])).toEqual({ envelopes: [foreign.envelope] });
      expect(await read(store, AWAY, [foreign.tip])).toEqual({ envelopes: [foreign.envelope] });
    }),
  );

  it(
    'replaces only the wraps of an envelope',
    test(async (store) => {
      const made = await given(store);
      const wraps = bytes(77);
      await step(store, made.tip, { step: 'rewrapped' }, { wraps: [{ no: 1, wraps }] });
      expect(await read(store, HOME, [made.tip])).toEqual({ envelopes: [{ ...made.envelope, wraps }] });
      await expect(step(store, made.tip, {}, { wraps: [{ no: 2, wraps }] })).rejects.toMatchObject({
        code: 'step_not_allowed',
      });
    }),
  );

  it(
    'keeps every wraps block that another replaced, with the event that did it, and serves the latest first',
    test(async (store) => {
      const made = await given(store);
      const [second, third] = [bytes(77), bytes(77)];
      await step(store, made.tip, { step: 'rewrapped' }, { wraps: [{ no: 1, wraps: second }] });
      await step(store, made.tip, { step: 'rewrapped' }, { wraps: [{ no: 1, wraps: third }] });
      const former = (before: number, limit: number) => store.triage.formerWraps(made.tip, 1, before, limit);
      const first = { replacedNo: 2, wraps: made.envelope.wraps };
      expect(await former(100, 10)).toEqual([{ replacedNo: 3, wraps: second }, first]);
      expect(await former(100, 1)).toEqual([{ replacedNo: 3, wraps: second }]);
      expect(await former(3, 10)).toEqual([first]);
      expect(await store.triage.formerWraps(made.tip, 2, 100, 10)).toEqual([]);
    }),
  );

  it(
    'adds a message only as the next of its thread',
    test(async (store) => {
      const { tip } = await given(store);
      await expect(step(store, tip, {}, { message: envelope(tip, 3) })).rejects.toThrow();
      await step(store, tip, { step: 'message_posted' }, { message: envelope(tip, 2) });
      await expect(step(store, tip, {}, { message: envelope(tip, 2) })).rejects.toThrow();
      expect((await store.triage.tip(tip))?.messageCount).toBe(1);
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(2);
    }),
  );

  it(
    'pages through the wraps of open tips, whole threads at a time',
    test(async (store) => {
      const tips = [await given(store), await given(store), await given(store)];
      await step(store, tips[0]!.tip, {}, { message: envelope(tips[0]!.tip, 2) });
      await step(store, tips[1]!.tip, { stage: 'archived' });
      await given(store, { unit: AWAY });
      const first = await store.triage.openWraps(HOME, 0, 1);
      expect(first.rows.map((row) => [row.tip, row.no])).toEqual([
        [tips[0]!.tip, 1],
        [tips[0]!.tip, 2],
      ]);
      const second = await store.triage.openWraps(HOME, first.next ?? 0, 5);
      expect(second.rows.map((row) => row.tip)).toEqual([tips[2]!.tip]);
      expect(second.rows[0]?.wraps).toEqual(tips[2]!.envelope.wraps);
      expect(second.next).toBeNull();
    }),
  );

  it(
    'keeps hand-over notes with their event, newest first',
    test(async (store) => {
      const by = newStaff();
      for (const at of [5, 9]) {
        const note = { unit: HOME, by, at: at as Seconds, sealed: bytes(40) };
        await store.triage.addHandoverNote(await nextEvent(store, `unit:${HOME}`), note);
      }
      expect((await store.triage.handoverNotes(HOME)).map((note) => [note.by, note.at])).toEqual([
        [by, 9],
        [by, 5],
      ]);
      expect(await store.triage.handoverNotes(AWAY)).toEqual([]);
      const stale = event(`unit:${HOME}`, { no: 0, leaf: null });
      const note = { unit: HOME, by, at: 10 as Seconds, sealed: bytes(40) };
      expect(isStale(await store.triage.addHandoverNote(stale, note))).toBe(true);
      expect(await store.triage.handoverNotes(HOME)).toHaveLength(2);
    }),
  );
}
