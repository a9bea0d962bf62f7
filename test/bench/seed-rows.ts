import { randomFillSync } from 'node:crypto';
import { NO_DUE } from '../../src/adapters/store/sqlite/change.ts';
import { fromHex } from '../../src/adapters/store/sqlite/codec.ts';
import type { Db } from '../../src/adapters/store/sqlite/connection.ts';
import { COMPUTED_SUMS_SQL } from '../../src/adapters/store/sqlite/rollup-check.ts';
import type { EventRow } from '../../src/ports/store/event-row.ts';
import type { Story } from './tip-story.ts';

/** Bytes of one really sealed submission, as the store keeps them. */
export interface SealedRow {
  readonly core: Uint8Array;
  readonly seal: Uint8Array;
  readonly body: Uint8Array;
  readonly wraps: Uint8Array;
  readonly answer: Uint8Array;
  readonly mailboxKey: Uint8Array;
}

/** Bytes of one really signed event. */
export type SignedBytes = Pick<EventRow, 'record' | 'citizenPart' | 'restrictedPart'>;

/** What of a tip is written beside its rows in the queue and the roll-ups. */
export interface Extras {
  readonly sealed: SealedRow;
  /** Signed bytes for each of the story's events, in order. */
  readonly events: readonly SignedBytes[];
}

/** The roll-ups that the store keeps along, filled at once; `verifyRollups` says whether they are right. */
const ROLLUPS = `
  DELETE FROM rollup;
  DELETE FROM rollup_sum;
  INSERT INTO rollup (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on, n)
    SELECT unit, due_day, verb, ifnull(legal_kind, ''), ifnull(conduct, ''), ifnull(stopped_day, ''), passed_on, count(*)
      FROM tip_clock WHERE tallied = 1 GROUP BY 1, 2, 3, 4, 5, 6, 7;
  INSERT INTO rollup_sum ${COMPUTED_SUMS_SQL};`;

/** Random bytes by the megabyte: one system call for thousands of ids. */
export function randomStream(): (length: number) => Uint8Array {
  const block = new Uint8Array(1 << 20);
  let at = block.length;
  return (length) => {
    if (at + length > block.length) {
      randomFillSync(block);
      at = 0;
    }
    const bytes = block.slice(at, at + length);
    at += length;
    return bytes;
  };
}

/**
 * Writes stories as the rows that they end in. `whole` tips get everything that the service keeps of a tip; the others everything but
 * envelope, mailbox, stored answer and the events before their last.
 */
export function rowWriter(db: Db) {
  const random = randomStream();
  const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const into = (table: string, columns: readonly string[]) =>
    db.prepare<unknown[]>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${placeholders(columns.length)})`,
    );
  const words = (text: string): string[] => text.split(' ');

  const tip = into(
    'tip',
    words(
      'id version unit t0 channel assurance urgent conduct_group author_key stage open overlay priority legal_kind conduct outcome assignee transfer_to pending due',
    ),
  );
  const clock = into(
    'tip_clock',
    words(
      'tip clock round rule_version verb unit legal_kind conduct started due due_day stopped stopped_day result passed_on counted unsettled',
    ),
  );
  const custody = into('custody', words('tip no unit status held_from held_until'));
  const register = into('register', words('unit year number tip event_no'));
  const decision = into(
    'decision',
    words('tip kind data proposed_by proposed_no closed_by closed_no result'),
  );
  const event = into('event', words('chain no prev type leaf hour at record citizen_part restricted_part'));
  const opening = into('event_opening', words('event leaf_salt citizen_salt restricted_salt'));
  const envelope = into('envelope', words('tip no kind core seal body'));
  const wraps = into('envelope_wraps', words('envelope wraps'));
  const mailbox = into('mailbox', words('tip locator login_key mailbox_key'));
  const acceptance = into('acceptance', words('tip seal_hash answer'));
  const numbers = new Map<string, number>();
  const flows = new Map<string, Record<string, number>>();
  const transfers = new Map<string, number>();

  const writeEvents = (seq: number, { fold }: Story, { events }: Extras, whole: boolean): void => {
    let prev: Uint8Array | null = null;
    fold.events.forEach(({ step, time }, index) => {
      const leaf = random(32);
      const last = index === fold.events.length - 1;
      const bytes = events[index];
      if (bytes !== undefined && (whole || last)) {
        const no = index + 1;
        const hour = 'hour' in time ? time.hour : null;
        const at = 'at' in time ? time.at : null;
        const { record, citizenPart, restrictedPart } = bytes;
        const joined = no === 1 ? null : (prev ?? random(32));
        const { lastInsertRowid } = event.run(
          seq,
          no,
          joined,
          step,
          leaf,
          hour,
          at,
          record,
          citizenPart,
          restrictedPart,
        );
        opening.run(lastInsertRowid, random(32), random(32), random(32));
      }
      prev = leaf;
    });
  };

  const writeSealed = (seq: number, sealed: SealedRow): void => {
    const { lastInsertRowid } = envelope.run(seq, 1, 'tip', sealed.core, sealed.seal, sealed.body);
    wraps.run(lastInsertRowid, sealed.wraps);
    mailbox.run(seq, random(16), random(32), sealed.mailboxKey);
    acceptance.run(seq, random(32), sealed.answer);
  };

  const countFlows = ({ fold }: Story): void => {
    for (const { unit, day, flow } of fold.flows) {
      const key = `${unit} ${day}`;
      const sums = flows.get(key) ?? {};
      sums[flow] = (sums[flow] ?? 0) + 1;
      flows.set(key, sums);
    }
    for (const { from, day, to } of fold.transfers) {
      const key = `${from} ${day} ${to}`;
      transfers.set(key, (transfers.get(key) ?? 0) + 1);
    }
  };

  return {
    write(story: Story, extras: Extras, whole: boolean): void {
      const { fold } = story;
      const { state } = fold;
      const { unit, stage, overlay, priority, legalKind, conduct, outcome, transferTo } = state;
      const due = fold.clocks.reduce(
        (least, one) => (one.stopped === null ? Math.min(least, one.due) : least),
        NO_DUE,
      );
      const { lastInsertRowid } = tip.run(
        random(16),
        fold.version,
        unit,
        Math.floor(state.t0 / 3600),
        story.channel,
        story.assurance,
        state.urgent ? 1 : 0,
        story.group,
        random(32),
        stage,
        stage === 'notified' || stage === 'archived' ? 0 : 1,
        overlay,
        priority,
        legalKind,
        conduct,
        outcome,
        fold.assignee === null ? null : fromHex(fold.assignee),
        transferTo,
        state.pending === null ? 0 : 1,
        due,
      );
      const seq = Number(lastInsertRowid);
      writeEvents(seq, story, extras, whole);
      if (whole) writeSealed(seq, extras.sealed);
      for (const one of fold.clocks) {
        clock.run(
          seq,
          one.clock,
          one.round,
          one.ruleVersion,
          one.verb,
          one.unit,
          legalKind,
          conduct,
          one.started,
          one.due,
          one.dueDay,
          one.stopped,
          one.stoppedDay,
          one.result,
          one.passedOn ? 1 : 0,
          one.counted ? 1 : 0,
          one.clock === 'settle' && one.stopped === null ? 1 : 0,
        );
      }
      for (const [i, row] of fold.custody.entries()) {
        custody.run(seq, i + 1, row.unit, row.status, row.from, row.until);
      }
      for (const { unit: of, year, no } of fold.registers) {
        const key = `${of} ${year}`;
        const number = (numbers.get(key) ?? 0) + 1;
        numbers.set(key, number);
        register.run(of, year, number, seq, no);
      }
      for (const { data, proposedBy, proposedNo, closedBy, closedNo, result } of fold.decisions) {
        const by = closedBy === null ? null : fromHex(closedBy);
        decision.run(
          seq,
          'resolution',
          JSON.stringify(data),
          fromHex(proposedBy),
          proposedNo,
          by,
          closedNo,
          result,
        );
      }
      countFlows(story);
    },

    /** Writes the flows that were counted along, and the roll-ups from the clocks. */
    finish(): void {
      db.exec('BEGIN');
      db.exec(ROLLUPS);
      // The really sealed tips have counted themselves already.
      const flow = db.prepare<unknown[]>(
        `INSERT INTO flow (unit, day, received, reopened, settled, transferred, merged) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET received = received + excluded.received`,
      );
      for (const [key, sums] of flows) {
        const { received = 0, reopened = 0, settled = 0, transferred = 0, merged = 0 } = sums;
        flow.run(...key.split(' '), received, reopened, settled, transferred, merged);
      }
      const transfer = into('transfer_flow', words('from_unit day to_unit n'));
      for (const [key, n] of transfers) transfer.run(...key.split(' '), n);
      db.exec('COMMIT');
    },
  };
}
