import { dayOf } from '../../domain/calendar.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { type Kept, type RetentionRule, shredDue } from '../../domain/retention.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { ConcludedTip } from '../../ports/store/retention-store.ts';
import { type Audited, auditedCheckpoint, coveredLeaves } from './audited.ts';
import { canariesAnnounced, mayBeCanary } from './law.ts';
import type { RetentionDeps } from './step.ts';

/** Archived tips that one answer looks at. */
const PAGE = 200;

/**
 * What a leader may shred: archived tips of the own unit whose period is over, with the audited checkpoint that covers them or the code of
 * why none does; tips whose shredding waits for the second leader; and how many of the page stay, by reason.
 */
export async function dueList({ deps, ledger, law }: RetentionDeps, staff: StaffRow, after: number) {
  const today = dayOf(deps.clock.now());
  const announced = await canariesAnnounced(ledger);
  const audited = await auditedCheckpoint(deps, ledger);
  const tips = await deps.store.retention.concluded(staff.unit, after, PAGE);
  const rows = [];
  const kept: Partial<Record<Kept, number>> = {};
  for (const tip of tips) {
    const pending = tip.waiting ? await proposalOf(deps.store.triage, tip) : null;
    const canary = mayBeCanary(announced, tip.resolvedDay, today);
    const facts = { ...tip, stage: 'archived', canary, shredded: false } as const;
    const due = shredDue({ ...facts, waiting: tip.waiting && pending === null }, law.retention, today);
    if ('rule' in due) {
      const uncovered = pending === null ? await whyUncovered(ledger, audited, tip) : null;
      rows.push({ ...rowOf(tip, due.rule), uncovered, pending });
    } else kept[due.not] = (kept[due.not] ?? 0) + 1;
  }
  const next = tips.length < PAGE ? null : (tips.at(-1)?.seq ?? null);
  const checkpoint =
    audited === null
      ? null
      : { statement: audited.statement, size: audited.checkpoint.size, at: audited.checkpoint.at };
  return { rows, kept, audited: checkpoint, next };
}

const rowOf = (
  { tip, registerNumber, legalKind, outcome, resolvedDay, head }: ConcludedTip,
  rule: RetentionRule,
) => ({
  ...{ tip, registerNumber, legalKind, outcome, resolvedDay, head },
  rule: { id: rule.id, basis: rule.basis, nature: rule.nature },
});

type Triage = RetentionDeps['deps']['store']['triage'];

async function proposalOf(triage: Triage, { tip }: ConcludedTip) {
  const pending = (await triage.tip(tip))?.state.pending;
  return pending?.kind === 'shredding' ? pending : null;
}

async function whyUncovered(
  ledger: RetentionDeps['ledger'],
  audited: Audited | null,
  { tip, head }: ConcludedTip,
): Promise<ErrorCode | null> {
  if (audited === null) return 'not_audited';
  try {
    await coveredLeaves(ledger, audited, tip, head);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
