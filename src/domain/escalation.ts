import { dayOf, isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day, Seconds } from './ids.ts';
import { CLOCKS, type ClockName } from './terms.ts';

/** Whom a mark is told: those who answer for the tip, the heads of the unit, the unit above. */
export const MARK_RECEIVERS = ['focal', 'head', 'parent'] as const;
export type MarkReceiver = (typeof MARK_RECEIVERS)[number];

/** A point on a clock at which somebody is told (`db/data/escalation.json`). Policy: the law is silent. */
export interface MarkRule {
  /** Whole per cent of the clock's time, 1–100. */
  readonly percent: number;
  readonly to: MarkReceiver;
}

export interface MarkLadder {
  readonly from: Day;
  readonly until: Day | null;
  /** Ascending; the last is 100. */
  readonly marks: readonly MarkRule[];
  /** Clocks that the unit above is told of; of others its mark goes to the heads of the unit. */
  readonly above: readonly ClockName[];
}

/** The ladders of a file in its order; never empty. */
export type MarkLadders = readonly [MarkLadder, ...MarkLadder[]];

/** What of a clock its marks hang on. */
export interface MarkedTime {
  readonly clock: ClockName;
  readonly started: Seconds;
  readonly due: Seconds;
  /** A goal of the instance before the limit, where the clock's rule has one. */
  readonly soft: Seconds | null;
}

/** One mark of one clock. `level` is its per cent. */
export interface Mark {
  readonly level: number;
  readonly at: Seconds;
  readonly to: MarkReceiver;
}

/** The ladder in force on a day; the first of the file when none is. */
export const ladderOn = (ladders: MarkLadders, day: Day): MarkLadder =>
  ladders.find(({ from, until }) => from <= day && (until === null || day <= until)) ?? ladders[0];

/**
 * The marks of a clock by the ladder in force when it started, ascending in level and in time. The instance's goal takes the place of the
 * first one when it lies before it; 100 is the first second that is too late. Nothing finer than the start is in them, so a clock that counts from the
 * hour of receipt tells that hour alone.
 */
export const marksOf = (clock: MarkedTime, ladders: MarkLadders): readonly Mark[] => {
  const span = clock.due - clock.started;
  const { marks, above } = ladderOn(ladders, dayOf(clock.started));
  return marks.map(({ percent, to }, index) => {
    const at = percent === 100 ? clock.due + 1 : clock.started + Math.ceil((span * percent) / 100);
    const soft = index === 0 && clock.soft !== null && clock.soft < at ? clock.soft : at;
    const receiver = to === 'parent' && !above.includes(clock.clock) ? 'head' : to;
    return { level: percent, at: soft as Seconds, to: receiver };
  });
};

/** The mark after a level (0: the first one), or null when all were told. */
export const markAfter = (marks: readonly Mark[], level: number): Mark | null =>
  marks.find((mark) => mark.level > level) ?? null;

/** The furthest mark beyond a level that has come, or null: whoever comes late tells how it stands, and not what it was before that. */
export const markReached = (marks: readonly Mark[], level: number, now: Seconds): Mark | null =>
  marks.findLast((mark) => mark.level > level && mark.at <= now) ?? null;

/** The level that counts as told once a clock's end was moved: those marks are told again that now lie ahead. */
export const toldAfterMove = (marks: readonly Mark[], told: number, now: Seconds): number =>
  marks.findLast((mark) => mark.level <= told && mark.at <= now)?.level ?? 0;

const readDay = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
};

const readMarks = (entry: DataValue): readonly MarkRule[] => {
  const items = entry.items();
  const marks = items.map((item) => ({
    percent: item.only('percent', 'to').at('percent').whole(1, 100),
    to: item.at('to').oneOf(MARK_RECEIVERS),
  }));
  items.forEach((item, index) => {
    const { percent = 0 } = marks[index] ?? {};
    if (percent <= (marks[index - 1]?.percent ?? 0)) item.at('percent').fail('must ascend');
    if (index === items.length - 1 && percent !== 100)
      item.at('percent').fail('must be 100 in the last mark');
  });
  return marks.length === 0 ? entry.fail('must not be empty') : marks;
};

/** Reads the parsed `db/data/escalation.json`. Throws `DataError` naming the entry. */
export const parseLadders = (json: unknown): MarkLadders => {
  const root = new DataValue('escalation', json).only('note', 'ladders').at('ladders');
  const [first, ...rest] = root.items().map((entry): MarkLadder => {
    const ladder = {
      from: readDay(entry.only('from', 'until', 'marks', 'above').at('from')),
      until: entry.at('until').orNull(readDay),
      marks: readMarks(entry.at('marks')),
      above: entry
        .at('above')
        .items()
        .map((item) => item.oneOf(CLOCKS)),
    };
    if (ladder.until !== null && ladder.until < ladder.from)
      entry.at('until').fail('is before its first day');
    return ladder;
  });
  return first === undefined ? root.fail('must not be empty') : [first, ...rest];
};
