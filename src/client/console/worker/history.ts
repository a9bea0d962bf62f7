import type { Hash, UnitId } from '../../../domain/ids.ts';
import { isUnitId } from '../../../domain/ids.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { validSigners } from '../../../protocol/dsse.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import {
  checkEventParts,
  eventLeaf,
  type ParsedEvent,
  parseEvent,
  parsePart,
} from '../../../protocol/event.ts';
import { isActive, memberSigners, type VerifiedMember } from '../../../protocol/membership.ts';
import type { WireEvent } from '../wire.ts';
import type { HistoryStep, Signer } from './calls.ts';
import type { NamedMessage } from './opening.ts';
import type { WorkerState } from './state.ts';

type Part = Readonly<Record<string, unknown>>;

/** A tip's events, checked one by one. */
export interface History {
  readonly steps: readonly HistoryStep[];
  /** True when each step names the leaf of the one before it, from number 1 on. */
  readonly chain: boolean;
}

/** Units whose members may have signed: those that the events' own parts name. What they claim is checked by their signatures. */
export const unitsOf = (events: readonly WireEvent[]): readonly UnitId[] => {
  const units = events.map(
    (event) => partOf(event.restrictedPart).actor as { readonly unit?: unknown } | undefined,
  );
  return [...new Set(units.map((actor) => actor?.unit))].filter(
    (unit): unit is UnitId => typeof unit === 'string' && isUnitId(unit),
  );
};

/**
 * Checks a tip's events: leaf, place in the chain, both parts, and the signature: the author's for the first (when the key is known
 * from the opened envelope), a member's in force at the event's time for the others.
 */
export function checkHistory(
  state: WorkerState,
  subject: string,
  events: readonly WireEvent[],
  members: readonly VerifiedMember[],
  author: Uint8Array | null,
): History {
  let before: Hash | null = null;
  let chain = events.length > 0;
  const steps = events.map((event, index): HistoryStep => {
    const step = checkStep(state, subject, event, members, author);
    const joins = step.parsed?.header.no === index + 1 && step.parsed.header.prev === before;
    chain &&= joins;
    before = event.leaf;
    return joins ? step.shown : { ...step.shown, proven: false, code: step.shown.code ?? 'history_broken' };
  });
  return { steps, chain };
}

function checkStep(
  state: WorkerState,
  subject: string,
  event: WireEvent,
  members: readonly VerifiedMember[],
  author: Uint8Array | null,
): { readonly parsed: ParsedEvent | null; readonly shown: HistoryStep } {
  const base = { no: event.no, type: event.type, leaf: event.leaf, data: dataOf(event) };
  const nobody: Signer = { kind: event.no === 1 ? 'citizen' : 'unknown', name: '', unit: null };
  try {
    const record = fromBase64Url(event.record);
    const parsed = parseEvent(record);
    const time = readTime(parsed);
    const fail = (code: string) => ({
      parsed,
      shown: { ...base, time, signers: [nobody], proven: false, code },
    });
    const { header } = parsed;
    if (header.subject !== subject || header.type !== event.type || header.instance !== state.pins.instance)
      return fail('event_mismatch');
    if (eventLeaf(state.suite, fromBase64Url(event.leafSalt), record) !== event.leaf)
      return fail('promise_leaf');
    checkEventParts(state.suite, parsed, {
      citizenPart: fromBase64Url(event.citizenPart),
      citizenSalt: fromBase64Url(event.citizenSalt),
      restrictedPart: fromBase64Url(event.restrictedPart),
      restrictedSalt: fromBase64Url(event.restrictedSalt),
    });
    const signers = signersOf(state, parsed, members, author);
    const proven = signers.length > 0 && speaksForItself(event, parsed, signers);
    const code = proven ? null : author === null && event.no === 1 ? 'author_unknown' : 'event_signature';
    return {
      parsed,
      shown: { ...base, time, signers: signers.length > 0 ? signers : [nobody], proven, code },
    };
  } catch (error) {
    const code = error instanceof ProtocolError ? error.code : 'event_malformed';
    return { parsed: null, shown: { ...base, time: { at: 0 }, signers: [nobody], proven: false, code } };
  }
}

interface KnownSigner extends Signer {
  readonly person: string | null;
}

function signersOf(
  state: WorkerState,
  event: ParsedEvent,
  members: readonly VerifiedMember[],
  author: Uint8Array | null,
): readonly KnownSigner[] {
  const { time, no } = event.header;
  if ('at' in time) {
    const active = members.filter((member) => isActive(member, time.at));
    return memberSigners(state.suite, event.envelope, active).map((member) => ({
      kind: 'member',
      name: member.name,
      unit: member.unit,
      person: member.person,
    }));
  }
  const keys = author === null ? [] : [author];
  const signed = validSigners(state.suite, event.envelope, keys).length > 0 && (no === 1 || 'day' in time);
  return signed ? [{ kind: 'citizen', name: '', unit: null, person: null }] : [];
}

/** An officer's event names its actor; only that person's own signature counts for it. */
function speaksForItself(event: WireEvent, parsed: ParsedEvent, signers: readonly KnownSigner[]): boolean {
  if (!('at' in parsed.header.time)) return true;
  const actor = partOf(event.restrictedPart).actor as
    | { readonly staff?: unknown; readonly unit?: unknown }
    | undefined;
  return signers.some((signer) => signer.person === actor?.staff && signer.unit === actor?.unit);
}

const readTime = ({ header: { time } }: ParsedEvent): HistoryStep['time'] => {
  if ('t0' in time) return { hour: time.t0 };
  return 'day' in time ? { day: time.day } : { at: time.at };
};

const partOf = (encoded: string): Part => {
  try {
    return parsePart(fromBase64Url(encoded));
  } catch {
    return {};
  }
};

const dataOf = (event: WireEvent): HistoryStep['data'] => {
  const act = partOf(event.restrictedPart).act;
  if (typeof act !== 'object' || act === null) return {};
  return Object.fromEntries(
    Object.entries(act).filter(
      ([key, value]) => key !== 'step' && ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );
};

/** Every envelope of a tip's thread by the event that brought it, in order. */
export const threadOf = (events: readonly WireEvent[]): readonly NamedMessage[] => events.flatMap(messageOf);

/** The envelope that an event brought into the thread: the tip itself, or a message. */
const messageOf = (event: WireEvent): readonly NamedMessage[] => {
  const part = partOf(event.citizenPart);
  if (event.no === 1) return [{ no: 1, seal: part.seal as Hash }];
  const message = part.message as { readonly no?: unknown; readonly seal?: unknown } | null | undefined;
  return typeof message?.no === 'number' ? [{ no: message.no, seal: message.seal as Hash }] : [];
};
