import type { ClockStop, TipChange } from '../../../domain/life-cycle-types.ts';
import type { Db } from './connection.ts';
import { ChangeRefused } from './refused.ts';
import type { Tally } from './tallies.ts';

type ClockStarts = Pick<TipChange, 'startClocks' | 'legalKind' | 'conduct'>;

export interface Clocks {
  /**
   * Starts the change's clocks for `unit`, each as the next round of its name (none while one of that name runs), or lets the latest
   * round run on. Cells of new rounds go to the tally.
   */
  start(tip: number, unit: string, change: ClockStarts, tally: Tally): void;
  /** Marks the clocks of other units whose verb this unit takes up. */
  passOn(tip: number, unit: string, starts: TipChange['startClocks']): void;
  stop(tip: number, stops: readonly ClockStop[]): void;
  /** Takes every clock that the tip has so far out of the roll-ups; running ones stop. */
  leaveRates(tip: number, at: number, day: string): void;
  /** Moves all of the tip's cells to its legal kind and conduct. */
  classify(tip: number, legalKind: string | null, conduct: string | null): void;
  /** After an acknowledged transfer: what still runs is now the new unit's to meet. */
  handOver(tip: number, unit: string): void;
}

/** Clocks of a tip. Roll-ups follow every later change by the table's trigger. */
export function createClocks(db: Db): Clocks {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO tip_clock (tip, clock, round, rule_version, verb, unit, legal_kind, conduct, started, due, due_day, unsettled)
     VALUES (?, ?, (SELECT count(*) + 1 FROM tip_clock WHERE tip = ? AND clock = ? HAVING count(*) = count(stopped)), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const runOn = db.prepare<unknown[]>(
    `UPDATE tip_clock SET stopped = NULL, stopped_day = NULL, result = NULL, unsettled = (clock = 'settle'), due = @due, due_day = @dueDay, rule_version = @ruleVersion
      WHERE tip = @tip AND clock = @clock
        AND round = (SELECT max(round) FROM tip_clock WHERE tip = @tip AND clock = @clock)`,
  );
  const markPassedOn = db.prepare<unknown[]>(
    'UPDATE tip_clock SET passed_on = 1 WHERE tip = @tip AND verb = @verb AND unit <> @unit AND passed_on = 0',
  );
  const stopRunning = db.prepare<unknown[]>(
    `UPDATE tip_clock SET stopped = @stopped, stopped_day = @stoppedDay, result = @result, unsettled = 0
      WHERE tip = @tip AND clock = @clock AND stopped IS NULL`,
  );
  const stopAll = db.prepare<unknown[]>(
    `UPDATE tip_clock SET stopped = ?, stopped_day = ?, result = 'void', unsettled = 0 WHERE tip = ? AND stopped IS NULL`,
  );
  const uncount = db.prepare<[number]>('UPDATE tip_clock SET counted = 0 WHERE tip = ? AND counted = 1');
  const setKind = db.prepare<unknown[]>(
    `UPDATE tip_clock SET legal_kind = @legalKind, conduct = @conduct
      WHERE tip = @tip AND (legal_kind IS NOT @legalKind OR conduct IS NOT @conduct)`,
  );
  const moveRunning = db.prepare<[string, number]>(
    'UPDATE tip_clock SET unit = ? WHERE tip = ? AND stopped IS NULL',
  );

  return {
    start(tip, unit, change, tally) {
      const { legalKind, conduct } = change;
      for (const { clock, verb, ruleVersion, started, due, dueDay, reopens } of change.startClocks) {
        if (reopens && runOn.run({ tip, clock, due, dueDay, ruleVersion }).changes === 1) continue;
        const unsettled = clock === 'settle' ? 1 : 0;
        const times = [started, due, dueDay, unsettled];
        insert.run(tip, clock, tip, clock, ruleVersion, verb, unit, legalKind, conduct, ...times);
        if (verb !== null) tally.enter({ unit, dueDay, verb, legalKind, conduct });
      }
    },
    passOn(tip, unit, starts) {
      for (const { verb } of starts) if (verb !== null) markPassedOn.run({ tip, verb, unit });
    },
    stop(tip, stops) {
      for (const { clock, stopped, stoppedDay, result } of stops) {
        const { changes } = stopRunning.run({ tip, clock, stopped, stoppedDay, result });
        if (changes === 0) throw new ChangeRefused(`clock ${clock} does not run`);
      }
    },
    leaveRates(tip, at, day) {
      stopAll.run(at, day, tip);
      uncount.run(tip);
    },
    classify(tip, legalKind, conduct) {
      setKind.run({ tip, legalKind, conduct });
    },
    handOver(tip, unit) {
      moveRunning.run(unit, tip);
    },
  };
}
