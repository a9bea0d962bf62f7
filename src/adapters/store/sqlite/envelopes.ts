import type { TipId } from '../../../domain/ids.ts';
import type { EnvelopeRow } from '../../../ports/store/event-row.ts';
import { plain, toHex } from './codec.ts';
import { type Db, isTaken, isUnmet } from './connection.ts';
import { ChangeRefused } from './refused.ts';

interface StoredEnvelope {
  readonly tip_id: Uint8Array;
  readonly no: number;
  readonly kind: 'tip' | 'message';
  readonly core: Uint8Array;
  readonly body: Uint8Array;
  readonly seal: Uint8Array;
  readonly wraps: Uint8Array;
}

export interface Envelopes {
  /** Adds an envelope as the thread's next. Throws ChangeRefused when its number is not the next. */
  add(tip: number, envelope: EnvelopeRow): void;
  /** Replaces the wraps block of one envelope; body and seal stay. Throws ChangeRefused when there is no such envelope. */
  replaceWraps(tip: number, no: number, wraps: Uint8Array): void;
  ofTip(tip: number): readonly EnvelopeRow[];
  /** Messages of the unit, oldest first, at most 100. */
  messages(tip: number): readonly EnvelopeRow[];
  countMessages(tip: number): number;
}

/** Sealed bytes: written once; only the wraps block is ever replaced. */
export function createEnvelopes(db: Db): Envelopes {
  const insert = db.prepare<unknown[]>(
    'INSERT INTO envelope (tip, no, kind, core, seal, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertWraps = db.prepare<unknown[]>('INSERT INTO envelope_wraps (envelope, wraps) VALUES (?, ?)');
  const updateWraps = db.prepare<unknown[]>(
    'UPDATE envelope_wraps SET wraps = ? WHERE envelope = (SELECT seq FROM envelope WHERE tip = ? AND no = ?)',
  );
  const select = (where: string, tail: string) =>
    db.prepare<[number], StoredEnvelope>(
      `SELECT t.id AS tip_id, e.no, e.kind, e.core, e.body, e.seal, w.wraps
         FROM envelope e JOIN envelope_wraps w ON w.envelope = e.seq JOIN tip t ON t.seq = e.tip
        WHERE e.tip = ? ${where} ORDER BY e.no ${tail}`,
    );
  const all = select('', '');
  const messages = select(`AND e.kind = 'message'`, 'LIMIT 100');
  const count = db.prepare<[number], { n: number }>(
    `SELECT count(*) AS n FROM envelope WHERE tip = ? AND no > 1`,
  );

  return {
    add(tip, { no, kind, core, seal, body, wraps }) {
      try {
        const { lastInsertRowid } = insert.run(tip, no, kind, core, seal, body);
        insertWraps.run(lastInsertRowid, wraps);
      } catch (error) {
        if (isTaken(error) || isUnmet(error))
          throw new ChangeRefused('the envelope is not the next of its thread');
        throw error;
      }
    },
    replaceWraps(tip, no, wraps) {
      if (updateWraps.run(wraps, tip, no).changes === 0) throw new ChangeRefused('no such envelope');
    },
    ofTip: (tip) => all.all(tip).map(toEnvelopeRow),
    messages: (tip) => messages.all(tip).map(toEnvelopeRow),
    countMessages: (tip) => count.get(tip)?.n ?? 0,
  };
}

function toEnvelopeRow(row: StoredEnvelope): EnvelopeRow {
  return {
    tip: toHex<TipId>(row.tip_id),
    no: row.no,
    kind: row.kind,
    core: plain(row.core),
    body: plain(row.body),
    seal: plain(row.seal),
    wraps: plain(row.wraps),
  };
}
