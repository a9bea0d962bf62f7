import { addDays, dayOf } from '../../domain/calendar.ts';
import type { Day, Seconds } from '../../domain/ids.ts';
import { type LawOfSteps, readLawOfSteps } from '../../domain/law.ts';
import {
  parseRetention,
  type RetentionFacts,
  type RetentionRule,
  type ShredDue,
  shredDue,
} from '../../domain/retention.ts';
import type { ReferenceData } from '../../ports/deps.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { parseEvent } from '../../protocol/event.ts';
import type { RetentionLedger } from './audited.ts';

/** Days after its outcome for which a tip may still be one of an auditor's test tips: sets are sent and revealed within a quarter. */
const CANARY_DAYS = 92;

/** The data by which shredding is decided, parsed once. */
export interface RetentionLaw extends LawOfSteps {
  readonly retention: readonly RetentionRule[];
}

/** Throws `DataError` naming the entry when a file under `db/data` is wrong. */
export const readRetentionLaw = (data: ReferenceData): RetentionLaw => ({
  retention: parseRetention(data.get('retention')),
  ...readLawOfSteps((name) => data.get(name)),
});

/** True while a tip that ended on a day may be a test tip: only where an auditor ever announced any. */
export const mayBeCanary = (announced: boolean, resolvedDay: Day | null, today: Day): boolean =>
  announced && resolvedDay !== null && today <= addDays(resolvedDay, CANARY_DAYS);

/** True when an auditor ever announced test tips. */
export const canariesAnnounced = async (ledger: RetentionLedger): Promise<boolean> =>
  (await ledger.auditorStatements('canaries')).length > 0;

/** Whether a tip's words may go now, from the tip's own events. */
export function dueNow(law: RetentionLaw, tip: TipDetail, announced: boolean, now: Seconds): ShredDue {
  const today = dayOf(now);
  return shredDue(factsOf(tip, announced, today), law.retention, today);
}

function factsOf({ state, events }: TipDetail, announced: boolean, today: Day): RetentionFacts {
  const days = (type: string | null): readonly Day[] =>
    events.flatMap((event) => {
      const { time } = parseEvent(event.record).header;
      if (type === null) return 'day' in time ? [time.day] : [];
      return event.type === type && 'at' in time ? [dayOf(time.at)] : [];
    });
  const resolvedDay = days('resolved').at(-1) ?? null;
  return {
    stage: state.stage,
    outcome: state.outcome,
    legalKind: state.legalKind,
    resolvedDay,
    // An open proposal to shred is what this is asked for.
    waiting: state.transferTo !== null || state.pending?.kind === 'resolution',
    // A follow-up outlives its clock where the tip was opened again meanwhile.
    clockRuns: state.postCheck !== null || state.clocks.some(({ stopped }) => stopped === null),
    citizenDay: days(null).at(-1) ?? null,
    canary: mayBeCanary(announced, resolvedDay, today),
    shredded: state.shredded === true,
  };
}
