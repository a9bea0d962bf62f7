import { VERBS } from '../../domain/terms.ts';
import type { Fault } from '../replay/event.ts';
import type { AuditedRates } from '../report.ts';

/** Where figures that somebody gave differ from those recomputed: one fault for each plan and unit, with the first verb that differs. */
export function ratesEqual(
  given: readonly AuditedRates[],
  computed: readonly AuditedRates[],
): readonly { readonly unit: AuditedRates['unit']; readonly fault: Fault }[] {
  return given.flatMap(({ plan, unit, rates }) => {
    const own = computed.find((one) => one.plan === plan && one.unit === unit);
    const verb = VERBS.find((name) => text(rates[name]) !== text(own?.rates[name]));
    if (verb === undefined) return [];
    const figures = `${text(rates[verb])} given, ${text(own?.rates[verb])} recomputed`;
    return [{ unit, fault: { check: 'ratesEqual', detail: `${plan ?? 'all tips'}, ${verb}: ${figures}` } }];
  });
}

/** In time, late and still open. Of a unit in which nothing fell due nothing is computed. */
const text = (rate: AuditedRates['rates']['handled'] | undefined): string =>
  rate === undefined ? '0/0/0' : `${rate.onTime}/${rate.late}/${rate.openLate}`;
