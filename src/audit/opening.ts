import type { Hash } from '../domain/ids.ts';
import { sameBytes } from '../ledger/encoding.ts';
import { eventEntry } from '../ledger/entry.ts';
import { fromBase64Url } from '../protocol/base64.ts';
import { toHex } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { hashBytes, MAX_PART_BYTES, MAX_RECORD_BYTES, parseEventText } from '../protocol/event.ts';
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

/** Longest text that is hashed without being copied first, in UTF-16 units: each takes three bytes at most. */
const SHORT = MAX_PART_BYTES;
const SALT = 32;
const encoder = new TextEncoder();
/** Salt and text on their way to be hashed. Nothing is kept in it. */
const scratch = new Uint8Array(SALT + 3 * SHORT);

/** SHA-256(salt ‖ UTF-8 of the text), and how many bytes the text has. Null for a salt of another length and text that is too long or malformed. */
function saltedText(
  hashes: Pick<Hashes, 'sha256'>,
  salt: string,
  text: string,
): { readonly hash: Uint8Array; readonly bytes: number } | null {
  const salted = fromBase64Url(salt);
  if (salted.length !== SALT || text.length > SHORT || !text.isWellFormed()) return null;
  scratch.set(salted);
  const { written } = encoder.encodeInto(text, scratch.subarray(SALT));
  return { hash: hashes.sha256(scratch.subarray(0, SALT + written)), bytes: written };
}

/** Computes the entry of an event line; null when its record or salts cannot be read. */
export function openEvent(hashes: Pick<Hashes, 'sha256'>, line: EventLine): Opening | null {
  try {
    const leaf = saltedText(hashes, line.s, line.r);
    if (leaf === null || leaf.bytes > MAX_RECORD_BYTES) return null;
    const parsed = parseEventText(line.r);
    const { citizenHash, restrictedHash, header } = parsed;
    const prev = header.prev === null ? null : hashBytes(header.prev);
    const sha256 = (data: Uint8Array) => hashes.sha256(data);
    const parts =
      isPart(hashes, citizenHash, line.cs, line.c) && isPart(hashes, restrictedHash, line.ps, line.p);
    const { c: citizen, p: restricted, i: index } = line;
    return {
      event: { index, leaf: toHex(leaf.hash) as Hash, parsed, citizen, restricted },
      entry: eventEntry(sha256, leaf.hash, { citizenHash, prev, no: header.no }),
      parts,
    };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** True when salt and text give the hash that was signed. */
function isPart(hashes: Pick<Hashes, 'sha256'>, signed: Uint8Array, salt: string, text: string): boolean {
  try {
    const part = saltedText(hashes, salt, text);
    return part !== null && part.bytes <= MAX_PART_BYTES && sameBytes(part.hash, signed);
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
