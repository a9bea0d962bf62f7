import { type Selectable, sql } from 'kysely';
import type { Hash, Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { StaffRow } from '../../../ports/store/accounts-store.ts';
import type { MembersStore, PendingStatement } from '../../../ports/store/members-store.ts';
import { listed, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { fromHex, plain, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createEpochWraps } from './epoch-wraps.ts';
import type { EventLog } from './events.ts';
import { createContactDrop } from './post.ts';
import { prepared } from './prepared.ts';
import { insertStatement, putRecoveryShare, statementColumns } from './statements.ts';

type StoredPending = Omit<Selectable<Schema['pending_statement']>, 'seq'>;

interface Extra {
  readonly wraps: readonly (readonly [StaffId, string])[];
  readonly shares: readonly (readonly [string, string])[];
}

/** Statements that wait for a second signature, and the one transaction that carries out completed ones. */
export function createMembersStore(db: Db, events: EventLog): MembersStore {
  const dropOther = prepared(db, (p: Names<Pick<PendingStatement, 'unit' | 'kind' | 'about'>>) =>
    query
      .deleteFrom('pending_statement')
      .where('unit', '=', p('unit'))
      .where('kind', '=', p('kind'))
      .where('about', '=', p('about')),
  );
  const insert = prepared(db, (p: Names<StoredPending>) =>
    query.insertInto('pending_statement').values({
      hash: p('hash'),
      kind: p('kind'),
      unit: p('unit'),
      about: p('about'),
      record: p('record'),
      extra: p('extra'),
      by: p('by'),
      at: p('at'),
    }),
  );
  const pending = query
    .selectFrom('pending_statement')
    .select(['hash', 'kind', 'unit', 'about', 'record', 'extra', 'by', 'at']);
  const one = prepared(db, (p: Names<{ hash: Uint8Array }>) => pending.where('hash', '=', p('hash')));
  const ofUnits = prepared(db, (p: Names<{ units: string }>) =>
    pending
      .where('unit', 'in', query.selectFrom(listed<UnitId>(p('units'))).select('u.value'))
      .orderBy('seq'),
  );
  const drop = prepared(db, (p: Names<{ hash: Uint8Array }>) =>
    query.deleteFrom('pending_statement').where('hash', '=', p('hash')),
  );
  const known = prepared(db, (p: Names<{ hash: Uint8Array }>) =>
    query.selectFrom('statement').select('seq').where('hash', '=', p('hash')),
  );
  const addStatement = prepared(db, insertStatement);
  const wraps = createEpochWraps(db);
  const putShare = prepared(db, putRecoveryShare);
  const setStatus = prepared(db, (p: Names<{ id: Uint8Array; status: StaffRow['status'] }>) =>
    query
      .updateTable('staff')
      .set({ status: p('status') })
      .where('id', '=', p('id')),
  );
  const setRoles = prepared(db, (p: Names<{ id: Uint8Array; roles: string }>) =>
    query
      .updateTable('staff')
      .set({ roles: p('roles') })
      .where('id', '=', p('id')),
  );
  const dropContact = createContactDrop(db);
  const endSessions = prepared(db, (p: Names<{ staff: Uint8Array }>) =>
    query.deleteFrom('session').where('staff', '=', p('staff')),
  );
  const endFocalPoints = prepared(db, (p: Names<{ staff: Uint8Array; at: Seconds }>) =>
    query
      .updateTable('focal_point')
      .set({ valid_until: sql<Seconds>`max(valid_from, ${p('at')})` })
      .where('staff', '=', p('staff'))
      .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', p('at'))])),
  );

  return {
    async propose(event, pending) {
      return events.transaction(() => {
        events.append(event);
        dropOther.run(pending);
        insert.run({
          ...pending,
          hash: fromHex(pending.hash),
          extra: encodeExtra(pending),
          by: fromHex(pending.by),
        });
        return 'kept' as const;
      });
    },
    async pending(hash) {
      const row = one.get({ hash: fromHex(hash) });
      return row === undefined ? null : toPending(row);
    },
    async pendingOf(units) {
      return ofUnits.all({ units: JSON.stringify([...new Set(units)]) }).map(toPending);
    },
    async withdraw(event, hash) {
      return events.transaction(() => {
        if (drop.run({ hash: fromHex(hash) }).changes === 0) return 'unknown' as const;
        events.append(event);
        return 'withdrawn' as const;
      });
    },
    async accept(rows, change, at) {
      return events.transaction(() => {
        if (change.statements.some(({ hash }) => known.get({ hash: fromHex(hash) }) !== undefined))
          return 'known' as const;
        for (const event of rows) events.append(event);
        for (const row of change.statements) {
          addStatement.run(statementColumns(row));
          drop.run({ hash: fromHex(row.hash) });
        }
        for (const row of change.wraps) wraps.add(row);
        for (const row of change.shares) putShare.run(row);
        if (change.activates !== null) setStatus.run({ id: fromHex(change.activates), status: 'active' });
        if (change.roles !== null) {
          const { staff, roles } = change.roles;
          setRoles.run({ id: fromHex(staff), roles: JSON.stringify(roles) });
        }
        if (change.removes !== null) {
          const id = fromHex(change.removes);
          setStatus.run({ id, status: 'removed' });
          endSessions.run({ staff: id });
          dropContact(change.removes);
          wraps.drop(change.removes, null);
          endFocalPoints.run({ staff: id, at });
        }
        return 'accepted' as const;
      });
    },
  };
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function encodeExtra({ wraps, shares }: PendingStatement): string {
  const extra: Extra = {
    wraps: wraps.map(({ member, wrap }) => [member, base64(wrap)]),
    shares: shares.map(({ holder, share }) => [holder, base64(share)]),
  };
  return JSON.stringify(extra);
}

function toPending(row: StoredPending): PendingStatement {
  const extra = JSON.parse(row.extra) as Extra;
  return {
    hash: toHex<Hash>(row.hash),
    kind: row.kind,
    unit: row.unit,
    about: row.about,
    record: plain(row.record),
    wraps: extra.wraps.map(([member, wrap]) => ({ member, wrap: plain(Buffer.from(wrap, 'base64')) })),
    shares: extra.shares.map(([holder, share]) => ({ holder, share: plain(Buffer.from(share, 'base64')) })),
    by: toHex<StaffId>(row.by),
    at: row.at,
  };
}
