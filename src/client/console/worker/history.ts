import { endOfDay, startOfDay } from '../../../domain/calendar.ts';
import { CITIZEN_STEPS } from '../../../domain/conversation.ts';
import type { Day, Hash, UnitId } from '../../../domain/ids.ts';
import { isUnitId, secondsOfHour } from '../../../domain/ids.ts';
import { type ThreadFacts, threadFacts } from '../../../domain/thread.ts';
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
import { type AuthorKey, authorAt } from './authors.ts';
import type { HistoryStep, Signer } from './calls.ts';
import type { WorkerState } from './state.ts';

type Part = Readonly<Record<string, unknown>>;

/** A tip's events, checked one by one. */
export interface History {
  readonly steps: readonly HistoryStep[];
  /** True when each step names the leaf of the one before it, from number 1 on, or from where a signed shredding emptied it. */
  readonly chain: boolean;
}

interface Named {
  readonly staff?: unknown;
  readonly unit?: unknown;
}

/** The member of staff whom an event names: who acted, who took a tip down, or who typed for a caller. */
const namedIn = (event: WireEvent): Named | undefined => {
  const { actor, taken, operator } = partOf(event.restrictedPart);
  return (actor ?? taken ?? operator ?? undefined) as Named | undefined;
};

/** Units whose members may have signed: those that the events' own parts name. What they claim is checked by their signatures. */
export const unitsOf = (events: readonly WireEvent[]): readonly UnitId[] =>
  [...new Set(events.map((event) => namedIn(event)?.unit))].filter(
    (unit): unit is UnitId => typeof unit === 'string' && isUnitId(unit),
  );

/**
 * Checks a tip's events: leaf, place in the chain, both parts, and the signatures: the citizen's for what the citizen did (when their key
 * is known from the opened envelope), an operator's beside it where one is named, a member's in force at the event's time for the others.
 */
export function checkHistory(
  state: WorkerState,
  subject: string,
  events: readonly WireEvent[],
  members: readonly VerifiedMember[],
  authors: readonly AuthorKey[],
): History {
  const emptied = emptiedUpTo(events);
  let before: Hash | null = null;
  let chain = events.length > 0;
  const steps = events.map((event, index): HistoryStep => {
    const step = checkStep(state, subject, event, members, authors);
    const header = step.parsed?.header;
    const begins = index === 0 && emptied > 0;
    const joins =
      header?.no === emptied + index + 1 && (begins ? header.prev !== null : header.prev === before);
    chain &&= joins;
    before = event.leaf;
    return joins ? step.shown : { ...step.shown, proven: false, code: step.shown.code ?? 'history_broken' };
  });
  // Only two people's signatures let the beginning be missing.
  return { steps, chain: chain && (emptied === 0 || steps.at(-1)?.proven === true) };
}

/** Number of the last event that a shredding emptied, as its own event says; 0 where there was none. */
const emptiedUpTo = (events: readonly WireEvent[]): number => {
  const last = events.at(-1);
  if (last?.type !== 'shredded') return 0;
  const { upTo } = (partOf(last.restrictedPart).remains ?? {}) as { readonly upTo?: unknown };
  return typeof upTo === 'number' ? upTo : 0;
};

function checkStep(
  state: WorkerState,
  subject: string,
  event: WireEvent,
  members: readonly VerifiedMember[],
  authors: readonly AuthorKey[],
): { readonly parsed: ParsedEvent | null; readonly shown: HistoryStep } {
  const base = { no: event.no, type: event.type, leaf: event.leaf, data: dataOf(event) };
  const nobody: Signer = { kind: isCitizens(event.type) ? 'citizen' : 'unknown', name: '', unit: null };
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
    const signers = signersOf(state, parsed, members, authors);
    const proven = signers.length > 0 && speaksForItself(event, parsed, signers);
    const unknown = authors.length === 0 && isCitizens(event.type);
    const code = proven ? null : unknown ? 'author_unknown' : 'event_signature';
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
  authors: readonly AuthorKey[],
): readonly KnownSigner[] {
  const { time, no } = event.header;
  const [from, to] = spanOf(time);
  const active = members.filter((member) => isActive(member, from) || isActive(member, to));
  const staff = memberSigners(state.suite, event.envelope, active).map((member) => ({
    kind: 'member' as const,
    name: member.name,
    unit: member.unit,
    person: member.person,
  }));
  const key = authorAt(authors, no);
  if ('at' in time || key === null || validSigners(state.suite, event.envelope, [key]).length === 0)
    return staff;
  return [{ kind: 'citizen', name: '', unit: null, person: null }, ...staff];
}

/** The time that an event tells, as its first and last second: nothing finer is kept of what a citizen does. */
const spanOf = (time: ParsedEvent['header']['time']): readonly [number, number] => {
  if ('at' in time) return [time.at, time.at];
  if ('day' in time) return [startOfDay(time.day), endOfDay(time.day)];
  const from = secondsOfHour(time.t0);
  return [from, from + 3599];
};

/**
 * An officer's event names its actor; only that person's own signature counts for it. A citizen's needs the citizen's own, and that of the
 * operator whom it names.
 */
function speaksForItself(event: WireEvent, parsed: ParsedEvent, signers: readonly KnownSigner[]): boolean {
  const named = namedIn(event);
  const byNamed = signers.some((signer) => signer.person === named?.staff && signer.unit === named?.unit);
  if ('at' in parsed.header.time) return byNamed;
  return signers.some(({ kind }) => kind === 'citizen') && (named === undefined || byNamed);
}

/** Steps that the citizen's own key signs. */
const isCitizens = (type: string): boolean =>
  type === 'submitted' || (CITIZEN_STEPS as readonly string[]).includes(type);

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

/** Hashes that an act names for checking; they tell a reader nothing. */
const FOR_CHECKING: readonly string[] = ['step', 'seal', 'mailbox', 'next', 'audited', 'set', 'salt'];

const dataOf = (event: WireEvent): HistoryStep['data'] => {
  const act = partOf(event.restrictedPart).act;
  if (typeof act !== 'object' || act === null) return {};
  return Object.fromEntries(
    Object.entries(act)
      .filter(([key]) => !FOR_CHECKING.includes(key))
      .flatMap(([key, value]): [string, string | number | boolean][] => {
        // The list of circumstances; words without blanks.
        if (key === 'circumstances' && Array.isArray(value))
          return value.length === 0 ? [] : [[key, value.join(' ')]];
        return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? [[key, value]]
          : [];
      }),
  );
};

/** The moment of the step that brought a tip to its present stage and holder; null without steps. */
export function stageSince(events: readonly WireEvent[], steps: readonly HistoryStep[]): number | null {
  let place: string | null = null;
  let since: number | null = null;
  for (const [at, { citizenPart, type }] of events.entries()) {
    const { stage = type, unit = '' } = partOf(citizenPart);
    const here = `${String(stage)} ${String(unit)}`;
    const time = steps[at]?.time;
    if (here === place || time === undefined) continue;
    place = here;
    since = 'at' in time ? time.at : 'hour' in time ? time.hour * 3600 : startOfDay(time.day as Day);
  }
  return since;
}

/** What a tip's events say of its conversation: who wrote which envelope, whether it is muted, what the citizen agreed to. */
export const conversationOf = (events: readonly WireEvent[]): ThreadFacts =>
  threadFacts(
    events.map(({ no, type, citizenPart, restrictedPart }) => ({
      no,
      type,
      citizenPart: partOf(citizenPart),
      restrictedPart: partOf(restrictedPart),
    })),
  );

/** The event that brought each envelope into the thread, by the envelope's number. */
export const broughtBy = (events: readonly WireEvent[]): ReadonlyMap<number, number> =>
  new Map(
    events.flatMap(({ no, citizenPart }) => {
      const { message } = partOf(citizenPart) as { readonly message?: { readonly no?: unknown } | null };
      return typeof message?.no === 'number' ? [[message.no, no] as const] : [];
    }),
  );
