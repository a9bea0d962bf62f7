import { AppError } from '../../domain/errors.ts';
import { READ_EVENT, readPartsOf } from '../../domain/event-parts.ts';
import type { TipId } from '../../domain/ids.ts';
import { memberOf } from '../../http/kit/membership.ts';
import { isStale } from '../../http/kit/server-event.ts';
import {
  eventRow,
  openSentEvent,
  requireParts,
  requireSigner,
  type SignedEvent,
} from '../../http/kit/signed-event.ts';
import { eventView } from '../../http/kit/tip-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { tipFor, tipOfSubject } from './access.ts';
import { envelopeView } from './views.ts';

/**
 * Serves the ciphertexts of 1–100 tips that the person's unit holds or is offered, after the signed event that records this very read is
 * on disk. Tips that the unit may not read are left out without a word. Errors: `member_unknown`, `event_invalid`,
 * `event_signature`, `stale`.
 */
export async function readTips(
  deps: Deps,
  staff: StaffRow,
  request: { readonly event: SignedEvent; readonly tips: readonly TipId[] },
) {
  const member = await memberOf(deps, staff, deps.clock.now());
  const subject = `reader:${staff.id}`;
  const head = await deps.store.triage.head(subject);
  const sent = openSentEvent(deps, request.event, { type: READ_EVENT, subject, head });
  const parts = readPartsOf({ staff: staff.id, unit: staff.unit }, request.tips);
  requireParts(sent, parts.citizen, parts.restricted);
  await requireSigner(deps, sent, member.signKey);
  const row = eventRow(deps, sent);
  const result = await deps.store.triage.readBatch(row, staff.unit, request.tips);
  if (isStale(result)) throw new AppError('stale');
  const served = [...new Set(result.envelopes.map(({ tip }) => tip))];
  const submitted = [];
  for (const tip of served) {
    const [first] = await deps.store.oversight.events(tip);
    if (first !== undefined) submitted.push({ tip, ...eventView(first) });
  }
  return {
    head: { no: row.no, leaf: row.leaf },
    envelopes: result.envelopes.map(envelopeView),
    submitted,
  };
}

/**
 * Where the next event of a subject must join: of a tip that the person may see, of their own reads and account, of their unit. Errors:
 * `tip_unknown`, `forbidden`.
 */
export async function headOf(deps: Deps, staff: StaffRow, subject: string) {
  const tip = tipOfSubject(subject);
  if (tip !== null) {
    const { detail } = await tipFor(deps, staff, tip);
    return detail.head;
  }
  const own = [`reader:${staff.id}`, `staff:${staff.id}`, `unit:${staff.unit}`];
  if (subject.startsWith('tip:')) throw new AppError('tip_unknown');
  if (!own.includes(subject)) throw new AppError('forbidden', { field: 'subject' });
  return deps.store.triage.head(subject);
}
