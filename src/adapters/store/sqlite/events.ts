import type { Hash, TipId } from '../../../domain/ids.ts';
import type { EventRow, Head, Stale } from '../../../ports/store/event-row.ts';
import type { TipEvent } from '../../../ports/store/triage-store.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, immediate, isTaken, isUnmet } from './connection.ts';

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

interface HeadRow {
  readonly no: number;
  readonly leaf: Uint8Array;
}

interface StoredEvent {
  readonly no: number;
  readonly type: string;
  readonly leaf: Uint8Array;
  readonly record: Uint8Array;
  readonly leaf_salt: Uint8Array;
  readonly citizen_part: Uint8Array;
  readonly citizen_salt: Uint8Array;
  readonly restricted_part: Uint8Array;
  readonly restricted_salt: Uint8Array;
}

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
  const insertEvent = db.prepare<unknown[]>(
    `INSERT INTO event (chain, no, prev, type, leaf, hour, day, at, record, citizen_part, restricted_part)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertOpening = db.prepare<unknown[]>(
    'INSERT INTO event_opening (event, leaf_salt, citizen_salt, restricted_salt) VALUES (?, ?, ?, ?)',
  );
  const last = db.prepare<[number], HeadRow>(
    'SELECT no, leaf FROM event WHERE chain = ? ORDER BY no DESC LIMIT 1',
  );
  const subjectSeq = db.prepare<[string], { seq: number }>('SELECT seq FROM subject WHERE name = ?');
  const insertSubject = db.prepare<[string], { seq: number }>(
    'INSERT INTO subject (seq, name) VALUES ((SELECT ifnull(min(seq), 0) - 1 FROM subject), ?) RETURNING seq',
  );
  const tipSeq = db.prepare<[Uint8Array], { seq: number }>('SELECT seq FROM tip WHERE id = ?');
  const eventsOfTip = db.prepare<[number], StoredEvent>(
    `SELECT e.no, e.type, e.leaf, e.record, o.leaf_salt, e.citizen_part, o.citizen_salt, e.restricted_part, o.restricted_salt
       FROM event e JOIN event_opening o ON o.event = e.seq WHERE e.chain = ? ORDER BY e.no`,
  );

  const headOf = (chain: number): Head => toHead(last.get(chain));
  const seqOf = (subject: string): number | null => {
    const id = TIP_SUBJECT.exec(subject)?.[1];
    const row = id === undefined ? subjectSeq.get(subject) : tipSeq.get(fromHex(id));
    return row?.seq ?? null;
  };
  const newSubject = (subject: string): number => {
    const row = insertSubject.get(subject);
    if (row === undefined) throw new Error('the subject was not kept');
    return row.seq;
  };

  /** Throws StaleSignal when it does not join the head: its number is taken, or the event before it is another. */
  const insert = (chain: number, event: EventRow): void => {
    const { leafSalt, citizenSalt, restrictedSalt } = event.openings;
    try {
      const { lastInsertRowid } = insertEvent.run(
        chain,
        event.no,
        event.prev === null ? null : fromHex(event.prev),
        event.type,
        fromHex(event.leaf),
        'hour' in event.time ? event.time.hour : null,
        'day' in event.time ? event.time.day : null,
        'at' in event.time ? event.time.at : null,
        event.record,
        event.citizenPart,
        event.restrictedPart,
      );
      insertOpening.run(lastInsertRowid, leafSalt, citizenSalt, restrictedSalt);
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
    ofTip: (tip) => eventsOfTip.all(tip).map(toTipEvent),
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
export function secondsOf(time: EventRow['time']): number {
  if ('at' in time) return time.at;
  if ('hour' in time) return time.hour * 3600;
  return Date.parse(`${time.day}T00:00:00+07:00`) / 1000;
}

/** The day in UTC+7 of an event's time. */
export function dayOfEvent(time: EventRow['time']): string {
  if ('day' in time) return time.day;
  return new Date((secondsOf(time) + 7 * 3600) * 1000).toISOString().slice(0, 10);
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
