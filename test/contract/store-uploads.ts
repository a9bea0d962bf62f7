import { expect, it } from 'vitest';
import type { Hour, Seconds } from '../../src/domain/ids.ts';
import { given, hex, type MakeStore, newHash, T0, T0_SECONDS } from './store-fixture.ts';
import { begun, carrying, claimOf, finished, upload } from './upload-fixture.ts';
import { withStore } from './with-store.ts';

export function uploadContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'begins an upload whose parts are still to come',
    test(async (store) => {
      const made = await begun(store);
      expect(await store.uploads.upload(made.id)).toEqual({
        id: made.id,
        kind: 'attachment',
        state: 'open',
        bytes: 3000,
        parts: 3,
        have: [null, null, null],
      });
    }),
  );

  it(
    'begins an upload once, and spends nothing for a second try',
    test(async (store) => {
      const made = await begun(store);
      const challenge = { id: hex(16), expires: (T0_SECONDS + 3600) as Seconds };
      expect(await store.uploads.begin({ ...made, challenge })).toBe('exists');
      expect(await store.uploads.begin(upload({ challenge }))).toBe('begun');
    }),
  );

  it(
    'begins nothing with a proof that was spent, by an upload or by a tip',
    test(async (store) => {
      const made = await begun(store);
      const tip = await given(store);
      for (const challenge of [made.challenge, tip.challenge]) {
        const again = upload({ challenge });
        expect(await store.uploads.begin(again)).toBe('challenge_spent');
        expect(await store.uploads.upload(again.id)).toBeNull();
      }
    }),
  );

  it(
    'counts against the room what has arrived, not what was announced, and spends no proof when there is none',
    test(async (store) => {
      const announced = await begun(store, { bytes: 9000, room: 10_000 });
      const second = upload({ bytes: 4001, room: 10_000 });
      await store.uploads.notePart(announced.id, 0, newHash());
      await store.uploads.notePart(announced.id, 1, newHash());
      expect(await store.uploads.held('attachment')).toBe(6000);
      expect(await store.uploads.held('recording')).toBe(0);
      expect(await store.uploads.begin(second)).toBe('full');
      expect(await store.uploads.begin({ ...second, bytes: 4000 })).toBe('begun');
    }),
  );

  it(
    'gives the room back once an envelope carries the upload',
    test(async (store) => {
      const done = await finished(store, { bytes: 6000, room: 10_000 });
      expect((await store.intake.accept([carrying(claimOf(done))]))[0]?.kind).toBe('accepted');
      expect(await store.uploads.begin(upload({ bytes: 10_000, room: 10_000 }))).toBe('begun');
    }),
  );

  it(
    'notes a part once, says the same to the same bytes and refuses others',
    test(async (store) => {
      const { id } = await begun(store);
      const hash = newHash();
      expect(await store.uploads.notePart(id, 1, hash)).toBe('noted');
      expect(await store.uploads.notePart(id, 1, hash)).toBe('same');
      expect(await store.uploads.notePart(id, 1, newHash())).toBe('conflict');
      expect((await store.uploads.upload(id))?.have).toEqual([null, hash, null]);
    }),
  );

  it(
    'names the first missing part instead of completing',
    test(async (store) => {
      const { id } = await begun(store);
      await store.uploads.notePart(id, 2, newHash());
      expect(await store.uploads.complete(id, newHash())).toEqual({ missing: 0 });
      await store.uploads.notePart(id, 0, newHash());
      expect(await store.uploads.complete(id, newHash())).toEqual({ missing: 1 });
      await store.uploads.notePart(id, 1, newHash());
      expect(await store.uploads.complete(id, newHash())).toBe('complete');
    }),
  );

  it(
    'names the number after the last part when the end is missing',
    test(async (store) => {
      const { id } = await begun(store);
      await store.uploads.notePart(id, 0, newHash());
      expect(await store.uploads.complete(id, newHash())).toEqual({ missing: 1 });
    }),
  );

  it(
    'keeps the hashes of a complete upload, takes the same part again and no other',
    test(async (store) => {
      const { id, hashes, root } = await finished(store);
      const [first = newHash()] = hashes;
      expect(await store.uploads.upload(id)).toMatchObject({ state: 'complete', have: hashes });
      expect(await store.uploads.notePart(id, 0, first)).toBe('same');
      expect(await store.uploads.notePart(id, 0, newHash())).toBe('closed');
      expect(await store.uploads.complete(id, root)).toBe('complete');
    }),
  );

  it(
    'forgets parts from a number on, so that they can come again',
    test(async (store) => {
      const { id } = await begun(store);
      const hashes = [newHash(), newHash(), newHash()];
      for (const [no, hash] of hashes.entries()) await store.uploads.notePart(id, no, hash);
      await store.uploads.dropParts(id, 1);
      expect((await store.uploads.upload(id))?.have).toEqual([hashes[0], null, null]);
      expect(await store.uploads.notePart(id, 1, newHash())).toBe('noted');
    }),
  );

  it(
    'knows nothing of an id that was never begun or is none',
    test(async (store) => {
      for (const id of [hex(16), '', 'zz', '../x', hex(40)]) {
        expect(await store.uploads.upload(id)).toBeNull();
        expect(await store.uploads.notePart(id, 0, newHash())).toBe('unknown');
        expect(await store.uploads.complete(id, newHash())).toBe('unknown');
        expect(await store.uploads.abandon(id)).toBe(false);
      }
    }),
  );

  it(
    'abandons what nobody claimed, and never what an envelope carries',
    test(async (store) => {
      const done = await finished(store);
      await store.intake.accept([carrying(claimOf(done))]);
      expect(await store.uploads.abandon(done.id)).toBe(false);
      const open = await begun(store);
      expect(await store.uploads.abandon(open.id)).toBe(true);
      expect(await store.uploads.notePart(open.id, 0, newHash())).toBe('closed');
      expect(await store.uploads.complete(open.id, newHash())).toBe('unknown');
    }),
  );

  it(
    'drops unclaimed uploads that began before an hour, and forgets each when its bytes are gone',
    test(async (store) => {
      const old = [
        await begun(store, { hour: (T0 - 25) as Hour }),
        await finished(store, { hour: (T0 - 25) as Hour }),
      ];
      const kept = await finished(store, { hour: (T0 - 25) as Hour });
      await store.intake.accept([carrying(claimOf(kept))]);
      const young = await begun(store);
      const dropped = await store.uploads.dropOlder((T0 - 24) as Hour, 10);
      expect([...dropped].sort()).toEqual(old.map(({ id }) => id).sort());
      for (const id of dropped) await store.uploads.forget(id);
      for (const { id } of old) expect(await store.uploads.upload(id)).toBeNull();
      expect((await store.uploads.upload(young.id))?.state).toBe('open');
      expect((await store.uploads.upload(kept.id))?.state).toBe('attached');
      expect(await store.uploads.dropOlder((T0 - 24) as Hour, 10)).toEqual([]);
    }),
  );

  it(
    'names what is being dropped again until it is forgotten, so many at a time',
    test(async (store) => {
      for (let i = 0; i < 3; i++) await begun(store, { hour: (T0 - 30) as Hour });
      expect(await store.uploads.dropOlder(T0, 2)).toHaveLength(2);
      expect(await store.uploads.dropOlder(T0, 5)).toHaveLength(3);
    }),
  );

  it(
    'forgets nothing that is not being dropped',
    test(async (store) => {
      const { id } = await begun(store);
      await store.uploads.forget(id);
      expect((await store.uploads.upload(id))?.state).toBe('open');
    }),
  );

  it(
    'lists what must have a blob, page by page',
    test(async (store) => {
      await begun(store);
      const done = await finished(store);
      const carried = await finished(store);
      await store.intake.accept([carrying(claimOf(carried))]);
      const gone = await finished(store);
      await store.uploads.abandon(gone.id);
      const sorted = [done.id, carried.id].sort();
      expect(await store.uploads.ids('00'.repeat(16), 10)).toEqual(sorted);
      expect(await store.uploads.ids(sorted[0] ?? '', 10)).toEqual(sorted.slice(1));
      expect(await store.uploads.ids('00'.repeat(16), 1)).toEqual(sorted.slice(0, 1));
    }),
  );
}
