import { sql } from 'kysely';
import type { Day, Seconds, UnitId } from '../../../domain/ids.ts';
import type { ClockStart, ClockStop, TipChange } from '../../../domain/life-cycle-types.ts';
import type { LegalKind, Verb } from '../../../domain/terms.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';
import type { Tally } from './tallies.ts';

type NewClock = Omit<ClockStart, 'again'> &
  Pick<TipChange, 'legalKind' | 'conduct'> & {
    readonly tip: number;
    readonly unit: UnitId;
    readonly unsettled: number;
  };
type ClockStarts = Pick<TipChange, 'startClocks' | 'legalKind' | 'conduct'>;

export interface Clocks {
  /**
   * Starts the change's clocks for `unit`, each as the next round of its name (none while one of that name runs), lets the latest round
   * run on, or moves the end of the one that runs. Cells of new rounds go to the tally. Throws `ChangeRefused` when nothing runs to be moved.
   */
  start(tip: number, unit: UnitId, change: ClockStarts, tally: Tally): void;
  /** Marks the clocks of other units whose verb this unit takes up. */
  passOn(tip: number, unit: UnitId, starts: TipChange['startClocks']): void;
  stop(tip: number, stops: readonly ClockStop[]): void;
  /** Takes every clock that the tip has so far out of the roll-ups; running ones stop. */
  leaveRates(tip: number, at: Seconds, day: Day): void;
  /** Moves all of the tip's cells to its legal kind and conduct. */
  classify(tip: number, legalKind: LegalKind | null, conduct: string | null): void;
  /** After an acknowledged transfer: what still runs is now the new unit's to meet. */
  handOver(tip: number, unit: UnitId): void;
}

/** Clocks of a tip. Roll-ups follow every later change by the table's trigger. */
export function createClocks(db: Db): Clocks {
  const insert = prepared(db, (p: Names<NewClock>) =>
    query.insertInto('tip_clock').values({
      tip: p('tip'),
      clock: p('clock'),
      round: query
        .selectFrom('tip_clock')
        .select(sql<number>`count(*) + 1`.as('round'))
        .where('tip', '=', p('tip'))
        .where('clock', '=', p('clock'))
        .having(sql<boolean>`count(*) = count(stopped)`),
      rule_version: p('ruleVersion'),
      verb: p('verb'),
      unit: p('unit'),
      legal_kind: p('legalKind'),
      conduct: p('conduct'),
      started: p('started'),
      due: p('due'),
      due_day: p('dueDay'),
      unsettled: p('unsettled'),
    }),
  );
  const runOn = prepared(db, (p: Names<Pick<NewClock, 'tip' | 'clock' | 'due' | 'dueDay' | 'ruleVersion'>>) =>
    query
      .updateTable('tip_clock')
      .set({
        stopped: lit(null),
        stopped_day: lit(null),
        result: lit(null),
        unsettled: sql<number>`clock = 'settle'`,
        due: p('due'),
        due_day: p('dueDay'),
        rule_version: p('ruleVersion'),
      })
      .where('tip', '=', p('tip'))
      .where('clock', '=', p('clock'))
      .where(
        'round',
        '=',
        query
          .selectFrom('tip_clock')
          .select((eb) => eb.fn.max('round').as('round'))
          .where('tip', '=', p('tip'))
          .where('clock', '=', p('clock')),
      ),
  );
  const moveEnd = prepared(
    db,
    (p: Names<Pick<NewClock, 'tip' | 'clock' | 'due' | 'dueDay' | 'ruleVersion'>>) =>
      query
        .updateTable('tip_clock')
        .set({ due: p('due'), due_day: p('dueDay'), rule_version: p('ruleVersion') })
        .where('tip', '=', p('tip'))
        .where('clock', '=', p('clock'))
        .where('stopped', 'is', null),
  );
  const markPassedOn = prepared(db, (p: Names<{ tip: number; verb: Verb; unit: UnitId }>) =>
    query
      .updateTable('tip_clock')
      .set({ passed_on: lit(1) })
      .where('tip', '=', p('tip'))
      .where('verb', '=', p('verb'))
      .where('unit', '<>', p('unit'))
      .where('passed_on', '=', lit(0)),
  );
  const stopRunning = prepared(db, (p: Names<ClockStop & { tip: number }>) =>
    query
      .updateTable('tip_clock')
      .set({ stopped: p('stopped'), stopped_day: p('stoppedDay'), result: p('result'), unsettled: lit(0) })
      .where('tip', '=', p('tip'))
      .where('clock', '=', p('clock'))
      .where('stopped', 'is', null),
  );
  const stopAll = prepared(db, (p: Names<{ tip: number; at: Seconds; day: Day }>) =>
    query
      .updateTable('tip_clock')
      .set({ stopped: p('at'), stopped_day: p('day'), result: lit('void'), unsettled: lit(0) })
      .where('tip', '=', p('tip'))
      .where('stopped', 'is', null),
  );
  const uncount = prepared(db, (p: Names<{ tip: number }>) =>
    query
      .updateTable('tip_clock')
      .set({ counted: lit(0) })
      .where('tip', '=', p('tip'))
      .where('counted', '=', lit(1)),
  );
  const setKind = prepared(
    db,
    (p: Names<{ tip: number; legalKind: LegalKind | null; conduct: string | null }>) =>
      query
        .updateTable('tip_clock')
        .set({ legal_kind: p('legalKind'), conduct: p('conduct') })
        .where('tip', '=', p('tip'))
        .where((eb) =>
          eb.or([eb('legal_kind', 'is not', p('legalKind')), eb('conduct', 'is not', p('conduct'))]),
        ),
  );
  const moveRunning = prepared(db, (p: Names<{ tip: number; unit: UnitId }>) =>
    query
      .updateTable('tip_clock')
      .set({ unit: p('unit') })
      .where('tip', '=', p('tip'))
      .where('stopped', 'is', null),
  );

  return {
    start(tip, unit, change, tally) {
      const { legalKind, conduct } = change;
      for (const start of change.startClocks) {
        const { clock, verb, due, dueDay, ruleVersion } = start;
        const end = { tip, clock, due, dueDay, ruleVersion };
        if (start.again === 'run_on' && runOn.run(end).changes === 1) continue;
        if (start.again === 'moved') {
          if (moveEnd.run(end).changes !== 1) throw new ChangeRefused(`clock ${clock} does not run`);
          continue;
        }
        const unsettled = clock === 'settle' ? 1 : 0;
        insert.run({ ...start, tip, unit, legalKind, conduct, unsettled });
        if (verb !== null) tally.enter({ unit, dueDay, verb, legalKind, conduct });
      }
    },
    passOn(tip, unit, starts) {
      for (const { verb } of starts) if (verb !== null) markPassedOn.run({ tip, verb, unit });
    },
    stop(tip, stops) {
      for (const stop of stops) {
        const { changes } = stopRunning.run({ ...stop, tip });
        if (changes === 0) throw new ChangeRefused(`clock ${stop.clock} does not run`);
      }
    },
    leaveRates(tip, at, day) {
      stopAll.run({ tip, at, day });
      uncount.run({ tip });
    },
    classify(tip, legalKind, conduct) {
      setKind.run({ tip, legalKind, conduct });
    },
    handOver(tip, unit) {
      moveRunning.run({ tip, unit });
    },
  };
}
