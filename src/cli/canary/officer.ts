import { dayOf } from '../../domain/calendar.ts';
import {
  citizenPartOf,
  READ_EVENT,
  readPartsOf,
  resolutionDecision,
  restrictedPartOf,
  type SealedMessage,
} from '../../domain/event-parts.ts';
import type { Hash, Seconds, TipId, UnitId } from '../../domain/ids.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { Act, TipChange, TipState } from '../../domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { fromUtf8, utf8 } from '../../protocol/bytes.ts';
import { parseCore } from '../../protocol/core.ts';
import { cosignDecision, signDecision } from '../../protocol/decision.ts';
import { openEnvelope, sealEnvelope } from '../../protocol/envelope.ts';
import { ensure } from '../../protocol/errors.ts';
import { parsePart, verifyEvent } from '../../protocol/event.ts';
import { liveEpoch } from '../../protocol/target.ts';
import { epochRecipient, mailboxRecipient, parseWraps } from '../../protocol/wraps.ts';
import { type CitizenWorld, textOf } from './citizen.ts';
import type { Head, StaffSession } from './staff-session.ts';

/** One event of a tip as the service shows it. */
interface WireEvent {
  readonly no: number;
  readonly type: string;
  readonly record: string;
  readonly citizenPart: string;
  readonly restrictedPart: string;
}

/** A tip without its ciphertext. */
export interface WireTip {
  readonly tip: TipId;
  readonly state: TipState;
  readonly registerNumber: string | null;
  readonly head: { readonly no: number; readonly leaf: Hash };
  readonly above: readonly UnitId[];
  readonly events: readonly WireEvent[];
  readonly mailboxKey: string;
  readonly mailboxLocator: string;
}

interface WireEnvelope {
  readonly tip: TipId;
  readonly no: number;
  readonly core: string;
  readonly body: string;
  readonly seal: string;
  readonly wraps: string;
}

interface ReadAnswer {
  readonly envelopes: readonly WireEnvelope[];
  readonly submitted: readonly (WireEvent & { readonly tip: TipId })[];
}

/** Deadlines are the service's to set; nothing that is signed depends on them. */
const NO_LAW = {
  rules: { rules: [], rollDays: false },
  calendar: { years: new Set<number>(), daysOff: new Set<never>(), workedWeekends: new Set<never>() },
};

export const tipOf = (staff: StaffSession, tip: TipId): Promise<WireTip> =>
  staff.client.get<WireTip>(`/api/staff/tips/${tip}`);

/**
 * Reads a tip: signs the read, fetches the ciphertext, opens it with the unit's epoch key and checks that its author is the one who
 * signed the submission. Returns its text. Throws Refused, ProtocolError.
 */
export function openTip(world: CitizenWorld, staff: StaffSession, tip: TipId): Promise<string> {
  return staff.inTurn(async () => {
    const { me, client } = staff;
    const subject = `reader:${me.staff}`;
    const head = await client.get<Head>(`/api/staff/head?subject=${subject}`);
    const { citizen, restricted } = readPartsOf({ staff: me.staff, unit: me.unit }, [tip]);
    const event = staff.signed(READ_EVENT, subject, head, world.now(), citizen, restricted);
    const answer = await world.watch.time('read', () =>
      client.post<ReadAnswer>('/api/staff/read', { event, tips: [tip] }),
    );
    const envelope = answer.envelopes.find(({ no }) => no === 1);
    const submitted = answer.submitted.find((one) => one.tip === tip);
    ensure(envelope !== undefined && submitted !== undefined, 'body_malformed');
    return opened(world, staff, tip, envelope, submitted);
  });
}

async function opened(
  { suite, pins }: CitizenWorld,
  staff: StaffSession,
  tip: TipId,
  envelope: WireEnvelope,
  submitted: WireEvent,
): Promise<string> {
  const parts = {
    core: fromBase64Url(envelope.core),
    wraps: fromBase64Url(envelope.wraps),
    body: fromBase64Url(envelope.body),
  };
  const { author } = parseCore(parts.core);
  verifyEvent(suite, fromBase64Url(submitted.record), [author]);
  const mine = parseWraps(parts.wraps)
    .map(({ id }) => new RegExp(`^epoch:${staff.me.unit}:(\\d+)$`).exec(id)?.[1])
    .find((n) => n !== undefined);
  ensure(mine !== undefined, 'wrap_foreign');
  const { kem } = await staff.epoch(Number(mine));
  const reader = { id: epochRecipient(staff.me.unit, Number(mine)), secretKey: kem.secretKey };
  const expected = {
    instance: pins.instance,
    tip,
    kind: 'tip',
    no: 1,
    author,
    seal: fromBase64Url(envelope.seal),
  } as const;
  return textOf(openEnvelope(suite, parts, reader, expected).content);
}

/** Takes one step; `text` is what the citizen is told with it. Throws AppError (not allowed), Refused, ProtocolError. */
export function takeStep(
  world: CitizenWorld,
  staff: StaffSession,
  tip: TipId,
  act: Act,
  text?: string,
): Promise<{ readonly registerNumber: string | null }> {
  return staff.inTurn(async () => {
    const { me, client } = staff;
    const detail = await tipOf(staff, tip);
    const at = world.now() as Seconds;
    const actor = {
      staff: me.staff,
      unit: me.unit,
      roles: me.roles,
      overTipUnit: detail.above.includes(me.unit),
    };
    const change = decide(detail.state, actor, act, { ...NO_LAW, now: at, unitKind: me.unitKind });
    const letter = text === undefined ? null : await sealLetter(world, staff, detail, text);
    const decision = decisionOf(world, staff, detail, act, change, at);
    const facts = {
      state: detail.state,
      act,
      change,
      actor: { staff: me.staff, unit: me.unit },
      ...(letter === null ? {} : { message: letter.fact }),
      ...(decision === null ? {} : { decision }),
    };
    const event = staff.signed(
      act.step,
      `tip:${tip}`,
      detail.head,
      at,
      citizenPartOf(facts),
      restrictedPartOf(facts),
    );
    const body = { act, event, ...(letter === null ? {} : { message: letter.wire }) };
    return world.watch.time('step', () => client.post(`/api/staff/tips/${tip}/steps`, body));
  });
}

/** The statement of a two-person step: signed by the proposer, then by the second person over the same bytes. */
function decisionOf(
  { suite, pins }: CitizenWorld,
  { secrets }: StaffSession,
  detail: WireTip,
  act: Act,
  change: TipChange,
  at: Seconds,
): string | null {
  if (act.step === 'resolution_proposed') {
    const decision = resolutionDecision(change, { instance: pins.instance, tip: detail.tip, at });
    ensure(decision !== null, 'statement_malformed');
    return fromUtf8(signDecision(suite, decision, secrets.sign));
  }
  if (act.step !== 'resolved') return null;
  const proposal = detail.events.findLast(({ type }) => type === 'resolution_proposed');
  ensure(proposal !== undefined, 'event_part', 'decision');
  const { decision } = parsePart(fromBase64Url(proposal.restrictedPart));
  ensure(typeof decision === 'string', 'event_part', 'decision');
  return fromUtf8(cosignDecision(suite, utf8(decision), secrets.sign));
}

/** Where the next envelope of the thread joins: number and seal of the last one that an event names. */
function lastOfThread(events: readonly WireEvent[]): { readonly no: number; readonly seal: Hash } {
  let last: { readonly no: number; readonly seal: Hash } | null = null;
  for (const event of events) {
    const part = parsePart(fromBase64Url(event.citizenPart));
    const message = part.message as { readonly no: number; readonly seal: Hash } | null | undefined;
    if (event.no === 1) last = { no: 1, seal: part.seal as Hash };
    else if (message !== null && message !== undefined) last = message;
  }
  ensure(last !== null, 'event_malformed');
  return last;
}

/** The unit's words, sealed to the citizen's mailbox and to the unit, signed with the voice of the present epoch. */
async function sealLetter(
  { suite, pins, now }: CitizenWorld,
  staff: StaffSession,
  detail: WireTip,
  text: string,
): Promise<{
  readonly wire: Record<'core' | 'seal' | 'wraps' | 'body', string>;
  readonly fact: SealedMessage;
}> {
  const { unit, unitName } = staff.me;
  const directory = await staff.directory();
  const epoch = liveEpoch(directory, unit, now());
  ensure(epoch !== null, 'epoch_missing', unit);
  const { voice } = await staff.epoch(epoch.n);
  const last = lastOfThread(detail.events);
  const content = { v: 1, from: { unit, name: unitName.vi }, day: dayOf(now() as Seconds), text };
  const sealed = sealEnvelope(suite, {
    kind: 'message',
    instance: pins.instance,
    tip: detail.tip,
    unit,
    epoch: epoch.n,
    directory: directory.hash,
    author: voice,
    no: last.no + 1,
    prev: last.seal,
    content: utf8(JSON.stringify(content)),
    recipients: [
      { id: mailboxRecipient(detail.mailboxLocator), publicKey: fromBase64Url(detail.mailboxKey) },
      { id: epochRecipient(unit, epoch.n), publicKey: epoch.publicKey },
    ],
  });
  const { core, seal, wraps, body } = sealed;
  return {
    wire: {
      core: toBase64Url(core),
      seal: toBase64Url(seal),
      wraps: toBase64Url(wraps),
      body: toBase64Url(body),
    },
    fact: { no: last.no + 1, seal: sealed.sealHash },
  };
}
