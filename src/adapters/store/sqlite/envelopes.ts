import type { Insertable } from 'kysely';
import type { TipId } from '../../../domain/ids.ts';
import type { EnvelopeRow } from '../../../ports/store/event-row.ts';
import type { FormerWraps } from '../../../ports/store/triage-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { plain, toHex } from './codec.ts';
import { type Db, isTaken, isUnmet } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

type StoredEnvelope = Omit<EnvelopeRow, 'tip' | 'manifest' | 'fromCitizen'> & {
  readonly tip_id: Uint8Array;
  readonly manifest: Uint8Array | null;
  readonly from_citizen: number;
};

/** An envelope's columns but for its wraps block. */
type NewEnvelope = Omit<Required<Insertable<Schema['envelope']>>, 'seq'>;

export interface Envelopes {
  /** Adds an envelope as the thread's next. Throws ChangeRefused when its number is not the next. */
  add(tip: number, envelope: EnvelopeRow): void;
  /**
   * Replaces the wraps block of one envelope; body and seal stay, and the former block is kept under the number of the tip's event that
   * replaces it. Throws ChangeRefused when there is no such envelope.
   */
  replaceWraps(tip: number, no: number, wraps: Uint8Array, eventNo: number): void;
  /** Blocks of one envelope that were replaced by events before this one, the latest first. */
  formerWraps(tip: number, no: number, before: number, limit: number): readonly FormerWraps[];
  ofTip(tip: number): readonly EnvelopeRow[];
  /** Messages of the unit, oldest first, at most 100. */
  messages(tip: number): readonly EnvelopeRow[];
  countMessages(tip: number): number;
}

/** Sealed bytes: written once; only the wraps block is ever replaced, and what it was is kept. */
export function createEnvelopes(db: Db): Envelopes {
  const insert = prepared(db, (p: Names<NewEnvelope>) =>
    query.insertInto('envelope').values({
      tip: p('tip'),
      no: p('no'),
      kind: p('kind'),
      core: p('core'),
      seal: p('seal'),
      body: p('body'),
      manifest: p('manifest'),
      from_citizen: p('from_citizen'),
    }),
  );
  const insertWraps = prepared(db, (p: Names<{ envelope: number; wraps: Uint8Array }>) =>
    query.insertInto('envelope_wraps').values({ envelope: p('envelope'), wraps: p('wraps') }),
  );
  const keepWraps = prepared(db, (p: Names<{ tip: number; no: number; replaced: number }>) =>
    query
      .insertInto('former_wraps')
      .columns(['tip', 'no', 'replaced_no', 'wraps'])
      .expression(
        query
          .selectFrom('envelope as e')
          .innerJoin('envelope_wraps as w', 'w.envelope', 'e.seq')
          .select(['e.tip', 'e.no', p('replaced').as('replaced_no'), 'w.wraps'])
          .where('e.tip', '=', p('tip'))
          .where('e.no', '=', p('no')),
      ),
  );
  const former = prepared(db, (p: Names<{ tip: number; no: number; before: number; limit: number }>) =>
    query
      .selectFrom('former_wraps')
      .select(['replaced_no as replacedNo', 'wraps'])
      .where('tip', '=', p('tip'))
      .where('no', '=', p('no'))
      .where('replaced_no', '<', p('before'))
      .orderBy('replaced_no', 'desc')
      .limit(p('limit')),
  );
  const updateWraps = prepared(db, (p: Names<{ tip: number; no: number; wraps: Uint8Array }>) =>
    query
      .updateTable('envelope_wraps')
      .set({ wraps: p('wraps') })
      .where(
        'envelope',
        '=',
        query.selectFrom('envelope').select('seq').where('tip', '=', p('tip')).where('no', '=', p('no')),
      ),
  );
  const ofTip = (p: Names<{ tip: number }>) =>
    query
      .selectFrom('envelope as e')
      .innerJoin('envelope_wraps as w', 'w.envelope', 'e.seq')
      .innerJoin('tip as t', 't.seq', 'e.tip')
      .select([
        't.id as tip_id',
        'e.no',
        'e.kind',
        'e.core',
        'e.body',
        'e.seal',
        'e.manifest',
        'e.from_citizen',
        'w.wraps',
      ])
      .where('e.tip', '=', p('tip'))
      .orderBy('e.no');
  const all = prepared(db, ofTip);
  const messages = prepared(db, (p: Names<{ tip: number }>) =>
    ofTip(p).where('e.kind', '=', lit('message')).where('e.from_citizen', '=', lit(0)).limit(lit(100)),
  );
  const count = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('envelope')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('tip', '=', p('tip'))
      .where('no', '>', lit(1)),
  );

  return {
    add(tip, { no, kind, core, seal, body, wraps, manifest = null, fromCitizen = false }) {
      try {
        const { lastInsertRowid } = insert.run({
          ...{ tip, no, kind, core, seal, body, manifest },
          from_citizen: fromCitizen ? 1 : 0,
        });
        insertWraps.run({ envelope: Number(lastInsertRowid), wraps });
      } catch (error) {
        if (isTaken(error) || isUnmet(error))
          throw new ChangeRefused('the envelope is not the next of its thread');
        throw error;
      }
    },
    replaceWraps(tip, no, wraps, eventNo) {
      keepWraps.run({ tip, no, replaced: eventNo });
      if (updateWraps.run({ tip, no, wraps }).changes === 0) throw new ChangeRefused('no such envelope');
    },
    formerWraps: (tip, no, before, limit) =>
      former.all({ tip, no, before, limit }).map((row) => ({ ...row, wraps: plain(row.wraps) })),
    ofTip: (tip) => all.all({ tip }).map(toEnvelopeRow),
    messages: (tip) => messages.all({ tip }).map(toEnvelopeRow),
    countMessages: (tip) => count.get({ tip })?.n ?? 0,
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
    ...(row.manifest === null ? {} : { manifest: plain(row.manifest) }),
    ...(row.from_citizen === 1 ? { fromCitizen: true } : {}),
  };
}
