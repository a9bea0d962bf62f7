import { expect } from 'vitest';
import { readLawData } from '../../../src/audit/law.ts';
import { LawBook } from '../../../src/audit/law-book.ts';
import { People } from '../../../src/audit/people.ts';
import { RateBook } from '../../../src/audit/rates.ts';
import { auditEvent, type OpenedEvent } from '../../../src/audit/replay/event.ts';
import { BatchTimes } from '../../../src/audit/replay/times.ts';
import { type Replayed, type ReplayWorld, TipReplay } from '../../../src/audit/replay/tip-replay.ts';
import { RightsBook } from '../../../src/audit/rights.ts';
import { startOfDay } from '../../../src/domain/calendar.ts';
import { HolidayBook } from '../../../src/domain/holidays.ts';
import { type Hash, type Seconds, secondsOfHour, type TipId, type UnitId } from '../../../src/domain/ids.ts';
import { fromUtf8, toHex } from '../../../src/protocol/bytes.ts';
import { parseDirectory } from '../../../src/protocol/directory.ts';
import { type EventTime, parseEvent } from '../../../src/protocol/event.ts';
import { parseMember } from '../../../src/protocol/member.ts';
import { acceptMembers, acceptRevocations } from '../../../src/protocol/membership.ts';
import { parseRevocation } from '../../../src/protocol/revocation.ts';
import { verifyKeySet } from '../../../src/protocol/root.ts';
import { type DirectoryUnit, parseShard } from '../../../src/protocol/shard.ts';
import { data } from '../../domain/support.ts';
import type { Instance } from '../../fixtures/instance.ts';

export const { law, plans } = readLawData(data);

interface Row {
  readonly seq: number;
  readonly tip: Uint8Array | null;
  readonly name: string | null;
  readonly leaf: Uint8Array;
  readonly record: Uint8Array;
  readonly citizen: Uint8Array;
  readonly restricted: Uint8Array;
}

/** Every chain of an instance as it lies in the database, by subject; the event's number stands for its leaf's index. */
export function chainsOf({ store }: Instance): ReadonlyMap<string, readonly OpenedEvent[]> {
  const rows = store.connection
    .prepare<[], Row>(
      `SELECT e.seq, t.id AS tip, s.name, e.leaf, e.record, e.citizen_part AS citizen, e.restricted_part AS restricted
         FROM event e LEFT JOIN tip t ON t.seq = e.chain LEFT JOIN subject s ON s.seq = e.chain ORDER BY e.seq`,
    )
    .all();
  const chains = new Map<string, OpenedEvent[]>();
  for (const row of rows) {
    const parsed = parseEvent(new Uint8Array(row.record));
    const { subject } = parsed.header;
    const event = {
      index: row.seq,
      leaf: toHex(row.leaf) as Hash,
      parsed,
      citizen: fromUtf8(row.citizen),
      restricted: fromUtf8(row.restricted),
    };
    chains.set(subject, [...(chains.get(subject) ?? []), event]);
  }
  return chains;
}

/** Everybody whom the statements of an instance name, verified from its pins down. */
export function peopleOf({ store, suite, pins }: Instance): People {
  const rows = store.connection
    .prepare<[], { readonly kind: string; readonly record: Uint8Array }>('SELECT kind, record FROM statement')
    .all();
  const of = (kind: string) =>
    rows.filter((row) => row.kind === kind).map(({ record }) => new Uint8Array(record));
  const shards = store.connection
    .prepare<[], { readonly bytes: Uint8Array }>('SELECT bytes FROM shard')
    .all();
  const units = new Map<UnitId, DirectoryUnit>();
  for (const { bytes } of shards)
    for (const unit of parseShard(new Uint8Array(bytes)).units) units.set(unit.code, unit);
  const sets = of('directory-keys').map((bytes) => verifyKeySet(suite, pins, bytes));
  const authority = { sets, units };
  const parsed = of('member').map((bytes) => parseMember(suite, bytes));
  const claimed = of('revocation').map((bytes) => parseRevocation(suite, bytes));
  const unrevoked = acceptMembers(suite, authority, parsed, []);
  const revocations = acceptRevocations(suite, authority, unrevoked, claimed);
  const members = acceptMembers(suite, authority, parsed, revocations);
  const versions = of('directory').map((bytes) => ({ ...parseDirectory(suite, bytes), units }));
  return new People(suite, members, versions);
}

/** Rights to settle and holidays as the chain of the directory records them. */
export function booksOf(instance: Instance, people: People): Pick<LawBook, 'rights' | 'holidays'> {
  const rights = new RightsBook(instance.suite, instance.pins.instance, people);
  const book = new LawBook(rights, new HolidayBook(law.calendar));
  for (const event of chainsOf(instance).get('directory') ?? []) {
    const at = momentOf(event.parsed.header.time) as Seconds;
    expect(book.take(event.parsed.header.type, auditEvent(event).restrictedPart ?? {}, at)).toBeNull();
  }
  return { rights: book.rights, holidays: book.holidays };
}

export const worldOf = (instance: Instance, people = peopleOf(instance)): ReplayWorld => {
  const books = booksOf(instance, people);
  return { instance: instance.pins.instance, law, people, ...books, rates: new RateBook() };
};

export const tipIn = (subject: string): TipId => subject.slice('tip:'.length) as TipId;

/** Replays a tip's whole chain. */
export function replayed(
  world: ReplayWorld,
  subject: string,
  events: readonly OpenedEvent[],
): { readonly replay: TipReplay; readonly found: readonly Replayed[] } {
  const replay = new TipReplay(world, tipIn(subject));
  const found = events.map((event) => replay.step(auditEvent(event)));
  replay.close();
  return { replay, found };
}

const momentOf = (time: EventTime): number => {
  if ('at' in time) return time.at;
  return 'day' in time ? startOfDay(time.day) : secondsOfHour(time.t0);
};

/** Batches of so many events each, the head planned when its last event happened. */
export function batchesOf(chains: ReadonlyMap<string, readonly OpenedEvent[]>, every: number): BatchTimes {
  const events = [...chains.values()].flat().sort((a, b) => a.index - b.index);
  const batches = new BatchTimes();
  let at = 0;
  let from = 0;
  events.forEach(({ index, parsed: { header } }, i) => {
    at = Math.max(at, momentOf(header.time));
    if ((i + 1) % every !== 0 && i + 1 !== events.length) return;
    batches.add({ from, size: index + 1, at, dummies: 1 });
    from = index + 1;
  });
  return batches;
}

/** People's chains first, as a bundle has them. */
export const inOrder = <T>(chains: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...chains].sort(([a], [b]) => Number(a.startsWith('tip:')) - Number(b.startsWith('tip:')));

/** A part's text as an object; the tests' own parts are always one. */
export const partOf = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
