import { AppError } from '../../domain/errors.ts';
import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import type { Hash, UnitId } from '../../domain/ids.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { Act, Actor, TipChange, TipState } from '../../domain/life-cycle-types.ts';
import { isUrgentTip } from '../../domain/priority.ts';
import { mayReadTips } from '../../domain/roles.ts';
import { APART_OUTCOMES } from '../../domain/transitions.ts';
import { activeMembersOf } from '../../http/kit/membership.ts';
import { isStale } from '../../http/kit/server-event.ts';
import { eventRow, requireParts, requireSigner, type SentEvent } from '../../http/kit/signed-event.ts';
import { checkDecision } from '../../http/kit/two-people.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { EnvelopeRow } from '../../ports/store/event-row.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import type { ParsedMember } from '../../protocol/member.ts';
import type { SeenTip } from './access.ts';
import { alarmOver } from './alarm.ts';
import { beginStep } from './begin-step.ts';
import { contextOf } from './context.ts';
import type { Law } from './law.ts';
import { checkMerge } from './merge.ts';
import type { StepRequest } from './schema.ts';
import { checkMessage, checkWraps } from './thread.ts';

export interface StepResult {
  readonly registerNumber: string | null;
  readonly head: { readonly no: number; readonly leaf: Hash };
}

/**
 * Takes one step on a tip: the life cycle decides on the tip as it stands, the signed event must say exactly what was decided, the
 * member's key must have signed it, and one transaction writes change and event or nothing. Errors: `tip_unknown`, `stale`, those of
 * `decide`, `event_invalid`, `event_signature`, `wrap_missing`, `seal_mismatch`, `thread_full`, `merge_target`, `member_unknown`,
 * `unit_unknown`.
 */
export async function takeStep(
  deps: Deps,
  law: Law,
  staff: StaffRow,
  tip: string,
  request: StepRequest,
): Promise<StepResult> {
  const { act, event, wraps, message } = request;
  const { member, seen, sent, actor } = await beginStep(deps, staff, tip, { type: act.step, event });
  const { detail } = seen;
  const change = decide(
    detail.state,
    actor,
    act,
    await contextOf(deps, law, { seen, actor, act, at: sent.at }),
  );
  await checkPeopleNamed(deps, seen, act);
  await checkMerge(deps, staff, detail, act);
  const letter = await checkMessage(deps, detail, staff.unit, act, message, sent.at);
  const hashes = await checkWraps(deps, detail, staff.unit, act, wraps, sent.at);
  await requireSaid(deps, seen, { act, change, actor, member, sent, letter: letter?.fact, hashes });
  await requireSigner(deps, sent, member.signKey);
  const row = eventRow(deps, sent);
  const result = await deps.store.triage.step({
    tip: detail.tip,
    event: row,
    change,
    by: staff.id,
    ...(wraps === undefined ? {} : { wraps }),
    ...(letter === null ? {} : { message: letter.row as EnvelopeRow }),
  });
  if (isStale(result)) throw new AppError('stale');
  tellConsoles(deps, seen, change);
  return { registerNumber: result.registerNumber, head: { no: row.no, leaf: row.leaf } };
}

/** Everything that the event's parts are built from. */
interface Said {
  readonly act: Act;
  readonly change: TipChange;
  readonly actor: Actor;
  readonly member: ParsedMember;
  readonly sent: SentEvent;
  readonly letter: StepFacts['message'] | undefined;
  readonly hashes: NonNullable<StepFacts['wraps']>;
}

async function requireSaid(deps: Deps, { detail }: SeenTip, said: Said): Promise<void> {
  const { act, change, actor, member, sent, letter, hashes } = said;
  const decision = await checkDecision(deps, detail, act, change, sent, member.signKey);
  const facts: StepFacts = {
    state: detail.state,
    act,
    change,
    actor: { staff: actor.staff, unit: actor.unit },
    wraps: hashes,
    ...(letter === undefined ? {} : { message: letter }),
    ...(decision === undefined ? {} : { decision }),
  };
  requireParts(sent, citizenPartOf(facts), restrictedPartOf(facts));
}

/** Whoever and whatever a step names must exist: the assignee in the unit, the unit that a tip is sent to, or that consent is asked for. */
async function checkPeopleNamed(deps: Deps, { detail }: SeenTip, act: Act): Promise<void> {
  if (act.step === 'assigned') {
    const members = await activeMembersOf(deps, detail.state.unit, deps.clock.now());
    const assignee = members.get(act.assignee);
    if (assignee === undefined || !mayReadTips(assignee.roles))
      throw new AppError('member_unknown', { field: 'act.assignee' });
  }
  if (act.step === 'post_check_set') {
    const members = await activeMembersOf(deps, detail.state.unit, deps.clock.now());
    for (const field of ['focal', 'deputy'] as const) {
      const person = members.get(act[field]);
      if (person === undefined || !mayReadTips(person.roles))
        throw new AppError('member_unknown', { field: `act.${field}` });
    }
  }
  const names = act.step === 'transfer_sent' || act.step === 'consent_asked';
  if (names && (await deps.store.directory.unit(act.toUnit)) === null)
    throw new AppError('unit_unknown', { field: 'act.toUnit' });
}

/** True when the step opens or closes a decision that waits for somebody from above; of others the units above hear nothing. */
const needsOutside = (state: TipState, change: TipChange): boolean => {
  const { pending } = state;
  const waiting = pending?.kind === 'resolution' ? pending.outcome : undefined;
  const outcome = change.openDecision?.data.outcome ?? waiting;
  const concerned = change.openDecision !== undefined || change.closeDecision !== undefined;
  return concerned && APART_OUTCOMES.some((apart) => apart === outcome);
};

/**
 * The unit that has the tip now hears of it as of a new one. The one that had it hears only what takes the tip off its screens, and only where
 * one of its own people sent it away; its alarm falls silent.
 */
function tellOfDiversion(
  deps: Deps,
  { tip, state }: Pick<TipDetail, 'tip' | 'state'>,
  { to, content }: Extract<NonNullable<TipChange['custody']>, { kind: 'divert' }>,
): void {
  alarmOver(deps, tip);
  if (content) deps.live.publish(state.unit, { kind: 'changed', tip });
  deps.live.publish(to, { kind: 'new_tip', tip, urgent: isUrgentTip(state) });
}

/** Tells the open consoles of every unit that sees the tip before or after the step, and silences its alarm once it is taken up. */
function tellConsoles(deps: Deps, { detail, access, above }: SeenTip, change: TipChange): void {
  const { state, tip } = detail;
  const units = new Set<UnitId>([state.unit]);
  if (state.transferTo !== null) units.add(state.transferTo);
  if (change.supervisor !== null) units.add(change.supervisor);
  if (change.custody?.kind === 'offer') units.add(change.custody.to);
  if (change.custody?.kind === 'divert') return void tellOfDiversion(deps, { tip, state }, change.custody);
  if (access === 'over' || needsOutside(state, change)) for (const unit of above) units.add(unit);
  for (const unit of units) deps.live.publish(unit, { kind: 'changed', tip });
  if (change.stage !== 'submitted') alarmOver(deps, tip);
}
