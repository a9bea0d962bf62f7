import { expect, it } from 'vitest';
import type { Seconds, StaffId } from '../../src/domain/ids.ts';
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
  newStaff,
  nextEvent,
  staff,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const at = (seconds: number) => seconds as Seconds;

export function accountsContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const open = async (store: Store, of: StaffId, expires = 1_000) => {
    const session = {
      tokenHash: newHash(),
      staff: of,
      created: at(10),
      lastSeen: at(10),
      expires: at(expires),
    };
    await store.accounts.openSession(session, await nextEvent(store, `staff:${of}`, { type: 'logged_in' }));
    return session;
  };

  it(
    'keeps a member with everything that was saved',
    test(async (store) => {
      const row = await givenStaff(store);
      expect(await store.accounts.byId(row.id)).toEqual(row);
      expect(await store.accounts.byAccount(row.account)).toEqual(row);
      expect(await store.accounts.byId(newStaff())).toBeNull();
      expect(await store.accounts.byAccount('nobody')).toBeNull();
    }),
  );

  it(
    'finds an invited member by the hash of the invitation until it is redeemed',
    test(async (store) => {
      const invite = { tokenHash: newHash(), expires: at(99) };
      const set = { status: 'invited', credential: null, signKey: null, kemKey: null, invite } as const;
      const row = await givenStaff(store, set);
      expect(await store.accounts.byInvite(invite.tokenHash)).toEqual(row);
      const active = { ...staff(), id: row.id, account: row.account };
      await store.accounts.saveStaff(await nextEvent(store, `staff:${row.id}`), active);
      expect(await store.accounts.byInvite(invite.tokenHash)).toBeNull();
      expect(await store.accounts.byId(row.id)).toEqual(active);
    }),
  );

  it(
    'refuses an account name that is another person’s and keeps no event of it',
    test(async (store) => {
      const row = await givenStaff(store);
      const other = staff({ account: row.account });
      expect(await store.accounts.saveStaff(await nextEvent(store, `staff:${other.id}`), other)).toBe(
        'taken',
      );
      expect((await store.triage.head(`staff:${other.id}`)).no).toBe(0);
      expect(await store.accounts.byAccount(row.account)).toEqual(row);
    }),
  );

  it(
    'changes no member with a stale event',
    test(async (store) => {
      const row = await givenStaff(store);
      const stale = event(`staff:${row.id}`, { no: 0, leaf: null });
      expect(isStale(await store.accounts.saveStaff(stale, { ...row, roles: ['head'] }))).toBe(true);
      expect((await store.accounts.byId(row.id))?.roles).toEqual(['officer']);
    }),
  );

  it(
    'lists the members of a unit and pages over all by account name',
    test(async (store) => {
      const accounts = ['a1', 'b2', 'c3'];
      for (const account of accounts)
        await givenStaff(store, { account, unit: account === 'b2' ? AWAY : HOME });
      expect((await store.accounts.ofUnit(HOME)).map((row) => row.account)).toEqual(['a1', 'c3']);
      expect((await store.accounts.page(null, 2)).map((row) => row.account)).toEqual(['a1', 'b2']);
      expect((await store.accounts.page('b2', 2)).map((row) => row.account)).toEqual(['c3']);
    }),
  );

  it(
    'accepts a one-time code once and never an earlier one',
    test(async (store) => {
      const { id } = await givenStaff(store);
      expect(await store.accounts.spendOneTimeCode(id, 100)).toBe(true);
      expect(await store.accounts.spendOneTimeCode(id, 100)).toBe(false);
      expect(await store.accounts.spendOneTimeCode(id, 99)).toBe(false);
      expect(await store.accounts.spendOneTimeCode(id, 101)).toBe(true);
      expect(await store.accounts.spendOneTimeCode(newStaff(), 5)).toBe(false);
    }),
  );

  it(
    'keeps the accepted step when the member’s record is saved again',
    test(async (store) => {
      const row = await givenStaff(store);
      await store.accounts.spendOneTimeCode(row.id, 100);
      await store.accounts.saveStaff(await nextEvent(store, `staff:${row.id}`), {
        ...row,
        displayName: 'Khác',
      });
      expect(await store.accounts.spendOneTimeCode(row.id, 100)).toBe(false);
    }),
  );

  it(
    'remembers failed logins by account name, known or not, until they are cleared',
    test(async (store) => {
      expect(await store.accounts.throttle('who')).toEqual({ failures: 0, notBefore: 0 });
      await store.accounts.setThrottle('who', { failures: 2, notBefore: at(50) });
      expect(await store.accounts.throttle('who')).toEqual({ failures: 2, notBefore: 50 });
      await store.accounts.setThrottle('who', { failures: 0, notBefore: at(0) });
      expect(await store.accounts.throttle('who')).toEqual({ failures: 0, notBefore: 0 });
    }),
  );

  it(
    'forgets delays that ended long ago, so that guessed names cannot fill the disk',
    test(async (store) => {
      await store.accounts.setThrottle('old', { failures: 3, notBefore: at(1_000) });
      await store.accounts.setThrottle('new', { failures: 1, notBefore: at(1_000 + 8 * 86_400) });
      expect(await store.accounts.throttle('old')).toEqual({ failures: 0, notBefore: 0 });
    }),
  );

  it(
    'opens a session with its event and moves its last use forward only',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const session = await open(store, id);
      expect(await store.accounts.session(session.tokenHash)).toEqual(session);
      await store.accounts.touchSession(session.tokenHash, at(20));
      await store.accounts.touchSession(session.tokenHash, at(15));
      expect((await store.accounts.session(session.tokenHash))?.lastSeen).toBe(20);
      expect(await store.accounts.session(newHash())).toBeNull();
      const stale = event(`staff:${id}`, { no: 0, leaf: null });
      expect(isStale(await store.accounts.openSession({ ...session, tokenHash: newHash() }, stale))).toBe(
        true,
      );
      expect(await store.accounts.sessionsOf(id)).toHaveLength(1);
    }),
  );

  it(
    'ends one session, all others, or those that expired',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const other = await givenStaff(store);
      const [first, second, third] = [
        await open(store, id),
        await open(store, id, 500),
        await open(store, id),
      ];
      const foreign = await open(store, other.id, 2_000);
      const subject = `staff:${id}`;
      const ending = () => nextEvent(store, subject, { type: 'ended' });
      expect(await store.accounts.endSession(await ending(), third.tokenHash)).toBe('ended');
      const { no } = await store.triage.head(subject);
      expect(await store.accounts.endSession(await ending(), third.tokenHash)).toBe('unknown');
      expect((await store.triage.head(subject)).no).toBe(no);
      expect(await store.accounts.forgetExpiredSessions(at(500))).toBe(1);
      expect(await store.accounts.session(second.tokenHash)).toBeNull();
      await open(store, id);
      expect(await store.accounts.endSessionsOf(await ending(), id, first.tokenHash)).toBe(1);
      expect((await store.accounts.sessionsOf(id)).map((session) => session.tokenHash)).toEqual([
        first.tokenHash,
      ]);
      const stale = event(subject, { no: 0, leaf: null });
      expect(isStale(await store.accounts.endSessionsOf(stale, id, null))).toBe(true);
      expect(isStale(await store.accounts.endSession(stale, first.tokenHash))).toBe(true);
      expect(await store.accounts.session(first.tokenHash)).not.toBeNull();
      expect(await store.accounts.endSessionsOf(await ending(), id, null)).toBe(1);
      await store.accounts.dropSession((await open(store, id)).tokenHash);
      expect(await store.accounts.sessionsOf(id)).toEqual([]);
      expect(await store.accounts.session(foreign.tokenHash)).toEqual(foreign);
    }),
  );

  it(
    'ends sessions together with the change of the record, or not at all',
    test(async (store) => {
      const row = await givenStaff(store);
      const [kept, other] = [await open(store, row.id), await open(store, row.id)];
      const subject = `staff:${row.id}`;
      const end = { endSessions: { except: kept.tokenHash } };
      const stale = event(subject, { no: 0, leaf: null });
      expect(isStale(await store.accounts.saveStaff(stale, row, end))).toBe(true);
      expect(await store.accounts.session(other.tokenHash)).not.toBeNull();
      expect(await store.accounts.saveStaff(await nextEvent(store, subject), row, end)).toBe('saved');
      expect(await store.accounts.session(other.tokenHash)).toBeNull();
      expect(await store.accounts.session(kept.tokenHash)).not.toBeNull();
    }),
  );

  it(
    'replaces a second factor only when another person approves',
    test(async (store) => {
      const [member, head] = [await givenStaff(store), await givenStaff(store)];
      const decision = { kind: 'replace_second_factor', staff: member.id, by: head.id, at: at(5) } as const;
      const subject = `staff:${member.id}`;
      const opened = await store.accounts.openStaffDecision(await nextEvent(store, subject), decision);
      if (isStale(opened)) throw new Error('stale');
      expect(await store.accounts.staffDecisions(HOME)).toEqual([
        { id: opened.id, kind: decision.kind, staff: member.id, proposedBy: head.id, at: 5 },
      ]);
      const totp = bytes(60);
      const close = async (by: StaffId, id = opened.id) =>
        store.accounts.closeStaffDecision(await nextEvent(store, subject), id, by, totp);
      expect(await close(head.id)).toBe('same_person');
      expect(await close(newStaff(), 999)).toBe('unknown');
      const second = await givenStaff(store);
      await open(store, member.id);
      expect(await close(second.id)).toBe('closed');
      expect(await store.accounts.sessionsOf(member.id)).toEqual([]);
      expect(await close(second.id)).toBe('unknown');
      expect((await store.accounts.byId(member.id))?.credential?.totpSealed).toEqual(totp);
      expect(await store.accounts.staffDecisions(HOME)).toEqual([]);
      expect((await store.triage.head(subject)).no).toBe(4);
    }),
  );
}
