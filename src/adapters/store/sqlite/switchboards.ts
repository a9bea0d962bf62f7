import type { UnitId } from '../../../domain/ids.ts';
import type { HotlineStore, Switchboard } from '../../../ports/store/hotline-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import { type Db, isTaken } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';

type Switchboards = Pick<HotlineStore, 'addSwitchboard' | 'revokeSwitchboard' | 'switchboards' | 'byToken'>;

interface Stored {
  readonly id: Uint8Array;
  readonly unit: UnitId;
  readonly name: string;
  readonly token_hash: Uint8Array;
  readonly revoked: number;
}

const ID = /^[0-9a-f]{32}$/;

/** Telephone systems that may hand in recordings; of a token only the hash is kept. */
export function createSwitchboards(db: Db, events: EventLog): Switchboards {
  const columns = ['id', 'unit', 'name', 'token_hash', 'revoked'] as const;
  const insert = prepared(
    db,
    (p: Names<{ id: Uint8Array; unit: UnitId; name: string; tokenHash: Uint8Array }>) =>
      query
        .insertInto('switchboard')
        .values({ id: p('id'), unit: p('unit'), name: p('name'), token_hash: p('tokenHash') }),
  );
  const revoke = prepared(db, (p: Names<{ id: Uint8Array }>) =>
    query
      .updateTable('switchboard')
      .set({ revoked: lit(1) })
      .where('id', '=', p('id'))
      .where('revoked', '=', lit(0)),
  );
  const all = prepared(db, () => query.selectFrom('switchboard').select(columns).orderBy('name'));
  const byHash = prepared(db, (p: Names<{ hash: Uint8Array }>) =>
    query.selectFrom('switchboard').select(columns).where('token_hash', '=', p('hash')),
  );
  return {
    async addSwitchboard(event, { id, unit, name, tokenHash }) {
      try {
        return events.transaction(() => {
          insert.run({ id: fromHex(id), unit, name, tokenHash: fromHex(tokenHash) });
          events.append(event);
          return 'added' as const;
        });
      } catch (error) {
        if (isTaken(error)) return 'exists';
        throw error;
      }
    },
    async revokeSwitchboard(event, id) {
      if (!ID.test(id)) return false;
      return events.transaction(() => {
        if (revoke.run({ id: fromHex(id) }).changes === 0) return false;
        events.append(event);
        return true;
      });
    },
    async switchboards() {
      return all.all({}).map(toSwitchboard);
    },
    async byToken(tokenHash) {
      const row = byHash.get({ hash: fromHex(tokenHash) });
      return row === undefined ? null : toSwitchboard(row);
    },
  };
}

const toSwitchboard = ({ id, unit, name, token_hash, revoked }: Stored): Switchboard => ({
  id: toHex(id),
  unit,
  name,
  tokenHash: toHex(token_hash),
  revoked: revoked === 1,
});
