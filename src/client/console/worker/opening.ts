import type { CitizenMessage, UnitMessage } from '../../../domain/conversation.ts';
import type { Hash, TipId } from '../../../domain/ids.ts';
import type { TipContent, TipExtras } from '../../../domain/tip-content.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { equalBytes } from '../../../protocol/bytes.ts';
import { checkEntries, parseCitizenMessage, parseTip, parseUnitMessage } from '../../../protocol/content.ts';
import { parseCore } from '../../../protocol/core.ts';
import { openEnvelope } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { checkEventParts, parsePart, verifyEvent } from '../../../protocol/event.ts';
import { type ManifestEntry, parseManifest } from '../../../protocol/manifest.ts';
import { hashSeal } from '../../../protocol/seal.ts';
import { authorHash } from '../../../protocol/submission.ts';
import type { WireEnvelope, WireEvent } from '../wire.ts';
import { openerFor } from './former.ts';
import type { ReadTip } from './reading.ts';
import type { WorkerState } from './state.ts';

/** An envelope's bytes, decoded. */
export interface Bytes {
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
  readonly body: Uint8Array;
  readonly seal: Uint8Array;
  readonly manifest: Uint8Array;
}

/** Decodes an envelope as it was served. */
export const bytesOf = (envelope: WireEnvelope): Bytes => ({
  core: fromBase64Url(envelope.core),
  wraps: fromBase64Url(envelope.wraps),
  body: fromBase64Url(envelope.body),
  seal: fromBase64Url(envelope.seal),
  manifest: fromBase64Url(envelope.manifest),
});

/** The tip's own envelope in a thread. Throws `body_malformed` when it was not served. */
export function firstOf(read: ReadTip): WireEnvelope {
  const envelope = read.envelopes.find(({ no }) => no === 1);
  ensure(envelope !== undefined, 'body_malformed');
  return envelope;
}

/**
 * The SUBMITTED event: the author's signature, its place, its parts and the salted hash of the author's key. Throws `event_signature`,
 * `event_part`, `author_mismatch`, `event_mismatch`.
 */
export function checkFirstEvent(
  state: WorkerState,
  tip: TipId,
  submitted: WireEvent,
  author: Uint8Array,
): void {
  const { suite, pins } = state;
  const { event } = verifyEvent(suite, fromBase64Url(submitted.record), [author]);
  ensure(event.header.subject === `tip:${tip}` && event.header.no === 1, 'event_mismatch', 'subject');
  ensure(
    event.header.instance === pins.instance && event.header.type === 'submitted',
    'event_mismatch',
    'type',
  );
  const restrictedPart = fromBase64Url(submitted.restrictedPart);
  checkEventParts(suite, event, {
    citizenPart: fromBase64Url(submitted.citizenPart),
    citizenSalt: fromBase64Url(submitted.citizenSalt),
    restrictedPart,
    restrictedSalt: fromBase64Url(submitted.restrictedSalt),
  });
  ensure(parsePart(restrictedPart).author === authorHash(suite, tip, author), 'author_mismatch');
}

/**
 * The author's public key, vouched for by the SUBMITTED event, which also names the seal of this very envelope. Throws the codes of
 * `checkFirstEvent`, and `seal_mismatch`.
 */
export function checkSubmitted(
  state: WorkerState,
  tip: TipId,
  submitted: WireEvent,
  parts: Bytes,
): Uint8Array {
  const core = parseCore(parts.core);
  checkFirstEvent(state, tip, submitted, core.author);
  const citizen = parsePart(fromBase64Url(submitted.citizenPart));
  ensure(citizen.seal === hashSeal(state.suite, parts.seal), 'seal_mismatch', 'event');
  ensure(citizen.unit === core.unit, 'event_mismatch', 'unit');
  return core.author;
}

const withFormer = new WeakMap<WireEnvelope, number>();

/** Number of the tip's event that replaced the wraps which an envelope was opened with; null when the present ones open it. */
export const openedWithFormer = (envelope: WireEnvelope): number | null => withFormer.get(envelope) ?? null;

/** What opens a served envelope, and a note when its present wraps do not. Throws as `openerFor`. */
async function opening(state: WorkerState, tip: TipId, envelope: WireEnvelope, parts: Bytes) {
  const opener = await openerFor(state, { tip, no: envelope.no, core: parts.core, wraps: parts.wraps });
  if (opener.replacedNo !== null) withFormer.set(envelope, opener.replacedNo);
  return { parts: { ...parts, wraps: opener.wraps }, reader: opener.reader };
}

/** A tip's content with what was attached to it. */
export interface OpenedContent {
  readonly content: TipContent;
  readonly extras: TipExtras;
  readonly files: readonly ManifestEntry[];
}

/** Opens the tip itself and reads its content. Throws what stands against it, by code. */
export async function openTip(state: WorkerState, tip: TipId, read: ReadTip): Promise<OpenedContent> {
  const served = bytesOf(firstOf(read));
  const author = checkSubmitted(state, tip, read.submitted, served);
  const { parts, reader } = await opening(state, tip, firstOf(read), served);
  const opened = openEnvelope(state.suite, parts, reader, {
    instance: state.pins.instance,
    tip,
    kind: 'tip',
    no: 1,
    prev: null,
    author,
    seal: parts.seal,
    manifest: parts.manifest,
  });
  const { content, extras } = parseTip(opened.content);
  const files = parseManifest(parts.manifest);
  checkEntries(extras.attachments, files);
  return { content, extras, files };
}

/** What the events say of an envelope of the thread. */
export interface NamedMessage {
  readonly no: number;
  /** Hashes of the seals by number; that of the one before binds the order. */
  readonly seals: ReadonlyMap<number, Hash>;
  /** The citizen's key when they wrote it; null for what a unit wrote. */
  readonly author: Uint8Array | null;
}

/** A message, opened. */
export type OpenedLetter =
  | { readonly from: 'unit'; readonly message: UnitMessage }
  | { readonly from: 'citizen'; readonly message: CitizenMessage; readonly files: readonly ManifestEntry[] };

/**
 * Opens a message of the thread. Its seal must be the one that an event names, it must follow the envelope before it, and its author must be
 * the citizen's key at that time or, for what a unit wrote, the voice of the epoch to which it was sealed, by the directory. Throws what stands
 * against it, by code.
 */
export async function openMessage(
  state: WorkerState,
  tip: TipId,
  envelope: WireEnvelope,
  named: NamedMessage,
): Promise<OpenedLetter> {
  const served = bytesOf(envelope);
  ensure(named.seals.get(envelope.no) === hashSeal(state.suite, served.seal), 'seal_mismatch', 'event');
  const prev = named.seals.get(envelope.no - 1);
  ensure(prev !== undefined, 'core_mismatch', 'prev');
  const author = named.author ?? (await voiceOf(state, served.core));
  ensure(equalBytes(author, parseCore(served.core).author), 'author_mismatch');
  const { parts, reader } = await opening(state, tip, envelope, served);
  const opened = openEnvelope(state.suite, parts, reader, {
    instance: state.pins.instance,
    tip,
    kind: 'message',
    no: named.no,
    prev,
    author,
    seal: parts.seal,
    manifest: parts.manifest,
  });
  const files = parseManifest(parts.manifest);
  if (named.author === null) {
    ensure(files.length === 0, 'manifest_mismatch', 'attachments');
    return { from: 'unit', message: parseUnitMessage(opened.content) };
  }
  const message = parseCitizenMessage(opened.content);
  checkEntries(message.attachments, files);
  return { from: 'citizen', message, files };
}

async function voiceOf(state: WorkerState, bytes: Uint8Array): Promise<Uint8Array> {
  const core = parseCore(bytes);
  return (await state.directories.epoch(core.unit, core.epoch, state.keyring.now())).voiceKey;
}
