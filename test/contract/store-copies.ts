import { expect, it } from 'vitest';
import type { Hour, TipId, UnitId } from '../../src/domain/ids.ts';
import type { CopyCommit, CopyRow } from '../../src/ports/store/copies-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { AttachmentClaim } from '../../src/ports/store/upload-store.ts';
import {
  AWAY,
  bytes,
  change,
  envelope,
  given,
  HOME,
  hex,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  newTip,
  nextEvent,
  submission,
  T0,
} from './store-fixture.ts';
import { finished } from './upload-fixture.ts';
import { withStore } from './with-store.ts';

const copy = (tip: TipId, no: number, toUnit: UnitId = HOME): CopyRow => ({
  ...{ tip, no, unit: HOME, toUnit },
  core: bytes(100),
  body: bytes(400),
  seal: bytes(80),
  wraps: bytes(200),
});

const make = async (store: Store, row: CopyRow, pictures: CopyCommit['pictures'] = []) =>
  store.copies.make({
    event: await nextEvent(store, `tip:${row.tip}`, { type: 'copy_made' }),
    change: change({ step: 'copy_made' }),
    copy: row,
    pictures,
  });

const claimOf = ({ id, bytes: size, parts, root }: AttachmentClaim): AttachmentClaim => ({
  ...{ id, parts, root },
  bytes: size,
});

/** A copy that carries these uploads. */
const withPictures = (tip: TipId, no: number, toUnit: UnitId = HOME): CopyRow => ({
  ...copy(tip, no, toUnit),
  manifest: bytes(150),
});

/** Working copies: what of a tip may be passed on. */
export function copiesContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'keeps a copy with its step, in the order of their numbers',
    test(async (store) => {
      const { tip } = await given(store);
      const rows = [copy(tip, 1), copy(tip, 2, AWAY)];
      for (const row of rows) expect(await make(store, row)).toBe('made');
      expect(await store.copies.ofTip(tip)).toEqual(rows);
      expect((await store.oversight.events(tip)).map(({ type }) => type).slice(-2)).toEqual([
        'copy_made',
        'copy_made',
      ]);
    }),
  );

  it(
    'lists what other units made for a unit, and not what it made itself',
    test(async (store) => {
      const { tip } = await given(store);
      const [own, other] = [copy(tip, 1), copy(tip, 2, AWAY)];
      for (const row of [own, other]) await make(store, row);
      expect(await store.copies.receivedBy(AWAY)).toEqual([other]);
      expect(await store.copies.receivedBy(HOME)).toEqual([]);
    }),
  );

  it(
    'writes neither event nor copy when the number is taken, the head moved on or the tip is unknown',
    test(async (store) => {
      const { tip } = await given(store);
      await make(store, copy(tip, 1));
      const events = (await store.oversight.events(tip)).length;
      await expect(make(store, copy(tip, 1))).rejects.toMatchObject({ code: 'step_not_allowed' });
      const event = {
        ...(await nextEvent(store, `tip:${tip}`, { type: 'copy_made' })),
        no: 9,
      };
      const late = await store.copies.make({
        event,
        change: change({ step: 'copy_made' }),
        copy: copy(tip, 2),
        pictures: [],
      });
      expect(isStale(late)).toBe(true);
      await expect(make(store, copy(newTip(), 1))).rejects.toMatchObject({ code: 'tip_unknown' });
      expect(await store.copies.ofTip(tip)).toHaveLength(1);
      expect(await store.oversight.events(tip)).toHaveLength(events);
    }),
  );

  it(
    'gives a picture to readers of the unit that made the copy and of the one that got it, with their event, and to nobody else',
    test(async (store) => {
      const { tip } = await given(store);
      const file = await finished(store);
      const row = withPictures(tip, 1, AWAY);
      expect(await make(store, row, [claimOf(file)])).toBe('made');
      expect(await store.copies.ofTip(tip)).toEqual([row]);
      const open = async (unit: UnitId) =>
        store.uploads.open(
          await nextEvent(store, `reader:${newStaff()}`, { type: 'attachment_opened' }),
          unit,
          tip,
          file.id,
        );
      for (const unit of [HOME, AWAY])
        expect(await open(unit)).toMatchObject({ id: file.id, tip, no: 1, root: file.root });
      expect(await open('14-03646-ca' as UnitId)).toBeNull();
    }),
  );

  it(
    'closes a picture that stayed in its unit to that unit once it no longer holds the tip',
    test(async (store) => {
      const { tip } = await given(store);
      const file = await finished(store);
      await make(store, { ...withPictures(tip, 1, AWAY), unit: AWAY }, [claimOf(file)]);
      const event = await nextEvent(store, `reader:${newStaff()}`, { type: 'attachment_opened' });
      expect(await store.uploads.open(event, AWAY, tip, file.id)).toBeNull();
    }),
  );

  it(
    'writes neither event nor copy when a picture is not finished, is another one or belongs to something already',
    test(async (store) => {
      const { tip } = await given(store);
      const file = await finished(store);
      const events = (await store.oversight.events(tip)).length;
      const refused = (claims: readonly AttachmentClaim[]) =>
        expect(make(store, withPictures(tip, 2), claims)).rejects.toMatchObject({
          code: 'attachment_missing',
        });
      await make(store, copy(tip, 1));
      await refused([{ ...claimOf(file), root: newHash() }]);
      await refused([{ ...claimOf(file), id: hex(16) }]);
      await refused([claimOf(file), claimOf(file)]);
      expect(await store.copies.ofTip(tip)).toHaveLength(1);
      expect(await make(store, withPictures(tip, 2), [claimOf(file)])).toBe('made');
      await expect(make(store, withPictures(tip, 3), [claimOf(file)])).rejects.toMatchObject({
        code: 'attachment_missing',
      });
      expect(await store.oversight.events(tip)).toHaveLength(events + 2);
    }),
  );

  it(
    'keeps a picture whatever its age, whoever would give it up, and lets no tip claim it',
    test(async (store) => {
      const { tip } = await given(store);
      const file = await finished(store);
      await make(store, withPictures(tip, 1), [claimOf(file)]);
      expect(await store.uploads.dropOlder((T0 + 100) as Hour, 10)).toEqual([]);
      expect(await store.uploads.abandon(file.id)).toBe(false);
      expect(await store.uploads.held('attachment')).toBe(0);
      const other = newTip();
      const [answer] = await store.intake.accept([
        submission({
          tip: other,
          envelope: { ...envelope(other), manifest: bytes(150) },
          attachments: [claimOf(file)],
        }),
      ]);
      expect(answer).toEqual({ kind: 'refused', code: 'attachment_missing' });
      expect(await store.uploads.ids('0'.repeat(32), 10)).toEqual([file.id]);
    }),
  );
}
