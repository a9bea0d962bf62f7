import type { Day, Seconds, TipId, UnitId } from '../../domain/ids.ts';
import type { ClockName, LegalKind, Outcome, Stage, Verb } from '../../domain/terms.ts';
import type { TipEvent } from './triage-store.ts';

/** One cell of the roll-up. Lateness is derived: stopped after due day, or open and due day past. */
export interface RollupRow {
  readonly unit: UnitId;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly verb: Verb;
  readonly dueDay: Day;
  readonly stoppedDay: Day | null;
  readonly count: number;
}

export interface DrillQuery {
  readonly units: readonly UnitId[];
  readonly verb: Verb;
  readonly from: Day;
  readonly to: Day;
  readonly result: 'on_time' | 'late' | 'open_late' | 'due';
  readonly today: Day;
  readonly after?: number;
  readonly limit: number;
}

export interface DrillRow {
  readonly seq: number;
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly clock: ClockName;
  readonly due: Seconds;
  readonly stopped: Seconds | null;
}

export interface OversightStore {
  /** Roll-up cells of these units whose due day lies in [from, to]. */
  rollup(units: readonly UnitId[], from: Day, to: Day): Promise<readonly RollupRow[]>;
  drill(query: DrillQuery): Promise<{ readonly rows: readonly DrillRow[]; readonly next: number | null }>;
  /** Stocks and flows of the balance for [from, to]. */
  balance(
    units: readonly UnitId[],
    from: Day,
    to: Day,
  ): Promise<{
    readonly carriedOver: number;
    readonly received: number;
    readonly settled: number;
    readonly transferred: number;
    readonly merged: number;
    readonly open: number;
    readonly overdue: number;
    readonly suspended: number;
  }>;
  /** Events of one tip with openings, without content or ciphertext. */
  events(tip: TipId): Promise<readonly TipEvent[]>;
  /** Recomputes every roll-up cell from the clocks and returns the cells that differ (empty when right). */
  verifyRollups(): Promise<
    readonly { readonly key: string; readonly stored: number; readonly computed: number }[]
  >;
}
