import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { EventRow, Head } from '../../ports/store/event-row.ts';
import { equalBytes, utf8 } from '../../protocol/bytes.ts';
import { keyId } from '../../protocol/dsse.ts';
import {
  checkEventParts,
  eventLeaf,
  eventMessage,
  MAX_PART_BYTES,
  MAX_RECORD_BYTES,
  type ParsedEvent,
  type Part,
  parseEvent,
} from '../../protocol/event.ts';
import { bytesOf, bytesUpTo } from './fields.ts';

/** An event as its signer sends it; the server adds the leaf's salt. */
export const signedEvent = z.strictObject({
  record: bytesUpTo(MAX_RECORD_BYTES),
  citizenPart: bytesUpTo(MAX_PART_BYTES),
  citizenSalt: bytesOf(32),
  restrictedPart: bytesUpTo(MAX_PART_BYTES),
  restrictedSalt: bytesOf(32),
});
export type SignedEvent = z.output<typeof signedEvent>;

/** Seconds by which an officer's clock may differ from the service's. */
export const EVENT_CLOCK_SECONDS = 300;

/** An event that a member of staff sent, parsed; nothing about it is believed yet. */
export interface SentEvent {
  readonly sent: SignedEvent;
  readonly event: ParsedEvent;
  /** UTC seconds at which the signer says that it happened. */
  readonly at: Seconds;
}

/**
 * Parses a sent event and checks everything that needs no key: instance, type, subject, time (±5 minutes), place in the chain, and that
 * the hashes in it are those of the parts. Errors: `event_invalid` (with the field), `stale` when it does not join the head.
 */
export function openSentEvent(
  deps: Pick<Deps, 'clock' | 'crypto' | 'instance'>,
  sent: SignedEvent,
  expected: { readonly type: string; readonly subject: string; readonly head: Head },
): SentEvent {
  const event = parseEvent(sent.record);
  const { header } = event;
  const invalid = (field: string): never => {
    throw new AppError('event_invalid', { field: `event.${field}` });
  };
  if (header.instance !== deps.instance.id) invalid('instance');
  if (header.type !== expected.type) invalid('type');
  if (header.subject !== expected.subject) invalid('subject');
  const at = 'at' in header.time ? header.time.at : invalid('at');
  if (Math.abs(at - deps.clock.now()) > EVENT_CLOCK_SECONDS) invalid('at');
  checkEventParts(deps.crypto, event, sent);
  if (header.no !== expected.head.no + 1 || header.prev !== expected.head.leaf) throw new AppError('stale');
  return { sent, event, at };
}

/** Throws `event_invalid` unless the parts are byte for byte the ones that the service builds itself. */
export function requireParts(sent: SentEvent, citizen: Part, restricted: Part): void {
  if (!equalBytes(sent.sent.citizenPart, utf8(JSON.stringify(citizen))))
    throw new AppError('event_invalid', { field: 'event.citizenPart' });
  if (!equalBytes(sent.sent.restrictedPart, utf8(JSON.stringify(restricted))))
    throw new AppError('event_invalid', { field: 'event.restrictedPart' });
}

/** Throws `event_signature` unless exactly this member's key signed the event. */
export async function requireSigner(
  deps: Pick<Deps, 'crypto'>,
  sent: SentEvent,
  signKey: Uint8Array,
): Promise<void> {
  const [signature, ...more] = sent.event.envelope.signatures;
  const named = signature?.keyid === keyId(deps.crypto, signKey);
  if (signature === undefined || more.length > 0 || !named) throw new AppError('event_signature');
  if (!(await deps.crypto.verify(signature.sig, eventMessage(sent.event), signKey)))
    throw new AppError('event_signature');
}

/** The checked event as the store takes it, with its leaf under a fresh salt. */
export function eventRow(deps: Pick<Deps, 'crypto' | 'random'>, { sent, event, at }: SentEvent): EventRow {
  const { header } = event;
  const leafSalt = deps.random.bytes(32);
  return {
    subject: header.subject,
    no: header.no,
    prev: header.prev,
    type: header.type,
    record: sent.record,
    citizenPart: sent.citizenPart,
    restrictedPart: sent.restrictedPart,
    leaf: eventLeaf(deps.crypto, leafSalt, sent.record),
    openings: { leafSalt, citizenSalt: sent.citizenSalt, restrictedSalt: sent.restrictedSalt },
    time: { at },
  };
}
