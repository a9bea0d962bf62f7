import { type Hash, isHash, isStaffId, isUnitId, secondsOfHour, type TipId } from '../../domain/ids.ts';
import { initialState } from '../../domain/life-cycle.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { LEGAL_KINDS, OUTCOMES, PRIORITIES } from '../../domain/terms.ts';
import { ThreadReading } from '../../domain/thread.ts';
import { type AuditEvent, objectOf } from './event.ts';
import type { ReplayWorld, Step, TipSoFar } from './tip-replay.ts';

/** A priority that nothing has shown yet; no rule of the law asks for it. */
const UNKNOWN = 'P3' as const;

/** What no event has said anything about. The channel lies in facts that stay closed; kinds that depend on it are checked by the service alone. */
const UNTOUCHED = {
  channel: 'in_person',
  extension: 0,
  supervisor: null,
  circumstances: [],
  postCheck: null,
} as const;

/** What a submission begins; `so` is null when the event begins nothing. */
export interface Begun extends Step {
  readonly so: TipSoFar | null;
}

const fault = (detail: string): Begun => ({
  ...{ change: null, actor: { unit: '' as TipState['unit'] }, due: [], so: null },
  faults: [{ check: 'stepLegal', detail }],
});

const isHashText = (value: unknown): value is Hash => typeof value === 'string' && isHash(value);

/**
 * The first event of a tip: its parts hold just what a submission says, its unit exists, and the clocks of receipt run from its hour. The order
 * of a sender's keys is free, so values are compared here and not bytes.
 */
export function replaySubmitted(
  { law, people, holidays }: ReplayWorld,
  tip: TipId,
  event: AuditEvent,
): Begun {
  const { header, envelope } = event.parsed;
  if (header.type !== 'submitted' || !('t0' in header.time)) return fault('begins with no submission');
  const citizen = event.citizenPart;
  const restricted = event.restrictedPart;
  if (citizen === null || restricted === null) return fault('parts');
  const { unit, seal } = citizen;
  if (citizen.state !== 'submitted' || Object.keys(citizen).length !== 3) return fault('citizen part');
  if (typeof unit !== 'string' || !isUnitId(unit) || !isHashText(seal)) return fault('citizen part');
  const { facts, author } = restricted;
  const taken = takenBy(restricted.taken);
  const keys = taken === null ? 3 : 4;
  const right = isHashText(facts) && isHashText(author) && restricted.seal === seal && taken !== undefined;
  if (!right || Object.keys(restricted).length !== keys) return fault('restricted part');
  const t0 = secondsOfHour(header.time.t0);
  const known = people.unit(unit, t0);
  if (known === null) return fault(`unit ${unit} is none`);
  const change = initialState(
    { unitKind: known.kind, priority: UNKNOWN, t0 },
    { ...law, calendar: holidays.at(t0) },
  );
  const { stage, overlay, priority, legalKind, conduct, outcome } = change;
  const state: TipState = {
    ...{ unit, stage, overlay, priority, legalKind, conduct, outcome, t0 },
    ...{ urgent: false, clocks: [], pending: null, transferTo: null },
    ...UNTOUCHED,
  };
  const so: TipSoFar = {
    ...{ tip, state, taken, proposal: null, priorityKnown: false, leftRates: false },
    thread: new ThreadReading(),
    authorKeyId: envelope.signatures[0]?.keyid ?? null,
    askedFor: new Set(),
    decided: new Set(),
  };
  return { change, actor: { unit }, faults: [], due: [], so };
}

/**
 * The tip as it stood after events that were shredded, by what the next one says of it: archived, with no clock running. That it was so, the
 * checks of shredding find out.
 */
export function afterHole(tip: TipId, event: AuditEvent): TipSoFar {
  const part = event.restrictedPart;
  const { unit } = objectOf(part?.from) ?? {};
  const { outcome } = event.citizenPart ?? {};
  const after = objectOf(part?.after);
  const { priority, legalKind, conduct } = after ?? {};
  const state: TipState = {
    unit: (typeof unit === 'string' && isUnitId(unit) ? unit : '') as TipState['unit'],
    ...{ stage: 'archived', overlay: 'none', urgent: false, pending: null, transferTo: null },
    ...UNTOUCHED,
    ...{ clocks: [], t0: secondsOfHour(0 as Parameters<typeof secondsOfHour>[0]) },
    priority: PRIORITIES.find((known) => known === priority) ?? UNKNOWN,
    legalKind: LEGAL_KINDS.find((known) => known === legalKind) ?? null,
    conduct: typeof conduct === 'string' ? conduct : null,
    outcome: OUTCOMES.find((known) => known === outcome) ?? null,
  };
  return {
    ...{ tip, state, taken: null, proposal: null, authorKeyId: null, leftRates: false },
    ...{ priorityKnown: true, thread: new ThreadReading(), askedFor: new Set(), decided: new Set() },
  };
}

/** Null where nobody took the tip down, undefined for what names nobody. */
function takenBy(value: unknown): TipSoFar['taken'] | undefined {
  if (value === undefined) return null;
  const { staff, unit } = objectOf(value) ?? {};
  if (typeof staff !== 'string' || typeof unit !== 'string') return undefined;
  return isStaffId(staff) && isUnitId(unit) ? { staff, unit } : undefined;
}
