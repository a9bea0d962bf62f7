import type { Hour, TipId, UnitId } from '../../domain/ids.ts';
import type { ConductGroup } from '../../domain/terms.ts';
import type { TipContent } from '../../domain/tip-content.ts';
import type { StretchPool } from '../../instance/stretch-pool.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { fromUtf8, utf8 } from '../../protocol/bytes.ts';
import { ensure } from '../../protocol/errors.ts';
import { freshTarget } from '../../protocol/fresh-target.ts';
import { signLogin } from '../../protocol/login.ts';
import { contentsOf, type ReadMailbox, readMailbox, unitsOfMailbox } from '../../protocol/mailbox-reading.ts';
import { answerPow } from '../../protocol/pow.ts';
import { checkAnswer, finishSubmission, sealTip } from '../../protocol/prepare.ts';
import {
  generateReceiptCode,
  type MailboxKeys,
  mailboxFromMaster,
  wipeMailbox,
} from '../../protocol/receipt-code.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { ChallengeAnswer, MailboxAnswer, MailboxNonce } from '../../protocol/wire.ts';
import { type Carrier, Client } from './client.ts';
import type { Stopwatch } from './stopwatch.ts';

const SUBMISSION_TYPE = 'application/vnd.tinkin.submission';

/** What every citizen of a canary run shares. */
export interface CitizenWorld {
  readonly origin: string;
  readonly suite: Suite;
  readonly pins: Pins;
  readonly pool: StretchPool;
  readonly watch: Stopwatch;
  readonly carry: Carrier;
  /** UTC seconds. */
  readonly now: () => number;
}

/** What a citizen sends, with the little that the server may know of it. */
export interface Sending {
  readonly unit: UnitId;
  readonly content: TipContent;
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
}

/** What a citizen keeps: the code, and nothing else. */
export interface Sent {
  readonly code: string;
  readonly tip: TipId;
  readonly unit: UnitId;
}

/** What somebody who committed to a tip beforehand gives with it. */
export interface Drawn {
  readonly tip?: TipId | undefined;
  /** Called once everything is ready, before the tip leaves. */
  readonly leaving?: () => Promise<void>;
}

/** Text that nobody takes for a real tip, and that one run tells from another. */
export const canaryTip = (mark: string, unit: UnitId): Sending => ({
  unit,
  urgent: false,
  conductGroup: 'other',
  content: {
    v: 1,
    lang: 'vi',
    place: { province: unit.slice(0, 2), commune: null, name: 'Kiểm tra hệ thống' },
    conduct: 'other',
    urgent: { happeningNow: false, danger: false, minor: false },
    official: { involved: 'no', unit: null, role: null },
    excluded: [],
    what: `Tin kiểm tra hệ thống, không phải tin thật: ${mark}`,
    when: '',
    where: '',
    who: '',
    how: '',
  },
});

/**
 * A citizen sends a tip as the form does, with the same requests: code and keys, directory verified from the pins down and compared with the log,
 * sealed, proof of work, promise checked. Throws Refused, ProtocolError.
 */
export async function sendTip(
  world: CitizenWorld,
  sending: Sending,
  { tip, leaving = async () => undefined }: Drawn = {},
): Promise<Sent> {
  const { suite, pins, watch } = world;
  const { unit, content, urgent, conductGroup } = sending;
  const client = new Client(world.origin, world.carry);
  const code = generateReceiptCode(suite);
  const keys = await keysOf(world, code);
  const bundle = await watch.time('directory', () => client.bytes(`/api/directory?unit=${unit}&epochs=live`));
  const freshness = await watch.time('freshness', () => client.get<unknown>(`/api/freshness?unit=${unit}`));
  const request = { bundle, freshness, unit, excluded: content.excluded as readonly UnitId[] };
  const { directory, target } = freshTarget(suite, pins, request, world.now());
  const sealed = sealTip(suite, {
    instance: pins.instance,
    target,
    content: utf8(JSON.stringify(content)),
    keys,
    urgent,
    conductGroup,
    channel: 'web',
    assurance: 'e2ee',
    ...(tip === undefined ? {} : { tip }),
  });
  const challenge = await watch.time('challenge', () =>
    client.post<ChallengeAnswer>('/api/challenge', { seal: sealed.sealHash }),
  );
  ensure(challenge.kind === 'pow', 'field_invalid', 'kind');
  const solution = answerPow((data) => suite.sha256(data), challenge);
  const prepared = finishSubmission(suite, sealed, keys, { t0: challenge.t0 as Hour, solution });
  await leaving();
  const answer = await watch.time('submit', () => client.send('/api/tips', SUBMISSION_TYPE, prepared.frame));
  const ledger = { origin: directory.logOrigin, publicKey: directory.ledgerKey };
  checkAnswer(suite, prepared, answer, ledger, world.now());
  wipeMailbox(keys);
  return { code, tip: sealed.tip, unit: target.unit };
}

/** The citizen comes back with the code alone and reads what is there. Throws Refused, ProtocolError. */
export async function readAnswer(world: CitizenWorld, code: string): Promise<ReadMailbox> {
  const { suite, pins, watch } = world;
  const client = new Client(world.origin, world.carry);
  const keys = await keysOf(world, code);
  const contents = contentsOf(await watch.time('mailbox', () => openMailbox(world, client, keys)));
  const bundles = await Promise.all(
    unitsOfMailbox(contents).map((unit) => client.bytes(`/api/directory?unit=${unit}&epochs=all`)),
  );
  const read = readMailbox(suite, pins, keys, contents, bundles, world.now());
  wipeMailbox(keys);
  return read;
}

async function keysOf({ suite, pins, pool, watch }: CitizenWorld, code: string): Promise<MailboxKeys> {
  const master = await watch.time('code', () => pool.stretchCode(code, pins.instance));
  return mailboxFromMaster(suite, master);
}

async function openMailbox(world: CitizenWorld, client: Client, keys: MailboxKeys): Promise<MailboxAnswer> {
  const { locator } = keys;
  const { nonce, expires } = await client.post<MailboxNonce>('/api/mailbox/challenge', { locator });
  const signature = signLogin(world.suite, keys.login, {
    door: 'mailbox',
    origin: world.origin,
    instance: world.pins.instance,
    subject: locator,
    nonce: fromBase64Url(nonce),
    expires,
  });
  return client.post('/api/mailbox', { locator, nonce, expires, signature: toBase64Url(signature) });
}

/** The text of an opened tip. Throws `content_malformed`. */
export function textOf(content: Uint8Array): string {
  const value: unknown = JSON.parse(fromUtf8(content));
  const what = typeof value === 'object' && value !== null ? Reflect.get(value, 'what') : null;
  ensure(typeof what === 'string', 'content_malformed');
  return what;
}
