import type { StaffId, UnitId } from '../../../domain/ids.ts';
import type { PendingDecision, TipChange } from '../../../domain/life-cycle-types.ts';
import type { Outcome } from '../../../domain/terms.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { ChangeRefused } from './refused.ts';

interface DecisionRow {
  readonly id: number;
  readonly data: string;
  readonly proposed_by: Uint8Array;
  readonly staff_unit: string | null;
}

export interface Decisions {
  open(tip: number, decision: NonNullable<TipChange['openDecision']>, eventNo: number): void;
  close(tip: number, decision: NonNullable<TipChange['closeDecision']>, eventNo: number): void;
  pending(tip: number, tipUnit: string): PendingDecision | null;
}

/** Two-person steps: at most one open a tip (unique index), never approved by its proposer (CHECK). */
export function createDecisions(db: Db): Decisions {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO decision (tip, kind, data, proposed_by, proposed_no) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const update = db.prepare<unknown[]>(
    'UPDATE decision SET closed_by = ?, closed_no = ?, result = ? WHERE id = ? AND tip = ? AND result IS NULL',
  );
  const select = db.prepare<[number], DecisionRow>(
    `SELECT d.id, d.data, d.proposed_by, s.unit AS staff_unit
       FROM decision d LEFT JOIN staff s ON s.id = d.proposed_by WHERE d.tip = ? AND d.result IS NULL`,
  );
  return {
    open(tip, { kind, data, proposedBy }, eventNo) {
      const { changes } = insert.run(tip, kind, JSON.stringify(data), fromHex(proposedBy), eventNo);
      if (changes !== 1) throw new ChangeRefused('a decision is open already');
    },
    close(tip, { id, approvedBy, result }, eventNo) {
      const { changes } = update.run(fromHex(approvedBy), eventNo, result, id, tip);
      if (changes !== 1) throw new ChangeRefused('no such open decision');
    },
    pending(tip, tipUnit) {
      const row = select.get(tip);
      if (row === undefined) return null;
      const data = JSON.parse(row.data) as Record<string, string>;
      return {
        id: row.id,
        kind: 'resolution',
        outcome: data.outcome as Outcome,
        documentNumber: data.documentNumber || null,
        proposedBy: toHex<StaffId>(row.proposed_by),
        proposerUnit: (data.proposerUnit || row.staff_unit || tipUnit) as UnitId,
      };
    },
  };
}
