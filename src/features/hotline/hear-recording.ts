import { AppError } from '../../domain/errors.ts';
import {
  RECORDING_ENDED_EVENT,
  RECORDING_OPENED_EVENT,
  recordingEndPartsOf,
  recordingPartsOf,
} from '../../domain/reader-parts.ts';
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
import type { EventRow } from '../../ports/store/event-row.ts';
import type { OpenRecording, RecordingEnd } from '../../ports/store/hotline-store.ts';
import type { Part } from '../../protocol/event.ts';

interface OfReader {
  readonly type: string;
  readonly parts: { readonly citizen: Part; readonly restricted: Part };
  readonly event: SignedEvent;
}

/** The operator's own event of what they do with a recording, checked. Errors: `member_unknown`, `event_invalid`, `event_signature`, `stale`. */
async function readersEvent(deps: Deps, staff: StaffRow, act: OfReader): Promise<EventRow> {
  const member = await memberOf(deps, staff, deps.clock.now());
  const subject = `reader:${staff.id}`;
  const head = await deps.store.triage.head(subject);
  const sent = openSentEvent(deps, act.event, { type: act.type, subject, head });
  requireParts(sent, act.parts.citizen, act.parts.restricted);
  await requireSigner(deps, sent, member.signKey);
  return eventRow(deps, sent);
}

/**
 * Opens a recording that was sealed to this operator, after the event that records this very opening is on disk. Errors: `recording_unknown`
 * (also for one that has ended, or was sealed before they were an operator), and those of `readersEvent`.
 */
export async function openRecording(
  deps: Deps,
  staff: StaffRow,
  request: { readonly id: string; readonly event: SignedEvent },
): Promise<OpenRecording> {
  const parts = recordingPartsOf({ staff: staff.id, unit: staff.unit }, request.id);
  const act = { type: RECORDING_OPENED_EVENT, parts, event: request.event };
  const event = await readersEvent(deps, staff, act);
  const opened = await deps.store.hotline.openRecording(event, staff.id, request.id);
  if (opened === null) throw new AppError('recording_unknown');
  if (isStale(opened)) throw new AppError('stale');
  return opened;
}

/**
 * Destroys a recording for good: with the operator's event everything that could open it goes, then its bytes. Errors:
 * `recording_unknown`, `field_invalid` (`reason`: for `nothing` there must be one, for `transcribed` there must be none), and those of
 * `readersEvent`.
 */
export async function endRecording(
  deps: Deps,
  staff: StaffRow,
  request: {
    readonly id: string;
    readonly end: RecordingEnd;
    readonly reason: string;
    readonly event: SignedEvent;
  },
): Promise<void> {
  const { id, end, reason } = request;
  if ((end === 'nothing') === (reason === '')) throw new AppError('field_invalid', { field: 'reason' });
  const parts = recordingEndPartsOf({ staff: staff.id, unit: staff.unit }, id, end, reason);
  const event = await readersEvent(deps, staff, { type: RECORDING_ENDED_EVENT, parts, event: request.event });
  const ended = await deps.store.hotline.endRecording(event, staff.unit, id, end);
  if (isStale(ended)) throw new AppError('stale');
  if (!ended) throw new AppError('recording_unknown');
  // Nothing opens the bytes any more. Should the process end here, housekeeping deletes them within a minute of its start.
  await deps.blobs.delete(id);
  await deps.store.uploads.forget(id);
}
