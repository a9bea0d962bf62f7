import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import { layOut } from '../../src/ledger/batch.ts';
import { eventEntry } from '../../src/ledger/entry.ts';
import { finishBatch } from '../../src/ledger/plan.ts';
import type { Append, NextBatch } from '../../src/ports/store/ledger-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import { bytes, event, given, type MakeStore, nextEvent, T0_SECONDS } from './store-fixture.ts';
import { withStore } from './with-store.ts';

const ORIGIN = 'tin.example.vn/ledger';
const LADDER = [8, 32];
const HOLDER = bytes(16);
const NOW = T0_SECONDS;
const UNTIL = (NOW + 60) as Seconds;
const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());

/** The next batch of a store as the sequencer would plan it; the store looks into neither head nor note. */
function planned(fence: number, next: NextBatch): Append {
  const begins = next.newest?.size ?? 0;
  const seed = bytes(32);
  const entries = next.pending.map(({ leaf, shown, prev, no }) =>
    'entry' in shown ? shown.entry : eventEntry(sha256, leaf, { ...shown, prev, no }),
  );
  const layout = layOut(sha256, LADDER, entries, seed);
  const head = event('log', next.head, { type: 'batch_sealed' });
  const {
    tiles,
    entries: rows,
    size,
    root,
  } = finishBatch(
    sha256,
    begins,
    next.edge,
    next.newest === null ? new Uint8Array(0) : (lastRows.get(next) ?? new Uint8Array(0)),
    layout,
    bytes(64),
  );
  return {
    ...{ fence, log: next.log.log, begins, size, head, tiles, entries: rows, seed, root, at: NOW },
    lastEvent: next.lastEvent,
    leaves: next.pending.map(({ event: of }, i) => ({ event: of, index: begins + (layout.places[i] ?? 0) })),
    dummies: layout.dummies,
    note: bytes(200),
  };
}
const lastRows = new WeakMap<NextBatch, Uint8Array>();

async function nextOf(store: Store): Promise<NextBatch> {
  const next = await store.ledger.next(31);
  if (next === null) throw new Error('no log');
  const begins = next.newest?.size ?? 0;
  const row = await store.ledger.entries(next.log.log, Math.floor(begins / 256));
  lastRows.set(next, (row ?? new Uint8Array(0)).subarray(0, (begins % 256) * 64));
  return next;
}

async function begun(store: Store): Promise<number> {
  await store.ledger.begin(ORIGIN, NOW, null);
  const fence = await store.ledger.lease(HOLDER, NOW, UNTIL);
  if (fence === null) throw new Error('no lease');
  return fence;
}

async function appended(store: Store, fence: number): Promise<Append> {
  const batch = planned(fence, await nextOf(store));
  expect(await store.ledger.append(batch)).toBe('appended');
  return batch;
}

export function ledgerContract(makeStore: MakeStore): void {
  const on = withStore(makeStore);

  it(
    'has no next batch before a log has begun, and begins each log once',
    on(async (store) => {
      expect(await store.ledger.next(10)).toBeNull();
      expect(await store.ledger.begin(ORIGIN, NOW, null)).toBe('begun');
      expect(await store.ledger.begin(ORIGIN, NOW, null)).toBe('exists');
      expect(await store.ledger.logs()).toEqual([{ log: 1, origin: ORIGIN, begun: NOW }]);
    }),
  );

  it(
    'gives what waits oldest first, with what its citizen can be shown',
    on(async (store) => {
      await begun(store);
      const [first, second] = [await given(store), await given(store)];
      const { pending } = await nextOf(store);
      expect(pending.map(({ leaf }) => Buffer.from(leaf).toString('hex'))).toEqual([
        first.event.leaf,
        second.event.leaf,
      ]);
      const { openings, citizenPart } = first.event;
      expect(pending[0]?.shown).toEqual({
        citizenHash: sha256(new Uint8Array([...openings.citizenSalt, ...citizenPart])),
      });
      expect([pending[0]?.no, pending[0]?.prev]).toEqual([1, null]);
    }),
  );

  it(
    'takes a batch whole: its events wait no more, its tiles and entries are there',
    on(async (store) => {
      const fence = await begun(store);
      const { tip } = await given(store);
      const batch = await appended(store, fence);
      const next = await nextOf(store);
      expect(next.pending).toEqual([]);
      expect(next.newest).toMatchObject({
        begins: 0,
        size: 8,
        dummies: 6,
        published: false,
        cosignatures: [],
      });
      expect(next.head).toEqual({ no: 1, leaf: batch.head.leaf });
      expect(next.edge).toEqual(batch.tiles);
      expect((await store.ledger.entries(1, 0))?.length).toBe(8 * 64);
      expect(await store.ledger.indicesOf(1, tip)).toEqual([batch.leaves[0]?.index]);
    }),
  );

  it(
    'appends batch after batch, with the tiles growing at their right edge',
    on(async (store) => {
      const fence = await begun(store);
      for (let i = 0; i < 3; i++) {
        await given(store);
        await appended(store, fence);
      }
      expect((await nextOf(store)).newest?.size).toBe(24);
      expect((await store.ledger.tile(1, 0, 0))?.length).toBe(24 * 32);
    }),
  );

  it(
    'refuses a batch of a holder that has lost its lease',
    on(async (store) => {
      const fence = await begun(store);
      const batch = planned(fence, await nextOf(store));
      const other = bytes(16);
      expect(await store.ledger.lease(other, NOW, UNTIL)).toBeNull();
      const later = (UNTIL + 1) as Seconds;
      expect(await store.ledger.lease(other, later, (later + 60) as Seconds)).toBe(fence + 1);
      expect(await store.ledger.append(batch)).toBe('lost');
      expect((await nextOf(store)).newest).toBeNull();
      expect(await store.ledger.lease(HOLDER, later, UNTIL)).toBeNull();
    }),
  );

  it(
    'keeps the number of a lease that its holder renews',
    on(async (store) => {
      const fence = await begun(store);
      expect(await store.ledger.lease(HOLDER, NOW, (UNTIL + 60) as Seconds)).toBe(fence);
    }),
  );

  it(
    'takes one of two batches that were planned from the same size',
    on(async (store) => {
      const fence = await begun(store);
      await given(store);
      const [one, other] = [planned(fence, await nextOf(store)), planned(fence, await nextOf(store))];
      const results = await Promise.all([store.ledger.append(one), store.ledger.append(other)]);
      expect(results.sort()).toEqual(['appended', 'stale']);
    }),
  );

  it(
    'refuses a batch with an event that has its place already, and writes nothing of it',
    on(async (store) => {
      const fence = await begun(store);
      await given(store);
      const first = await appended(store, fence);
      const second = planned(fence, await nextOf(store));
      const [taken] = first.leaves;
      if (taken === undefined) throw new Error('nothing was taken');
      const twice = { ...second, leaves: [{ event: taken.event, index: second.begins }] };
      expect(await store.ledger.append(twice)).toBe('stale');
      expect((await nextOf(store)).head.no).toBe(1);
    }),
  );

  it(
    'publishes a checkpoint with all before it, and tells what is not published yet',
    on(async (store) => {
      const fence = await begun(store);
      const [first, second] = [await appended(store, fence), await appended(store, fence)];
      expect(await store.ledger.published()).toBeNull();
      expect((await store.ledger.unpublished(1)).map(({ size }) => size)).toEqual([8, 16]);
      expect(await store.ledger.publish(1, second.size)).toBe(true);
      expect(await store.ledger.publish(1, 99)).toBe(false);
      expect((await store.ledger.published())?.size).toBe(second.size);
      expect((await store.ledger.batches(1, 0, 10)).map(({ note }) => note)).toEqual([
        first.note,
        second.note,
      ]);
      expect(await store.ledger.batches(1, 8, 10)).toHaveLength(1);
    }),
  );

  it(
    'keeps the first line of each witness',
    on(async (store) => {
      const fence = await begun(store);
      const { size } = await appended(store, fence);
      const line = { witness: 'w+1', line: '— w AAA=\n', at: NOW };
      await store.ledger.cosigned(1, size, line);
      await store.ledger.cosigned(1, size, { ...line, line: '— w BBB=\n' });
      await store.ledger.publish(1, size);
      expect((await store.ledger.published())?.cosignatures).toEqual([line]);
    }),
  );

  it(
    'opens every event below a size, chain by chain, page by page',
    on(async (store) => {
      const fence = await begun(store);
      const tips = [await given(store), await given(store)];
      await appended(store, fence);
      const waits = await given(store);
      const subjects: string[] = [];
      let after: string | null = null;
      do {
        const page = await store.ledger.opened(1, 8, after, 1);
        subjects.push(...page.rows.map(({ subject, no }) => `${subject} ${no}`));
        after = page.next;
      } while (after !== null);
      expect(subjects[0]).toBe('log 1');
      expect(subjects.slice(1).sort()).toEqual(tips.map(({ tip }) => `tip:${tip} 1`).sort());
      const [first] = tips;
      const [opened] = await store.ledger.openedOf(1, `tip:${first?.tip}`, 1, 10);
      expect(opened).toMatchObject({
        leaf: first?.event.leaf,
        record: first?.event.record,
        answer: first?.answer,
        leafSalt: first?.event.openings.leafSalt,
      });
      expect(await store.ledger.openedOf(1, `tip:${waits.tip}`, 1, 10)).toEqual([]);
    }),
  );

  it(
    'tells which events of a tip wait',
    on(async (store) => {
      await begun(store);
      const { tip } = await given(store);
      expect(await store.ledger.indicesOf(1, tip)).toEqual([null]);
    }),
  );

  it(
    'keeps an auditor’s statement once, with its event',
    on(async (store) => {
      const row = {
        ...{ kind: 'canaries', auditor: 'kiem-toan-1', n: 5, origin: '', record: bytes(300) },
        hash: 'ab'.repeat(32),
      } as Parameters<Store['ledger']['addAuditorStatement']>[1];
      const add = async () => store.ledger.addAuditorStatement(await nextEvent(store, 'directory'), row);
      expect([await add(), await add()]).toEqual(['added', 'known']);
      expect(await store.ledger.auditorStatements('canaries')).toEqual([row]);
      expect((await store.triage.head('directory')).no).toBe(1);
    }),
  );
}
