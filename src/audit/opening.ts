import type { Hash } from '../domain/ids.ts';
import { eventEntry } from '../ledger/entry.ts';
import { fromBase64Url } from '../protocol/base64.ts';
import { fromHex, utf8 } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { checkEventParts, eventLeaf, hashBytes, parseEvent } from '../protocol/event.ts';
import type { Hashes } from '../protocol/suite.ts';
import type { BundleLine } from './lines.ts';
import type { OpenedEvent } from './replay/event.ts';

type EventLine = Extract<BundleLine, { readonly t: 'event' }>;

/** An event line with what it is in the log. `parts`: false when parts and salts do not give the hashes that were signed. */
export interface Opening {
  readonly event: OpenedEvent;
  /** 64 bytes. */
  readonly entry: Uint8Array;
  readonly parts: boolean;
}

/** Computes the entry of an event line; null when its record or salts cannot be read. */
export function openEvent(hashes: Pick<Hashes, 'sha256'>, line: EventLine): Opening | null {
  try {
    const record = utf8(line.r);
    const leafSalt = fromBase64Url(line.s);
    if (leafSalt.length !== 32) return null;
    const parsed = parseEvent(record);
    const leaf = eventLeaf(hashes, leafSalt, record);
    const event: OpenedEvent = { index: line.i, leaf, parsed, citizen: line.c, restricted: line.p };
    return { event, entry: entryOf(hashes, event), parts: partsMatch(hashes, event, line) };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

const entryOf = (hashes: Pick<Hashes, 'sha256'>, { leaf, parsed }: OpenedEvent): Uint8Array => {
  const { prev, no } = parsed.header;
  return eventEntry((data) => hashes.sha256(data), hashBytes(leaf), {
    citizenHash: parsed.citizenHash,
    prev: prev === null ? null : hashBytes(prev),
    no,
  });
};

function partsMatch(
  hashes: Pick<Hashes, 'sha256'>,
  { parsed, citizen, restricted }: OpenedEvent,
  { cs, ps }: EventLine,
): boolean {
  try {
    checkEventParts(hashes, parsed, {
      citizenPart: utf8(citizen),
      citizenSalt: fromBase64Url(cs),
      restrictedPart: utf8(restricted),
      restrictedSalt: fromBase64Url(ps),
    });
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/** Bytes of a leaf out of a hole; null when it is no hash. */
export const leafBytes = (leaf: Hash): Uint8Array | null =>
  /^[0-9a-f]{64}$/.test(leaf) ? fromHex(leaf) : null;
