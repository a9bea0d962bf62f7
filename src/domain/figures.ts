import type { Seconds, TipId, UnitId } from './ids.ts';
import type { Balance, Period, Rate } from './rates.ts';
import type { ClockName, Outcome, Stage, Verb } from './terms.ts';

/** The rate of each verb over the same tips. */
export type VerbRates = Readonly<Record<Verb, Rate>>;

/** Everything that the auditor's page shows for one question. */
export interface Figures {
  readonly period: Period;
  readonly plan: string | null;
  /** The verbs that the plan promises; all four without a plan. */
  readonly verbs: readonly Verb[];
  readonly total: VerbRates;
  /** Units with at least one tip that fell due; the others are counted in `quiet`. */
  readonly units: readonly {
    readonly code: UnitId;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly rates: VerbRates;
  }[];
  readonly quiet: number;
  /** One point a month of the period, `YYYY-MM`. */
  readonly trend: readonly { readonly month: string; readonly rates: VerbRates }[];
  readonly balance: Balance;
}

/** What a clock whose day has come may be counted as, and opened by: done in time, done late, or not done. */
export const DUE_RESULTS = ['on_time', 'late', 'open_late'] as const;
export type DueResult = (typeof DUE_RESULTS)[number];

/** Figures of the balance in the order in which officials lay it out; each opens the tips in it. */
export const BALANCE_FIGURES = [
  'carriedOver',
  'received',
  'settled',
  'transferred',
  'merged',
  'open',
  'overdue',
  'suspended',
] as const satisfies readonly (keyof Balance)[];
export type BalanceFigure = (typeof BALANCE_FIGURES)[number];

/** One tip behind a figure. */
export interface TipBehind {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  /** Present stage and outcome, while the unit holds the tip; null both when another does: what becomes of it there is theirs. */
  readonly stage: Stage | null;
  readonly outcome: Outcome | null;
  /** When another unit took the tip over from this one; null while this one holds it. */
  readonly handedOver: Seconds | null;
  /** End of the clock that was counted or runs out first; null when none runs. */
  readonly due: Seconds | null;
  readonly stopped: Seconds | null;
  /** Confirmed duplicates of this unit that were merged into this tip, at most 50. */
  readonly merged: readonly { readonly tip: TipId; readonly registerNumber: string | null }[];
}

/** One tip behind a rate, with the clock that was counted. */
export interface DrillRow extends TipBehind {
  readonly clock: ClockName;
  readonly due: Seconds;
  /** True where the result was recorded as one that could not be told to anybody; counted, and shown apart. */
  readonly untold: boolean;
}
