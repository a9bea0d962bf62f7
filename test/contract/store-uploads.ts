import { expect, it } from 'vitest';
import type { Hash, Hour, Seconds, StaffId, TipId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { AttachmentClaim, NewUpload } from '../../src/ports/store/upload-store.ts';
import {
  AWAY,
  bytes,
  envelope,
  event,
  given,
  HOME,
  hex,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  newTip,
  nextEvent,
  step,
  submission,
  T0,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const ROOM = 10_000_000;

const upload = (set: Partial<NewUpload> = {}): NewUpload => ({
  id: hex(16),
  kind: 'attachment',
  bytes: 3000,
  parts: 3,
  hour: T0,
  challenge: { id: hex(16), expires: (T0_SECONDS + 3600) as Seconds },
  room: ROOM,
  ...set,
});

interface Finished extends AttachmentClaim {
  readonly hashes: readonly Hash[];
}

/** An upload whose parts are all noted and which is complete. */
export async function finished(store: Store, set: Partial<NewUpload> = {}): Promise<Finished> {
  const { id, bytes: size, parts } = await begun(store, set);
  const hashes = Array.from({ length: parts }, newHash);
  for (const [no, hash] of hashes.entries()) await store.uploads.notePart(id, no, hash);
  const root = newHash();
  expect(await store.uploads.complete(id, root)).toBe('complete');
  return { id, bytes: size, parts, root, hashes };
}

async function begun(store: Store, set: Partial<NewUpload> = {}): Promise<NewUpload> {
  const made = upload(set);
  expect(await store.uploads.begin(made)).toBe('begun');
  return made;
}

const claimOf = ({ id, bytes: size, parts, root }: Finished): AttachmentClaim => ({
  id,
  bytes: size,
  parts,
  root,
});

/** A submission whose envelope carries these uploads. */
const carrying = (...claims: readonly AttachmentClaim[]) => {
  const tip = newTip();
  return submission({
    tip,
    envelope: { ...envelope(tip), manifest: bytes(150) },
    attachments: claims,
  });
};

const readingOf = (store: Store, reader: StaffId) =>
  nextEvent(store, `reader:${reader}`, { type: 'attachment_opened' });

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
