import { contributionOf, type Remains } from '../../domain/contribution.ts';
import { AppError } from '../../domain/errors.ts';
import type { PendingShredding } from '../../domain/life-cycle-types.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { auditedCheckpoint, coveredLeaves, type RetentionLedger } from './audited.ts';
import { canariesAnnounced, dueNow, type RetentionLaw } from './law.ts';

/** The open proposal to shred a tip, when nothing happened since. Error `step_not_allowed`: refuse it and propose anew. */
export function openProposal({ state, head }: TipDetail): PendingShredding {
  const { pending } = state;
  if (pending?.kind !== 'shredding' || head.no !== pending.upTo + 1)
    throw new AppError('step_not_allowed', { field: 'decision' });
  return pending;
}

/**
 * What would remain of a tip whose shredding is proposed, as both leaders sign it. Errors: `step_not_allowed`, `retention_not_due` (the rule
 * is not the one that is due now), `not_audited`, `shred_too_long`.
 */
export async function remainsOf(
  deps: Deps,
  ledger: RetentionLedger,
  law: RetentionLaw,
  tip: TipDetail,
): Promise<Remains> {
  const { rule: id, audited: statement, upTo } = openProposal(tip);
  const due = dueNow(law, tip, await canariesAnnounced(ledger), deps.clock.now());
  if (!('rule' in due) || due.rule.id !== id) throw new AppError('retention_not_due');
  const audited = await auditedCheckpoint(deps, ledger, statement);
  const source = await deps.store.retention.contribution(tip.tip);
  if (audited === null || source === null) throw new AppError('not_audited');
  const { size, root } = audited.checkpoint;
  return {
    rule: id,
    ground: due.rule.basis,
    audited: { size, root, statement },
    upTo,
    leaves: await coveredLeaves(ledger, audited, tip.tip, upTo),
    contribution: contributionOf(source),
  };
}
