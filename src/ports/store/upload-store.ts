import type { Hash, Hour, Seconds, TipId, UnitId } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** A file that is about to arrive in parts. Every blob has such a row before its first byte, so none can be forgotten. */
export interface NewUpload {
  /** 32 hex digits; also the blob's key. */
  readonly id: string;
  readonly kind: 'attachment' | 'recording';
  /** Sealed bytes of all parts together, and their number. */
  readonly bytes: number;
  readonly parts: number;
  readonly hour: Hour;
  /** The spent proof of work; null for a recording, whose switchboard has a token. */
  readonly challenge: { readonly id: string; readonly expires: Seconds } | null;
  /** Bytes that unclaimed uploads may hold together, what has arrived of them and all of this one; beyond it `full`. */
  readonly room: number;
}

export type UploadState = 'open' | 'complete' | 'attached' | 'dropping';

export interface UploadRow {
  readonly id: string;
  readonly kind: NewUpload['kind'];
  readonly state: UploadState;
  readonly bytes: number;
  readonly parts: number;
  /** Hash of each part that is there, by number; null where none is. */
  readonly have: readonly (Hash | null)[];
}

/** What a submission or message claims of a finished upload: all four must fit, or the whole transaction is refused. */
export interface AttachmentClaim {
  readonly id: string;
  readonly bytes: number;
  readonly parts: number;
  readonly root: Hash;
}

/** A claimed attachment as a reader needs it. */
export interface AttachmentRow extends AttachmentClaim {
  readonly tip: TipId;
  /** Number of its envelope in the thread, or of its copy among the tip's copies. */
  readonly no: number;
  /** 32 bytes a part, joined. */
  readonly partHashes: Uint8Array;
}

export interface UploadStore {
  /** Looks for room and spends the challenge. `exists` when the id is taken (by a try whose answer was lost, say). */
  begin(upload: NewUpload): Promise<'begun' | 'exists' | 'full' | 'challenge_spent'>;
  upload(id: string): Promise<UploadRow | null>;
  /** Bytes that have arrived of uploads which nothing has claimed. Counts parts: not to be asked for each of them. */
  held(kind: NewUpload['kind']): Promise<number>;
  /** Notes a part whose bytes are on disk. `same`: noted before with this hash; `conflict`: with another; `closed`: no longer open. */
  notePart(id: string, no: number, hash: Hash): Promise<'noted' | 'same' | 'conflict' | 'closed' | 'unknown'>;
  /** Forgets parts from a number on, whose bytes turned out not to be on disk. */
  dropParts(id: string, from: number): Promise<void>;
  /** Closes an upload whose blob is committed. The number of the first part without a row instead, when there is one. */
  complete(id: string, root: Hash): Promise<'complete' | { readonly missing: number } | 'unknown'>;
  /** Gives up an unclaimed upload: it can no longer be claimed. False when it is claimed or unknown. */
  abandon(id: string): Promise<boolean>;
  /** Turns unclaimed uploads begun before this hour into `dropping` and names at most `limit` of all that are `dropping`. */
  dropOlder(before: Hour, limit: number): Promise<readonly string[]>;
  /** Removes a `dropping` row, after its blob is gone. */
  forget(id: string): Promise<void>;
  /**
   * Commits one event of a reader (`attachment_opened`) and gives the attachment, when this unit holds the tip or is offered it, or when it is
   * a picture of a working copy that this unit got, or made and still holds the tip of; null when it may not read it, with nothing written.
   */
  open(event: EventRow, unit: UnitId, tip: TipId, id: string): Promise<AttachmentRow | null | Stale>;
  /** Ids of every upload that is finished or claimed, in pages after an id of 32 hex digits, for `doctor`: each must have its blob. */
  ids(after: string, limit: number): Promise<readonly string[]>;
}
