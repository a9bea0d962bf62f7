import { type AttachmentEntry, viewKind } from '../../../domain/attachments.ts';
import type { TipId } from '../../../domain/ids.ts';
import { ATTACHMENT_EVENT, attachmentPartsOf } from '../../../domain/reader-parts.ts';
import { hashPart, openPart, partsRoot, withoutPadding } from '../../../protocol/attachment.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { concat, equalBytes, fromHex, wipe } from '../../../protocol/bytes.ts';
import { ensure } from '../../../protocol/errors.ts';
import type { ManifestEntry } from '../../../protocol/manifest.ts';
import type { AttachmentOpened } from '../../../protocol/wire-uploads.ts';
import { getBytes, Problem, sendJson } from '../http.ts';
import type { AttachmentCalls } from './attachment-calls.ts';
import type { HandlersOf } from './calls.ts';
import { readerEvent } from './reader-event.ts';
import { onceMore } from './signing.ts';
import type { WorkerState } from './state.ts';

/** An attachment as an opened envelope names it. */
interface KnownAttachment {
  readonly tip: TipId;
  readonly no: number;
  readonly entry: AttachmentEntry;
  readonly file: ManifestEntry;
}

/** Attachments that opened envelopes named, with their keys; and the part hashes of those that this person opened. */
export class Attachments {
  readonly #known = new Map<string, KnownAttachment>();
  readonly #open = new Map<string, readonly Uint8Array[]>();

  note(attachment: KnownAttachment): void {
    this.#known.set(attachment.entry.id, attachment);
  }

  /** Throws Problem `attachment_unknown` for one that no opened envelope names. */
  get(id: string): KnownAttachment {
    const known = this.#known.get(id);
    if (known === undefined) throw new Problem('attachment_unknown');
    return known;
  }

  opened(id: string, hashes: readonly Uint8Array[]): void {
    this.#open.set(id, hashes);
  }

  /** Hash of one part of an opened attachment. Throws Problem `not_read` before `opened`, ProtocolError `part_size` beyond the last. */
  hashOf(id: string, no: number): Uint8Array {
    const hashes = this.#open.get(id);
    if (hashes === undefined) throw new Problem('not_read');
    const hash = hashes[no];
    ensure(hash !== undefined, 'part_size');
    return hash;
  }
}

const pathOf = ({ tip, entry }: KnownAttachment): string => `/api/staff/tips/${tip}/attachments/${entry.id}`;

/** Signs that I open it, and takes the part hashes only when they are those that the envelope's seal binds. */
async function open(state: WorkerState, known: KnownAttachment): Promise<void> {
  const { staff, unit } = state.keyring.me;
  const { id } = known.entry;
  const answer = await state.reads.inTurn(() =>
    onceMore(async () => {
      const parts = attachmentPartsOf({ staff, unit }, known.tip, id);
      const event = await readerEvent(state, ATTACHMENT_EVENT, parts);
      return sendJson<AttachmentOpened>('POST', `${pathOf(known)}/open`, { event });
    }),
  );
  const hashes = answer.hashes.map((hash) => fromHex(hash));
  ensure(hashes.length === known.file.parts, 'manifest_mismatch', 'parts');
  ensure(partsRoot(state.suite, id, concat(...hashes)) === known.file.root, 'manifest_mismatch', 'root');
  state.attachments.opened(id, hashes);
}

/** One part as it lies with the server; where the service has forgotten that I opened it (it was restarted), it is opened once more. */
async function sealedPart(state: WorkerState, known: KnownAttachment, no: number): Promise<Uint8Array> {
  try {
    return await getBytes(`${pathOf(known)}/parts/${no}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_read') throw error;
    await open(state, known);
    return getBytes(`${pathOf(known)}/parts/${no}`);
  }
}

/** What the Worker does for the viewer. Throws Problem, ProtocolError `manifest_mismatch`, `part_size`, `part_corrupt`. */
export const attachmentHandlers: HandlersOf<AttachmentCalls> = {
  openAttachment: async (state, { tip, no, id }) => {
    const known = state.attachments.get(id);
    ensure(known.tip === tip && known.no === no, 'manifest_mismatch', 'id');
    await open(state, known);
    const { type, size } = known.entry;
    return { parts: known.file.parts, view: viewKind(type), size };
  },
  attachmentPart: async (state, { id, no }) => {
    const known = state.attachments.get(id);
    const wanted = state.attachments.hashOf(id, no);
    const sealed = await sealedPart(state, known, no);
    ensure(equalBytes(hashPart(state.suite, sealed), wanted), 'part_corrupt', 'hash');
    const key = fromBase64Url(known.entry.key);
    const plain = openPart(state.suite, key, id, no, sealed);
    wipe(key);
    return withoutPadding(plain, no, known.entry.size).slice();
  },
};
