import { fromBase64Url } from '../../../protocol/base64.ts';
import { toHex } from '../../../protocol/bytes.ts';
import type { HistoryEvent } from './wire.ts';

/** What a signed step says of itself, read from its exact bytes. */
export interface ReadStep {
  readonly no: number;
  readonly type: string;
  /** UTC seconds of a member of staff's step, the hour of a submission, or the day of another act of the citizen. */
  readonly at: number | null;
  readonly hour: number | null;
  readonly day: string | null;
  readonly leaf: string;
  readonly signatures: number;
}

export interface ChainCheck {
  readonly steps: readonly ReadStep[];
  /** Number of the first step whose leaf or link is wrong, or null when all is right. */
  readonly broken: number | null;
}

interface Payload {
  readonly type: string;
  readonly no: number;
  readonly prev: string | null;
  readonly at?: number;
  readonly t0?: number;
  readonly day?: string;
}

/**
 * Recomputes, on this computer, the leaf of every event (SHA-256 over salt and record), the hashes of both parts, and that each event
 * names the leaf before it. A restricted part that stays closed leaves its hash unopened. What the server says of them is not believed.
 */
export async function checkChain(events: readonly HistoryEvent[]): Promise<ChainCheck> {
  const steps: ReadStep[] = [];
  // What a shredding emptied stands before the first event that is left.
  const emptied = events.at(-1)?.type === 'shredded' ? (events[0]?.no ?? 1) - 1 : 0;
  let broken: number | null = null;
  let before: string | null = null;
  for (const [index, event] of events.entries()) {
    const record = fromBase64Url(event.record);
    const envelope = JSON.parse(new TextDecoder().decode(record)) as {
      payload: string;
      signatures: unknown[];
    };
    const payload = JSON.parse(decodeBase64(envelope.payload)) as Payload & {
      citizen: string;
      restricted: string;
    };
    const leaf = await saltedHash(event.leafSalt, event.record);
    const right =
      payload.no === emptied + index + 1 &&
      (payload.prev === before || (index === 0 && emptied > 0)) &&
      leaf === event.leaf &&
      payload.citizen === (await saltedHash(event.citizenSalt, event.citizenPart)) &&
      (event.restrictedSalt === null ||
        event.restrictedPart === null ||
        payload.restricted === (await saltedHash(event.restrictedSalt, event.restrictedPart)));
    if (!right && broken === null) broken = emptied + index + 1;
    before = leaf;
    steps.push({
      no: payload.no,
      type: payload.type,
      at: payload.at ?? null,
      hour: payload.t0 ?? null,
      day: payload.day ?? null,
      leaf,
      signatures: envelope.signatures.length,
    });
  }
  return { steps, broken };
}

async function saltedHash(salt: string, bytes: string): Promise<string> {
  const [first, second] = [fromBase64Url(salt), fromBase64Url(bytes)];
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', joined)));
}

const decodeBase64 = (text: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
