import { codeNotGivenParts } from '../../domain/citizen-parts.ts';
import { AppError } from '../../domain/errors.ts';
import { isTipId } from '../../domain/ids.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { isStale } from '../../http/kit/server-event.ts';
import {
  eventRow,
  openSentEvent,
  requireParts,
  requireSigner,
  type SignedEvent,
} from '../../http/kit/signed-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';

const TYPE = 'code_not_given';

/**
 * A tip that this operator took down and that its unit has not been handed on yet. Error `tip_unknown`, the same for a tip that does not
 * exist and for one that somebody else took down.
 */
async function takenTip(deps: Deps, staff: StaffRow, id: string): Promise<TipDetail> {
  const taken = isTipId(id) ? await deps.store.hotline.takenBy(id) : null;
  const detail = isTipId(id) && taken?.staff === staff.id ? await deps.store.triage.tip(id) : null;
  if (detail === null) throw new AppError('tip_unknown');
  return detail;
}

/** Where the mark must join the tip's chain, and the state that it must name; nothing of the tip's content. Error `tip_unknown`. */
export async function placeOfMark(deps: Deps, staff: StaffRow, id: string) {
  const { head, state } = await takenTip(deps, staff, id);
  const { unit, stage, overlay, outcome } = state;
  return { head, state: { unit, stage, overlay, outcome } };
}

/**
 * Marks that a caller hung up before the code was read back, by an event that the operator who took the tip signs. Once. Errors:
 * `tip_unknown`, `member_unknown`, `event_invalid`, `event_signature`, `stale`, `step_not_allowed`.
 */
export async function markCodeNotGiven(
  deps: Deps,
  staff: StaffRow,
  request: { readonly tip: string; readonly event: SignedEvent },
): Promise<void> {
  const member = await memberOf(deps, staff, deps.clock.now());
  const detail = await takenTip(deps, staff, request.tip);
  if (detail.events.some(({ type }) => type === TYPE)) throw new AppError('step_not_allowed');
  const subject = `tip:${detail.tip}`;
  const sent = openSentEvent(deps, request.event, { type: TYPE, subject, head: detail.head });
  const parts = codeNotGivenParts(detail.state, { staff: staff.id, unit: staff.unit });
  requireParts(sent, parts.citizen, parts.restricted);
  await requireSigner(deps, sent, member.signKey);
  const result = await deps.store.hotline.codeNotGiven(eventRow(deps, sent), detail.tip, staff.id);
  if (isStale(result)) throw new AppError('stale');
  if (result === 'unknown') throw new AppError('tip_unknown');
  deps.live.publish(detail.state.unit, { kind: 'changed', tip: detail.tip });
}
