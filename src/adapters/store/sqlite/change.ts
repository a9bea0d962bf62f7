import type { StaffId } from '../../../domain/ids.ts';
import type { TipChange } from '../../../domain/life-cycle-types.ts';
import type { EventRow } from '../../../ports/store/event-row.ts';
import { createClocks } from './clocks.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { createCustody } from './custody.ts';
import { createDecisions } from './decisions.ts';
import { dayOfEvent, secondsOf } from './events.ts';
import { createFlows } from './flows.ts';
import { createRegister } from './register.ts';
import { createTallyWriter, OpenTally, type Tally } from './tallies.ts';

/** Sort key of tips on which no clock runs. */
export const NO_DUE = Number.MAX_SAFE_INTEGER;

/** Stages whose tips are in no open list (`tip.open`). */
const CLOSED_STAGES: readonly string[] = ['notified', 'archived'];

/** What a change must know of the tip's row before it. */
export interface TipBefore {
  readonly seq: number;
  readonly unit: string;
  readonly stage: string;
  readonly transferTo: string | null;
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
  begin(tip: number, unit: string, change: TipChange, event: EventRow, tally: Tally): void;
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
  const writeTally = createTallyWriter(db);
  const updateTip = db.prepare<unknown[]>(
    `UPDATE tip SET version = ?, unit = ?, stage = ?, open = ?, overlay = ?, priority = ?, legal_kind = ?, conduct = ?, outcome = ?,
            assignee = CASE WHEN ? THEN ? WHEN unit <> ? THEN NULL ELSE assignee END,
            transfer_to = ?,
            pending = EXISTS (SELECT 1 FROM decision WHERE tip = ? AND result IS NULL),
            due = ifnull((SELECT min(due) FROM tip_clock WHERE tip = ? AND stopped IS NULL), ?)
      WHERE seq = ?`,
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
      if (held.unit !== tip.unit) clocks.handOver(tip.seq, held.unit);
      clocks.classify(tip.seq, change.legalKind, change.conduct);
      const tally = new OpenTally();
      clocks.start(tip.seq, held.unit, change, tally);
      writeTally(tally);
      clocks.passOn(tip.seq, held.unit, change.startClocks);
      const assignee = change.assignee as StaffId | undefined;
      updateTip.run(
        event.no,
        held.unit,
        change.stage,
        CLOSED_STAGES.includes(change.stage) ? 0 : 1,
        change.overlay,
        change.priority,
        change.legalKind,
        change.conduct,
        change.outcome,
        assignee === undefined ? 0 : 1,
        assignee === undefined ? null : fromHex(assignee),
        held.unit,
        held.transferTo,
        tip.seq,
        tip.seq,
        NO_DUE,
        tip.seq,
      );
      flows.changed(tip, change, held.unit, dayOfEvent(event.time));
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
