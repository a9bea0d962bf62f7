import { AppError } from '../../domain/errors.ts';
import { isTipId } from '../../domain/ids.ts';
import { SEEN_EVENT, seenPartsOf } from '../../domain/reader-parts.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { isStale } from '../../http/kit/server-event.ts';
import { eventRow, openSentEvent, requireParts, requireSigner } from '../../http/kit/signed-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { SeenRequest } from './schema.ts';

/**
 * Marks the citizen's messages of a thread as seen by the unit that holds the tip, up to an envelope, with an event of the reader's own
 * chain: in the tip's chain it would tell the citizen when officers read. Errors: `tip_unknown` (also where the citizen has not written,
 * and for another unit's tip), `member_unknown`, `event_invalid`, `event_signature`, `stale`.
 */
export async function markSeen(
  deps: Deps,
  staff: StaffRow,
  tip: string,
  { event, no }: SeenRequest,
): Promise<void> {
  if (!isTipId(tip)) throw new AppError('tip_unknown');
  const member = await memberOf(deps, staff, deps.clock.now());
  const subject = `reader:${staff.id}`;
  const head = await deps.store.triage.head(subject);
  const sent = openSentEvent(deps, event, { type: SEEN_EVENT, subject, head });
  const parts = seenPartsOf({ staff: staff.id, unit: staff.unit }, tip, no);
  requireParts(sent, parts.citizen, parts.restricted);
  await requireSigner(deps, sent, member.signKey);
  const result = await deps.store.thread.seen(eventRow(deps, sent), staff.unit, tip, no);
  if (isStale(result)) throw new AppError('stale');
  if (result === 'unknown') throw new AppError('tip_unknown');
}
