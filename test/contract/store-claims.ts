import { expect, it } from 'vitest';
import type { TipId } from '../../src/domain/ids.ts';
import type { AttachmentClaim } from '../../src/ports/store/upload-store.ts';
import {
  AWAY,
  event,
  given,
  HOME,
  hex,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  newTip,
  step,
  submission,
} from './store-fixture.ts';
import { begun, carrying, claimOf, finished, readingOf } from './upload-fixture.ts';
import { withStore } from './with-store.ts';

/** What tips and their readers have of finished uploads. */
export function claimContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'claims finished uploads in the transaction of the tip, and gives its reader their hashes',
    test(async (store) => {
      const [one, two] = [await finished(store), await finished(store)];
      const made = carrying(claimOf(one), claimOf(two));
      expect((await store.intake.accept([made]))[0]?.kind).toBe('accepted');
      const reader = newStaff();
      const opened = await store.uploads.open(await readingOf(store, reader), HOME, made.tip, two.id);
      expect(opened).toEqual({
        ...claimOf(two),
        tip: made.tip,
        no: 1,
        partHashes: new Uint8Array(Buffer.from(two.hashes.join(''), 'hex')),
      });
      expect((await store.triage.head(`reader:${reader}`)).no).toBe(1);
    }),
  );

  it(
    'gives the envelope its exact manifest again',
    test(async (store) => {
      const made = carrying(claimOf(await finished(store)));
      await store.intake.accept([made]);
      const read = await store.triage.readBatch(await readingOf(store, newStaff()), HOME, [made.tip]);
      expect(isStale(read) ? null : read.envelopes).toEqual([made.envelope]);
    }),
  );

  it(
    'stores nothing of a tip that claims what is open, unknown, abandoned, claimed or other than it says',
    test(async (store) => {
      const open = await begun(store);
      const gone = await finished(store);
      await store.uploads.abandon(gone.id);
      const taken = await finished(store);
      await store.intake.accept([carrying(claimOf(taken))]);
      const fine = await finished(store);
      const bad: readonly AttachmentClaim[] = [
        { id: open.id, bytes: open.bytes, parts: open.parts, root: newHash() },
        { ...claimOf(fine), id: hex(16) },
        claimOf(gone),
        claimOf(taken),
        { ...claimOf(fine), root: newHash() },
        { ...claimOf(fine), bytes: 3001 },
        { ...claimOf(fine), parts: 2 },
      ];
      for (const claim of bad) {
        const made = carrying(claimOf(fine), claim);
        expect(await store.intake.accept([made])).toEqual([{ kind: 'refused', code: 'attachment_missing' }]);
        expect((await store.triage.head(`tip:${made.tip}`)).no).toBe(0);
        expect((await store.uploads.upload(fine.id))?.state).toBe('complete');
      }
    }),
  );

  it(
    'lets one tip of a batch fail for its attachment alone',
    test(async (store) => {
      const lost = carrying({ id: hex(16), bytes: 1, parts: 1, root: newHash() });
      const results = await store.intake.accept([
        submission(),
        lost,
        carrying(claimOf(await finished(store))),
      ]);
      expect(results.map((result) => result.kind)).toEqual(['accepted', 'refused', 'accepted']);
    }),
  );

  it(
    'gives one upload to one of two tips that claim it together',
    test(async (store) => {
      const claim = claimOf(await finished(store));
      const results = await store.intake.accept([carrying(claim), carrying(claim)]);
      expect(results).toEqual([{ kind: 'accepted' }, { kind: 'refused', code: 'attachment_missing' }]);
    }),
  );

  it(
    'opens an attachment to the unit that holds the tip or is offered it, and writes nothing for another',
    test(async (store) => {
      const done = await finished(store);
      const made = carrying(claimOf(done));
      await store.intake.accept([made]);
      const reader = newStaff();
      expect(await store.uploads.open(await readingOf(store, reader), AWAY, made.tip, done.id)).toBeNull();
      expect((await store.triage.head(`reader:${reader}`)).no).toBe(0);
      await step(store, made.tip, {
        step: 'transfer_sent',
        overlay: 'transfer_sent',
        custody: { kind: 'offer', to: AWAY },
      });
      expect(await store.uploads.open(await readingOf(store, reader), AWAY, made.tip, done.id)).toMatchObject(
        { id: done.id },
      );
    }),
  );

  it(
    'opens no attachment of another tip, and none with a stale event',
    test(async (store) => {
      const done = await finished(store);
      const made = carrying(claimOf(done));
      await store.intake.accept([made]);
      const other = await given(store);
      const reader = newStaff();
      expect(await store.uploads.open(await readingOf(store, reader), HOME, other.tip, done.id)).toBeNull();
      expect(
        await store.uploads.open(await readingOf(store, reader), HOME, newTip() as TipId, done.id),
      ).toBeNull();
      const stale = event(`reader:${reader}`, { no: 4, leaf: newHash() });
      expect(await store.uploads.open(stale, HOME, made.tip, done.id)).toMatchObject({ stale: true });
    }),
  );
}
