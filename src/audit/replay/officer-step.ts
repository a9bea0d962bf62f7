import type { Remains } from '../../domain/contribution.ts';
import { AppError } from '../../domain/errors.ts';
import { citizenPartOf, holderOnceDone, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import { isStaffId, isUnitId, type Seconds, type StaffId, type UnitId } from '../../domain/ids.ts';
import { PLAIN_CASE } from '../../domain/law.ts';
import { type DecideContext, decide } from '../../domain/life-cycle.ts';
import type { Act, Actor, TipChange, TipState } from '../../domain/life-cycle-types.ts';
import { PROPOSAL_OF } from '../../domain/pending.ts';
import { mayReadTips } from '../../domain/roles.ts';
import { diverterOf, mayBeDivertedTo } from '../../domain/routing.ts';
import { procuracyIn, supervises } from '../../domain/supervision.ts';
import { PRIORITIES, ROLES } from '../../domain/terms.ts';
import type { People } from '../people.ts';
import { readAct } from './act.ts';
import { carriedProblem, messageOf, wrapsOf } from './carried.ts';
import { checkApproval, checkProposal } from './decision.ts';
import { type AuditEvent, type Fault, objectOf } from './event.ts';
import type { ReplayWorld, Step, TipSoFar } from './tip-replay.ts';

/** What `decide` refuses because of who the two people are: the matter of `twoSigners`. */
const PEOPLE_CODES: readonly string[] = ['same_person', 'outside_person'];

/** A step that a member of staff signed: what `decide` makes of it must be what the signed parts say, to the byte. */
export function replayOfficerStep(world: ReplayWorld, so: TipSoFar, event: AuditEvent): Step {
  const { header } = event.parsed;
  const part = event.restrictedPart;
  const act = readAct(header.type, part?.act);
  const who = objectOf(part?.actor);
  const message = messageOf(part?.message);
  const wraps = wrapsOf(part?.wraps);
  const refused = (detail: string): Step => ({
    ...{ change: null, actor: so.state, due: [] },
    faults: [{ check: 'stepLegal', detail }],
  });
  if (!('at' in header.time)) return refused("an officer's step carries seconds");
  if (part === null || act === null || who === null || message === undefined || wraps === undefined)
    return refused('restricted part');
  const at = header.time.at;
  const actor = actorOf(world, so.state, act, who, at);
  if (actor === null) return refused('actor');
  const state = bound(so, act, part);
  if (state === null) return refused('a decision is named that was another');
  const decided = decidedBy(world, so, state, actor, act, at);
  if ('code' in decided) return refused(decided.code);
  const { change } = decided;
  const carried = carriedProblem(act, message, wraps, {
    thread: so.thread,
    inside: actor.unit === state.unit,
  });
  if (carried !== null) return refused(carried);
  // What is left of a shredded tip is another check's matter; here it only may not come with any other step.
  const remains = act.step === 'shredded' ? (objectOf(part.remains) as Remains | null) : null;
  const decision = typeof part.decision === 'string' ? part.decision : undefined;
  const facts: StepFacts = {
    ...{ state, act, change, wraps, actor: { staff: actor.staff, unit: actor.unit } },
    ...(message === null ? {} : { message }),
    ...(decision === undefined ? {} : { decision }),
    ...(remains === null ? {} : { remains }),
  };
  if (event.citizen !== JSON.stringify(citizenPartOf(facts))) return refused('citizen part');
  if (event.restricted !== JSON.stringify(restrictedPartOf(facts))) return refused('restricted part');
  const people = peopleOf(world, so, act, change, actor, at, part.decision);
  remember(so, act);
  return { change, actor, faults: [...decided.faults, ...people.faults], due: people.due };
}

/**
 * Whoever the part names, with the roles of their statements then. Of somebody whom no statement names `signerEntitled` tells; the step itself
 * is judged as if they might take it.
 */
function actorOf(
  { people, law }: ReplayWorld,
  state: TipState,
  act: Act,
  { staff, unit }: { readonly [key: string]: unknown },
  at: Seconds,
): Actor | null {
  if (typeof staff !== 'string' || typeof unit !== 'string') return null;
  if (!isStaffId(staff) || !isUnitId(unit)) return null;
  const { roles } = people.at(staff, unit, at);
  const overTipUnit = people.above(state.unit, at).includes(unit);
  // Auditors of the whole instance have no statement as members; `signerEntitled` finds their keys in the directory.
  const ofInstance = roles.length === 0 || roles.includes('auditor');
  const holder = act.step === 'diverted' ? people.unit(state.unit, at) : null;
  const divertsFrom =
    holder !== null && diverterOf({ code: state.unit, kind: holder.kind }, law.routes) === unit;
  return { staff, unit, roles: roles.length === 0 ? ROLES : roles, overTipUnit, ofInstance, divertsFrom };
}

/**
 * The tip with what this event is the first to show: its priority, which followed from facts that stay closed, and the number under which the
 * database keeps the open decision. Null when the number was another decision's.
 */
function bound(so: TipSoFar, act: Act, part: { readonly [key: string]: unknown }): TipState | null {
  if (!so.priorityKnown) {
    so.priorityKnown = true;
    const shown = objectOf(part.after)?.priority;
    const priority = PRIORITIES.find((known) => known === shown);
    if (priority !== undefined) so.state = { ...so.state, priority };
  }
  const { state } = so;
  if (!('decision' in act)) return state;
  if (so.decided.has(act.decision)) return null;
  return state.pending === null ? state : { ...state, pending: { ...state.pending, id: act.decision } };
}

type Decided = { readonly change: TipChange; readonly faults: readonly Fault[] } | { readonly code: string };

/** What `decide` makes of the step. Where it refuses the two people alone, that is noted, and the step goes on as if others had taken it. */
function decidedBy(
  world: ReplayWorld,
  so: TipSoFar,
  state: TipState,
  actor: Actor,
  act: Act,
  at: Seconds,
): Decided {
  const context = contextOf(world, so, state, actor, act, at);
  if (typeof context === 'string') return { code: context };
  try {
    return { change: decide(state, actor, act, context), faults: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!PEOPLE_CODES.includes(error.code) || state.pending === null)
      return { code: error.field === undefined ? error.code : `${error.code} ${error.field}` };
    const faults: Fault[] = [{ check: 'twoSigners', detail: error.code }];
    const inside = actor.unit === state.unit;
    const proposerUnit = inside ? ('elsewhere' as TipState['unit']) : state.unit;
    const pending = { ...state.pending, proposedBy: '' as Actor['staff'], proposerUnit };
    return { change: decide({ ...state, pending }, actor, act, context), faults };
  }
}

/** What `decide` needs beside the tip, or in a few words which unit or person is none. */
function contextOf(
  { law, people, rights, holidays }: ReplayWorld,
  so: TipSoFar,
  state: TipState,
  actor: Actor,
  act: Act,
  at: Seconds,
): DecideContext | string {
  const holder = holderOnceDone(state, actor, act);
  const unit = people.unit(holder, at);
  if (unit === null) return `unit ${holder} is none`;
  const held = rights.of(actor.staff, actor.unit, at);
  const context = {
    ...{ ...law, ...PLAIN_CASE, now: at, unitKind: unit.kind, thread: so.thread, rights: held },
    calendar: holidays.at(at),
    ...supervisorIn(people, act, state, at),
    ...(act.step === 'diverted' ? { divertsTo: mayBeDivertedTo(act.toUnit, state.unit, law.routes) } : {}),
  };
  const stranger = peopleIn(act).find((person) => !readsTips(people, person, state.unit, at));
  if (stranger !== undefined) return 'a person is named who reads no tips of the unit';
  if (act.step !== 'transfer_sent' && act.step !== 'consent_asked' && act.step !== 'copy_made')
    return context;
  const toUnitKind = people.unit(act.toUnit, at)?.kind;
  if (toUnitKind === undefined) return `unit ${act.toUnit} is none`;
  return { ...context, toUnitKind };
}

/** People of the unit whom an act names. */
const peopleIn = (act: Act): readonly StaffId[] => {
  if (act.step === 'assigned') return [act.assignee];
  return act.step === 'post_check_set' ? [act.focal, act.deputy] : [];
};

const readsTips = (people: People, staff: StaffId, unit: UnitId, at: number): boolean =>
  people.isKnown(staff, unit) && mayReadTips(people.at(staff, unit, at).roles);

/** Whether the procuracy that an act names supervises the tip's unit; nothing for an act that names none. */
function supervisorIn(
  people: People,
  act: Act,
  state: TipState,
  at: number,
): Pick<DecideContext, 'supervises'> {
  const toUnit = procuracyIn(act);
  if (toUnit === null) return {};
  const [named, holder] = [people.unit(toUnit, at), people.unit(state.unit, at)];
  return { supervises: named !== null && holder !== null && supervises(named, holder) };
}

/** Statement and signatures of a step that two people take. */
function peopleOf(
  { instance, people }: ReplayWorld,
  so: TipSoFar,
  act: Act,
  change: TipChange,
  actor: Actor,
  at: Seconds,
  text: unknown,
): Pick<Step, 'faults' | 'due'> {
  const person = people.at(actor.staff, actor.unit, at);
  if (change.openDecision !== undefined) {
    const found = checkProposal(text, change, { instance, tip: so.tip, at }, person);
    so.proposal = found.envelope;
    return found;
  }
  if (PROPOSAL_OF[act.step] === undefined) return { faults: [], due: [] };
  return checkApproval(text, so.proposal, person);
}

/** What later steps of the tip depend on. */
function remember(so: TipSoFar, act: Act): void {
  if (act.step === 'consent_asked') so.askedFor.add(act.toUnit);
  if (!('decision' in act)) return;
  so.decided.add(act.decision);
  so.proposal = null;
}
