import { expect, it } from 'vitest';
import type { Seconds, StaffId } from '../../src/domain/ids.ts';
import type { StatementRow, UnitRow } from '../../src/ports/store/directory-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  event,
  HOME,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  nextEvent,
  statement,
  unitRow,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const at = (seconds: number) => seconds as Seconds;

const wrapOf = (epoch: number, member: StaffId) => ({ unit: HOME, epoch, member, wrap: bytes(80) });
const held = ({ unit, epoch, wrap }: ReturnType<typeof wrapOf>) => ({ unit, epoch, wrap, broken: false });
const putWraps = async (store: Store, rows: readonly ReturnType<typeof wrapOf>[]) =>
  store.directory.putEpochWraps(await nextEvent(store, `unit:${HOME}`), rows);
const reportWraps = async (store: Store, member: StaffId, epochs: readonly number[]) =>
  store.directory.reportEpochWraps(await nextEvent(store, `unit:${HOME}`), HOME, member, epochs);

export function directoryContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const add = async (store: Store, row: StatementRow) =>
    store.directory.addStatement(await nextEvent(store, 'directory'), row);

  it(
    'keeps a statement with its event; the same one again changes nothing',
    test(async (store) => {
      const row = statement();
      expect(await add(store, row)).toBe('added');
      expect(await add(store, row)).toBe('known');
      expect((await store.triage.head('directory')).no).toBe(1);
      expect(await store.directory.epochs(HOME)).toEqual([row]);
    }),
  );

  it(
    'adds nothing with a stale event',
    test(async (store) => {
      await add(store, statement());
      const stale = event('directory', { no: 0, leaf: null });
      const row = statement({ version: 2 });
      expect(isStale(await store.directory.addStatement(stale, row))).toBe(true);
      expect(await store.directory.epochs(HOME)).toHaveLength(1);
    }),
  );

  it(
    'shows the directory of the highest version',
    test(async (store) => {
      const directory = (version: number) => statement({ kind: 'directory', unit: '', version });
      const rows = [directory(3), directory(7), directory(5)];
      for (const row of rows) await add(store, row);
      await add(store, statement({ kind: 'directory-keys', unit: '', version: 9 }));
      expect(await store.directory.latest('directory')).toEqual(rows[1]);
      expect((await store.directory.latest('directory-keys'))?.version).toBe(9);
    }),
  );

  it(
    'finds a statement by its hash, older versions too',
    test(async (store) => {
      const directory = (version: number) => statement({ kind: 'directory', unit: '', version });
      const rows = [directory(3), directory(7)] as const;
      for (const row of rows) await add(store, row);
      expect(await store.directory.statement(rows[0].hash)).toEqual(rows[0]);
      expect(await store.directory.statement(newHash())).toBeNull();
    }),
  );

  it(
    'keeps the shards that a directory binds',
    test(async (store) => {
      const shard = { hash: newHash(), province: '14', bytes: bytes(5_000) };
      const row = statement({ kind: 'directory', unit: '' });
      await store.directory.addStatement(await nextEvent(store, 'directory'), row, [shard]);
      expect(await store.directory.shard(shard.hash)).toEqual(shard);
      expect(await store.directory.shard(newHash())).toBeNull();
    }),
  );

  it(
    'bundles the statements of units that were in force since a moment',
    test(async (store) => {
      const old = statement({ until: at(50) });
      const live = statement({ version: 2 });
      const member = statement({ kind: 'member', person: newStaff(), version: 0 });
      const foreign = statement({ unit: AWAY });
      for (const row of [old, live, member, foreign]) await add(store, row);
      expect(await store.directory.statementsOf([HOME, HOME], at(60))).toEqual([live, member]);
      expect(await store.directory.statementsOf([], at(0))).toEqual([]);
    }),
  );

  it(
    'gives every statement ever added page by page, in the order in which they came',
    test(async (store) => {
      const rows = [
        statement({ kind: 'directory', unit: '', version: 3 }),
        statement({ until: at(50) }),
        statement({ unit: AWAY, version: 9 }),
      ];
      for (const row of rows) await add(store, row);
      const first = await store.directory.history(0, 2);
      expect(first.rows).toEqual(rows.slice(0, 2));
      const second = await store.directory.history(first.next ?? -1, 2);
      expect(second).toEqual({ rows: rows.slice(2), next: null });
    }),
  );

  it(
    'tells how far ahead each unit has signed its epochs',
    test(async (store) => {
      for (const [version, until] of [
        [1, 100],
        [2, 200],
        [3, 300],
      ] as const) {
        await add(store, statement({ version, until: at(until) }));
      }
      await add(store, statement({ unit: AWAY, until: at(90) }));
      expect(await store.directory.epochsAhead(at(150))).toEqual([{ unit: HOME, until: 300, ahead: 2 }]);
    }),
  );

  it(
    'never writes an epoch secret’s wrap over another, and then writes none of those that came with it',
    test(async (store) => {
      const [member, other] = [newStaff(), newStaff()];
      const first = wrapOf(1, member);
      expect(await putWraps(store, [first])).toBe('saved');
      expect(await putWraps(store, [wrapOf(2, other), wrapOf(1, member)])).toBe('taken');
      expect(await store.directory.epochWraps(member)).toEqual([held(first)]);
      expect(await store.directory.epochWraps(other)).toEqual([]);
      expect((await store.triage.head(`unit:${HOME}`)).no).toBe(1);
    }),
  );

  it(
    'replaces a wrap that its recipient reported, once for each report',
    test(async (store) => {
      const member = newStaff();
      const [first, second] = [wrapOf(1, member), wrapOf(1, member)];
      await putWraps(store, [first]);
      expect(await reportWraps(store, member, [1])).toBe('reported');
      expect(await store.directory.epochWraps(member)).toEqual([{ ...held(first), broken: true }]);
      expect(await putWraps(store, [second])).toBe('saved');
      expect(await store.directory.epochWraps(member)).toEqual([held(second)]);
      expect(await putWraps(store, [wrapOf(1, member)])).toBe('taken');
    }),
  );

  it(
    'takes a report only of wraps that are there and not reported yet, all of them or none',
    test(async (store) => {
      const member = newStaff();
      await putWraps(store, [wrapOf(1, member), wrapOf(2, member)]);
      await reportWraps(store, member, [1]);
      expect(await reportWraps(store, member, [2, 3])).toBe('unknown');
      expect(await reportWraps(store, member, [2, 1])).toBe('unknown');
      expect((await store.directory.epochWraps(member)).map(({ broken }) => broken)).toEqual([true, false]);
      expect((await store.triage.head(`unit:${HOME}`)).no).toBe(2);
    }),
  );

  it(
    'drops the wraps of a member who left, nobody else’s',
    test(async (store) => {
      const [member, other] = [newStaff(), newStaff()];
      await putWraps(store, [wrapOf(1, member), wrapOf(2, member), wrapOf(1, other)]);
      await store.directory.dropEpochWraps(await nextEvent(store, `unit:${HOME}`), HOME, member);
      expect(await store.directory.epochWraps(member)).toEqual([]);
      expect(await store.directory.epochWraps(other)).toHaveLength(1);
      expect((await store.triage.head(`unit:${HOME}`)).no).toBe(2);
    }),
  );

  it(
    'keeps recovery shares by holder',
    test(async (store) => {
      const share = (holder: string) => ({ unit: HOME, epoch: 4, holder, share: bytes(60) });
      const rows = [share('b'), share('a')];
      await store.directory.putRecoveryShares(await nextEvent(store, `unit:${HOME}`), rows);
      expect(await store.directory.recoveryShares(HOME, 4)).toEqual(
        [rows[1], rows[0]].map((row) => ({ holder: row?.holder, share: row?.share })),
      );
      expect(await store.directory.recoveryShares(HOME, 5)).toEqual([]);
    }),
  );

  it(
    'keeps the tree of units, whatever order it comes in, and changes a unit in place',
    test(async (store) => {
      const parent = unitRow({ code: AWAY, kind: 'provincial_police' });
      const child = unitRow({ parent: AWAY });
      const elsewhere = unitRow({ code: '37-ca' as UnitRow['code'], province: '37', remote: false });
      await store.directory.saveUnits(await nextEvent(store, 'directory'), [child, parent, elsewhere]);
      expect(await store.directory.unit(HOME)).toEqual(child);
      expect(await store.directory.units('14')).toEqual([child, parent]);
      expect(await store.directory.units(null)).toHaveLength(3);
      const ended = { ...child, until: '2030-01-01' };
      await store.directory.saveUnits(await nextEvent(store, 'directory'), [ended]);
      expect(await store.directory.unit(HOME)).toEqual(ended);
      expect(await store.directory.unit('nowhere' as UnitRow['code'])).toBeNull();
    }),
  );

  it(
    'writes a fact of the instance once',
    test(async (store) => {
      expect(await store.setMetaOnce('instance', 'one')).toBe('set');
      expect(await store.setMetaOnce('instance', 'two')).toBe('exists');
      expect(await store.meta('instance')).toBe('one');
      expect(await store.meta('nothing')).toBeNull();
    }),
  );
}
