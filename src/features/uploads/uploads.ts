import { AppError } from '../../domain/errors.ts';
import { type Hash, hourOf, type Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { UploadRow } from '../../ports/store/upload-store.ts';
import {
  hashPart,
  paddedFileLength,
  paddedFromSealed,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealedPartLength,
  uploadId,
  uploadSeal,
} from '../../protocol/attachment.ts';
import { fromHex, toHex } from '../../protocol/bytes.ts';
import type { PartStored, UploadComplete, UploadStatus } from '../../protocol/wire-uploads.ts';
import { arrivedRoom } from './arrived-room.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { partPlaces } from './part-places.ts';

/** The turn in which parts are joined; no upload has this id. */
const JOINING = 'joining';

/** What somebody who wants to send a file asks for. */
export interface BeginRequest {
  readonly id: string;
  readonly bytes: number;
  readonly solution: Uint8Array;
}

export interface Uploads {
  /**
   * Begins an upload, or answers with the state of one that this secret began before. Errors: `upload_unknown` (the id is not the
   * secret's), `field_invalid` (`bytes` that no honest sealer makes), `body_too_large`, `upload_conflict`, `challenge_…`,
   * `uploads_full`, `storage_full`.
   */
  begin(secret: Uint8Array, request: BeginRequest): Promise<UploadStatus & { readonly begun: boolean }>;
  /** Which parts are there. Error `upload_unknown`. */
  status(secret: Uint8Array, id: string): Promise<UploadStatus>;
  /**
   * Takes one sealed part; answers once its bytes are on disk. The same bytes again are fine. Errors: `upload_unknown`, `field_invalid`
   * (`no`, or a `length` other than the part's), `upload_conflict`, `upload_closed`, `uploads_full`, `storage_full`, `unavailable`.
   * @param read reads the body, at most `MAX_PART_BYTES`; called only when there is room for it.
   */
  part(secret: Uint8Array, id: string, no: number, read: () => Promise<Uint8Array>): Promise<PartStored>;
  /** Joins the parts. Errors: `upload_unknown`, `upload_incomplete` (`parts.N`, the first that is missing), `storage_full`. */
  complete(secret: Uint8Array, id: string): Promise<UploadComplete>;
  /** Gives an upload up. Errors: `upload_unknown`, `upload_closed` when a tip carries it. */
  cancel(secret: Uint8Array, id: string): Promise<void>;
}

/** Files of citizens on their way in: sealed before they come, written part by part, claimed by the tip or message that names them. */
export function createUploads(deps: Deps): Uploads {
  const turns = oneAtATime();
  const places = partPlaces();
  const arriving = arrivedRoom(deps);

  /** The row of an upload that this secret began. One error for everything else: nobody learns which ids there are. */
  const owned = async (secret: Uint8Array, id: string): Promise<UploadRow> => {
    if (uploadId(deps.crypto, secret) !== id) throw new AppError('upload_unknown');
    const row = await deps.store.uploads.upload(id);
    if (row === null || row.kind !== 'attachment' || row.state === 'dropping')
      throw new AppError('upload_unknown');
    return row;
  };

  const checkRoom = async (bytes: number): Promise<void> => {
    const room = await deps.blobs.room();
    if (room !== null && room - bytes < deps.limits.diskReserve) throw new AppError('storage_full');
  };

  const spend = async ({ id, bytes, solution }: BeginRequest, now: Seconds) => {
    const result = await deps.proof.check(uploadSeal(deps.crypto, id, bytes), solution, now);
    if (!result.ok) throw new AppError(result.code);
    // In whole hours, as everything that is kept of a citizen.
    return { id: result.id, expires: (Math.ceil(result.expires / 3600) * 3600) as Seconds };
  };

  const store = async (row: UploadRow, no: number, bytes: Uint8Array): Promise<Hash> => {
    const hash = toHex(hashPart(deps.crypto, bytes)) as Hash;
    const known = row.have[no];
    if (known === hash) return hash;
    if (row.state !== 'open') throw new AppError('upload_closed');
    if (known !== null) throw new AppError('upload_conflict');
    await checkRoom(bytes.length);
    await arriving.take(bytes.length);
    await putPart(deps, row.id, no, bytes);
    const noted = await deps.store.uploads.notePart(row.id, no, hash);
    if (noted === 'noted' || noted === 'same') return hash;
    throw new AppError(noted === 'conflict' ? 'upload_conflict' : 'upload_closed');
  };

  return {
    async begin(secret, request) {
      const { id, bytes } = request;
      if (uploadId(deps.crypto, secret) !== id) throw new AppError('upload_unknown');
      const padded = paddedFromSealed(bytes);
      if (padded === null) throw new AppError('field_invalid', { field: 'bytes' });
      if (bytes > sealedFileLength(paddedFileLength(deps.limits.attachmentBytes)))
        throw new AppError('body_too_large', { field: 'bytes' });
      const earlier = await deps.store.uploads.upload(id);
      if (earlier !== null) return { ...again(earlier, bytes), begun: false };
      const now = deps.clock.now();
      const challenge = await spend(request, now);
      // While its parts are joined, a file lies on the disk twice.
      await checkRoom(2 * bytes);
      const result = await deps.store.uploads.begin({
        ...{ id, kind: 'attachment', bytes, parts: partCount(padded), hour: hourOf(now), challenge },
        room: deps.limits.uploadRoom,
      });
      if (result === 'full') throw new AppError('uploads_full', { retryAfter: 300 });
      if (result === 'challenge_spent') throw new AppError('challenge_spent');
      const row = await owned(secret, id);
      if (result === 'exists') return { ...again(row, bytes), begun: false };
      deps.proof.accepted(now);
      return { ...statusOf(row), begun: true };
    },

    async status(secret, id) {
      return statusOf(await owned(secret, id));
    },

    async part(secret, id, no, read) {
      const { bytes, parts } = await owned(secret, id);
      const padded = paddedFromSealed(bytes) ?? 0;
      if (!Number.isInteger(no) || no < 0 || no >= parts)
        throw new AppError('field_invalid', { field: 'no' });
      const free = places.take(id);
      if (free === null) throw new AppError('unavailable', { retryAfter: 2 });
      try {
        const sealed = await read();
        if (sealed.length !== sealedPartLength(partLength(padded, no)))
          throw new AppError('field_invalid', { field: 'length' });
        const hash = await turns.run(id, async () => store(await owned(secret, id), no, sealed));
        return { no, hash };
      } finally {
        free();
      }
    },

    async complete(secret, id) {
      return turns.run(id, async () => {
        const row = await owned(secret, id);
        const missing = row.have.indexOf(null);
        if (missing >= 0) throw incomplete(missing);
        const hashes = fromHex(row.have.join(''));
        const root = partsRoot(deps.crypto, id, hashes);
        if (row.state !== 'open') return { root, bytes: row.bytes };
        // One at a time: each needs room for a whole file beside its parts, which no other may take in between.
        await turns.run(JOINING, async () => {
          await checkRoom(row.bytes);
          await joinParts(deps, row);
        });
        const done = await deps.store.uploads.complete(id, root);
        if (done === 'unknown') throw new AppError('upload_unknown');
        if (done !== 'complete') throw incomplete(done.missing);
        return { root, bytes: row.bytes };
      });
    },

    async cancel(secret, id) {
      await turns.run(id, async () => {
        const row = await owned(secret, id);
        if (row.state === 'attached' || !(await deps.store.uploads.abandon(id)))
          throw new AppError('upload_closed');
        await deps.blobs.delete(id);
        await deps.store.uploads.forget(id);
      });
    },
  };
}

const incomplete = (no: number): AppError => new AppError('upload_incomplete', { field: `parts.${no}` });

const statusOf = ({ state, parts, have }: UploadRow): UploadStatus => ({
  state: state === 'dropping' ? 'open' : state,
  parts,
  have,
});

/** What a second try to begin gets: the state, when it speaks of the same file. */
function again(row: UploadRow, bytes: number): UploadStatus {
  if (row.kind !== 'attachment' || row.state === 'dropping') throw new AppError('upload_unknown');
  if (row.bytes !== bytes) throw new AppError('upload_conflict');
  return statusOf(row);
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** Writes a part; the upload's folder is made with its first one. */
async function putPart(deps: Pick<Deps, 'blobs'>, id: string, no: number, bytes: Uint8Array): Promise<void> {
  try {
    await deps.blobs.putPart(id, no, streamOf(bytes));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    await deps.blobs.create(id);
    await deps.blobs.putPart(id, no, streamOf(bytes));
  }
}

/** Makes the blob of all parts. What a power cut took from the disk is forgotten, so that it is sent again: `upload_incomplete`. */
async function joinParts({ blobs, store }: Pick<Deps, 'blobs' | 'store'>, row: UploadRow): Promise<void> {
  const joined = await blobs.commit(row.id, row.parts).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return { missing: 0 };
    throw error;
  });
  if ('missing' in joined) {
    await store.uploads.dropParts(row.id, joined.missing);
    throw incomplete(joined.missing);
  }
  if (joined.length !== row.bytes) throw new Error('the joined blob has another length than its parts');
}
