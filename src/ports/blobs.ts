/**
 * Sealed bytes too large for the database, written in parts. Nothing is readable before `commit`; after it the blob and its
 * folder entry are on disk. Keys are 32 lowercase hex digits. AppError: `field_invalid` (key, part, count or range that is none),
 * `not_found` (part or commit of an upload that was never started), `body_too_large`, `storage_full`.
 */
export interface Blobs {
  /** Starts an upload. `exists` when the key is already committed or being written. */
  create(key: string): Promise<'created' | 'exists'>;
  /** Writes part `index` (0-based, at most 5 MiB each, 10 000 parts); writing a part again replaces it. */
  putPart(
    key: string,
    index: number,
    bytes: ReadableStream<Uint8Array>,
  ): Promise<{ readonly length: number; readonly hash: string }>;
  /**
   * Joins parts 0…count-1 durably (file and directory synced). `missing` names the first absent part; the upload then stays as it is.
   * Committing again answers with the same length.
   */
  commit(key: string, count: number): Promise<{ readonly length: number } | { readonly missing: number }>;
  /** Bytes [from, to) of a committed blob (`to` is cut to its end) and `length`, the whole blob's; null when there is none. */
  read(
    key: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<{ readonly length: number; readonly body: ReadableStream<Uint8Array> } | null>;
  /** Deletes a committed blob or an unfinished upload; true when there was one. */
  delete(key: string): Promise<boolean>;
  /** Uploads begun before `olderThan` (seconds) and never committed, at most 1 000. */
  orphans(olderThan: number): Promise<readonly string[]>;
  /** Bytes that may still be written here; null where nobody can tell (object stores). */
  room(): Promise<number | null>;
  /** SHA-256 hex recorded at commit, for `doctor`; null when there is none. */
  recordedHash(key: string): Promise<string | null>;
}
