import { AppError } from '../../../domain/errors.ts';
import type { Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { EnvelopeRow } from '../../../ports/store/event-row.ts';
import type { StepCommit, TriageStore } from '../../../ports/store/triage-store.ts';
import { type Names, query } from '../sql/builder.ts';
import { createAlarms } from './alarms.ts';
import type { TipBefore, TipChanges } from './change.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import { type EventLog, tipSeqQuery, tipSubject } from './events.ts';
import { createMerges } from './merges.ts';
import { prepared } from './prepared.ts';
import { createQueueReads } from './queue-reads.ts';
import { ChangeRefused } from './refused.ts';
import { createTipReads } from './tip-reads.ts';

/** The officers' side: lists and one tip are read elsewhere; here is what commits. */
export function createTriageStore(db: Db, events: EventLog, changes: TipChanges): TriageStore {
  const envelopes = createEnvelopes(db);
  const merges = createMerges(db);
  const before = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 'stage', 'transfer_to as transferTo'])
      .where('id', '=', p('tip')),
  );
  const readable = prepared(db, (p: Names<{ id: Uint8Array; unit: UnitId }>) =>
    tipSeqQuery(p).where((eb) => eb.or([eb('unit', '=', p('unit')), eb('transfer_to', '=', p('unit'))])),
  );
  const numbered = prepared(db, (p: Names<{ unit: UnitId; year: number; number: number }>) =>
    query
      .selectFrom('register as r')
      .innerJoin('tip as t', 't.seq', 'r.tip')
      .select('t.id')
      .where('r.unit', '=', p('unit'))
      .where('r.year', '=', p('year'))
      .where('r.number', '=', p('number')),
  );
  const insertNote = prepared(
    db,
    (p: Names<{ unit: UnitId; author: Uint8Array; at: Seconds; sealed: Uint8Array }>) =>
      query
        .insertInto('handover_note')
        .values({ unit: p('unit'), author: p('author'), at: p('at'), sealed: p('sealed') }),
  );

  const beforeOf = (tip: TipId): TipBefore => {
    const row = before.get({ tip: fromHex(tip) });
    if (row === undefined) throw new AppError('tip_unknown');
    return row;
  };

  const carryOut = (commit: StepCommit): { readonly registerNumber: string | null } => {
    if (commit.event.subject !== tipSubject(commit.tip)) throw new TypeError('the event must be of the tip');
    const tip = beforeOf(commit.tip);
    events.appendToTip(tip.seq, commit.event);
    for (const { no, wraps } of commit.wraps ?? [])
      envelopes.replaceWraps(tip.seq, no, wraps, commit.event.no);
    if (commit.message !== undefined) envelopes.add(tip.seq, commit.message);
    const { mergesInto, leavesRates, step } = commit.change;
    // A duplicate hands on to the next one what lives on in it; spam and the like would lose it. A canary's end is the auditor's word.
    if (leavesRates && step === 'resolved' && mergesInto === undefined) merges.mustHoldNone(tip.seq);
    if (mergesInto !== undefined) merges.add({ seq: tip.seq, tip: commit.tip }, mergesInto, commit.event.no);
    return { registerNumber: changes.apply(tip, commit.change, commit.event) };
  };

  return {
    ...createQueueReads(db),
    ...createAlarms(db),
    ...createTipReads(db, events),
    async head(subject) {
      return events.head(subject);
    },
    async readBatch(event, unit, tips) {
      return events.transaction(() => {
        events.append(event);
        const found: EnvelopeRow[] = [];
        for (const tip of new Set(tips.slice(0, 100))) {
          const row = readable.get({ id: fromHex(tip), unit });
          if (row !== undefined) found.push(...envelopes.ofTip(row.seq));
        }
        return { envelopes: found };
      });
    },
    async formerWraps(tip, no, before, limit) {
      return envelopes.formerWraps(beforeOf(tip).seq, no, before, limit);
    },
    async registered(unit, year, number) {
      const row = numbered.get({ unit, year, number });
      return row === undefined ? null : toHex<TipId>(row.id);
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
        const { lastInsertRowid } = insertNote.run({ ...note, author: fromHex(note.by) });
        return { id: Number(lastInsertRowid) };
      });
    },
  };
}
