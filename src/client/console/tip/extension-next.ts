import { dayOf } from '../../../domain/calendar.ts';
import { type ExtensionRule, extensionRule, lastDayToAsk, latestDay } from '../../../domain/extension.ts';
import type { Day, Seconds } from '../../../domain/ids.ts';
import type { LawOfSteps } from '../../../domain/law.ts';
import type { TipState } from '../../../domain/life-cycle-types.ts';

/** The extension that may be asked for now. */
export interface NextExtension {
  readonly number: 1 | 2;
  readonly who: ExtensionRule['who'];
  /** The last day up to which the time may be extended, and the last day on which that may be asked for. */
  readonly latest: Day;
  readonly askUntil: Day;
}

/** What may be asked for now, or null: another kind of tip, both used up, too late, or nothing to be gained. TTLT 01/2017 Đ11; BLTTHS Đ147.2. */
export const nextExtension = (state: TipState, law: LawOfSteps, now: Seconds): NextExtension | null => {
  const due = state.clocks.find(({ clock, stopped }) => clock === 'settle' && stopped === null)?.due;
  if (due === undefined || state.extension === 2 || now > due) return null;
  const number = state.extension === 0 ? 1 : 2;
  const today = dayOf(now);
  const rule = extensionRule(law.extensions, state.legalKind, number, today);
  if (rule === null) return null;
  const askUntil = lastDayToAsk(rule, due);
  const previous = extensionRule(law.extensions, state.legalKind, number - 1, today);
  const latest = latestDay(rule, previous, { t0: state.t0, due }, law.calendar);
  return today > askUntil || latest <= dayOf(due) ? null : { number, who: rule.who, latest, askUntil };
};
