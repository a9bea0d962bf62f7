import { parseCalendar } from '../../domain/calendar.ts';
import { parseClockRules } from '../../domain/clock-rules.ts';
import { parseConduct } from '../../domain/conduct.ts';
import type { DecideContext } from '../../domain/life-cycle.ts';
import type { ReferenceData } from '../../ports/deps.ts';

/** The data by which steps are decided, parsed once. */
export type Law = Pick<DecideContext, 'rules' | 'calendar'> & Required<Pick<DecideContext, 'knownConducts'>>;

/** Throws `DataError` naming the entry when a file under `db/data` is wrong. */
export const readLaw = (data: ReferenceData): Law => ({
  rules: parseClockRules(data.get('clocks')),
  calendar: parseCalendar(data.get('holidays')),
  knownConducts: new Set(parseConduct(data.get('conduct')).conducts.map((conduct) => conduct.id)),
});
