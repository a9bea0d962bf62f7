import { AppError } from '../../domain/errors.ts';
import { isTipId, type TipId } from '../../domain/ids.ts';
import { ATTACHMENT_EVENT, attachmentPartsOf } from '../../domain/reader-parts.ts';
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
import type { AttachmentRow } from '../../ports/store/upload-store.ts';

/**
 * Opens one attachment of a tip that the person's unit holds or is offered, after the signed event that records this very opening is on
 * disk. Errors: `attachment_unknown` (also for another unit's), `member_unknown`, `event_invalid`, `event_signature`, `stale`.
 */
export async function openAttachment(
  deps: Deps,
  staff: StaffRow,
  request: { readonly tip: string; readonly id: string; readonly event: SignedEvent },
): Promise<AttachmentRow> {
  const tip = tipOf(request.tip);
  const member = await memberOf(deps, staff, deps.clock.now());
  const subject = `reader:${staff.id}`;
  const head = await deps.store.triage.head(subject);
  const sent = openSentEvent(deps, request.event, { type: ATTACHMENT_EVENT, subject, head });
  const parts = attachmentPartsOf({ staff: staff.id, unit: staff.unit }, tip, request.id);
  requireParts(sent, parts.citizen, parts.restricted);
  await requireSigner(deps, sent, member.signKey);
  const opened = await deps.store.uploads.open(eventRow(deps, sent), staff.unit, tip, request.id);
  if (opened === null) throw new AppError('attachment_unknown');
  if (isStale(opened)) throw new AppError('stale');
  return opened;
}

function tipOf(text: string): TipId {
  if (!isTipId(text)) throw new AppError('attachment_unknown');
  return text;
}
