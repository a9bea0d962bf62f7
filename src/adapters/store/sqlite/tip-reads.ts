import type { Seconds, StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import { secondsOfHour } from '../../../domain/ids.ts';
import type { RunningClock } from '../../../domain/life-cycle-types.ts';
import type { TipDetail, TriageStore } from '../../../ports/store/triage-store.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { createDecisions } from './decisions.ts';
import { createEnvelopes } from './envelopes.ts';
import type { EventLog } from './events.ts';
import { TIP_COLUMNS, type TipRow, toQueueRow } from './queue.ts';

type TipReads = Pick<TriageStore, 'tip' | 'openWraps' | 'handoverNotes'>;

interface WrapsRow {
  readonly seq: number;
  readonly id: Uint8Array;
  readonly no: number;
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
}

/** One tip in full, and what consoles fetch to re-wrap or hand over a shift. No ciphertext of a body is read here. */
export function createTipReads(db: Db, events: EventLog): TipReads {
  const decisions = createDecisions(db);
  const envelopes = createEnvelopes(db);
  const select = db.prepare<
    [Uint8Array],
    TipRow & { mailbox_key: Uint8Array; login_key: Uint8Array; locator: Uint8Array }
  >(
    `SELECT ${TIP_COLUMNS}, m.mailbox_key, m.login_key, m.locator FROM tip t JOIN mailbox m ON m.tip = t.seq WHERE t.id = ?`,
  );
  const clocks = db.prepare<[number], RunningClock>(
    `SELECT clock, rule_version AS ruleVersion, started, due, stopped FROM tip_clock WHERE tip = ? ORDER BY started, clock, round`,
  );
  const custody = db.prepare<
    [number],
    { unit: UnitId; from: Seconds; until: Seconds | null; status: TipDetail['custody'][number]['status'] }
  >('SELECT unit, held_from AS "from", held_until AS until, status FROM custody WHERE tip = ? ORDER BY no');
  const wrapsPage = db.prepare<unknown[], WrapsRow>(
    `SELECT p.seq, p.id, e.no, e.core, w.wraps
       FROM (SELECT seq, id FROM tip
              WHERE unit = @unit AND open = 1
                AND (t0, seq) > (ifnull((SELECT t0 FROM tip WHERE seq = @after), 0), @after)
              ORDER BY t0, seq LIMIT @limit) p
       JOIN envelope e ON e.tip = p.seq JOIN envelope_wraps w ON w.envelope = e.seq
      ORDER BY p.seq, e.no`,
  );
  const notes = db.prepare<[string], { id: number; author: Uint8Array; at: Seconds; sealed: Uint8Array }>(
    'SELECT id, author, at, sealed FROM handover_note WHERE unit = ? ORDER BY id DESC LIMIT 20',
  );

  return {
    async tip(tip) {
      return snapshot(db, () => {
        const row = select.get(fromHex(tip));
        if (row === undefined) return null;
        const listed = toQueueRow(row);
        const chain = events.ofTip(row.seq);
        const last = chain.at(-1);
        if (last === undefined) return null;
        return {
          ...listed,
          state: {
            unit: listed.unit,
            stage: listed.stage,
            overlay: listed.overlay,
            priority: listed.priority,
            urgent: listed.urgent,
            legalKind: listed.legalKind,
            conduct: listed.conduct,
            outcome: listed.outcome,
            t0: secondsOfHour(listed.t0),
            clocks: clocks.all(row.seq),
            pending: decisions.pending(row.seq, row.unit),
            transferTo: row.transfer_to,
          },
          head: { no: last.no, leaf: last.leaf },
          custody: custody.all(row.seq),
          events: chain,
          mailboxKey: plain(row.mailbox_key),
          mailboxLocator: toHex(row.locator),
          mailboxLoginKey: plain(row.login_key),
          messageCount: envelopes.countMessages(row.seq),
        };
      });
    },
    async openWraps(unit, after, limit) {
      const found = wrapsPage.all({ unit, after, limit });
      const tips = new Set(found.map((row) => row.seq));
      const rows = found.map(({ seq, id, no, core, wraps }) => ({
        seq,
        tip: toHex<TipId>(id),
        no,
        core: plain(core),
        wraps: plain(wraps),
      }));
      return { rows, next: tips.size < limit ? null : (rows.at(-1)?.seq ?? null) };
    },
    async handoverNotes(unit) {
      return notes.all(unit).map(({ id, author, at, sealed }) => ({
        id,
        by: toHex<StaffId>(author),
        at,
        sealed: plain(sealed),
      }));
    },
  };
}
