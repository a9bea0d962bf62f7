import { VERBS } from '../../domain/terms.ts';
import type { AuditedRates } from '../report.ts';
import type { Fault } from './event.ts';

/** Where figures that somebody gave differ from those recomputed: one fault for each plan and unit, with the first verb that differs. */
export function differingFigures(
  given: readonly AuditedRates[],
  computed: readonly AuditedRates[],
): readonly (Fault & Pick<AuditedRates, 'plan' | 'unit'>)[] {
  return given.flatMap(({ plan, unit, rates }) => {
    const own = computed.find((one) => one.plan === plan && one.unit === unit);
    const verb = VERBS.find((name) => text(rates[name]) !== text(own?.rates[name]));
    if (verb === undefined) return [];
    const detail = `${verb}: ${text(rates[verb])} given, ${text(own?.rates[verb])} recomputed`;
    return [{ check: 'ratesEqual', detail, plan, unit }];
  });
}

/** On time of due. Of a unit that nothing fell due in, nothing is computed. */
const text = (rate: AuditedRates['rates']['handled'] | undefined): string =>
  rate === undefined ? '0/0/0' : `${rate.onTime}/${rate.late}/${rate.openLate}`;
