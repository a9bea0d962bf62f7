import type { BalanceFigure, DrillRow, TipBehind } from '../../domain/figures.ts';
import type { Day, TipId, UnitId } from '../../domain/ids.ts';
import type { Balance, Period, Population, RateRow } from '../../domain/rates.ts';
import type { Verb } from '../../domain/terms.ts';
import type { EventRow, Stale } from './event-row.ts';
import type { TipEvent } from './triage-store.ts';

/** One cell of the roll-up. Lateness is derived: stopped after due day, or open and due day past. */
export interface RollupRow extends RateRow {
  /**
   * True where another unit has since taken over the verb (acknowledged transfer). A unit's own rate counts the cell; a figure over
   * several units leaves it out, because a province counts a tip once.
   */
  readonly passedOn: boolean;
}

/** Which rates: of due days in the period, of tips that the plan counts (null: all). */
export interface RatesQuery {
  readonly units: readonly UnitId[];
  readonly period: Period;
  readonly population: Population | null;
}

/** What fell due in one unit or month for one verb: `due` = `onTime` + `late` + `openLate`. Cells without any are left out. */
export interface RateCell {
  /** Code of the unit, or the month as `YYYY-MM`. */
  readonly key: string;
  readonly verb: Verb;
  /** As in RollupRow. */
  readonly passedOn: boolean;
  readonly onTime: number;
  readonly late: number;
  /** Open, and due on a day before `today`. */
  readonly openLate: number;
}

/** The same clocks twice: each unit for itself over the whole period, each month over all units. */
export interface Rates {
  readonly byUnit: readonly RateCell[];
  readonly byMonth: readonly RateCell[];
}

export interface DrillQuery {
  readonly units: readonly UnitId[];
  readonly verb: Verb;
  readonly from: Day;
  readonly to: Day;
  /** `open_late`: open and due before `today`; `due`: these, those on time and those late. */
  readonly result: 'on_time' | 'late' | 'open_late' | 'due';
  readonly today: Day;
  /** Only tips that the plan counts (`counts` in domain/rates.ts); null or absent for all. */
  readonly population?: Population | null;
  /** True for a figure over several units: leaves out clocks whose verb another unit took over. Default false. */
  readonly once?: boolean;
  /** `next` of the page before. */
  readonly after?: DrillCursor;
  /** 1–100. */
  readonly limit: number;
}

export interface BalanceTipsQuery {
  readonly units: readonly UnitId[];
  readonly figure: BalanceFigure;
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
  /** `next` of the page before. */
  readonly after?: DrillCursor;
  /** 1–100. */
  readonly limit: number;
}

/** Opaque to callers; at most 200 characters of [A-Za-z0-9_-]. */
export type DrillCursor = string;

export interface OversightStore {
  /**
   * Rates by verb, for pages: the cost depends on units and months, not on tips or days. Summed up these are `rateOf`'s figures for the
   * same period and plan.
   */
  rates(query: RatesQuery): Promise<Rates>;
  /** Roll-up cells of these units whose due day lies in [from, to], as they are: for checks and exports. */
  rollup(units: readonly UnitId[], from: Day, to: Day): Promise<readonly RollupRow[]>;
  /** The tips behind a figure, by unit and due day, one index range a unit. A cursor that is none gives AppError `field_invalid` (`after`). */
  drill(
    query: DrillQuery,
  ): Promise<{ readonly rows: readonly DrillRow[]; readonly next: DrillCursor | null }>;
  /**
   * Stocks and flows of the balance for [from, to] (days in UTC+7) over these units together: a transfer between two of them is
   * neither received nor transferred. `carriedOver` and `open` are stocks before `from` and at the end of `to`; `suspended`, and
   * `overdue` (no outcome yet, due on a day before `today`, by default before `to`), are as of now.
   */
  balance(units: readonly UnitId[], from: Day, to: Day, today?: Day): Promise<Balance>;
  /**
   * The tips in a figure of the balance over these units together, as many as `balance` counts; few index ranges a unit. `open` is as of
   * now, so it agrees for a period that is not over. A cursor that is none gives AppError `field_invalid` (`after`).
   */
  balanceTips(
    query: BalanceTipsQuery,
  ): Promise<{ readonly rows: readonly TipBehind[]; readonly next: DrillCursor | null }>;
  /** Events of one tip with openings, without content or ciphertext. */
  events(tip: TipId): Promise<readonly TipEvent[]>;
  /** Commits the event of a read of what is not content: facts of tips, wraps, the tips and steps behind a figure. */
  recordRead(event: EventRow): Promise<'saved' | Stale>;
  /** Recomputes every roll-up cell from the clocks and returns the cells that differ (empty when right). */
  verifyRollups(): Promise<
    readonly { readonly key: string; readonly stored: number; readonly computed: number }[]
  >;
}
