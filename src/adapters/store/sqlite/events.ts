import { type Insertable, type Selectable, sql } from 'kysely';
import type { Day, Hash, Seconds, TipId } from '../../../domain/ids.ts';
import { secondsOfHour } from '../../../domain/ids.ts';
import type { EventRow, Head, Stale } from '../../../ports/store/event-row.ts';
import type { TipEvent } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, immediate, isTaken, isUnmet } from './connection.ts';
import { prepared } from './prepared.ts';

/** Thrown inside a transaction when the head moved on; leaves as a `Stale` answer with nothing written. */
export class StaleSignal extends Error {
  override readonly name = 'StaleSignal';
  readonly head: Head;

  constructor(head: Head) {
    super('stale');
    this.head = head;
  }
}

const TIP_SUBJECT = /^tip:([0-9a-f]{32})$/;

export const tipSubject = (tip: TipId): string => `tip:${tip}`;

type HeadRow = Pick<Selectable<Schema['event']>, 'no' | 'leaf'>;

type StoredEvent = Pick<
  Selectable<Schema['event'] & Schema['event_opening']>,
  | 'no'
  | 'type'
  | 'leaf'
  | 'record'
  | 'citizen_part'
  | 'restricted_part'
  | 'leaf_salt'
  | 'citizen_salt'
  | 'restricted_salt'
>;

/** An event as the database keeps it; exactly one of its times is set. */
type NewEvent = Omit<Required<Insertable<Schema['event']>>, 'seq'>;

/** A tip's key by its handle. */
export const tipSeqQuery = (p: Names<{ id: Uint8Array }>) =>
  query.selectFrom('tip').select('seq').where('id', '=', p('id'));

export interface EventLog {
  /** Adds an event to a tip's chain. Throws StaleSignal when `no` and `prev` do not join its head. */
  appendToTip(tip: number, event: EventRow): void;
  /** Adds an event to the chain of a reader, member, unit or the directory. Throws StaleSignal likewise. */
  append(event: EventRow): void;
  head(subject: string): Head;
  ofTip(tip: number): readonly TipEvent[];
  /** One write transaction that answers `Stale`, with nothing written, when the event does not join its head. */
  transaction<T>(work: () => T): T | Stale;
}

/** The event table: the only way in, and the schema lets only an event in that joins its chain's head. */
export function createEventLog(db: Db): EventLog {
  const insertEvent = prepared(db, (p: Names<NewEvent>) =>
    query.insertInto('event').values({
      chain: p('chain'),
      no: p('no'),
      prev: p('prev'),
      type: p('type'),
      leaf: p('leaf'),
      hour: p('hour'),
      day: p('day'),
      at: p('at'),
      record: p('record'),
      citizen_part: p('citizen_part'),
      restricted_part: p('restricted_part'),
    }),
  );
  const insertOpening = prepared(db, (p: Names<EventRow['openings'] & { event: number }>) =>
    query.insertInto('event_opening').values({
      event: p('event'),
      leaf_salt: p('leafSalt'),
      citizen_salt: p('citizenSalt'),
      restricted_salt: p('restrictedSalt'),
    }),
  );
  const last = prepared(db, (p: Names<{ chain: number }>) =>
    query
      .selectFrom('event')
      .select(['no', 'leaf'])
      .where('chain', '=', p('chain'))
      .orderBy('no', 'desc')
      .limit(lit(1)),
  );
  const subjectSeq = prepared(db, (p: Names<{ name: string }>) =>
    query.selectFrom('subject').select('seq').where('name', '=', p('name')),
  );
  const insertSubject = prepared(db, (p: Names<{ name: string }>) =>
    query
      .insertInto('subject')
      .values({
        seq: query.selectFrom('subject').select(sql<number>`ifnull(min(seq), 0) - 1`.as('seq')),
        name: p('name'),
      })
      .returning('seq'),
  );
  const tipSeq = prepared(db, tipSeqQuery);
  const eventsOfTip = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('event as e')
      .innerJoin('event_opening as o', 'o.event', 'e.seq')
      .select([
        'e.no',
        'e.type',
        'e.leaf',
        'e.record',
        'o.leaf_salt',
        'e.citizen_part',
        'o.citizen_salt',
        'e.restricted_part',
        'o.restricted_salt',
      ])
      .where('e.chain', '=', p('tip'))
      .orderBy('e.no'),
  );

  const headOf = (chain: number): Head => toHead(last.get({ chain }));
  const seqOf = (subject: string): number | null => {
    const id = TIP_SUBJECT.exec(subject)?.[1];
    const row = id === undefined ? subjectSeq.get({ name: subject }) : tipSeq.get({ id: fromHex(id) });
    return row?.seq ?? null;
  };
  const newSubject = (subject: string): number => {
    const row = insertSubject.get({ name: subject });
    if (row === undefined) throw new Error('the subject was not kept');
    return row.seq;
  };

  /** Throws StaleSignal when it does not join the head: its number is taken, or the event before it is another. */
  const insert = (chain: number, event: EventRow): void => {
    const { no, prev, type, leaf, time, record, citizenPart, restrictedPart, openings } = event;
    try {
      const { lastInsertRowid } = insertEvent.run({
        chain,
        no,
        prev: prev === null ? null : fromHex(prev),
        type,
        leaf: fromHex(leaf),
        hour: 'hour' in time ? time.hour : null,
        day: 'day' in time ? time.day : null,
        at: 'at' in time ? time.at : null,
        record,
        citizen_part: citizenPart,
        restricted_part: restrictedPart,
      });
      insertOpening.run({ ...openings, event: Number(lastInsertRowid) });
    } catch (error) {
      if (isTaken(error) || isUnmet(error)) throw new StaleSignal(headOf(chain));
      throw error;
    }
  };

  return {
    appendToTip: insert,
    append(event) {
      if (TIP_SUBJECT.test(event.subject)) throw new TypeError('an event of a tip comes with its step');
      insert(seqOf(event.subject) ?? newSubject(event.subject), event);
    },
    head(subject) {
      const chain = seqOf(subject);
      return chain === null ? { no: 0, leaf: null } : headOf(chain);
    },
    ofTip: (tip) => eventsOfTip.all({ tip }).map(toTipEvent),
    transaction(work) {
      try {
        return immediate(db, work);
      } catch (error) {
        if (error instanceof StaleSignal) return { stale: true, head: error.head };
        throw error;
      }
    },
  };
}

/** The event's only time as UTC seconds: start of the hour, or of the day in UTC+7, or the second itself. */
export function secondsOf(time: EventRow['time']): Seconds {
  if ('at' in time) return time.at;
  if ('hour' in time) return secondsOfHour(time.hour);
  return (Date.parse(`${time.day}T00:00:00+07:00`) / 1000) as Seconds;
}

/** The day in UTC+7 of an event's time. */
export function dayOfEvent(time: EventRow['time']): Day {
  if ('day' in time) return time.day;
  return new Date((secondsOf(time) + 7 * 3600) * 1000).toISOString().slice(0, 10) as Day;
}

function toHead(row: HeadRow | undefined): Head {
  return row === undefined ? { no: 0, leaf: null } : { no: row.no, leaf: toHex<Hash>(row.leaf) };
}

function toTipEvent(row: StoredEvent): TipEvent {
  return {
    no: row.no,
    type: row.type,
    leaf: toHex<Hash>(row.leaf),
    record: plain(row.record),
    leafSalt: plain(row.leaf_salt),
    citizenPart: plain(row.citizen_part),
    citizenSalt: plain(row.citizen_salt),
    restrictedPart: plain(row.restricted_part),
    restrictedSalt: plain(row.restricted_salt),
  };
}
