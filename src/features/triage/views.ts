import { eventView } from '../../http/kit/tip-event.ts';
import type { EnvelopeRow } from '../../ports/store/event-row.ts';
import type { QueueCursor, QueuePage, TipDetail } from '../../ports/store/triage-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import type { SeenTip } from './access.ts';

/** JSON of the staff routes: bytes in base64url, ids and hashes as they are. */

/** Place after a queue page's last row, for the next page: `key.seq`. */
export const encodeCursor = ({ key, seq }: QueueCursor): string => `${key}.${seq}`;

/** The inverse; the schema has checked the form. */
export const decodeCursor = (text: string): QueueCursor => {
  const [key, seq] = text.split('.').map(Number);
  return { key: key ?? 0, seq: seq ?? 0 };
};

/** A page of the queue with its cursor as text. */
export const queueView = (page: QueuePage) => ({
  rows: page.rows,
  next: page.next === null ? null : encodeCursor(page.next),
});

/** A tip in full but for its ciphertext. Whoever is only called upon from above is not shown where to write to the citizen. */
export function tipView({ detail, access, above }: SeenTip) {
  const { mailboxKey, mailboxLocator, mailboxLoginKey, events, ...rest } = detail satisfies TipDetail;
  return {
    ...rest,
    events: events.map(eventView),
    access,
    above,
    mailboxKey: access === 'over' ? '' : toBase64Url(mailboxKey),
    mailboxLocator: access === 'over' ? '' : mailboxLocator,
    mailboxLoginKey: access === 'over' ? '' : toBase64Url(mailboxLoginKey),
  };
}

/** One envelope's exact bytes. */
export const envelopeView = (envelope: EnvelopeRow) => ({
  tip: envelope.tip,
  no: envelope.no,
  kind: envelope.kind,
  core: toBase64Url(envelope.core),
  body: toBase64Url(envelope.body),
  seal: toBase64Url(envelope.seal),
  wraps: toBase64Url(envelope.wraps),
});
