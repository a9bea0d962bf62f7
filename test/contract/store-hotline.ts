import { expect, it } from 'vitest';
import type { Day, Hour, StaffId, UnitId } from '../../src/domain/ids.ts';
import type { BoxOpening, NewRecording, Switchboard } from '../../src/ports/store/hotline-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  event,
  given,
  givenStaff,
  HOME,
  hex,
  type MakeStore,
  newHash,
  newStaff,
  newTip,
  nextEvent,
  T0,
} from './store-fixture.ts';
import { finished } from './upload-fixture.ts';
import { withStore } from './with-store.ts';

const ofUnit = (store: Store, type: string, unit: UnitId = HOME) =>
  nextEvent(store, `unit:${unit}`, { type });
const ofReader = (store: Store, staff: StaffId, type: string) =>
  nextEvent(store, `reader:${staff}`, { type });
const numberOf = async (store: Store, subject: string): Promise<number> =>
  (await store.triage.head(subject)).no;

/** A recording of a finished upload for these operators. */
async function recordingFor(store: Store, operators: readonly StaffId[]): Promise<NewRecording> {
  const {
    id,
    bytes: size,
    parts,
    root,
    hashes,
  } = await finished(store, { kind: 'recording', challenge: null });
  return {
    ...{ id, unit: HOME, hour: T0, bytes: size, parts, root },
    partHashes: new Uint8Array(Buffer.from(hashes.join(''), 'hex')),
    meta: bytes(552),
    wraps: operators.map((staff) => ({ staff, wrap: bytes(1168) })),
    shares: ['mot', 'hai', 'ba'].map((holder) => ({ holder, share: bytes(1169) })),
  };
}

async function givenRecording(store: Store, operators: readonly StaffId[]): Promise<NewRecording> {
  const made = await recordingFor(store, operators);
  expect(await store.hotline.addRecording(await ofUnit(store, 'recording_received'), made)).toBe('added');
  return made;
}

const opening = (set: Partial<BoxOpening> & { readonly openedBy: StaffId }): BoxOpening => ({
  id: hex(16),
  unit: HOME,
  box: 'Hòm thư trước trụ sở',
  day: '2026-11-23' as Day,
  count: 2,
  entered: 0,
  statement: bytes(400),
  pending: true,
  ...set,
});

export function hotlineContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'remembers who took a tip down, and nobody for a tip that its sender sealed',
    test(async (store) => {
      const { id } = await givenStaff(store, { roles: ['operator'] });
      const taken = { staff: id, unit: HOME };
      const made = await given(store, { taken, assurance: 'operator', channel: 'hotline' });
      expect(await store.hotline.takenBy(made.tip)).toEqual(taken);
      expect(await store.hotline.takenBy((await given(store)).tip)).toBeNull();
      expect(await store.hotline.takenBy(newTip())).toBeNull();
    }),
  );

  it(
    'takes the mark of a caller without a code from who took the tip, from nobody else',
    test(async (store) => {
      const { id } = await givenStaff(store, { roles: ['operator'] });
      const { tip } = await given(store, { taken: { staff: id, unit: HOME } });
      const other = await given(store);
      const mark = async (of: typeof tip) => nextEvent(store, `tip:${of}`, { type: 'code_not_given' });
      expect(await store.hotline.codeNotGiven(await mark(tip), tip, newStaff())).toBe('unknown');
      expect(await store.hotline.codeNotGiven(await mark(other.tip), other.tip, id)).toBe('unknown');
      expect(await numberOf(store, `tip:${tip}`)).toBe(1);
      expect(await store.hotline.codeNotGiven(await mark(tip), tip, id)).toBe('marked');
      expect(await numberOf(store, `tip:${tip}`)).toBe(2);
      const stale = event(`tip:${tip}`, { no: 1, leaf: newHash() });
      expect(await store.hotline.codeNotGiven(stale, tip, id)).toMatchObject({ stale: true });
    }),
  );

  it(
    'keeps switchboards by the hash of their token, and revokes each once',
    test(async (store) => {
      const made: Switchboard = {
        id: hex(16),
        unit: HOME,
        name: 'Tổng đài 1',
        tokenHash: newHash(),
        revoked: false,
      };
      expect(await store.hotline.addSwitchboard(await ofUnit(store, 'switchboard_added'), made)).toBe(
        'added',
      );
      expect(await store.hotline.byToken(made.tokenHash)).toEqual(made);
      expect(await store.hotline.byToken(newHash())).toBeNull();
      expect(await store.hotline.switchboards()).toEqual([made]);
      expect(await store.hotline.revokeSwitchboard(await ofUnit(store, 'switchboard_revoked'), made.id)).toBe(
        true,
      );
      expect((await store.hotline.byToken(made.tokenHash))?.revoked).toBe(true);
      const before = await numberOf(store, `unit:${HOME}`);
      expect(await store.hotline.revokeSwitchboard(await ofUnit(store, 'switchboard_revoked'), made.id)).toBe(
        false,
      );
      expect(await store.hotline.revokeSwitchboard(await ofUnit(store, 'switchboard_revoked'), hex(16))).toBe(
        false,
      );
      expect(await numberOf(store, `unit:${HOME}`)).toBe(before);
    }),
  );

  it(
    'adds no switchboard with a token or name of its own id that is there already',
    test(async (store) => {
      const made: Switchboard = {
        id: hex(16),
        unit: HOME,
        name: 'Tổng đài',
        tokenHash: newHash(),
        revoked: false,
      };
      await store.hotline.addSwitchboard(await ofUnit(store, 'switchboard_added'), made);
      const twin = { ...made, id: hex(16) };
      expect(await store.hotline.addSwitchboard(await ofUnit(store, 'switchboard_added'), twin)).toBe(
        'exists',
      );
      expect(await store.hotline.switchboards()).toEqual([made]);
    }),
  );

  it(
    'takes a recording whose upload is whole, and gives it to the operators it is sealed to',
    test(async (store) => {
      const [one, two] = [await givenStaff(store), await givenStaff(store)];
      const made = await givenRecording(store, [one.id]);
      expect(await store.hotline.recordings(HOME)).toEqual([
        { id: made.id, unit: HOME, hour: T0, bytes: made.bytes, opened: false },
      ]);
      expect(await store.hotline.recordings(AWAY)).toEqual([]);
      const opened = await store.hotline.openRecording(
        await ofReader(store, one.id, 'recording_opened'),
        one.id,
        made.id,
      );
      expect(opened).toEqual({
        ...{ id: made.id, unit: HOME, hour: T0, bytes: made.bytes, parts: made.parts, root: made.root },
        ...{ opened: true, partHashes: made.partHashes, meta: made.meta, wrap: made.wraps[0]?.wrap },
      });
      const refused = await store.hotline.openRecording(
        await ofReader(store, two.id, 'recording_opened'),
        two.id,
        made.id,
      );
      expect(refused).toBeNull();
      expect(await numberOf(store, `reader:${two.id}`)).toBe(0);
      expect((await store.hotline.recordings(HOME))[0]?.opened).toBe(true);
    }),
  );

  it(
    'names the units that got recordings after a number, each once, and the newest number',
    test(async (store) => {
      const { id } = await givenStaff(store);
      expect(await store.hotline.recordingsAfter(0)).toEqual({ newest: 0, units: [] });
      await givenRecording(store, [id]);
      await givenRecording(store, [id]);
      const { newest, units } = await store.hotline.recordingsAfter(0);
      expect(units).toEqual([HOME]);
      expect(await store.hotline.recordingsAfter(newest)).toEqual({ newest, units: [] });
      await givenRecording(store, [id]);
      const later = await store.hotline.recordingsAfter(newest);
      expect([later.units, later.newest > newest]).toEqual([[HOME], true]);
    }),
  );

  it(
    'takes no recording without operators, without its upload, or of another size',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const made = await recordingFor(store, [id]);
      for (const wrong of [
        { ...made, wraps: [] },
        { ...made, id: hex(16) },
        { ...made, bytes: made.bytes + 1 },
      ])
        expect(await store.hotline.addRecording(await ofUnit(store, 'recording_received'), wrong)).toBe(
          'missing',
        );
      expect(await numberOf(store, `unit:${HOME}`)).toBe(0);
    }),
  );

  it(
    'never drops the bytes of a recording that waits for its operator',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const made = await givenRecording(store, [id]);
      expect(await store.uploads.dropOlder((T0 + 1000) as Hour, 10)).toEqual([]);
      expect(await store.uploads.abandon(made.id)).toBe(false);
    }),
  );

  it(
    'ends a recording so that nothing can open it, and lets its bytes go',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const made = await givenRecording(store, [id]);
      const ended = await ofReader(store, id, 'recording_ended');
      expect(await store.hotline.endRecording(ended, AWAY, made.id, 'transcribed')).toBe(false);
      expect(await store.hotline.endRecording(ended, HOME, made.id, 'transcribed')).toBe(true);
      expect(await store.hotline.recordings(HOME)).toEqual([]);
      const again = await ofReader(store, id, 'recording_opened');
      expect(await store.hotline.openRecording(again, id, made.id)).toBeNull();
      expect(await store.uploads.dropOlder(0 as Hour, 10)).toEqual([made.id]);
      expect(await store.hotline.endRecording(again, HOME, made.id, 'nothing')).toBe(false);
      expect(await numberOf(store, `reader:${id}`)).toBe(1);
    }),
  );

  it(
    'counts a tip box from its opening by two to its last letter, and no letter more',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const made = opening({ openedBy: id });
      const type = (name: string) => ofUnit(store, name);
      expect(await store.hotline.proposeOpening(await type('box_proposed'), made)).toBe('proposed');
      expect(await store.hotline.proposeOpening(await type('box_proposed'), made)).toBe('exists');
      expect(await store.hotline.openings(HOME)).toEqual([made]);
      expect(await store.hotline.letterEntered(await type('letter_entered'), made.id)).toBe('unknown');
      const statement = bytes(500);
      expect(await store.hotline.confirmOpening(await type('box_opened'), made.id, statement)).toBe(
        'confirmed',
      );
      expect(await store.hotline.confirmOpening(await type('box_opened'), made.id, bytes(9))).toBe('unknown');
      for (const result of ['entered', 'entered', 'over'])
        expect(await store.hotline.letterEntered(await type('letter_entered'), made.id)).toBe(result);
      expect(await store.hotline.openings(HOME)).toEqual([
        { ...made, statement, pending: false, entered: 2 },
      ]);
      expect(await store.hotline.openings(AWAY)).toEqual([]);
      expect(await numberOf(store, `unit:${HOME}`)).toBe(4);
    }),
  );
}
