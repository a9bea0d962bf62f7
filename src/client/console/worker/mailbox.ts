import { fromBase64Url } from '../../../protocol/base64.ts';
import { toHex } from '../../../protocol/bytes.ts';
import { ensure } from '../../../protocol/errors.ts';
import { parsePart } from '../../../protocol/event.ts';
import { encodeFacts, hashFacts } from '../../../protocol/facts.ts';
import { mailboxRecipient, type Recipient } from '../../../protocol/wraps.ts';
import type { TipDetail } from '../wire.ts';
import { checkFirstEvent } from './opening.ts';
import type { WorkerState } from './state.ts';

/**
 * The citizen's mailbox as a recipient, proven to be theirs: locator and keys stand in the facts whose hash the sender signed with the
 * tip, so that a server cannot have an answer sealed to a key of its own. `epoch` is the one to which the tip was sealed, `author` the
 * sender's key, both from the opened envelope. Throws `facts_mismatch`, `event_signature`, `event_part`.
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
