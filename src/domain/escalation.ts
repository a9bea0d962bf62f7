import { isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import type { Day, Seconds } from './ids.ts';

/** Whom a mark is told: the person answerable and the deputy, the head of the unit, the unit above. */
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
}

/** One mark of one clock. `level` is its per cent. */
export interface Mark {
  readonly level: number;
  readonly at: Seconds;
  readonly to: MarkReceiver;
}

/** The ladder in force on a day; the first of the file when none is. Never empty. */
export const ladderOn = (ladders: readonly [MarkLadder, ...MarkLadder[]], day: Day): MarkLadder =>
  ladders.find(({ from, until }) => from <= day && (until === null || day <= until)) ?? ladders[0];

/**
 * The marks of a clock. A goal of the instance (`soft`) takes the place of the first one when it lies before it; 100 is the first second
 * that is too late. Nothing finer than the start is in them, so a clock that counts from the hour of receipt tells that hour alone.
 */
export const marksOf = (
  clock: { readonly started: Seconds; readonly due: Seconds; readonly soft: Seconds | null },
  { marks }: Pick<MarkLadder, 'marks'>,
): Mark[] => {
  const span = clock.due - clock.started;
  return marks.map(({ percent, to }, index) => {
    const at = percent === 100 ? clock.due + 1 : clock.started + Math.ceil((span * percent) / 100);
    const soft = index === 0 && clock.soft !== null && clock.soft < at ? clock.soft : at;
    return { level: percent, at: soft as Seconds, to };
  });
};

/** The mark after a level (0: the first one), or null when all were told. */
export const markAfter = (marks: readonly Mark[], level: number): Mark | null =>
  marks.find((mark) => mark.level > level) ?? null;

/** Reads the parsed `db/data/escalation.json`. Throws `DataError` naming the entry. */
export const parseLadders = (json: unknown): [MarkLadder, ...MarkLadder[]] => {
  const root = new DataValue('escalation', json).at('ladders');
  const day = (entry: DataValue): Day => {
    const text = entry.text();
    return isCalendarDay(text) ? text : entry.fail('must be a day YYYY-MM-DD that exists');
  };
  const ladders = root.items().map((entry) => {
    const marks = entry
      .at('marks')
      .items()
      .map((item) => ({
        percent: item.at('percent').whole(1, 100),
        to: item.at('to').oneOf(MARK_RECEIVERS),
      }));
    if (marks.some((mark, index) => mark.percent <= (marks[index - 1]?.percent ?? 0)))
      entry.at('marks').fail('must ascend');
    if (marks.at(-1)?.percent !== 100) entry.at('marks').fail('must end with 100');
    return { from: day(entry.at('from')), until: entry.at('until').orNull(day), marks };
  });
  const [first, ...rest] = ladders;
  return first === undefined ? root.fail('must not be empty') : [first, ...rest];
};
