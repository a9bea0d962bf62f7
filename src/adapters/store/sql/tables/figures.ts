import type { Day, Seconds, UnitId } from '../../../../domain/ids.ts';
import type { ClockStop } from '../../../../domain/life-cycle-types.ts';
import type { ClockName, LegalKind, Verb } from '../../../../domain/terms.ts';
import { flag, generated, integer, orDefault, orNull, text } from '../columns.ts';

const sum = () => orDefault(integer());

/** Tables of `0003_clocks_and_rollups.sql`. */
export const FIGURES = {
  tip_clock: {
    tip: integer(),
    clock: text<ClockName>(),
    round: integer(),
    rule_version: text(),
    verb: orNull(text<Verb>()),
    unit: text<UnitId>(),
    legal_kind: orNull(text<LegalKind>()),
    conduct: orNull(text()),
    started: integer<Seconds>(),
    due: integer<Seconds>(),
    due_day: text<Day>(),
    stopped: orNull(integer<Seconds>()),
    stopped_day: orNull(text<Day>()),
    result: orNull(text<ClockStop['result']>()),
    passed_on: orDefault(flag()),
    counted: orDefault(flag()),
    tallied: generated(flag()),
    standing: generated(integer()),
    unsettled: flag(),
  },
  rollup: {
    unit: text<UnitId>(),
    due_day: text<Day>(),
    verb: text<Verb>(),
    legal_kind: text<LegalKind | ''>(),
    conduct: text(),
    stopped_day: text<Day | ''>(),
    passed_on: flag(),
    n: integer(),
    standing: generated(integer()),
  },
  rollup_sum: {
    grain: text<'day' | 'month'>(),
    level: text<'all' | 'kind' | 'conduct'>(),
    conduct: text(),
    legal_kind: text<LegalKind | ''>(),
    unit: text<UnitId>(),
    span: text(),
    passed_on: flag(),
    received_open: sum(),
    received_on_time: sum(),
    received_late: sum(),
    classified_open: sum(),
    classified_on_time: sum(),
    classified_late: sum(),
    verified_open: sum(),
    verified_on_time: sum(),
    verified_late: sum(),
    handled_open: sum(),
    handled_on_time: sum(),
    handled_late: sum(),
  },
  flow: {
    unit: text<UnitId>(),
    day: text<Day>(),
    received: sum(),
    reopened: sum(),
    settled: sum(),
    transferred: sum(),
    merged: sum(),
  },
  transfer_flow: { from_unit: text<UnitId>(), day: text<Day>(), to_unit: text<UnitId>(), n: integer() },
};
