import type { StaffId, UnitId } from '../../../domain/ids.ts';
import type { PendingDecision, TipChange } from '../../../domain/life-cycle-types.ts';
import { pendingFrom } from '../../../domain/pending.ts';
import { type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

export interface Decisions {
  open(tip: number, decision: NonNullable<TipChange['openDecision']>, eventNo: number): void;
  close(tip: number, decision: NonNullable<TipChange['closeDecision']>, eventNo: number): void;
  pending(tip: number, tipUnit: string): PendingDecision | null;
}

/** Two-person steps: at most one open a tip (unique index), never approved by its proposer (CHECK). */
export function createDecisions(db: Db): Decisions {
  const insert = prepared(
    db,
    (p: Names<{ tip: number; kind: string; data: string; by: Uint8Array; no: number }>) =>
      query
        .insertInto('decision')
        .values({
          tip: p('tip'),
          kind: p('kind'),
          data: p('data'),
          proposed_by: p('by'),
          proposed_no: p('no'),
        })
        .onConflict((conflict) => conflict.doNothing()),
  );
  const update = prepared(
    db,
    (p: Names<{ tip: number; id: number; by: Uint8Array; no: number; result: 'approved' | 'refused' }>) =>
      query
        .updateTable('decision')
        .set({ closed_by: p('by'), closed_no: p('no'), result: p('result') })
        .where('id', '=', p('id'))
        .where('tip', '=', p('tip'))
        .where('result', 'is', null),
  );
  const select = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .selectFrom('decision as d')
      .leftJoin('staff as s', 's.id', 'd.proposed_by')
      .select(['d.id', 'd.kind', 'd.data', 'd.proposed_by', 's.unit as staff_unit'])
      .where('d.tip', '=', p('tip'))
      .where('d.result', 'is', null),
  );
  return {
    open(tip, { kind, data, proposedBy }, eventNo) {
      const { changes } = insert.run({
        tip,
        kind,
        data: JSON.stringify(data),
        by: fromHex(proposedBy),
        no: eventNo,
      });
      if (changes !== 1) throw new ChangeRefused('a decision is open already');
    },
    close(tip, { id, approvedBy, result }, eventNo) {
      const { changes } = update.run({ tip, id, by: fromHex(approvedBy), no: eventNo, result });
      if (changes !== 1) throw new ChangeRefused('no such open decision');
    },
    pending(tip, tipUnit) {
      const row = select.get({ tip });
      if (row === undefined) return null;
      const data = JSON.parse(row.data) as Record<string, string>;
      const proposed = {
        id: row.id,
        proposedBy: toHex<StaffId>(row.proposed_by),
        proposerUnit: (data.proposerUnit || row.staff_unit || tipUnit) as UnitId,
      };
      const kind = row.kind as PendingDecision['kind'];
      const pending = pendingFrom({ kind, data }, proposed);
      if (pending === null) throw new Error(`decision ${row.id} cannot be read`);
      return pending;
    },
  };
}
