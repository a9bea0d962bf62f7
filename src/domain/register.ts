import { dayOf } from './calendar.ts';
import type { RestrictedPart } from './event-parts.ts';
import type { Day, Hour, Seconds, StaffId, TipId, UnitId } from './ids.ts';
import type { NoNotice, Step } from './life-cycle-types.ts';
import type {
  Assurance,
  ConductGroup,
  IdentityMode,
  IntakeChannel,
  LegalKind,
  Outcome,
  Overlay,
  Priority,
  Stage,
} from './terms.ts';

/**
 * One line of a unit's register (form 294, TT 28/2020 Đ5.3), as far as the service knows it: who the informant is and what they say lies in
 * the envelope, which only a console opens.
 */
export interface RegisterEntry {
  readonly year: number;
  readonly number: number;
  /** Null once the tip left the unit: what became of it there, and where it is, is not for this book. */
  readonly tip: TipId | null;
  readonly t0: Hour;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  /** Who wrote it down, for what a person brought or said; null for what its sender sealed. */
  readonly takenBy: StaffId | null;
  /** Who entered it, and when; null for what was shredded. */
  readonly enteredBy: StaffId | null;
  readonly enteredAt: Seconds | null;
  readonly identity: IdentityMode | null;
  readonly legalKind: LegalKind | null;
  readonly conductGroup: ConductGroup;
  readonly conduct: string | null;
  readonly priority: Priority | null;
  readonly assignee: StaffId | null;
  readonly extension: { readonly number: 1 | 2; readonly until: Day } | null;
  /** Day on which it went to another unit, whichever way and wherever to: a conflict of interest must look like any other transfer. */
  readonly left: Day | null;
  readonly outcome: Outcome | null;
  readonly documentNumber: string | null;
  readonly resolvedAt: Seconds | null;
  /** When the informant was told of the result, or why they could not be. */
  readonly notified: { readonly at: Seconds; readonly impossible: NoNotice | null } | null;
  readonly archivedAt: Seconds | null;
  /** Where it stands and until when; null once it left. */
  readonly now: { readonly stage: Stage; readonly overlay: Overlay; readonly due: Seconds | null } | null;
}

/** What the store keeps of a line besides the tip's steps. */
export interface RegisterRow {
  readonly number: number;
  /** Number of the event that entered it. */
  readonly eventNo: number;
  readonly tip: TipId;
  /** The unit that holds the tip now. */
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  readonly conductGroup: ConductGroup;
  readonly conduct: string | null;
  readonly legalKind: LegalKind | null;
  readonly priority: Priority;
  readonly outcome: Outcome | null;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly due: Seconds | null;
  readonly events: readonly RegisterEvent[];
}

/** A step of the tip, by its parts as JSON; null where they were shredded. */
export interface RegisterEvent {
  readonly no: number;
  readonly type: string;
  readonly at: Seconds | null;
  readonly restricted: unknown;
}

/** Steps that a line shows something of. */
export const REGISTER_STEPS: readonly Step[] = [
  'submitted',
  'registered',
  'classified',
  'prioritised',
  'assigned',
  'extension_proposed',
  'extended',
  'resolution_proposed',
  'resolved',
  'notified',
  'archived',
  'reopened',
  'transfer_acknowledged',
  'diverted',
];

type Changing = { -readonly [Key in keyof RegisterEntry]: RegisterEntry[Key] };
/** What a line says until the tip was entered, and again for what a reopened tip did not reach yet. */
const OPEN = { outcome: null, documentNumber: null, resolvedAt: null, notified: null, archivedAt: null };

/**
 * A line as the unit may know it: by the tip's steps up to the one by which it left the unit. `eventNo` is where this line begins; a tip that
 * came back has a second one.
 */
export function registerEntry(unit: UnitId, year: number, row: RegisterRow): RegisterEntry {
  const entry: Changing = {
    ...{ year, number: row.number, tip: null, t0: row.t0 },
    ...{ channel: row.channel, assurance: row.assurance, conductGroup: row.conductGroup },
    ...{ takenBy: null, enteredBy: null, enteredAt: null, identity: null, legalKind: null, conduct: null },
    ...{ priority: null, assignee: null, extension: null, left: null, now: null, ...OPEN },
  };
  const said: Said = { extension: null, resolution: null };
  let known = false;
  for (const event of row.events) {
    if (event.no > row.eventNo && leaves(unit, event)) {
      entry.left = event.at === null ? null : dayOf(event.at);
      return entry;
    }
    known ||= event.no === row.eventNo && event.restricted !== null;
    if (event.restricted !== null) apply(entry, said, row.eventNo, event);
  }
  if (row.unit !== unit) return entry;
  const { stage, overlay, due, tip } = row;
  // The words of its steps are gone; what the figures are counted from is not.
  const kept = known
    ? {}
    : { legalKind: row.legalKind, conduct: row.conduct, priority: row.priority, outcome: row.outcome };
  return { ...entry, ...kept, tip, now: { stage, overlay, due } };
}

/** What was proposed and counts only once it was approved. */
interface Said {
  extension: RegisterEntry['extension'];
  resolution: { readonly outcome: Outcome; readonly documentNumber: string } | null;
}

const leaves = (unit: UnitId, { type, restricted }: RegisterEvent): boolean =>
  (type === 'transfer_acknowledged' || type === 'diverted') &&
  restricted !== null &&
  (restricted as RestrictedPart).from.unit === unit;

function apply(
  entry: Changing,
  said: Said,
  begins: number,
  { no, type, at, restricted }: RegisterEvent,
): void {
  if (type === 'submitted') {
    entry.takenBy = (restricted as { readonly taken?: { readonly staff: StaffId } }).taken?.staff ?? null;
    return;
  }
  const { actor, act, after } = restricted as RestrictedPart;
  entry.legalKind = after.legalKind;
  entry.conduct = after.conduct;
  entry.priority = after.priority;
  if (type === 'classified') entry.identity = (act.identity as IdentityMode | undefined) ?? null;
  if (no === begins) {
    entry.enteredBy = actor.staff;
    entry.enteredAt = at;
  }
  // What another unit did before the tip came here stands in that unit's book.
  if (no < begins || at === null) return;
  switch (type) {
    case 'assigned':
      entry.assignee = act.assignee as StaffId;
      break;
    case 'extension_proposed':
      said.extension = { number: act.number as 1 | 2, until: act.until as Day };
      break;
    case 'extended':
      entry.extension = said.extension;
      break;
    case 'resolution_proposed':
      said.resolution = { outcome: act.outcome as Outcome, documentNumber: act.documentNumber as string };
      break;
    case 'resolved':
      entry.outcome = said.resolution?.outcome ?? null;
      entry.documentNumber = said.resolution?.documentNumber || null;
      entry.resolvedAt = at;
      break;
    case 'notified':
      entry.notified = { at, impossible: (act.impossible as NoNotice | null | undefined) ?? null };
      break;
    case 'archived':
      entry.archivedAt = at;
      break;
    case 'reopened':
      Object.assign(entry, OPEN);
      break;
  }
}
