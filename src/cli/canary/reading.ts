import { READ_EVENT, readPartsOf } from '../../domain/event-parts.ts';
import type { Hash, TipId, UnitId } from '../../domain/ids.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { fromBase64Url } from '../../protocol/base64.ts';
import { parseCore } from '../../protocol/core.ts';
import { openEnvelope } from '../../protocol/envelope.ts';
import { ensure } from '../../protocol/errors.ts';
import { verifyEvent } from '../../protocol/event.ts';
import { epochRecipient, parseWraps } from '../../protocol/wraps.ts';
import { type CitizenWorld, textOf } from './citizen.ts';
import type { Head, StaffSession } from './staff-session.ts';

/** One event of a tip as the service shows it. */
export interface WireEvent {
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

export interface WireEnvelope {
  readonly tip: TipId;
  readonly no: number;
  readonly core: string;
  readonly body: string;
  readonly seal: string;
  readonly wraps: string;
}

/** A thread's ciphertext, and the event that brought the tip. */
export interface ReadAnswer {
  readonly envelopes: readonly WireEnvelope[];
  readonly submitted: readonly (WireEvent & { readonly tip: TipId })[];
}

export const tipOf = (staff: StaffSession, tip: TipId): Promise<WireTip> =>
  staff.client.get<WireTip>(`/api/staff/tips/${tip}`);

/** Signs a read and fetches every envelope of a tip's thread. Not in turn: for acts that are. Throws Refused. */
export async function readThread(world: CitizenWorld, staff: StaffSession, tip: TipId): Promise<ReadAnswer> {
  const { me, client } = staff;
  const subject = `reader:${me.staff}`;
  const head = await client.get<Head>(`/api/staff/head?subject=${subject}`);
  const { citizen, restricted } = readPartsOf({ staff: me.staff, unit: me.unit }, [tip]);
  const event = staff.signed(READ_EVENT, subject, head, world.now(), citizen, restricted);
  return world.watch.time('read', () => client.post<ReadAnswer>('/api/staff/read', { event, tips: [tip] }));
}

/** What opens an envelope for this person: the key of the first of its unit's epochs that it is wrapped to. Throws `wrap_foreign`. */
export async function readerOf(
  staff: StaffSession,
  wraps: Uint8Array,
): Promise<{ readonly id: string; readonly secretKey: Uint8Array }> {
  const mine = parseWraps(wraps)
    .map(({ id }) => new RegExp(`^epoch:${staff.me.unit}:(\\d+)$`).exec(id)?.[1])
    .find((n) => n !== undefined);
  ensure(mine !== undefined, 'wrap_foreign');
  const { kem } = await staff.epoch(Number(mine));
  return { id: epochRecipient(staff.me.unit, Number(mine)), secretKey: kem.secretKey };
}

/**
 * Reads a tip: signs the read, fetches the ciphertext, opens it with the unit's epoch key and checks that its author is the one who
 * signed the submission. Returns its text. Throws Refused, ProtocolError.
 */
export function openTip(world: CitizenWorld, staff: StaffSession, tip: TipId): Promise<string> {
  return staff.inTurn(async () => {
    const answer = await readThread(world, staff, tip);
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
  const reader = await readerOf(staff, parts.wraps);
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
