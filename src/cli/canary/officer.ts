import { dayOf } from '../../domain/calendar.ts';
import {
  citizenPartOf,
  openedDecision,
  restrictedPartOf,
  type SealedMessage,
} from '../../domain/event-parts.ts';
import type { Hash, Seconds, TipId } from '../../domain/ids.ts';
import { NO_LAW } from '../../domain/law.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { Act, TipChange } from '../../domain/life-cycle-types.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { fromUtf8, utf8 } from '../../protocol/bytes.ts';
import { cosignDecision, signDecision } from '../../protocol/decision.ts';
import { sealEnvelope } from '../../protocol/envelope.ts';
import { ensure } from '../../protocol/errors.ts';
import { parsePart } from '../../protocol/event.ts';
import { liveEpoch } from '../../protocol/target.ts';
import { epochRecipient, mailboxRecipient } from '../../protocol/wraps.ts';
import type { CitizenWorld } from './citizen.ts';
import { handOver } from './hand-over.ts';
import { tipOf, type WireEvent, type WireTip } from './reading.ts';
import type { StaffSession } from './staff-session.ts';

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
    const wraps = await handOver(world, staff, detail, act);
    const decision = decisionOf(world, staff, detail, act, change, at);
    const facts = {
      state: detail.state,
      act,
      change,
      actor: { staff: me.staff, unit: me.unit },
      ...(letter === null ? {} : { message: letter.fact }),
      ...(wraps === null ? {} : { wraps: wraps.map(({ no, hash }) => ({ no, hash })) }),
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
    const body = {
      act,
      event,
      ...(letter === null ? {} : { message: letter.wire }),
      ...(wraps === null ? {} : { wraps: wraps.map(({ no, wraps: block }) => ({ no, wraps: block })) }),
    };
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
    const decision = openedDecision(change, { instance: pins.instance, tip: detail.tip, at });
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
