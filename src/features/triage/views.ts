import type { HolidayTable } from '../../domain/holidays.ts';
import type { ListedTip } from '../../domain/tip-row.ts';
import { eventView } from '../../http/kit/tip-event.ts';
import type { EnvelopeRow } from '../../ports/store/event-row.ts';
import type { ReachedMark } from '../../ports/store/marks-store.ts';
import type { AuthorKey } from '../../ports/store/thread-store.ts';
import type { QueueCursor, QueuePage, TipDetail } from '../../ports/store/triage-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { EMPTY_MANIFEST } from '../../protocol/manifest.ts';
import { type SeenTip, seesNoContent } from './access.ts';
import type { AnsweringView } from './answering.ts';

/** JSON of the staff routes: bytes in base64url, ids and hashes as they are. */

/** Place after a queue page's last row, for the next page: `key.seq`. */
export const encodeCursor = ({ key, seq }: QueueCursor): string => `${key}.${seq}`;

/** The inverse; the schema has checked the form. */
export const decodeCursor = (text: string): QueueCursor => {
  const [key, seq] = text.split('.').map(Number);
  return { key: key ?? 0, seq: seq ?? 0 };
};

/** A page of the queue with its cursor as text. */
export const queueView = (page: QueuePage, rows: readonly ListedTip[]) => ({
  rows,
  next: page.next === null ? null : encodeCursor(page.next),
});

/** What is told of a tip beside its facts and events. */
interface Beside {
  readonly answering: AnsweringView;
  /** Levels that its running clocks have reached, the furthest first. */
  readonly reached: readonly ReachedMark[];
  readonly authors: readonly AuthorKey[];
  readonly marks: { readonly arrived: number; readonly seen: number };
  /** Tables of its years by which its next clocks count, in place of the project's. */
  readonly holidays: readonly HolidayTable[];
}

/**
 * A tip in full but for its ciphertext. Whoever is only called upon from above or supervises is not shown where to write to the citizen. `codes` are the
 * facts of each change of code, oldest first: the events name their hashes.
 */
export function tipView(
  { detail, access, above }: SeenTip,
  { answering, reached, authors, marks, holidays }: Beside,
) {
  const closed = seesNoContent(access);
  const { mailboxKey, mailboxLocator, mailboxLoginKey, events, ...rest } = detail satisfies TipDetail;
  return {
    ...rest,
    events: events.map(eventView),
    access,
    above,
    answering,
    reached,
    mailboxKey: closed ? '' : toBase64Url(mailboxKey),
    mailboxLocator: closed ? '' : mailboxLocator,
    mailboxLoginKey: closed ? '' : toBase64Url(mailboxLoginKey),
    codes: closed ? [] : authors.flatMap(({ facts }) => (facts === null ? [] : [toBase64Url(facts)])),
    marks: { arrived: marks.arrived, seen: marks.seen },
    holidays,
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
  manifest: toBase64Url(envelope.manifest ?? EMPTY_MANIFEST),
});
