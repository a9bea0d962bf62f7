import { sql } from 'kysely';
import type { StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import { secondsOfHour } from '../../../domain/ids.ts';
import type { Circumstance } from '../../../domain/terms.ts';
import type { TriageStore } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { createDecisions } from './decisions.ts';
import { createEnvelopes } from './envelopes.ts';
import type { EventLog } from './events.ts';
import { createPostChecks } from './post-checks.ts';
import { prepared } from './prepared.ts';
import { listedTips, toQueueRow } from './queue.ts';

type TipReads = Pick<TriageStore, 'tip' | 'openWraps' | 'handoverNotes'>;

/** One tip in full, and what consoles fetch to re-wrap or hand over a shift. No ciphertext of a body is read here. */
export function createTipReads(db: Db, events: EventLog): TipReads {
  const decisions = createDecisions(db);
  const envelopes = createEnvelopes(db);
  const postChecks = createPostChecks(db);
  const select = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    listedTips
      .innerJoin('mailbox as m', 'm.tip', 't.seq')
      .select(['m.mailbox_key', 'm.login_key', 'm.locator'])
      .where('t.id', '=', p('tip')),
  );
  const clocks = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('tip_clock')
      .select(['clock', 'rule_version as ruleVersion', 'started', 'due', 'stopped'])
      .where('tip', '=', p('tip'))
      // A later round may count from an earlier moment: whoever looks for the latest finds it last.
      .orderBy('round')
      .orderBy('started')
      .orderBy('clock'),
  );
  const emptied = prepared(db, (p: Names<{ tip: number }>) =>
    query.selectFrom('shredded').select(lit(1).as('one')).where('tip', '=', p('tip')),
  );
  const custody = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('custody')
      .select(['unit', 'held_from as from', 'held_until as until', 'status'])
      .where('tip', '=', p('tip'))
      .orderBy('no'),
  );
  const wrapsPage = prepared(db, (p: Names<{ unit: UnitId; after: number; limit: number }>) =>
    query
      .selectFrom(
        query
          .selectFrom('tip')
          .select(['seq', 'id'])
          .where('unit', '=', p('unit'))
          .where('open', '=', lit(1))
          .where(
            sql<boolean>`(t0, seq) > (ifnull((select t0 from tip where seq = ${p('after')}), 0), ${p('after')})`,
          )
          .orderBy('t0')
          .orderBy('seq')
          .limit(p('limit'))
          .as('p'),
      )
      .innerJoin('envelope as e', 'e.tip', 'p.seq')
      .innerJoin('envelope_wraps as w', 'w.envelope', 'e.seq')
      .select(['p.seq', 'p.id', 'e.no', 'e.core', 'w.wraps'])
      .orderBy('p.seq')
      .orderBy('e.no'),
  );
  const notes = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('handover_note')
      .select(['id', 'author', 'at', 'sealed'])
      .where('unit', '=', p('unit'))
      .orderBy('id', 'desc')
      .limit(lit(20)),
  );

  return {
    async tip(tip) {
      return snapshot(db, () => {
        const row = select.get({ tip: fromHex(tip) });
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
            channel: listed.channel,
            extension: row.extension,
            supervisor: row.supervisor,
            circumstances: JSON.parse(row.circumstances) as Circumstance[],
            postCheck: postChecks.open(row.seq),
            clocks: clocks.all({ tip: row.seq }),
            pending: decisions.pending(row.seq, row.unit),
            transferTo: row.transfer_to,
            ...(emptied.get({ tip: row.seq }) === undefined ? {} : { shredded: true }),
          },
          head: { no: last.no, leaf: last.leaf },
          custody: custody.all({ tip: row.seq }),
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
      return notes.all({ unit }).map(({ id, author, at, sealed }) => ({
        id,
        by: toHex<StaffId>(author),
        at,
        sealed: plain(sealed),
      }));
    },
  };
}
