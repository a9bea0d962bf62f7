import { dayOf, missingYears } from '../../../domain/calendar.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Seconds } from '../../../domain/ids.ts';
import { PLAIN_CASE } from '../../../domain/law.ts';
import { decide } from '../../../domain/life-cycle.ts';
import type { Act } from '../../../domain/life-cycle-types.ts';
import { CLOCKS, type ClockName, type UnitKind } from '../../../domain/terms.ts';
import type { OpenedTip } from '../worker/calls.ts';

/** Clocks that an act begins or moves to one end. */
export interface Deadline {
  readonly kind: 'begins' | 'moves';
  readonly clocks: readonly ClockName[];
  readonly due: Seconds;
  /** Years whose public holidays are not known, so that the end may be off. */
  readonly missing: readonly number[];
}

/**
 * The deadlines that an act sets, by the very rules that decide it, nearest first; none while the act could not be taken as it stands. Whose
 * right it is stays out: deadlines do not hang on it.
 */
export const deadlinesOf = (
  tip: OpenedTip,
  act: Act,
  at: { readonly now: Seconds; readonly unitKind: UnitKind },
): readonly Deadline[] => {
  const { law, thread } = tip;
  try {
    const change = decide(tip.detail.state, tip.actor, act, {
      ...{ ...law, ...PLAIN_CASE, ...at, settlement: [] },
      thread,
    });
    const ends = Map.groupBy(change.startClocks, ({ due, again }) => `${again === 'moved'} ${due}`);
    return [...ends.values()]
      .flatMap((starts): Deadline[] => {
        const [first] = starts;
        if (first === undefined) return [];
        const missing = missingYears(law.calendar, dayOf(first.started), dayOf(first.due));
        const kind = first.again === 'moved' ? 'moves' : 'begins';
        return [
          {
            kind,
            clocks: CLOCKS.filter((one) => starts.some(({ clock }) => clock === one)),
            due: first.due,
            missing,
          },
        ];
      })
      .toSorted((a, b) => a.due - b.due);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
};
