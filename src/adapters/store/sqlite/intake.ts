import { AppError } from '../../../domain/errors.ts';
import type { IntakeStore, Submission, SubmissionResult } from '../../../ports/store/intake-store.ts';
import { NO_DUE, type TipChanges } from './change.ts';
import { fromHex, plain } from './codec.ts';
import { type Db, immediate, isDiskFailure } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import { type EventLog, tipSubject } from './events.ts';
import { createTallyWriter, OpenTally, type Tally } from './tallies.ts';

/** A refusal inside a submission's savepoint, so that what it wrote is taken back. */
class Refusal extends Error {
  readonly code: 'tip_conflict' | 'challenge_spent' | 'mailbox_taken';

  constructor(code: Refusal['code']) {
    super(code);
    this.code = code;
  }
}

/** Submissions: group commit in which each stands or falls alone. Replays are recognised before anything else is looked at. */
export function createIntakeStore(db: Db, events: EventLog, changes: TipChanges): IntakeStore {
  const envelopes = createEnvelopes(db);
  const writeTally = createTallyWriter(db);
  const savepoint = db.prepare('SAVEPOINT submission');
  const release = db.prepare('RELEASE submission');
  const rollback = db.prepare('ROLLBACK TO submission');
  const answerOf = db.prepare<[Uint8Array], { answer: Uint8Array }>(
    'SELECT answer FROM acceptance WHERE seal_hash = ?',
  );
  const insertTip = db.prepare<unknown[]>(
    `INSERT INTO tip (id, version, unit, t0, channel, assurance, urgent, conduct_group, author_key,
                      stage, overlay, priority, legal_kind, conduct, outcome, due)
     VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const spend = db.prepare<[string, number]>(
    'INSERT INTO spent_challenge (id, expires) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const insertMailbox = db.prepare<unknown[]>(
    'INSERT INTO mailbox (tip, locator, login_key, mailbox_key) VALUES (?, ?, ?, ?) ON CONFLICT (locator) DO NOTHING',
  );
  const insertAcceptance = db.prepare<unknown[]>(
    'INSERT INTO acceptance (tip, seal_hash, answer) VALUES (?, ?, ?)',
  );
  const forget = db.prepare<[number, number]>(
    'DELETE FROM spent_challenge WHERE id IN (SELECT id FROM spent_challenge WHERE expires < ? ORDER BY expires LIMIT ?)',
  );

  const write = (submission: Submission, tally: Tally): void => {
    const { change, event, mailbox, envelope } = submission;
    if (event.subject !== tipSubject(submission.tip) || envelope.tip !== submission.tip) {
      throw new TypeError('event and envelope must be of the submitted tip');
    }
    const tip = insertTip.run(
      fromHex(submission.tip),
      submission.unit,
      submission.t0,
      submission.channel,
      submission.assurance,
      submission.urgent ? 1 : 0,
      submission.conductGroup,
      submission.authorKey,
      change.stage,
      change.overlay,
      change.priority,
      change.legalKind,
      change.conduct,
      change.outcome,
      earliestDue(submission),
    );
    if (tip.changes === 0) throw new Refusal('tip_conflict');
    const seq = Number(tip.lastInsertRowid);
    if (spend.run(submission.challenge.id, submission.challenge.expires).changes === 0) {
      throw new Refusal('challenge_spent');
    }
    const box = insertMailbox.run(seq, fromHex(mailbox.locator), mailbox.loginKey, mailbox.mailboxKey);
    if (box.changes === 0) throw new Refusal('mailbox_taken');
    events.appendToTip(seq, event);
    envelopes.add(seq, envelope);
    changes.begin(seq, submission.unit, change, event, tally);
    insertAcceptance.run(seq, fromHex(submission.sealHash), submission.answer);
  };

  const acceptOne = (submission: Submission, tally: Tally): SubmissionResult => {
    const earlier = answerOf.get(fromHex(submission.sealHash));
    if (earlier !== undefined) return { kind: 'replayed', answer: plain(earlier.answer) };
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
    async answerFor(sealHash) {
      const row = answerOf.get(fromHex(sealHash));
      return row === undefined ? null : plain(row.answer);
    },
    async forgetExpiredChallenges(now, limit) {
      return forget.run(now, limit).changes;
    },
  };
}

function earliestDue({ change }: Submission): number {
  return change.startClocks.reduce((least, { due }) => Math.min(least, due), NO_DUE);
}
