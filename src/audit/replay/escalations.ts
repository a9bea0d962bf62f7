import { dayOf } from '../../domain/calendar.ts';
import type { ClockRules } from '../../domain/clocks.ts';
import type { TipId } from '../../domain/ids.ts';
import { momentOf } from '../promises.ts';
import type { AuditEvent, Fault } from './event.ts';
import type { TipReplay } from './tip-replay.ts';

/** Seconds after the end of a clock in which it may still be told of: a service looks every minute, and every hour at the least. */
const GRACE = 2 * 3600;

interface Owed {
  readonly tip: TipId;
  readonly clock: string;
  readonly due: number;
}

const keyOf = (tip: unknown, clock: unknown, due: unknown): string => `${tip} ${clock} ${due}`;

/**
 * Deadlines that passed and that the service told nobody of: clocks that run on past their end without an event `clocks_escalated` of the holder's
 * chain that names them at 100 %. Units' chains and tips' come in any order, so both are kept by what they name until the last has come.
 */
export class Escalations {
  readonly #escalating: ReadonlySet<string>;
  readonly #owed = new Map<string, Owed>();
  readonly #told = new Set<string>();
  /** When the service first said that it runs with a table of marks; null until then: nothing is owed from before. */
  #since: number | null = null;

  constructor({ rules }: ClockRules) {
    this.#escalating = new Set(rules.filter(({ escalates }) => escalates).map(({ id }) => id));
  }

  /** Takes up an event of any chain but a tip's. */
  event(subject: string, event: AuditEvent): void {
    const { restrictedPart } = event;
    const { type } = event.parsed.header;
    if (subject === 'directory' && type === 'law_changed' && this.#since === null) {
      const files = Array.isArray(restrictedPart?.files) ? restrictedPart.files : [];
      if (files.some((file: { readonly name?: unknown } | null) => file?.name === 'escalation'))
        this.#since = momentOf(event);
    }
    if (!subject.startsWith('unit:') || type !== 'clocks_escalated' || restrictedPart?.level !== 100) return;
    for (const item of Array.isArray(restrictedPart.items) ? restrictedPart.items : [])
      if (Array.isArray(item)) this.#told.add(keyOf(item[0], item[1], item[2]));
  }

  /** Takes up what a tip's chain ends with; `now`: moment of the newest batch head. */
  tip({ tip, end }: Pick<TipReplay, 'tip' | 'end'>, now: number): void {
    for (const { clock, due, set, ruleVersion } of end?.clocks.open ?? [])
      if (this.#escalating.has(ruleVersion) && Math.max(due, set) + GRACE < now)
        this.#owed.set(keyOf(tip, clock, due), { tip, clock, due });
  }

  /** What nobody was told of, one fault a clock; after the last chain. */
  missing(): readonly { readonly tip: TipId; readonly fault: Fault }[] {
    const since = this.#since;
    if (since === null) return [];
    return [...this.#owed].flatMap(([key, { tip, clock, due }]) =>
      due < since || this.#told.has(key)
        ? []
        : [
            {
              tip,
              fault: { check: 'escalationMissing', detail: `${clock} was due by ${dayOf(due)}` } as const,
            },
          ],
    );
  }
}
