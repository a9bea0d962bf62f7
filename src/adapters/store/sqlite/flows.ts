import type { TipChange } from '../../../domain/life-cycle-types.ts';
import type { TipBefore } from './change.ts';
import type { Db } from './connection.ts';

const FLOW_COLUMNS = ['reopened', 'settled', 'transferred', 'merged'] as const;
type FlowColumn = (typeof FLOW_COLUMNS)[number];

export interface Flows {
  /** Counts what a change let in or out of a unit on a day (UTC+7): by transfer, by outcome, or by reopening. */
  changed(tip: TipBefore, change: TipChange, unitAfter: string, day: string): void;
}

const SETTLED_STAGES = new Set<string>(['resolved', 'notified', 'archived']);

/** Flows of the balance, counted in the transaction of the change that makes them. */
export function createFlows(db: Db): Flows {
  const adders = new Map(
    FLOW_COLUMNS.map((column) => [
      column,
      db.prepare<[string, string]>(
        `INSERT INTO flow (unit, day, ${column}) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET ${column} = ${column} + 1`,
      ),
    ]),
  );
  const addTransfer = db.prepare<[string, string, string]>(
    'INSERT INTO transfer_flow (from_unit, to_unit, day, n) VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1',
  );
  const add = (column: FlowColumn, unit: string, day: string) => adders.get(column)?.run(unit, day);

  return {
    changed(tip, change, unitAfter, day) {
      if (unitAfter !== tip.unit) addTransfer.run(tip.unit, unitAfter, day);
      const was = SETTLED_STAGES.has(tip.stage);
      const is = SETTLED_STAGES.has(change.stage);
      if (was !== is) add(is ? columnOf(change) : 'reopened', unitAfter, day);
    },
  };
}

function columnOf({ outcome }: TipChange): FlowColumn {
  if (outcome === 'duplicate') return 'merged';
  return outcome === 'transferred' ? 'transferred' : 'settled';
}
