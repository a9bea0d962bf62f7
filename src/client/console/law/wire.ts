import type { ClockRule } from '../../../domain/clocks.ts';
import type { ExtensionRule } from '../../../domain/extension.ts';
import type { HolidayTable } from '../../../domain/holidays.ts';
import type { Seconds } from '../../../domain/ids.ts';
import type { KindDuties } from '../../../domain/legal-duties.ts';
import type { SettlementRule } from '../../../domain/settlement.ts';

/** A year's table, and since when it is there. */
export interface WireYear extends HolidayTable {
  /** Null for the table that comes with the software. */
  readonly saved: Seconds | null;
  /** Set while steps do not count by it yet. */
  readonly countsFrom: Seconds | null;
}

/** What administrators see of the calendar. */
export interface WireHolidays {
  readonly years: readonly WireYear[];
  /** Years that somebody should enter. */
  readonly missing: readonly number[];
  /** How many tips must be settled in a year or later, up to a thousand. */
  readonly settling: Readonly<Record<number, number>>;
}

/** The law that the service decides by. */
export interface WireLaw {
  readonly hashes: Readonly<Record<string, string>>;
  readonly rules: readonly ClockRule[];
  readonly extensions: readonly ExtensionRule[];
  readonly settlement: readonly SettlementRule[];
  readonly kinds: readonly KindDuties[];
  readonly holidays: readonly WireYear[];
}

export const HOLIDAYS = '/api/staff/law/holidays';
