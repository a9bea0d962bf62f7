import { fromBase64Url } from '../../../protocol/base64.ts';
import { equalBytes, toHex } from '../../../protocol/bytes.ts';
import { parseCore } from '../../../protocol/core.ts';
import { ensure } from '../../../protocol/errors.ts';
import { parsePart } from '../../../protocol/event.ts';
import { encodeFacts, hashFacts } from '../../../protocol/facts.ts';
import type { MailboxFacts } from '../../../protocol/mailbox-facts.ts';
import { mailboxRecipient, type Recipient } from '../../../protocol/wraps.ts';
import type { TipDetail } from '../wire.ts';
import { authorsOf } from './authors.ts';
import { conversationOf } from './history.ts';
import { checkFirstEvent } from './opening.ts';
import type { WorkerState } from './state.ts';

/**
 * The citizen's mailbox as a recipient, proven to be theirs: locator and keys stand in the facts whose hash the sender signed with the
 * tip, so that a server cannot have an answer sealed to a key of its own; after a change of code the facts that the old key signed take their place.
 * `epoch` is the one to which the tip was sealed, `author` the sender's first key, both from the opened envelope. Throws `facts_mismatch`,
 * `event_signature`, `event_part`.
 */
export function mailboxOf(
  state: WorkerState,
  detail: TipDetail,
  sender: { readonly epoch: number; readonly author: Uint8Array },
): Recipient {
  const { suite } = state;
  const first = detail.events[0];
  ensure(first !== undefined, 'facts_mismatch', 'event');
  checkFirstEvent(state, detail.tip, first, sender.author);
  const changed = authorsOf(state, detail, sender.author).at(-1)?.mailbox ?? null;
  if (changed !== null) return changedTo(detail, changed);
  const citizen = parsePart(fromBase64Url(first.citizenPart));
  const publicKey = fromBase64Url(detail.mailboxKey);
  const facts = encodeFacts({
    unit: citizen.unit as TipDetail['unit'],
    epoch: sender.epoch,
    urgent: detail.urgent,
    conductGroup: detail.conductGroup,
    channel: detail.channel,
    assurance: detail.assurance,
    mailbox: {
      locator: detail.mailboxLocator,
      loginKey: fromBase64Url(detail.mailboxLoginKey),
      mailboxKey: publicKey,
    },
  });
  const signed = parsePart(fromBase64Url(first.restrictedPart)).facts;
  ensure(signed === toHex(hashFacts(suite, facts)), 'facts_mismatch', 'mailbox');
  return { id: mailboxRecipient(detail.mailboxLocator), publicKey };
}

/**
 * Who reads an envelope of the thread beside the units: the citizen's mailbox for what a unit wrote, nobody for what the citizen wrote, so that
 * a code in foreign hands shows none of their words. That the events and the envelope's own author agree on who wrote it is checked first.
 * Throws `author_mismatch`, and as `mailboxOf`.
 */
export function mailboxFor(
  state: WorkerState,
  detail: TipDetail,
  sender: { readonly epoch: number; readonly author: Uint8Array },
  { no, core }: { readonly no: number; readonly core: Uint8Array },
): readonly Recipient[] {
  const { author } = parseCore(core);
  const keys = authorsOf(state, detail, sender.author);
  const byCitizen = conversationOf(detail.events).citizen.has(no);
  ensure(byCitizen === keys.some(({ publicKey }) => equalBytes(publicKey, author)), 'author_mismatch');
  return byCitizen ? [] : [mailboxOf(state, detail, sender)];
}

function changedTo(detail: TipDetail, facts: MailboxFacts): Recipient {
  ensure(facts.locator === detail.mailboxLocator, 'facts_mismatch', 'mailbox');
  return { id: mailboxRecipient(facts.locator), publicKey: facts.mailboxKey };
}
