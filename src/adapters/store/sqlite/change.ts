import { type Selectable, sql } from 'kysely';
import type { UnitId } from '../../../domain/ids.ts';
import type { TipChange } from '../../../domain/life-cycle-types.ts';
import type { Stage } from '../../../domain/terms.ts';
import type { EventRow } from '../../../ports/store/event-row.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Schema } from '../sql/schema.ts';
import { createClocks } from './clocks.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createCustody } from './custody.ts';
import { createDecisions } from './decisions.ts';
import { dayOfEvent, secondsOf } from './events.ts';
import { createFlows } from './flows.ts';
import { createPostChecks } from './post-checks.ts';
import { prepared } from './prepared.ts';
import { createRegister } from './register.ts';
import { createTallyWriter, OpenTally, type Tally } from './tallies.ts';

/** Sort key of tips on which no clock runs. */
export const NO_DUE = Number.MAX_SAFE_INTEGER;

/** Stages whose tips are in no open list (`tip.open`). */
const CLOSED_STAGES: readonly Stage[] = ['notified', 'archived'];

/** What a change sets of its tip's row; `assigns` is 1 when it names an assignee. */
type Changed = Pick<
  Selectable<Schema['tip']>,
  | 'seq'
  | 'version'
  | 'unit'
  | 'stage'
  | 'open'
  | 'overlay'
  | 'priority'
  | 'legal_kind'
  | 'conduct'
  | 'outcome'
  | 'assignee'
  | 'transfer_to'
  | 'extension'
  | 'supervisor'
  | 'circumstances'
> & { readonly assigns: number };

/** What a change must know of the tip's row before it. */
export interface TipBefore {
  readonly seq: number;
  readonly unit: UnitId;
  readonly stage: Stage;
  readonly transferTo: UnitId | null;
}

export interface TipChanges {
  /**
   * Carries out a decided change on an existing tip, inside the caller's transaction and after its event was added. Returns the
   * register number that was taken, as `N/YYYY`. Throws `ChangeRefused` when a precondition no longer holds.
   */
  apply(tip: TipBefore, change: TipChange, event: EventRow): string | null;
  /**
   * Starts what a new tip starts: first custody, clocks, and a register number where the door gives one at once. Its cells and flow go to
   * the tally, which the caller writes before the commit.
   */
  begin(tip: number, unit: UnitId, change: TipChange, event: EventRow, tally: Tally): void;
}

/**
 * Order of a change: stop clocks (for the unit that holds the tip before it), leave the rates, custody, register, decisions, the tip's
 * row, start clocks (for the unit that holds the tip after it), earliest due time, flows of the balance.
 */
export function createTipChanges(db: Db): TipChanges {
  const clocks = createClocks(db);
  const custody = createCustody(db);
  const decisions = createDecisions(db);
  const register = createRegister(db);
  const flows = createFlows(db);
  const postChecks = createPostChecks(db);
  const writeTally = createTallyWriter(db);
  const handThread = prepared(db, (p: Names<{ tip: number; unit: UnitId }>) =>
    query
      .updateTable('thread')
      .set({ unit: p('unit') })
      .where('tip', '=', p('tip')),
  );
  const updateTip = prepared(db, (p: Names<Changed>) =>
    query
      .updateTable('tip')
      .set({
        version: p('version'),
        unit: p('unit'),
        stage: p('stage'),
        open: p('open'),
        overlay: p('overlay'),
        priority: p('priority'),
        legal_kind: p('legal_kind'),
        conduct: p('conduct'),
        outcome: p('outcome'),
        assignee: sql`case when ${p('assigns')} then ${p('assignee')} when unit <> ${p('unit')} then null else assignee end`,
        transfer_to: p('transfer_to'),
        extension: p('extension'),
        supervisor: p('supervisor'),
        circumstances: p('circumstances'),
        pending: sql<number>`exists ${query
          .selectFrom('decision')
          .select(lit(1).as('one'))
          .where('tip', '=', p('seq'))
          .where('result', 'is', null)}`,
        due: sql<number>`ifnull(${query
          .selectFrom('tip_clock')
          .select((eb) => eb.fn.min('due').as('due'))
          .where('tip', '=', p('seq'))
          .where('stopped', 'is', null)}, ${lit(NO_DUE)})`,
      })
      .where('seq', '=', p('seq')),
  );

  return {
    apply(tip, change, event) {
      const at = secondsOf(event.time);
      clocks.stop(tip.seq, change.stopClocks);
      if (change.leavesRates) clocks.leaveRates(tip.seq, at, dayOfEvent(event.time));
      const held = custody.apply(tip, change.custody, at);
      const number = change.register === undefined ? null : register.take(tip.seq, change.register, event.no);
      if (change.openDecision !== undefined) decisions.open(tip.seq, change.openDecision, event.no);
      if (change.closeDecision !== undefined) decisions.close(tip.seq, change.closeDecision, event.no);
      if (change.postCheck !== undefined) postChecks.apply(tip.seq, held.unit, change.postCheck, event.no);
      if (held.unit !== tip.unit) {
        clocks.handOver(tip.seq, held.unit);
        // What the citizen wrote and nobody has seen is the new unit's to see.
        handThread.run({ tip: tip.seq, unit: held.unit });
      }
      clocks.classify(tip.seq, change.legalKind, change.conduct);
      const tally = new OpenTally();
      clocks.start(tip.seq, held.unit, change, tally);
      writeTally(tally);
      clocks.passOn(tip.seq, held.unit, change.startClocks);
      updateTip.run({
        seq: tip.seq,
        version: event.no,
        unit: held.unit,
        stage: change.stage,
        open: CLOSED_STAGES.includes(change.stage) ? 0 : 1,
        overlay: change.overlay,
        priority: change.priority,
        legal_kind: change.legalKind,
        conduct: change.conduct,
        outcome: change.outcome,
        assigns: change.assignee === undefined ? 0 : 1,
        assignee: change.assignee === undefined ? null : fromHex(change.assignee),
        transfer_to: held.transferTo,
        extension: change.extension,
        supervisor: change.supervisor,
        circumstances: JSON.stringify(change.circumstances),
      });
      flows.changed(tip, change, held.unit, dayOfEvent(event.time), event.no);
      return number;
    },
    begin(tip, unit, change, event, tally) {
      custody.begin(tip, unit, secondsOf(event.time));
      clocks.start(tip, unit, change, tally);
      if (change.register !== undefined) register.take(tip, change.register, event.no);
      tally.received(unit, dayOfEvent(event.time));
    },
  };
}
