import { AppError } from '../../domain/errors.ts';
import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import { isTipId } from '../../domain/ids.ts';
import { PLAIN_CASE } from '../../domain/law.ts';
import { decide } from '../../domain/life-cycle.ts';
import { UNIT_KINDS } from '../../domain/terms.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { isStale } from '../../http/kit/server-event.ts';
import { eventRow, openSentEvent, requireParts, requireSigner } from '../../http/kit/signed-event.ts';
import { checkDecision } from '../../http/kit/two-people.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { auditedCheckpoint, coveredLeaves, type RetentionLedger } from './audited.ts';
import { canariesAnnounced, dueNow, type RetentionLaw } from './law.ts';
import { remainsOf } from './remains.ts';
import type { RetentionStep } from './schema.ts';

export interface RetentionDeps {
  readonly deps: Deps;
  readonly ledger: RetentionLedger;
  readonly law: RetentionLaw;
}

/** A tip that the person's own unit holds. Error `tip_unknown`, whether it exists or not. */
export async function ownTip(deps: Deps, staff: StaffRow, id: string): Promise<TipDetail> {
  const detail = isTipId(id) ? await deps.store.triage.tip(id) : null;
  if (detail === null || detail.state.unit !== staff.unit) throw new AppError('tip_unknown');
  return detail;
}

/**
 * Proposes to shred a tip, refuses it, or approves and shreds. `cleared` is false when words still stand in the database's log because
 * another process reads: housekeeping clears it. Errors: those of `decide` and of signed events, `retention_not_due`, `not_audited`,
 * `shred_too_long`, `not_concluded`.
 */
export async function takeRetentionStep(
  { deps, ledger, law }: RetentionDeps,
  staff: StaffRow,
  id: string,
  { act, event }: RetentionStep,
): Promise<{ readonly cleared: boolean }> {
  const member = await memberOf(deps, staff, deps.clock.now());
  const detail = await ownTip(deps, staff, id);
  const { state, tip } = detail;
  const sent = openSentEvent(deps, event, { type: act.step, subject: `tip:${tip}`, head: detail.head });
  const actor = { staff: staff.id, unit: staff.unit, roles: member.roles, overTipUnit: false };
  const kind = (await deps.store.directory.unit(staff.unit))?.kind;
  const unitKind = UNIT_KINDS.find((known) => known === kind);
  if (unitKind === undefined) throw new AppError('unit_unknown', { field: 'unit' });
  const calendar = await calendarAt(deps, sent.at);
  const change = decide(state, actor, act, { ...law, ...PLAIN_CASE, calendar, now: sent.at, unitKind });
  if (act.step === 'shredding_proposed') await checkProposal({ deps, ledger, law }, detail, act);
  const remains = act.step === 'shredded' ? await remainsOf(deps, ledger, law, detail) : undefined;
  const decision = await checkDecision(deps, detail, act, change, sent, member.signKey);
  const facts: StepFacts = {
    state,
    act,
    change,
    actor: { staff: staff.id, unit: staff.unit },
    ...(decision === undefined ? {} : { decision }),
    ...(remains === undefined ? {} : { remains }),
  };
  requireParts(sent, citizenPartOf(facts), restrictedPartOf(facts));
  await requireSigner(deps, sent, member.signKey);
  const row = eventRow(deps, sent);
  const result =
    remains === undefined
      ? await deps.store.triage.step({ tip, event: row, change, by: staff.id })
      : await deps.store.retention.shred({ tip, event: row, change, upTo: remains.upTo, rule: remains.rule });
  if (result === 'not_concluded') throw new AppError('not_concluded');
  if (isStale(result)) throw new AppError('stale');
  deps.live.publish(state.unit, { kind: 'changed', tip });
  return { cleared: 'cleared' in result ? result.cleared : true };
}

/** A proposal names the rule that is due, the newest audited checkpoint, and everything that has happened so far. */
async function checkProposal(
  { deps, ledger, law }: RetentionDeps,
  tip: TipDetail,
  act: RetentionStep['act'] & { readonly step: 'shredding_proposed' },
): Promise<void> {
  const due = dueNow(law, tip, await canariesAnnounced(ledger), deps.clock.now());
  if (!('rule' in due) || due.rule.id !== act.rule) throw new AppError('retention_not_due');
  if (act.upTo !== tip.head.no) throw new AppError('field_invalid', { field: 'act.upTo' });
  const audited = await auditedCheckpoint(deps, ledger);
  if (audited === null || audited.statement !== act.audited)
    throw new AppError('not_audited', { field: 'act.audited' });
  await coveredLeaves(ledger, audited, tip.tip, act.upTo);
}
