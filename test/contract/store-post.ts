import { expect, it } from 'vitest';
import type { Day, Seconds, StaffId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  event,
  givenStaff,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  nextEvent,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const at = (offset: number): Seconds => (T0_SECONDS + offset) as Seconds;
const DAY = '2026-11-23' as Day;
const ENDS = at(1800);

const eventFor = (store: Store, staff: StaffId) =>
  nextEvent(store, `staff:${staff}`, { type: 'contact_set' });
const eventsOf = async (store: Store, staff: StaffId): Promise<number> =>
  (await store.triage.head(`staff:${staff}`)).no;

/** Keeps an address that waits for its code, and gives the code's hash. */
async function asked(store: Store, staff: StaffId, email = 'an@example.vn') {
  const code = newHash();
  const contact = { staff, email, lang: 'vi', confirmed: false } as const;
  const saved = await store.post.setContact(await eventFor(store, staff), contact, code, ENDS);
  expect(saved).toBe('saved');
  return code;
}
const confirmed = async (store: Store, staff: StaffId, email: string): Promise<void> => {
  const code = await asked(store, staff, email);
  expect(await store.post.confirm(await eventFor(store, staff), staff, code, at(1))).toBe(true);
};

/** What every store does about where letters go. */
export function postContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'writes to an address only once its code was given, and records both',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const before = await eventsOf(store, id);
      const code = await asked(store, id);
      expect(await store.post.receivers(null, 10)).toEqual([]);
      expect(await store.post.confirm(await eventFor(store, id), id, code, at(1799))).toBe(true);
      const contact = { staff: id, email: 'an@example.vn', lang: 'vi', confirmed: true };
      expect(await store.post.receivers(null, 10)).toEqual([contact]);
      expect(await store.post.contact(id)).toEqual(contact);
      expect(await eventsOf(store, id)).toBe(before + 2);
    }),
  );

  it(
    'takes a code once, in time, and not another one; none of that is an event',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const code = await asked(store, id);
      const before = await eventsOf(store, id);
      const confirm = async (hash: typeof code, now: Seconds) =>
        store.post.confirm(await eventFor(store, id), id, hash, now);
      expect(await confirm(newHash(), at(1))).toBe(false);
      expect(await confirm(code, ENDS)).toBe(false);
      expect(await eventsOf(store, id)).toBe(before);
      expect(await confirm(code, at(1))).toBe(true);
      expect(await confirm(code, at(1))).toBe(false);
    }),
  );

  it(
    'forgets the address after five wrong codes',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const code = await asked(store, id);
      for (let i = 0; i < 5; i++) {
        expect(await store.post.contact(id)).not.toBe(null);
        await store.post.confirm(await eventFor(store, id), id, newHash(), at(1));
      }
      expect(await store.post.confirm(await eventFor(store, id), id, code, at(1))).toBe(false);
      expect(await store.post.contact(id)).toBe(null);
    }),
  );

  it(
    'sends nothing to the former address while a new one waits, nor to whoever left, and keeps neither',
    test(async (store) => {
      const changing = await givenStaff(store);
      const leaving = await givenStaff(store);
      await confirmed(store, changing.id, 'cu@example.vn');
      await confirmed(store, leaving.id, 'di@example.vn');
      await asked(store, changing.id, 'moi@example.vn');
      const gone = { ...leaving, status: 'removed' as const };
      await store.accounts.saveStaff(await eventFor(store, leaving.id), gone);
      expect(await store.post.receivers(null, 10)).toEqual([]);
      expect(await store.post.contact(leaving.id)).toBe(null);
      expect((await store.post.contact(changing.id))?.email).toBe('moi@example.vn');
    }),
  );

  it(
    'drops an address with its event, once',
    test(async (store) => {
      const { id } = await givenStaff(store);
      await asked(store, id);
      const before = await eventsOf(store, id);
      expect(await store.post.dropContact(await eventFor(store, id), id)).toBe('dropped');
      expect(await store.post.dropContact(await eventFor(store, id), id)).toBe('unknown');
      expect(await store.post.contact(id)).toBe(null);
      expect(await eventsOf(store, id)).toBe(before + 1);
    }),
  );

  it(
    'writes nothing for an event that does not join its chain',
    test(async (store) => {
      const { id } = await givenStaff(store);
      const code = await asked(store, id);
      const stale = () => event(`staff:${id}`, { no: 0, leaf: null });
      const contact = { staff: id, email: 'khac@example.vn', lang: 'en', confirmed: false } as const;
      expect(isStale(await store.post.setContact(stale(), contact, newHash(), ENDS))).toBe(true);
      expect(isStale(await store.post.confirm(stale(), id, code, at(1)))).toBe(true);
      expect(isStale(await store.post.dropContact(stale(), id))).toBe(true);
      const kept = { staff: id, email: 'an@example.vn', lang: 'vi', confirmed: false };
      expect(await store.post.contact(id)).toEqual(kept);
    }),
  );

  it(
    'gives pages of receivers by their ids',
    test(async (store) => {
      const ids = [newStaff(), newStaff(), newStaff()].sort();
      for (const id of ids) {
        await givenStaff(store, { id });
        await confirmed(store, id, `${id.slice(0, 8)}@example.vn`);
      }
      const first = await store.post.receivers(null, 2);
      const rest = await store.post.receivers(first[1]?.staff ?? null, 2);
      expect([...first, ...rest].map(({ staff }) => staff)).toEqual(ids);
    }),
  );

  it(
    'lets one caller alone serve an hour, and another hour another',
    test(async (store) => {
      const taken = await Promise.all([1, 2, 3].map(() => store.post.takeSlot(DAY, 27_000)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      await store.post.served(DAY, 27_000, 3, 1);
      expect(await store.post.takeSlot(DAY, 27_000)).toBe(false);
      expect(await store.post.takeSlot(DAY, 48_600)).toBe(true);
      expect(await store.post.takeSlot('2026-11-24' as Day, 27_000)).toBe(true);
    }),
  );
}
