import type { ViewKind } from '../../../domain/attachments.ts';
import type { TipId } from '../../../domain/ids.ts';

/** What the viewer asks of the Worker: one attachment at a time, part by part. */
export interface AttachmentCalls {
  /** Records that this person opens it, and makes ready to open its parts. `view` is null where it is for downloading alone. */
  openAttachment: {
    readonly in: { readonly tip: TipId; readonly no: number; readonly id: string };
    readonly out: { readonly parts: number; readonly view: ViewKind | null; readonly size: number };
  };
  /** The file's own bytes of one part, checked; padding is cut off, so the last may be empty. */
  attachmentPart: {
    readonly in: { readonly id: string; readonly no: number };
    readonly out: Uint8Array<ArrayBuffer>;
  };
}
