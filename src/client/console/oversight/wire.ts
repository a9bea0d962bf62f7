import type { Day, Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plans.ts';
import type { Balance, Period, Rate } from '../../../domain/rates.ts';
import type { ClockName, Outcome, Stage, Verb } from '../../../domain/terms.ts';
import type { WireEvent } from '../wire.ts';

/** JSON of the oversight routes as the console reads it. */

export type VerbRates = Readonly<Record<Verb, Rate>>;
export type Result = 'on_time' | 'late' | 'open_late';

export interface Choices {
  readonly today: Day;
  readonly plans: readonly Plan[];
  readonly units: readonly { readonly code: UnitId; readonly nameVi: string; readonly nameEn: string }[];
}

export interface Figures {
  readonly period: Period;
  readonly plan: string | null;
  readonly verbs: readonly Verb[];
  readonly total: VerbRates;
  readonly units: readonly {
    readonly code: UnitId;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly rates: VerbRates;
  }[];
  readonly quiet: number;
  readonly trend: readonly { readonly month: string; readonly rates: VerbRates }[];
  readonly balance: Balance;
}

export interface DrillRow {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly clock: ClockName;
  readonly due: Seconds;
  readonly stopped: Seconds | null;
}

export interface DrillPage {
  readonly rows: readonly DrillRow[];
  readonly next: string | null;
}

export interface History {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  readonly events: readonly WireEvent[];
}

/** What is being looked at; kept in the page's memory. */
export interface Question {
  readonly plan: string;
  readonly unit: string;
  readonly from: Day;
  readonly to: Day;
}

/** The question as a query string. */
export const queryOf = (question: Question, more: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    from: question.from,
    to: question.to,
    ...(question.plan === '' ? {} : { plan: question.plan }),
    ...(question.unit === '' ? {} : { unit: question.unit }),
    ...more,
  }).toString();
