import type { Day, UnitId } from '../../../domain/ids.ts';
import type { TipChange } from '../../../domain/life-cycle-types.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { TipBefore } from './change.ts';
import type { Db } from './connection.ts';
import { createNeverCame } from './never-came.ts';
import { prepared } from './prepared.ts';

const NOTHING = { reopened: 0, settled: 0, transferred: 0, merged: 0 };
type Counts = typeof NOTHING;

export interface Flows {
  /** Counts what a change let in or out of a unit on a day (UTC+7): by transfer, by outcome, or by reopening, and names the tip. */
  changed(tip: TipBefore, change: TipChange, unitAfter: UnitId, day: Day, eventNo: number): void;
}

interface Movement {
  readonly unit: UnitId;
  readonly kind: keyof Counts | 'came' | 'went';
  readonly day: Day;
  readonly tip: number;
  readonly eventNo: number;
  /** The other unit of a transfer; empty for the rest. */
  readonly other: UnitId | '';
}

const SETTLED_STAGES = new Set<string>(['resolved', 'notified', 'archived']);

/** Flows of the balance, counted in the transaction of the change that makes them. */
export function createFlows(db: Db): Flows {
  const addFlow = prepared(db, (p: Names<Counts & { unit: UnitId; day: Day }>) =>
    query
      .insertInto('flow')
      .values({
        unit: p('unit'),
        day: p('day'),
        reopened: p('reopened'),
        settled: p('settled'),
        transferred: p('transferred'),
        merged: p('merged'),
      })
      .onConflict((conflict) =>
        conflict.doUpdateSet((eb) => ({
          reopened: eb('flow.reopened', '+', eb.ref('excluded.reopened')),
          settled: eb('flow.settled', '+', eb.ref('excluded.settled')),
          transferred: eb('flow.transferred', '+', eb.ref('excluded.transferred')),
          merged: eb('flow.merged', '+', eb.ref('excluded.merged')),
        })),
      ),
  );
  const addTransfer = prepared(db, (p: Names<{ from: UnitId; to: UnitId; day: Day }>) =>
    query
      .insertInto('transfer_flow')
      .values({ from_unit: p('from'), to_unit: p('to'), day: p('day'), n: lit(1) })
      .onConflict((conflict) =>
        conflict.doUpdateSet((eb) => ({ n: eb('transfer_flow.n', '+', eb.ref('excluded.n')) })),
      ),
  );

  const addMovement = prepared(db, (p: Names<Movement>) =>
    query.insertInto('movement').values({
      unit: p('unit'),
      kind: p('kind'),
      day: p('day'),
      tip: p('tip'),
      event_no: p('eventNo'),
      other: p('other'),
    }),
  );

  const neverCame = createNeverCame(db, (flow) => addTransfer.run(flow));

  return {
    changed(tip, change, unitAfter, day, eventNo) {
      const moved = { tip: tip.seq, day, eventNo };
      if (change.custody?.kind === 'divert' && change.custody.unseen)
        return neverCame(tip.seq, tip.unit, unitAfter);
      if (unitAfter !== tip.unit) {
        addTransfer.run({ from: tip.unit, to: unitAfter, day });
        addMovement.run({ ...moved, unit: tip.unit, kind: 'went', other: unitAfter });
        addMovement.run({ ...moved, unit: unitAfter, kind: 'came', other: tip.unit });
      }
      const was = SETTLED_STAGES.has(tip.stage);
      const is = SETTLED_STAGES.has(change.stage);
      if (was === is) return;
      const kind = is ? countOf(change) : 'reopened';
      addFlow.run({ ...NOTHING, [kind]: 1, unit: unitAfter, day });
      addMovement.run({ ...moved, unit: unitAfter, kind, other: '' });
    },
  };
}

function countOf({ outcome }: TipChange): keyof Counts {
  if (outcome === 'duplicate') return 'merged';
  return outcome === 'transferred' ? 'transferred' : 'settled';
}
