import { AppError } from '../../../domain/errors.ts';
import type { TipId } from '../../../domain/ids.ts';
import type { EnvelopeRow } from '../../../ports/store/event-row.ts';
import type { StepCommit, TriageStore } from '../../../ports/store/triage-store.ts';
import type { TipBefore, TipChanges } from './change.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import { type EventLog, tipSubject } from './events.ts';
import { createQueueReads } from './queue-reads.ts';
import { ChangeRefused } from './refused.ts';
import { createTipReads } from './tip-reads.ts';

interface BeforeRow {
  readonly seq: number;
  readonly unit: string;
  readonly stage: string;
  readonly transfer_to: string | null;
}

/** The officers' side: lists and one tip are read elsewhere; here is what commits. */
export function createTriageStore(db: Db, events: EventLog, changes: TipChanges): TriageStore {
  const envelopes = createEnvelopes(db);
  const before = db.prepare<[Uint8Array], BeforeRow>(
    'SELECT seq, unit, stage, transfer_to FROM tip WHERE id = ?',
  );
  const readable = db.prepare<[Uint8Array, string, string], { seq: number }>(
    'SELECT seq FROM tip WHERE id = ? AND (unit = ? OR transfer_to = ?)',
  );
  const insertNote = db.prepare<unknown[]>(
    'INSERT INTO handover_note (unit, author, at, sealed) VALUES (?, ?, ?, ?)',
  );

  const beforeOf = (tip: TipId): TipBefore => {
    const row = before.get(fromHex(tip));
    if (row === undefined) throw new AppError('tip_unknown');
    return { seq: row.seq, unit: row.unit, stage: row.stage, transferTo: row.transfer_to };
  };

  const carryOut = (commit: StepCommit): { readonly registerNumber: string | null } => {
    if (commit.event.subject !== tipSubject(commit.tip)) throw new TypeError('the event must be of the tip');
    const tip = beforeOf(commit.tip);
    events.appendToTip(tip.seq, commit.event);
    for (const { no, wraps } of commit.wraps ?? []) envelopes.replaceWraps(tip.seq, no, wraps);
    if (commit.message !== undefined) envelopes.add(tip.seq, commit.message);
    return { registerNumber: changes.apply(tip, commit.change, commit.event) };
  };

  return {
    ...createQueueReads(db),
    ...createTipReads(db, events),
    async head(subject) {
      return events.head(subject);
    },
    async readBatch(event, unit, tips) {
      return events.transaction(() => {
        events.append(event);
        const found: EnvelopeRow[] = [];
        for (const tip of new Set(tips.slice(0, 100))) {
          const row = readable.get(fromHex(tip), unit, unit);
          if (row !== undefined) found.push(...envelopes.ofTip(row.seq));
        }
        return { envelopes: found };
      });
    },
    async step(commit) {
      try {
        return events.transaction(() => carryOut(commit));
      } catch (error) {
        if (error instanceof ChangeRefused) throw new AppError('step_not_allowed', { cause: error });
        throw error;
      }
    },
    async addHandoverNote(event, note) {
      return events.transaction(() => {
        events.append(event);
        const { lastInsertRowid } = insertNote.run(note.unit, fromHex(note.by), note.at, note.sealed);
        return { id: Number(lastInsertRowid) };
      });
    },
  };
}
