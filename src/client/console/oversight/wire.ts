import type { DrillRow, TipBehind } from '../../../domain/figures.ts';
import type { Day, Seconds, TipId, UnitId } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plans.ts';
import type { WireEvent } from '../wire.ts';

/** JSON of the oversight routes as the console reads it. */

export interface Choices {
  readonly today: Day;
  readonly plans: readonly Plan[];
  readonly units: readonly { readonly code: UnitId; readonly nameVi: string; readonly nameEn: string }[];
}

export interface DrillPage {
  readonly rows: readonly (TipBehind | DrillRow)[];
  readonly next: string | null;
}

/** An event with what opens it; the restricted part stays closed where it speaks of another unit's people. */
export type HistoryEvent = Omit<WireEvent, 'restrictedPart' | 'restrictedSalt'> & {
  readonly restrictedPart: string | null;
  readonly restrictedSalt: string | null;
};

export interface History {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  /** When the unit handed the tip over; null while it holds it. */
  readonly handedOver: Seconds | null;
  readonly events: readonly HistoryEvent[];
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
