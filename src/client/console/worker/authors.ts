import { fromBase64Url } from '../../../protocol/base64.ts';
import { ensure } from '../../../protocol/errors.ts';
import { checkEventParts, parsePart, verifyEvent } from '../../../protocol/event.ts';
import { hashMailboxFacts, type MailboxFacts, parseMailboxFacts } from '../../../protocol/mailbox-facts.ts';
import { authorHash } from '../../../protocol/submission.ts';
import type { TipDetail, WireEvent } from '../wire.ts';
import type { WorkerState } from './state.ts';

/** A key of the citizen's and from which of the tip's events on it signs. */
export interface AuthorKey {
  readonly from: number;
  readonly publicKey: Uint8Array;
  /** Keys of the code that was changed to; null for the code that came with the tip. */
  readonly mailbox: MailboxFacts | null;
}

/**
 * The citizen's keys over the life of a tip, the first as given: each change of code is signed by the key before it and names the hash of the
 * new code's keys, which the server told (`codes`). So a server can put no key of its own into the row. Throws `event_signature`,
 * `event_part`, `facts_mismatch`, `facts_malformed`.
 */
export function authorsOf(
  state: Pick<WorkerState, 'suite'>,
  detail: Pick<TipDetail, 'tip' | 'events' | 'codes'>,
  first: Uint8Array,
): readonly AuthorKey[] {
  const keys: AuthorKey[] = [{ from: 1, publicKey: first, mailbox: null }];
  const changes = detail.events.filter(({ type }) => type === 'mailbox_changed');
  changes.forEach((event, at) => {
    const signer = keys.at(-1)?.publicKey ?? first;
    const named = changedTo(state, detail.tip, event, signer);
    const code = detail.codes[at];
    ensure(code !== undefined, 'facts_mismatch', 'codes');
    const bytes = fromBase64Url(code);
    const mailbox = parseMailboxFacts(bytes);
    ensure(named.mailbox === hashMailboxFacts(state.suite, bytes), 'facts_mismatch', 'mailbox');
    ensure(named.next === authorHash(state.suite, detail.tip, mailbox.authorKey), 'facts_mismatch', 'author');
    keys.push({ from: event.no + 1, publicKey: mailbox.authorKey, mailbox });
  });
  return keys;
}

/** What a change of code names, checked for the key that must have signed it. */
function changedTo(
  { suite }: Pick<WorkerState, 'suite'>,
  tip: TipDetail['tip'],
  sent: WireEvent,
  signer: Uint8Array,
): { readonly mailbox: unknown; readonly next: unknown } {
  const { event } = verifyEvent(suite, fromBase64Url(sent.record), [signer]);
  ensure(event.header.subject === `tip:${tip}` && event.header.no === sent.no, 'event_mismatch', 'subject');
  ensure(event.header.type === 'mailbox_changed', 'event_mismatch', 'type');
  const restrictedPart = fromBase64Url(sent.restrictedPart);
  checkEventParts(suite, event, {
    citizenPart: fromBase64Url(sent.citizenPart),
    citizenSalt: fromBase64Url(sent.citizenSalt),
    restrictedPart,
    restrictedSalt: fromBase64Url(sent.restrictedSalt),
  });
  const act = parsePart(restrictedPart).act as
    | { readonly mailbox?: unknown; readonly next?: unknown }
    | undefined;
  return { mailbox: act?.mailbox, next: act?.next };
}

/** The key that signs what an event of this number brings. */
export const authorAt = (keys: readonly AuthorKey[], no: number): Uint8Array | null =>
  keys.findLast(({ from }) => from <= no)?.publicKey ?? null;
