import { dayOf } from '../../domain/calendar.ts';
import type { Fault } from './event.ts';
import type { TipReplay } from './tip-replay.ts';

/**
 * A deadline that passed in silence: a clock of the unit runs on past its end, and nobody has done anything on the tip since. Whoever is late and
 * says so by any step is late in the rates, and nothing else. `ask_back` is the sender's time, not the unit's. One fault a tip, the earliest.
 */
export function silentDeadline({ end }: Pick<TipReplay, 'end'>, now: number): Fault | null {
  if (end === null) return null;
  const [first] = end.clocks.open
    .filter(({ clock, due }) => clock !== 'ask_back' && due < now && end.handled <= due)
    .toSorted((a, b) => a.due - b.due);
  return first === undefined
    ? null
    : { check: 'deadlineSpoken', detail: `${first.clock} was due by ${dayOf(first.due)}` };
}
