import { expect, it } from 'vitest';
import type { Seconds, StaffId } from '../../src/domain/ids.ts';
import type { StatementRow } from '../../src/ports/store/directory-store.ts';
import type { PendingStatement, StatementsAccepted } from '../../src/ports/store/members-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  event,
  givenStaff,
  HOME,
  isStale,
  type MakeStore,
  newHash,
  nextEvent,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const at = (seconds: number) => seconds as Seconds;

const pending = (by: StaffId, set: Partial<PendingStatement> = {}): PendingStatement => ({
  hash: newHash(),
  kind: 'epoch',
  unit: HOME,
  about: '7',
  record: bytes(400),
  wraps: [{ member: by, wrap: bytes(1168) }],
  shares: [{ holder: 'mot', share: bytes(1169) }],
  by,
  at: at(50),
  ...set,
});

const row = (set: Partial<StatementRow> = {}): StatementRow => ({
  hash: newHash(),
  kind: 'epoch',
  unit: HOME,
  version: 7,
  from: at(100),
  until: at(200),
  person: '',
  record: bytes(400),
  ...set,
});

const change = (set: Partial<StatementsAccepted> = {}): StatementsAccepted => ({
  statements: [row()],
  wraps: [],
  shares: [],
  activates: null,
  removes: null,
  roles: null,
  ...set,
});

export function membersContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const propose = async (store: Store, one: PendingStatement) =>
    store.members.propose(await nextEvent(store, `unit:${one.unit}`), one);
  const accept = async (store: Store, one: StatementsAccepted) =>
    store.members.accept([await nextEvent(store, 'directory')], one, at(60));

  it(
    'keeps a proposal with everything that came with it',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const one = pending(id);
      expect(await propose(store, one)).toBe('kept');
      expect(await store.members.pending(one.hash)).toEqual(one);
      expect(await store.members.pendingOf([HOME, AWAY])).toEqual([one]);
      expect(await store.members.pendingOf([AWAY])).toEqual([]);
      expect(await store.members.pending(newHash())).toBeNull();
    }),
  );

  it(
    'lets a new proposal about the same thing take the place of the old one',
    test(async (store) => {
      const { id } = await givenStaff(store);
      await propose(store, pending(id));
      const other = pending(id, { about: '8' });
      const again = pending(id);
      await propose(store, other);
      await propose(store, again);
      expect(await store.members.pendingOf([HOME])).toEqual([other, again]);
    }),
  );

  it(
    'keeps no proposal with a stale event',
    test(async (store) => {
      const { id } = await givenStaff(store);
      await propose(store, pending(id));
      const late = pending(id, { about: '8' });
      const answer = await store.members.propose(event(`unit:${HOME}`, { no: 0, leaf: null }), late);
      expect(isStale(answer)).toBe(true);
      expect(await store.members.pending(late.hash)).toBeNull();
    }),
  );

  it(
    'withdraws a proposal once, with its event',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const one = pending(id);
      await propose(store, one);
      const withdraw = async () => store.members.withdraw(await nextEvent(store, `unit:${HOME}`), one.hash);
      expect(await withdraw()).toBe('withdrawn');
      expect(await withdraw()).toBe('unknown');
      expect((await store.triage.head(`unit:${HOME}`)).no).toBe(2);
    }),
  );

  it(
    'puts an epoch in force with its wraps and shares, and closes its proposal',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const one = pending(id);
      await propose(store, one);
      const statement = row({ hash: one.hash });
      const wraps = [{ unit: HOME, epoch: 7, member: id, wrap: bytes(1168) }];
      const shares = [{ unit: HOME, epoch: 7, holder: 'mot', share: bytes(1169) }];
      expect(await accept(store, change({ statements: [statement], wraps, shares }))).toBe('accepted');
      expect(await store.directory.epochs(HOME)).toEqual([statement]);
      expect(await store.directory.epochWraps(id)).toEqual(
        wraps.map(({ unit, epoch, wrap }) => ({ unit, epoch, wrap, broken: false })),
      );
      expect(await store.directory.recoveryShares(HOME, 7)).toEqual(
        shares.map(({ holder, share }) => ({ holder, share })),
      );
      expect(await store.members.pendingOf([HOME])).toEqual([]);
    }),
  );

  it(
    'answers that a statement is known and changes nothing',
    test(async (store) => {
      const once = change();
      await accept(store, once);
      const before = await store.triage.head('directory');
      expect(await accept(store, once)).toBe('known');
      expect(await store.triage.head('directory')).toEqual(before);
    }),
  );

  it(
    'carries out all of several statements or none',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const statements = [row({ version: 7 }), row({ version: 8 })];
      const stale = event('directory', { no: 5, leaf: newHash() });
      const answer = await store.members.accept([stale], change({ statements, removes: id }), at(60));
      expect(isStale(answer)).toBe(true);
      expect(await store.directory.epochs(HOME)).toEqual([]);
      expect((await store.accounts.byId(id))?.status).toBe('active');
    }),
  );

  it(
    'activates the member whom a statement admits',
    test(async (store) => {
      const { id } = await givenStaff(store, { status: 'invited' });
      await accept(store, change({ statements: [row({ kind: 'member', person: id })], activates: id }));
      expect((await store.accounts.byId(id))?.status).toBe('active');
    }),
  );

  it(
    'gives a member the roles of a newer statement, and nobody else',
    test(async (store) => {
      const changed = await givenStaff(store, { roles: ['officer'] });
      const other = await givenStaff(store, { roles: ['officer'] });
      const statements = [row({ kind: 'member', person: changed.id })];
      await accept(store, change({ statements, roles: { staff: changed.id, roles: ['deputy', 'officer'] } }));
      expect(await store.accounts.byId(changed.id)).toEqual({ ...changed, roles: ['deputy', 'officer'] });
      expect(await store.accounts.byId(other.id)).toEqual(other);
    }),
  );

  it(
    'removes a member: the account ends, with its sessions, wraps and focal points, nobody else’s',
    test(async (store) => {
      const gone = await givenStaff(store);
      const stays = await givenStaff(store);
      for (const { id } of [gone, stays]) {
        const session = {
          tokenHash: newHash(),
          staff: id,
          created: at(10),
          lastSeen: at(10),
          expires: at(1_000),
        };
        await store.accounts.openSession(session, await nextEvent(store, `staff:${id}`));
        await store.directory.putEpochWraps(await nextEvent(store, `unit:${HOME}`), [
          { unit: HOME, epoch: 7, member: id, wrap: bytes(1168) },
        ]);
        const stage = id === gone.id ? 'intake' : 'answer';
        const named = { stage, staff: id, rank: 'active', from: at(10), until: null } as const;
        await store.duty.setFocalPoint(await nextEvent(store, `unit:${HOME}`), HOME, named);
      }
      for (const { id } of [gone, stays]) {
        const contact = { staff: id, email: 'an@example.vn', lang: 'vi', confirmed: false } as const;
        await store.post.setContact(await nextEvent(store, `staff:${id}`), contact, newHash(), at(900));
      }
      await accept(store, change({ statements: [row({ kind: 'revocation' })], removes: gone.id }));
      expect((await store.accounts.byId(gone.id))?.status).toBe('removed');
      expect(await store.accounts.sessionsOf(gone.id)).toEqual([]);
      expect(await store.directory.epochWraps(gone.id)).toEqual([]);
      expect(await store.post.contact(gone.id)).toBe(null);
      expect((await store.accounts.byId(stays.id))?.status).toBe('active');
      expect(await store.post.contact(stays.id)).not.toBe(null);
      expect(await store.accounts.sessionsOf(stays.id)).toHaveLength(1);
      expect(await store.directory.epochWraps(stays.id)).toHaveLength(1);
      const points = await store.accounts.focalPoints(HOME, at(70));
      expect(points.map(({ staff }) => staff)).toEqual([stays.id]);
    }),
  );
}
