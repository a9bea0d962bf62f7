/** JSON of the upload routes (docs/protocol.md, HTTP). Bytes are base64url, ids and hashes hex. */

/** Body of `POST /api/uploads`: `id` = first 16 bytes of H('tk1/upload-id', secret), `bytes` = all sealed parts together. */
export interface UploadBegin {
  readonly id: string;
  readonly bytes: number;
  /** Solution of a challenge that was asked for with `uploadSeal(id, bytes)`. */
  readonly solution: string;
}

/** Answer of `POST /api/uploads` (201; 200 when it was begun before with the same secret) and of `GET /api/uploads/:id`. */
export interface UploadStatus {
  readonly state: 'open' | 'complete' | 'attached';
  readonly parts: number;
  /** Hash of each part that is on disk, or null. */
  readonly have: readonly (string | null)[];
}

/** Answer of `PUT /api/uploads/:id/parts/:no`. */
export interface PartStored {
  readonly no: number;
  readonly hash: string;
}

/** Answer of `POST /api/uploads/:id/complete`. */
export interface UploadComplete {
  readonly root: string;
  readonly bytes: number;
}

/** Answer of `POST /api/staff/tips/:tip/attachments/:id/open`; the parts follow by `GET …/parts/:no`. */
export interface AttachmentOpened {
  readonly bytes: number;
  readonly parts: number;
  readonly root: string;
  /** Hash of each part. */
  readonly hashes: readonly string[];
}
