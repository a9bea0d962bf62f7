import { type Insertable, type Selectable, sql } from 'kysely';
import type { Hash, Seconds } from '../../../domain/ids.ts';
import type { AuditorStatementKind, LedgerStore, OpenedEvent } from '../../../ports/store/ledger-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain, plainOrNull, toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Openings = Pick<
  LedgerStore,
  | 'indicesOf'
  | 'unitStates'
  | 'opened'
  | 'openedOf'
  | 'openedAt'
  | 'addAuditorStatement'
  | 'auditorStatements'
>;

/** Order of chains in a bundle: who may sign is known before their signatures are judged. Tips come last. */
const KINDS = ['log', 'directory', 'unit:', 'staff:', 'reader:'] as const;

/** Later than anything begins. */
const MAX_SECONDS = Number.MAX_SAFE_INTEGER as Seconds;

/** A place in a bundle: the last event given of a chain, or the last tip whose chain was given whole (by its first index). */
type Place =
  | { readonly kind: 'subject'; readonly of: number; readonly name: string; readonly no: number }
  | { readonly kind: 'tip'; readonly index: number; readonly no: number };

const placeOf = (text: string | null): Place =>
  text === null ? { kind: 'subject', of: 0, name: '', no: 0 } : (JSON.parse(text) as Place);

interface StoredOpening extends Pick<Selectable<Schema['event']>, 'no' | 'leaf' | 'record'> {
  readonly idx: number;
  readonly citizen_part: Uint8Array;
  readonly restricted_part: Uint8Array;
  readonly leaf_salt: Uint8Array | null;
  readonly citizen_salt: Uint8Array | null;
  readonly restricted_salt: Uint8Array | null;
  readonly answer: Uint8Array | null;
}

/** What opens leaves of the log, the directory's state, and what auditors have signed. */
export function createLedgerOpenings(db: Db, events: EventLog): Openings {
  const indices = prepared(db, (p: Names<{ log: number; tip: Uint8Array }>) =>
    query
      .selectFrom('tip as t')
      .innerJoin('event as e', 'e.chain', 't.seq')
      .leftJoin('ledger_leaf as l', (join) => join.onRef('l.event', '=', 'e.seq').on('l.log', '=', p('log')))
      .select('l.idx')
      .where('t.id', '=', p('tip'))
      .orderBy('e.no'),
  );
  const ofChain = prepared(
    db,
    (p: Names<{ log: number; chain: number; after: number; size: number; limit: number }>) =>
      query
        .selectFrom('event as e')
        .innerJoin('ledger_leaf as l', (join) =>
          join.onRef('l.event', '=', 'e.seq').on('l.log', '=', p('log')),
        )
        .leftJoin('event_opening as o', 'o.event', 'e.seq')
        .leftJoin('acceptance as a', (join) => join.onRef('a.tip', '=', 'e.chain').on('e.no', '=', lit(1)))
        .leftJoin('citizen_acceptance as c', (join) =>
          join.onRef('c.tip', '=', 'e.chain').onRef('c.no', '=', 'e.no'),
        )
        .select([
          ...(['e.no', 'e.leaf', 'e.record', 'e.citizen_part', 'e.restricted_part', 'l.idx'] as const),
          ...(['o.leaf_salt', 'o.citizen_salt', 'o.restricted_salt'] as const),
          sql<Uint8Array | null>`ifnull(a.answer, c.answer)`.as('answer'),
        ])
        .where('e.chain', '=', p('chain'))
        .where('e.no', '>', p('after'))
        .where('l.idx', '<', p('size'))
        .orderBy('e.no')
        .limit(p('limit')),
  );
  const placed = prepared(db, (p: Names<{ log: number; idx: number }>) =>
    query
      .selectFrom('ledger_leaf as l')
      .innerJoin('event as e', 'e.seq', 'l.event')
      .leftJoin('subject as s', 's.seq', 'e.chain')
      .leftJoin('tip as t', 't.seq', 'e.chain')
      .select(['e.no', 'e.chain', 's.name', 't.id'])
      .where('l.log', '=', p('log'))
      .where('l.idx', '=', p('idx')),
  );
  const subjects = prepared(db, (p: Names<{ from: string; to: string; name: string }>) =>
    query
      .selectFrom('subject')
      .select(['seq', 'name'])
      .where('name', '>=', p('name'))
      .where('name', '>=', p('from'))
      .where('name', '<', p('to'))
      .orderBy('name')
      .limit(lit(200)),
  );
  const subject = prepared(db, (p: Names<{ name: string }>) =>
    query.selectFrom('subject').select('seq').where('name', '=', p('name')),
  );
  const tipSeq = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query.selectFrom('tip').select('seq').where('id', '=', p('id')),
  );
  const tips = prepared(db, (p: Names<{ log: number; from: number; size: number }>) =>
    query
      .selectFrom('ledger_leaf as l')
      .innerJoin('event as e', 'e.seq', 'l.event')
      .innerJoin('tip as t', 't.seq', 'e.chain')
      .select(['l.idx', 't.seq', 't.id'])
      .where('l.log', '=', p('log'))
      .where('l.idx', '>=', p('from'))
      .where('l.idx', '<', p('size'))
      .where('e.no', '=', lit(1))
      .orderBy('l.idx')
      .limit(lit(200)),
  );
  const states = prepared(db, (p: Names<{ upTo: number; at: Seconds; begun: Seconds }>) =>
    query
      .selectFrom('event as e')
      .innerJoin('subject as s', 's.seq', 'e.chain')
      .innerJoin('statement as d', (join) =>
        join.on(sql<boolean>`d.hash = unhex(cast(e.restricted_part as text) ->> '$.statement')`),
      )
      .select(['d.unit', 'd.hash', 'd.kind', 'd.version'])
      .where('s.name', '=', lit('directory'))
      .where('e.type', '=', lit('statement_added'))
      .where('e.no', '<=', p('upTo'))
      .where((eb) => eb.or([eb('d.kind', '=', lit('directory-keys')), eb('d.valid_until', '>', p('at'))]))
      .where((eb) => eb.or([eb('d.kind', '<>', lit('epoch')), eb('d.valid_from', '<=', p('begun'))])),
  );
  const insertStatement = prepared(db, (p: Names<Required<Insertable<Schema['auditor_statement']>>>) =>
    query
      .insertInto('auditor_statement')
      .values({
        ...{ hash: p('hash'), kind: p('kind'), auditor: p('auditor') },
        ...{ n: p('n'), origin: p('origin'), record: p('record') },
      })
      .onConflict((conflict) => conflict.column('hash').doNothing()),
  );
  const ofKind = prepared(db, (p: Names<{ kind: AuditorStatementKind }>) =>
    query
      .selectFrom('auditor_statement')
      .selectAll()
      .where('kind', '=', p('kind'))
      .orderBy('origin')
      .orderBy('n')
      .orderBy('hash'),
  );

  const chain = (
    name: string,
    seq: number,
    of: { readonly log: number; readonly size: number; readonly after: number; readonly limit: number },
  ): readonly OpenedEvent[] => ofChain.all({ chain: seq, ...of }).map((row) => toOpened(name, row));

  /** Subjects of one kind from a name on: `log` and `directory` are their own kind. */
  const subjectsOf = (kind: string, from: string) => {
    const to = kind.endsWith(':') ? `${kind.slice(0, -1)};` : `${kind}\u0001`;
    return subjects.all({ from: kind, to, name: from });
  };

  const page = (log: number, size: number, after: string | null, limit: number) => {
    const rows: OpenedEvent[] = [];
    let place = placeOf(after);
    const take = (name: string, seq: number, from: number): boolean => {
      const found = chain(name, seq, { log, size, after: from, limit: limit - rows.length });
      rows.push(...found);
      return rows.length >= limit;
    };
    while (place.kind === 'subject') {
      const kind: string | undefined = KINDS[place.of];
      if (kind === undefined) {
        place = { kind: 'tip', index: 0, no: 0 };
        break;
      }
      const found = subjectsOf(kind, place.name);
      for (const { seq, name } of found) {
        const from: number = name === place.name ? place.no : 0;
        if (take(name, seq, from))
          return { rows, next: JSON.stringify({ ...place, name, no: rows.at(-1)?.no ?? 0 }) };
      }
      const last = found.at(-1);
      place =
        found.length === 200 && last !== undefined
          ? { ...place, name: `${last.name}\u0001`, no: 0 }
          : { kind: 'subject', of: place.of + 1, name: '', no: 0 };
    }
    for (;;) {
      const found = tips.all({ log, from: place.index, size });
      for (const { idx, seq, id } of found) {
        const from: number = idx === place.index ? place.no : 0;
        if (take(`tip:${toHex(id)}`, seq, from))
          return { rows, next: JSON.stringify({ kind: 'tip', index: idx, no: rows.at(-1)?.no ?? 0 }) };
      }
      const last = found.at(-1);
      if (last === undefined || found.length < 200) return { rows, next: null };
      place = { kind: 'tip', index: last.idx + 1, no: 0 };
    }
  };

  return {
    async indicesOf(log, tip) {
      return indices.all({ log, tip: fromHex(tip) }).map(({ idx }) => idx);
    },
    async unitStates(upTo, at, ahead) {
      const rows = states.all({ upTo, at, begun: ahead === null ? MAX_SECONDS : ((at + ahead) as Seconds) });
      const newest = Math.max(
        0,
        ...rows.filter(({ kind }) => kind === 'directory').map((row) => row.version),
      );
      const standing = rows.filter(({ kind, version }) => kind !== 'directory' || version === newest);
      return [...Map.groupBy(standing, ({ unit }) => unit)]
        .map(([unit, of]) => ({ unit, statements: of.map(({ hash }) => toHex<Hash>(hash)).sort() }))
        .sort((a, b) => (a.unit < b.unit ? -1 : 1));
    },
    async opened(log, size, after, limit) {
      return snapshot(db, () => page(log, size, after, limit));
    },
    async openedOf(log, name, from, limit) {
      const id = /^tip:([0-9a-f]{32})$/.exec(name)?.[1];
      const row = id === undefined ? subject.get({ name }) : tipSeq.get({ id: fromHex(id) });
      if (row === undefined) return [];
      return chain(name, row.seq, { log, size: Number.MAX_SAFE_INTEGER, after: from - 1, limit });
    },
    async openedAt(log, index) {
      const at = placed.get({ log, idx: index });
      if (at === undefined) return null;
      const name = at.name ?? `tip:${at.id === null ? '' : toHex(at.id)}`;
      const of = { log, size: index + 1, after: at.no - 1, limit: 1 };
      return chain(name, at.chain, of)[0] ?? null;
    },
    async addAuditorStatement(event, row) {
      return events.transaction(() => {
        const { changes } = insertStatement.run({ ...row, hash: fromHex(row.hash) });
        if (changes === 0) return 'known' as const;
        events.append(event);
        return 'added' as const;
      });
    },
    async auditorStatements(kind) {
      return ofKind
        .all({ kind })
        .map((row) => ({ ...row, hash: toHex<Hash>(row.hash), record: plain(row.record) }));
    },
  };
}

const toOpened = (name: string, row: StoredOpening): OpenedEvent => ({
  subject: name,
  no: row.no,
  index: row.idx,
  leaf: toHex<Hash>(row.leaf),
  record: plain(row.record),
  leafSalt: plainOrNull(row.leaf_salt),
  citizenPart: plain(row.citizen_part),
  citizenSalt: plainOrNull(row.citizen_salt),
  restrictedPart: plain(row.restricted_part),
  restrictedSalt: plainOrNull(row.restricted_salt),
  answer: plainOrNull(row.answer),
});
