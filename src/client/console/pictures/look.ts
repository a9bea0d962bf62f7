import type { TipId } from '../../../domain/ids.ts';
import type { Looked } from '../../inspect/api.ts';
import { lookIn } from '../../inspect/inspector.ts';
import { Problem } from '../http.ts';
import { eachPart, IN_MEMORY_BYTES, type PartedFile } from '../viewer/load-parts.ts';
import type { AttachmentView } from '../worker/calls.ts';
import type { Vault } from '../worker-client.ts';
import { bitmapOf } from './paint.ts';

/** Looks into a file in a Worker that has no key and no network. Throws Problem `not_loaded`. */
export const look = (
  file: Blob,
  name: string,
  gone: AbortSignal = new AbortController().signal,
): Promise<Looked> =>
  lookIn(document.getElementById('console')?.dataset.inspector ?? '', { file, name }, gone).catch(() => {
    throw new Problem('not_loaded');
  });

/** Opens an attachment: that it was opened is written down before its first part comes. */
export async function opened(vault: Vault, tip: TipId, attachment: AttachmentView): Promise<PartedFile> {
  const { id, no, name, type, size } = attachment;
  const { parts } = await vault.ask('openAttachment', { tip, no, id });
  return { name, type, size, parts, part: (at) => vault.ask('attachmentPart', { id, no: at }) };
}

/** A picture as the page may draw it: taken apart and drawn anew elsewhere, so that its size is bounded and a stranger's bytes are decoded once. */
export interface Picture {
  readonly bitmap: ImageBitmap;
  readonly type: string;
}

/**
 * Opens an attached picture. With `anew` it must have been drawn from its pixels alone. Throws Problem `picture_closed` where this browser
 * cannot draw it, and what opening throws.
 */
export async function openPicture(
  vault: Vault,
  tip: TipId,
  attachment: AttachmentView,
  anew: boolean,
): Promise<Picture> {
  if (attachment.size > IN_MEMORY_BYTES) throw new Problem('picture_closed');
  const file = await opened(vault, tip, attachment);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await eachPart(
    file,
    (bytes) => void chunks.push(bytes),
    () => undefined,
    () => false,
  );
  const { made } = await look(new Blob(chunks), file.name);
  if (made === null || !made.type.startsWith('image/') || (anew && made.form !== 'redrawn'))
    throw new Problem('picture_closed');
  const bitmap = await bitmapOf(made.file).catch(() => {
    throw new Problem('picture_closed');
  });
  return { bitmap, type: made.type };
}

/** The same file, which also hands over the whole once its last part has come. */
export function keeping(file: PartedFile, whole: (file: Blob) => void): PartedFile {
  const pieces: Blob[] = [];
  return {
    ...file,
    part: async (no) => {
      const bytes = await file.part(no);
      pieces[no] = new Blob([bytes]);
      if (no === file.parts - 1) whole(new Blob(pieces));
      return bytes;
    },
  };
}
