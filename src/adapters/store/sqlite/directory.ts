import type { Seconds, UnitId } from '../../../domain/ids.ts';
import type { DirectoryStore, UnitRow } from '../../../ports/store/directory-store.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, immediate } from './connection.ts';
import type { EventLog } from './events.ts';
import { STATEMENT_COLUMNS, type StoredStatement, toStatement } from './statements.ts';

interface StoredUnit {
  readonly code: UnitId;
  readonly parent: UnitId | null;
  readonly kind: string;
  readonly name_vi: string;
  readonly name_en: string;
  readonly province: string;
  readonly remote: number;
  readonly valid_from: string;
  readonly valid_until: string | null;
}

/** Signed statements, shards, sealed epoch secrets, and the tree of units. */
export function createDirectoryStore(db: Db, events: EventLog): DirectoryStore {
  const insertStatement = db.prepare<unknown[]>(
    `INSERT INTO statement (hash, kind, unit, version, valid_from, valid_until, person, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
  );
  const insertShard = db.prepare<unknown[]>(
    'INSERT INTO shard (hash, province, bytes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const latest = db.prepare<[string], StoredStatement>(
    `SELECT ${STATEMENT_COLUMNS} FROM statement WHERE unit = '' AND kind = ? ORDER BY version DESC, seq DESC LIMIT 1`,
  );
  const keySets = db.prepare<[], StoredStatement>(
    `SELECT ${STATEMENT_COLUMNS} FROM statement WHERE unit = '' AND kind = 'directory-keys' ORDER BY version DESC, seq DESC`,
  );
  const shard = db.prepare<[Uint8Array], { hash: Uint8Array; province: string; bytes: Uint8Array }>(
    'SELECT hash, province, bytes FROM shard WHERE hash = ?',
  );
  const ofUnits = db.prepare<[string, number], StoredStatement>(
    `SELECT ${STATEMENT_COLUMNS} FROM statement
      WHERE unit IN (SELECT value FROM json_each(?)) AND unit <> '' AND valid_until >= ? ORDER BY seq`,
  );
  const epochs = db.prepare<[string], StoredStatement>(
    `SELECT ${STATEMENT_COLUMNS} FROM statement WHERE unit = ? AND unit <> '' AND kind = 'epoch' ORDER BY version`,
  );
  const ahead = db.prepare<[number], { unit: UnitId; until: Seconds; ahead: number }>(
    `SELECT unit, max(valid_until) AS until, count(*) AS ahead FROM statement
      WHERE kind = 'epoch' AND valid_until > ? GROUP BY unit ORDER BY unit`,
  );
  const putWrap = db.prepare<unknown[]>(
    `INSERT INTO epoch_wrap (unit, epoch, member, wrap) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET wrap = excluded.wrap`,
  );
  const wraps = db.prepare<[Uint8Array], { unit: UnitId; epoch: number; wrap: Uint8Array }>(
    'SELECT unit, epoch, wrap FROM epoch_wrap WHERE member = ? ORDER BY unit, epoch',
  );
  const dropWraps = db.prepare<[string, Uint8Array]>('DELETE FROM epoch_wrap WHERE unit = ? AND member = ?');
  const putShare = db.prepare<unknown[]>(
    `INSERT INTO recovery_share (unit, epoch, holder, share) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET share = excluded.share`,
  );
  const shares = db.prepare<[string, number], { holder: string; share: Uint8Array }>(
    'SELECT holder, share FROM recovery_share WHERE unit = ? AND epoch = ? ORDER BY holder',
  );
  const saveUnit = db.prepare<unknown[]>(
    `INSERT INTO unit (code, parent, kind, name_vi, name_en, province, remote, valid_from, valid_until)
     VALUES (@code, @parent, @kind, @nameVi, @nameEn, @province, @remote, @from, @until)
     ON CONFLICT (code) DO UPDATE SET parent = @parent, kind = @kind, name_vi = @nameVi, name_en = @nameEn,
       province = @province, remote = @remote, valid_from = @from, valid_until = @until`,
  );
  const unit = db.prepare<[string], StoredUnit>('SELECT * FROM unit WHERE code = ?');
  const allUnits = db.prepare<[], StoredUnit>('SELECT * FROM unit ORDER BY code');
  const unitsOf = db.prepare<[string], StoredUnit>('SELECT * FROM unit WHERE province = ? ORDER BY code');

  return {
    async addStatement(event, row, newShards = []) {
      return events.transaction(() => {
        const { changes } = insertStatement.run(
          fromHex(row.hash),
          row.kind,
          row.unit,
          row.version,
          row.from,
          row.until,
          row.person === '' ? null : fromHex(row.person),
          row.record,
        );
        if (changes === 0) return 'known' as const;
        events.append(event);
        for (const { hash, province, bytes } of newShards) insertShard.run(fromHex(hash), province, bytes);
        return 'added' as const;
      });
    },
    async latest(kind) {
      const row = latest.get(kind);
      return row === undefined ? null : toStatement(row);
    },
    async keySets() {
      return keySets.all().map(toStatement);
    },
    async shard(hash) {
      const row = shard.get(fromHex(hash));
      return row === undefined
        ? null
        : { hash: toHex(row.hash), province: row.province, bytes: plain(row.bytes) };
    },
    async statementsOf(units, since) {
      return ofUnits.all(JSON.stringify([...new Set(units)]), since).map(toStatement);
    },
    async epochs(code) {
      return epochs.all(code).map(toStatement);
    },
    async epochsAhead(now) {
      return ahead.all(now);
    },
    async putEpochWraps(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const row of rows) putWrap.run(row.unit, row.epoch, fromHex(row.member), row.wrap);
        return 'saved' as const;
      });
    },
    async epochWraps(member) {
      return wraps.all(fromHex(member)).map((row) => ({ ...row, wrap: plain(row.wrap) }));
    },
    async dropEpochWraps(event, code, member) {
      return events.transaction(() => {
        events.append(event);
        dropWraps.run(code, fromHex(member));
        return 'saved' as const;
      });
    },
    async putRecoveryShares(rows) {
      immediate(db, () => {
        for (const row of rows) putShare.run(row.unit, row.epoch, row.holder, row.share);
      });
    },
    async recoveryShares(code, epoch) {
      return shares.all(code, epoch).map((row) => ({ holder: row.holder, share: plain(row.share) }));
    },
    async saveUnits(event, rows) {
      return events.transaction(() => {
        events.append(event);
        for (const row of rows) saveUnit.run({ ...row, remote: row.remote ? 1 : 0 });
        return 'saved' as const;
      });
    },
    async unit(code) {
      const row = unit.get(code);
      return row === undefined ? null : toUnit(row);
    },
    async units(province) {
      return (province === null ? allUnits.all() : unitsOf.all(province)).map(toUnit);
    },
  };
}

function toUnit(row: StoredUnit): UnitRow {
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
