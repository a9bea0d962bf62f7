import type { Selectable } from 'kysely';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import type { DirectoryStore, StatementRow, UnitRow } from '../../../ports/store/directory-store.ts';
import { listed, lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain } from './codec.ts';
import type { Db } from './connection.ts';
import { createEpochWraps } from './epoch-wraps.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';
import {
  insertStatement,
  putRecoveryShare,
  type StoredStatement,
  statementColumns,
  statements,
  toStatement,
} from './statements.ts';

/** Signed statements, shards, sealed epoch secrets, and the tree of units. */
export function createDirectoryStore(db: Db, events: EventLog): DirectoryStore {
  const addStatement = prepared(db, (p: Names<StoredStatement>) =>
    insertStatement(p).onConflict((conflict) => conflict.column('hash').doNothing()),
  );
  const insertShard = prepared(db, (p: Names<{ hash: Uint8Array; province: string; bytes: Uint8Array }>) =>
    query
      .insertInto('shard')
      .values({ hash: p('hash'), province: p('province'), bytes: p('bytes') })
      .onConflict((conflict) => conflict.column('hash').doNothing()),
  );
  const ofNoUnit = statements.where('unit', '=', lit('')).orderBy('version', 'desc').orderBy('seq', 'desc');
  const latest = prepared(db, (p: Names<{ kind: StatementRow['kind'] }>) =>
    ofNoUnit.where('kind', '=', p('kind')).limit(lit(1)),
  );
  const keySets = prepared(db, () => ofNoUnit.where('kind', '=', lit('directory-keys')));
  const byHash = prepared(db, (p: Names<{ hash: Uint8Array }>) => statements.where('hash', '=', p('hash')));
  const shard = prepared(db, (p: Names<{ hash: Uint8Array }>) =>
    query.selectFrom('shard').select(['province', 'bytes']).where('hash', '=', p('hash')),
  );
  const ofAnyUnit = statements.where('unit', '<>', lit(''));
  const ofUnits = prepared(db, (p: Names<{ units: string; since: Seconds }>) =>
    ofAnyUnit
      .where('unit', 'in', query.selectFrom(listed<UnitId>(p('units'))).select('u.value'))
      .where('valid_until', '>=', p('since'))
      .orderBy('seq'),
  );
  const epochs = prepared(db, (p: Names<{ unit: UnitId }>) =>
    ofAnyUnit.where('unit', '=', p('unit')).where('kind', '=', lit('epoch')).orderBy('version'),
  );
  const history = prepared(db, (p: Names<{ after: number; limit: number }>) =>
    statements.select('seq').where('seq', '>', p('after')).orderBy('seq').limit(p('limit')),
  );
  const ahead = prepared(db, (p: Names<{ now: Seconds }>) =>
    query
      .selectFrom('statement')
      .select((eb) => ['unit', eb.fn.max('valid_until').as('until'), eb.fn.countAll<number>().as('ahead')])
      .where('kind', '=', lit('epoch'))
      .where('valid_until', '>', p('now'))
      .groupBy('unit')
      .orderBy('unit')
      .$narrowType<{ unit: UnitId }>(),
  );
  const wraps = createEpochWraps(db);
  const putShare = prepared(db, putRecoveryShare);
  const shares = prepared(db, (p: Names<{ unit: UnitId; epoch: number }>) =>
    query
      .selectFrom('recovery_share')
      .select(['holder', 'share'])
      .where('unit', '=', p('unit'))
      .where('epoch', '=', p('epoch'))
      .orderBy('holder'),
  );
  const saveUnit = prepared(db, (p: Names<Omit<UnitRow, 'remote'> & { remote: number }>) => {
    const changeable = {
      parent: p('parent'),
      kind: p('kind'),
      name_vi: p('nameVi'),
      name_en: p('nameEn'),
      province: p('province'),
      remote: p('remote'),
      valid_from: p('from'),
      valid_until: p('until'),
    };
    return query
      .insertInto('unit')
      .values({ code: p('code'), ...changeable })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(changeable));
  });
  const units = query.selectFrom('unit').selectAll().orderBy('code');
  const unit = prepared(db, (p: Names<{ code: UnitId }>) => units.where('code', '=', p('code')));
  const allUnits = prepared(db, () => units);
  const unitsOf = prepared(db, (p: Names<{ province: string }>) =>
    units.where('province', '=', p('province')),
  );

  return {
    async addStatement(event, row, newShards = []) {
      return events.transaction(() => {
        const { changes } = addStatement.run(statementColumns(row));
        if (changes === 0) return 'known' as const;
        events.append(event);
        for (const one of newShards) insertShard.run({ ...one, hash: fromHex(one.hash) });
        return 'added' as const;
      });
    },
    async latest(kind) {
      const row = latest.get({ kind });
      return row === undefined ? null : toStatement(row);
    },
    async statement(hash) {
      const row = byHash.get({ hash: fromHex(hash) });
      return row === undefined ? null : toStatement(row);
    },
    async keySets() {
      return keySets.all({}).map(toStatement);
    },
    async shard(hash) {
      const row = shard.get({ hash: fromHex(hash) });
      return row === undefined ? null : { hash, province: row.province, bytes: plain(row.bytes) };
    },
    async statementsOf(units, since) {
      return ofUnits.all({ units: JSON.stringify([...new Set(units)]), since }).map(toStatement);
    },
    async history(after, limit) {
      const rows = history.all({ after, limit });
      const next = rows.length < limit ? null : (rows.at(-1)?.seq ?? null);
      return { rows: rows.map(toStatement), next };
    },
    async epochs(code) {
      return epochs.all({ unit: code }).map(toStatement);
    },
    async epochsAhead(now) {
      return ahead.all({ now });
    },
    async putEpochWraps(event, rows) {
      return events.transaction(() => {
        if (!rows.every((row) => wraps.state(row) !== 'held')) return 'taken' as const;
        events.append(event);
        for (const row of rows) wraps.put(row, event.no);
        return 'saved' as const;
      });
    },
    async reportEpochWraps(event, unit, member, reported) {
      return events.transaction(() => {
        const places = reported.map((epoch) => ({ unit, epoch, member }));
        if (!places.every((place) => wraps.state(place) === 'held')) return 'unknown' as const;
        events.append(event);
        for (const place of places) wraps.report(place, event.no);
        return 'reported' as const;
      });
    },
    async epochWraps(member) {
      return wraps.ofMember(member);
    },
    async dropEpochWraps(event, code, member) {
      return events.transaction(() => {
        events.append(event);
        wraps.drop(member, code);
        return 'saved' as const;
      });
    },
    async putRecoveryShares(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const row of rows) putShare.run(row);
        return 'saved' as const;
      });
    },
    async recoveryShares(code, epoch) {
      return shares
        .all({ unit: code, epoch })
        .map((row) => ({ holder: row.holder, share: plain(row.share) }));
    },
    async saveUnits(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const row of rows) saveUnit.run({ ...row, remote: row.remote ? 1 : 0 });
        return 'saved' as const;
      });
    },
    async unit(code) {
      const row = unit.get({ code });
      return row === undefined ? null : toUnit(row);
    },
    async units(province) {
      return (province === null ? allUnits.all({}) : unitsOf.all({ province })).map(toUnit);
    },
  };
}

function toUnit(row: Selectable<Schema['unit']>): UnitRow {
  return {
    code: row.code,
    parent: row.parent,
    kind: row.kind,
    nameVi: row.name_vi,
    nameEn: row.name_en,
    province: row.province,
    remote: row.remote === 1,
    from: row.valid_from,
    until: row.valid_until,
  };
}
