import type { Insertable } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import type {
  IntakeStore,
  Submission,
  SubmissionRefusal,
  SubmissionResult,
} from '../../../ports/store/intake-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { NO_DUE, type TipChanges } from './change.ts';
import { createClaims } from './claims.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, immediate, isDiskFailure } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import { type EventLog, tipSubject } from './events.ts';
import { prepared } from './prepared.ts';
import { createTallyWriter, OpenTally, type Tally } from './tallies.ts';

/** What a submission sets of its tip's row. */
type NewTip = Omit<
  Required<Insertable<Schema['tip']>>,
  'seq' | 'version' | 'assignee' | 'transfer_to' | 'pending' | 'open'
>;

/** A refusal inside a submission's savepoint, so that what it wrote is taken back. */
class Refusal extends Error {
  readonly code: SubmissionRefusal;

  constructor(code: SubmissionRefusal) {
    super(code);
    this.code = code;
  }
}

/** Submissions: group commit in which each stands or falls alone. Replays are recognised before anything else is looked at. */
export function createIntakeStore(db: Db, events: EventLog, changes: TipChanges): IntakeStore {
  const envelopes = createEnvelopes(db);
  const claims = createClaims(db);
  const writeTally = createTallyWriter(db);
  const savepoint = db.prepare('SAVEPOINT submission');
  const release = db.prepare('RELEASE submission');
  const rollback = db.prepare('ROLLBACK TO submission');
  const acceptedAs = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .selectFrom('tip as t')
      .innerJoin('acceptance as a', 'a.tip', 't.seq')
      .select(['a.seal_hash', 'a.answer'])
      .where('t.id', '=', p('id')),
  );
  const insertTip = prepared(db, (p: Names<NewTip>) =>
    query
      .insertInto('tip')
      .values({
        id: p('id'),
        version: lit(1),
        unit: p('unit'),
        t0: p('t0'),
        channel: p('channel'),
        assurance: p('assurance'),
        urgent: p('urgent'),
        conduct_group: p('conduct_group'),
        author_key: p('author_key'),
        stage: p('stage'),
        overlay: p('overlay'),
        priority: p('priority'),
        legal_kind: p('legal_kind'),
        conduct: p('conduct'),
        outcome: p('outcome'),
        due: p('due'),
      })
      .onConflict((conflict) => conflict.column('id').doNothing()),
  );
  const spend = prepared(db, (p: Names<{ id: string; expires: Seconds }>) =>
    query
      .insertInto('spent_challenge')
      .values({ id: p('id'), expires: p('expires') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const insertMailbox = prepared(
    db,
    (p: Names<{ tip: number; locator: Uint8Array; loginKey: Uint8Array; mailboxKey: Uint8Array }>) =>
      query
        .insertInto('mailbox')
        .values({
          tip: p('tip'),
          locator: p('locator'),
          login_key: p('loginKey'),
          mailbox_key: p('mailboxKey'),
        })
        .onConflict((conflict) => conflict.column('locator').doNothing()),
  );
  const insertAcceptance = prepared(
    db,
    (p: Names<{ tip: number; sealHash: Uint8Array; answer: Uint8Array }>) =>
      query.insertInto('acceptance').values({ tip: p('tip'), seal_hash: p('sealHash'), answer: p('answer') }),
  );
  const insertTaken = prepared(db, (p: Names<{ tip: number; staff: Uint8Array; unit: UnitId }>) =>
    query.insertInto('tip_taken').values({ tip: p('tip'), staff: p('staff'), unit: p('unit') }),
  );
  const forget = prepared(db, (p: Names<{ now: Seconds; limit: number }>) =>
    query
      .deleteFrom('spent_challenge')
      .where((eb) =>
        eb(
          eb.refTuple('expires', 'id'),
          'in',
          query
            .selectFrom('spent_challenge')
            .select(['expires', 'id'])
            .where('expires', '<', p('now'))
            .orderBy('expires')
            .limit(p('limit'))
            .$asTuple('expires', 'id'),
        ),
      ),
  );

  const write = (submission: Submission, tally: Tally): void => {
    const { change, event, mailbox, envelope } = submission;
    if (event.subject !== tipSubject(submission.tip) || envelope.tip !== submission.tip) {
      throw new TypeError('event and envelope must be of the submitted tip');
    }
    const tip = insertTip.run({
      id: fromHex(submission.tip),
      unit: submission.unit,
      t0: submission.t0,
      channel: submission.channel,
      assurance: submission.assurance,
      urgent: submission.urgent ? 1 : 0,
      conduct_group: submission.conductGroup,
      author_key: submission.authorKey,
      stage: change.stage,
      overlay: change.overlay,
      priority: change.priority,
      legal_kind: change.legalKind,
      conduct: change.conduct,
      outcome: change.outcome,
      extension: change.extension,
      supervisor: change.supervisor,
      circumstances: JSON.stringify(change.circumstances),
      due: earliestDue(submission),
    });
    if (tip.changes === 0) throw new Refusal('tip_conflict');
    const seq = Number(tip.lastInsertRowid);
    if (spend.run(submission.challenge).changes === 0) {
      throw new Refusal('challenge_spent');
    }
    const box = insertMailbox.run({ ...mailbox, tip: seq, locator: fromHex(mailbox.locator) });
    if (box.changes === 0) throw new Refusal('mailbox_taken');
    events.appendToTip(seq, event);
    envelopes.add(seq, envelope);
    const { attachments, taken } = submission;
    if (attachments !== undefined && !claims.claim(seq, envelope.no, attachments))
      throw new Refusal('attachment_missing');
    if (taken !== undefined) insertTaken.run({ tip: seq, staff: fromHex(taken.staff), unit: taken.unit });
    changes.begin(seq, submission.unit, change, event, tally);
    insertAcceptance.run({ tip: seq, sealHash: fromHex(submission.sealHash), answer: submission.answer });
  };

  const acceptOne = (submission: Submission, tally: Tally): SubmissionResult => {
    const earlier = acceptedAs.get({ id: fromHex(submission.tip) });
    if (earlier !== undefined) {
      if (toHex(earlier.seal_hash) !== submission.sealHash) throw new Refusal('tip_conflict');
      return { kind: 'replayed', answer: plain(earlier.answer) };
    }
    write(submission, tally);
    return { kind: 'accepted' };
  };

  const acceptTogether = (batch: readonly Submission[]): readonly SubmissionResult[] => {
    const tally = new OpenTally();
    const results = batch.map((submission) => acceptOne(submission, tally));
    writeTally(tally);
    return results;
  };

  const acceptAlone = (submission: Submission): SubmissionResult => {
    savepoint.run();
    try {
      return acceptTogether([submission])[0] ?? { kind: 'refused', code: 'internal' };
    } catch (error) {
      if (isDiskFailure(error) || !db.inTransaction) throw error;
      rollback.run();
      if (error instanceof Refusal) return { kind: 'refused', code: error.code };
      return { kind: 'refused', code: 'internal', cause: error };
    } finally {
      if (db.inTransaction) release.run();
    }
  };

  return {
    /** Nearly every batch has no bad row, so it is tried without savepoints first; with one, it is done again with a savepoint each. */
    async accept(batch) {
      try {
        return immediate(db, () => acceptTogether(batch));
      } catch (error) {
        if (error instanceof AppError) throw error;
        return immediate(db, () => batch.map(acceptAlone));
      }
    },
    async answerFor(tip, sealHash) {
      const row = acceptedAs.get({ id: fromHex(tip) });
      return row === undefined || toHex(row.seal_hash) !== sealHash ? null : plain(row.answer);
    },
    async forgetExpiredChallenges(now, limit) {
      return forget.run({ now, limit }).changes;
    },
  };
}

function earliestDue({ change }: Submission): number {
  return change.startClocks.reduce((least, { due }) => Math.min(least, due), NO_DUE);
}
