import { AppError } from '../../../domain/errors.ts';
import type { Day, Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { CitizenCommit, CitizenResult, ThreadStore } from '../../../ports/store/thread-store.ts';
import { type Names, query } from '../sql/builder.ts';
import type { TipBefore, TipChanges } from './change.ts';
import { createClaims } from './claims.ts';
import { fromHex, plain } from './codec.ts';
import type { Db } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import { dayOfEvent, type EventLog, tipSubject } from './events.ts';
import { createMailboxChange } from './mailbox-change.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';
import { createThreadReads } from './thread-reads.ts';

type Refused = Extract<CitizenResult, { kind: 'refused' }>['code'];

/** A refusal inside the transaction, so that everything that the step wrote is taken back. */
class Refusal extends Error {
  readonly code: Refused;

  constructor(code: Refused) {
    super(code);
    this.code = code;
  }
}

/** What citizens do after the tip. Replays are recognised before anything else is looked at. */
export function createThreadStore(db: Db, events: EventLog, changes: TipChanges): ThreadStore {
  const envelopes = createEnvelopes(db);
  const claims = createClaims(db);
  const mailbox = createMailboxChange(db);
  const before = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 'stage', 'transfer_to as transferTo'])
      .where('id', '=', p('tip')),
  );
  const answered = prepared(db, (p: Names<{ tip: number; key: Uint8Array }>) =>
    query
      .selectFrom('citizen_acceptance')
      .select('answer')
      .where('tip', '=', p('tip'))
      .where('key', '=', p('key')),
  );
  const keep = prepared(
    db,
    (p: Names<{ tip: number; key: Uint8Array; no: number; day: Day | null; answer: Uint8Array }>) =>
      query.insertInto('citizen_acceptance').values({
        tip: p('tip'),
        key: p('key'),
        no: p('no'),
        day: p('day'),
        answer: p('answer'),
      }),
  );
  const spend = prepared(db, (p: Names<{ id: string; expires: Seconds }>) =>
    query
      .insertInto('spent_challenge')
      .values({ id: p('id'), expires: p('expires') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const arrive = prepared(db, (p: Names<{ tip: number; unit: UnitId; no: number }>) =>
    query
      .insertInto('thread')
      .values({ tip: p('tip'), unit: p('unit'), arrived: p('no') })
      .onConflict((conflict) => conflict.column('tip').doUpdateSet({ unit: p('unit'), arrived: p('no') })),
  );

  const find = (tip: TipId): TipBefore | undefined => before.get({ tip: fromHex(tip) });

  const write = (commit: CitizenCommit, tip: TipBefore): void => {
    const { event, envelope, attachments, challenge, change } = commit;
    if (event.subject !== tipSubject(commit.tip) || (envelope !== null && envelope.tip !== commit.tip))
      throw new TypeError('event and envelope must be of the tip');
    events.appendToTip(tip.seq, event);
    if (challenge !== null && spend.run(challenge).changes === 0) throw new Refusal('challenge_spent');
    if (envelope !== null) {
      envelopes.add(tip.seq, { ...envelope, fromCitizen: true });
      if (!claims.claim(tip.seq, envelope.no, attachments)) throw new Refusal('attachment_missing');
      arrive.run({ tip: tip.seq, unit: tip.unit, no: envelope.no });
    }
    if (commit.mailbox !== null && !mailbox.apply(tip.seq, event.no, commit.mailbox))
      throw new Refusal('mailbox_taken');
    changes.apply(tip, change, event);
    keep.run({
      tip: tip.seq,
      key: fromHex(commit.key),
      no: event.no,
      day: envelope === null ? null : dayOfEvent(event.time),
      answer: commit.answer,
    });
  };

  const take = (commit: CitizenCommit): CitizenResult => {
    const tip = find(commit.tip);
    if (tip === undefined) return { kind: 'refused', code: 'tip_unknown' };
    const earlier = answered.get({ tip: tip.seq, key: fromHex(commit.key) });
    if (earlier !== undefined) return { kind: 'replayed', answer: plain(earlier.answer) };
    write(commit, tip);
    return { kind: 'accepted' };
  };

  return {
    ...createThreadReads(db, events),
    async receive(commit) {
      try {
        return events.transaction(() => take(commit));
      } catch (error) {
        if (error instanceof Refusal) return { kind: 'refused', code: error.code };
        if (error instanceof ChangeRefused) throw new AppError('step_not_allowed', { cause: error });
        throw error;
      }
    },
    async answerFor(tip, key) {
      const row = find(tip);
      const found = row === undefined ? undefined : answered.get({ tip: row.seq, key: fromHex(key) });
      return found === undefined ? null : plain(found.answer);
    },
  };
}
