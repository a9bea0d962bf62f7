import type { Day, UnitId } from './ids.ts';
import type { LegalKind, Verb } from './terms.ts';

/** One cell of the roll-up: so many tips whose clock for the verb fell due on a day and stopped on another, or runs. */
export interface RateRow {
  readonly unit: UnitId;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly verb: Verb;
  readonly dueDay: Day;
  readonly stoppedDay: Day | null;
  readonly count: number;
  /** True when the clock ended because another unit took the tip over: left out where a province counts a tip once. */
  readonly passedOn?: boolean;
}

/** Which tips a plan counts. */
export interface Population {
  readonly countedKinds: readonly LegalKind[];
  /** Null for every conduct. */
  readonly countedConduct: readonly string[] | null;
}

/** The days, both included, within which clocks fell due, and the day on which the question is asked. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
}

/** `due` = `onTime` + `late` + `openLate`. */
export interface Rate {
  readonly due: number;
  readonly onTime: number;
  /** Done, but after the due day. */
  readonly late: number;
  /** Not done although the due day is over. */
  readonly openLate: number;
}

/**
 * True when a plan counts the row. A tip that nobody classified yet, or that one person alone called out of scope, is counted by
 * every plan: leaving tips unclassified must not make a rate better. (An outcome of two people takes out-of-scope tips out.)
 */
export const counts = (population: Population, row: Pick<RateRow, 'legalKind' | 'conduct'>): boolean => {
  const { legalKind, conduct } = row;
  if (legalKind === null || legalKind === 'out_of_scope') return true;
  if (!population.countedKinds.includes(legalKind)) return false;
  return (
    population.countedConduct === null || conduct === null || population.countedConduct.includes(conduct)
  );
};

/** What became of one clock: `open` while its due day is not over. */
export const standing = (
  row: Pick<RateRow, 'dueDay' | 'stoppedDay'>,
  today: Day,
): 'on_time' | 'late' | 'open_late' | 'open' => {
  if (row.stoppedDay !== null) return row.stoppedDay <= row.dueDay ? 'on_time' : 'late';
  return row.dueDay < today ? 'open_late' : 'open';
};

/**
 * The rate of one verb: of the clocks whose due day lies in the period, those stopped in time over those decided, which are the ones
 * stopped and the ones open past their day. Open and not yet due is left out. `population` null counts every tip;
 * `once` leaves out what was passed on, for a province that counts a tip once.
 */
export const rateOf = (
  rows: readonly RateRow[],
  verb: Verb,
  period: Period,
  population: Population | null = null,
  once = false,
): Rate => {
  let onTime = 0;
  let late = 0;
  let openLate = 0;
  for (const row of rows) {
    if (row.verb !== verb || row.dueDay < period.from || row.dueDay > period.to) continue;
    if (once && row.passedOn === true) continue;
    if (population !== null && !counts(population, row)) continue;
    const result = standing(row, period.today);
    if (result === 'on_time') onTime += row.count;
    else if (result === 'late') late += row.count;
    else if (result === 'open_late') openLate += row.count;
  }
  return { due: onTime + late + openLate, onTime, late, openLate };
};

/**
 * The rate as text: `–` when nothing fell due, `100 %` only when every single one was in time, else one decimal, cut and never
 * rounded up: 9 996 of 10 000 is 99,9 %. Decimal comma for Vietnamese, point for English.
 */
export const ratioText = (rate: Pick<Rate, 'due' | 'onTime'>, language: 'vi' | 'en'): string => {
  if (rate.due === 0) return '–';
  const tenths = Math.floor((rate.onTime * 1000) / rate.due);
  const whole = Math.floor(tenths / 10);
  const tenth = tenths % 10;
  const shown =
    rate.onTime === 0 || rate.onTime === rate.due
      ? `${whole}`
      : `${whole}${language === 'vi' ? ',' : '.'}${tenth}`;
  return language === 'vi' ? `${shown} %` : `${shown}%`;
};

/** The stocks and flows that officials reconcile beside the rates. */
export interface Balance {
  readonly carriedOver: number;
  readonly received: number;
  /** Settled otherwise than by transfer or merging; what is set apart (spam, unreadable) is in it. */
  readonly settled: number;
  readonly transferred: number;
  readonly merged: number;
  /** Open at the end, the overdue ones included. */
  readonly open: number;
  /** Of the open ones, those past their due day. */
  readonly overdue: number;
  readonly suspended: number;
}

/** True when carried over + new = settled + transferred + merged + open + suspended, and no more is overdue than open. */
export const balanceHolds = (balance: Balance): boolean =>
  balance.carriedOver + balance.received ===
    balance.settled + balance.transferred + balance.merged + balance.open + balance.suspended &&
  balance.overdue <= balance.open;
