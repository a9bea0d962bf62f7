import {
  ATTACHMENT_LIMITS,
  type AttachmentEntry,
  type AttachmentForm,
  cleanFileName,
} from '../../domain/attachments.ts';
import type { Hash } from '../../domain/ids.ts';
import {
  hashPart,
  newAttachmentKeys,
  PART_BYTES,
  paddedFileLength,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealPart,
  uploadSeal,
} from '../../protocol/attachment.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { concat, release, toHex, wipe } from '../../protocol/bytes.ts';
import { ensure, ProtocolError } from '../../protocol/errors.ts';
import { encodeManifest, type ManifestEntry } from '../../protocol/manifest.ts';
import { answerPow } from '../../protocol/pow.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';

/** A file that a person wants to send; nothing of it is read yet. */
export interface ChosenFile {
  readonly file: Blob;
  readonly name: string;
  /** Media type as recognised from the bytes. */
  readonly type: string;
  readonly form: AttachmentForm;
}

/** What the page needs to upload a file; the key stays in the Worker. */
export interface AttachmentInfo {
  readonly id: string;
  /** Lets its holder write the upload; base64url. */
  readonly secret: string;
  /** Bytes of all sealed parts, and their number. */
  readonly bytes: number;
  readonly parts: number;
  /** What the proof of work is asked for with. */
  readonly hash: string;
}

/** What is whole on the server, for a content and its seal. */
export interface SealedFiles {
  readonly entries: readonly AttachmentEntry[];
  readonly manifest: Uint8Array;
}

interface Outgoing extends ChosenFile {
  readonly id: string;
  readonly key: Uint8Array;
  readonly padded: number;
  readonly bytes: number;
  /** Hash of each part that was sealed. */
  readonly hashes: (Uint8Array | null)[];
  /** Sealed parts that the server has not acknowledged: sent again byte for byte. */
  readonly sealed: Map<number, Uint8Array<ArrayBuffer>>;
  root: Hash | null;
}

/**
 * Files on their way out: each under a key of its own, read and sealed one part at a time, so that no file is ever whole in memory.
 * Lives in a Worker and ends with it.
 */
export class OutgoingFiles {
  private readonly suite: Suite;
  private readonly files = new Map<string, Outgoing>();

  constructor(suite: Suite) {
    this.suite = suite;
  }

  /** Throws `field_invalid` for an empty file, one larger than 500 MiB, and a file too many. */
  attach({ file, name, type, form }: ChosenFile): AttachmentInfo {
    ensure(file.size > 0 && file.size <= ATTACHMENT_LIMITS.bytes, 'field_invalid', 'size');
    ensure(this.files.size < ATTACHMENT_LIMITS.count, 'field_invalid', 'count');
    const { secret, id, key } = newAttachmentKeys(this.suite);
    const padded = paddedFileLength(file.size);
    const parts = partCount(padded);
    const bytes = sealedFileLength(padded);
    this.files.set(id, {
      ...{ file, type, form, id, key, padded, bytes, root: null },
      name: cleanFileName(name),
      hashes: new Array<Uint8Array | null>(parts).fill(null),
      sealed: new Map(),
    });
    return { id, secret: toBase64Url(secret), bytes, parts, hash: uploadSeal(this.suite, id, bytes) };
  }

  /** UTF-8 JSON of a proof of work, base64url. */
  solve(challenge: ChallengeAnswer, progress?: (share: number) => void): string {
    return toBase64Url(answerPow((data) => this.suite.sha256(data), challenge, progress));
  }

  /**
   * A sealed part: the very bytes again while the server has not acknowledged them, sealed anew under a fresh header where it lost what
   * it had. Throws `field_invalid` (field `file`) when the file can no longer be read: it was changed, moved or deleted.
   */
  async part({ id, no }: { readonly id: string; readonly no: number }): Promise<Uint8Array<ArrayBuffer>> {
    const outgoing = this.known(id);
    const again = outgoing.sealed.get(no);
    if (again !== undefined) return again.slice();
    const plain = await readPart(outgoing, no);
    const sealed = sealPart(this.suite, outgoing.key, id, no, plain);
    wipe(plain);
    release(plain);
    outgoing.hashes[no] = hashPart(this.suite, sealed);
    outgoing.sealed.set(no, sealed);
    return sealed.slice();
  }

  /** The server has a part: its hash is compared and the bytes are forgotten. Throws `manifest_mismatch`. */
  partDone({ id, no, hash }: { readonly id: string; readonly no: number; readonly hash: string }): null {
    const outgoing = this.known(id);
    const mine = outgoing.hashes[no];
    ensure(mine !== undefined && mine !== null && toHex(mine) === hash, 'manifest_mismatch', 'part');
    const sealed = outgoing.sealed.get(no);
    if (sealed !== undefined) release(sealed);
    outgoing.sealed.delete(no);
    return null;
  }

  /** The server has all parts: compares what it says they are. Throws `manifest_mismatch`. */
  attached({ id, root }: { readonly id: string; readonly root: string }): null {
    const outgoing = this.known(id);
    const hashes = outgoing.hashes.filter((hash) => hash !== null);
    ensure(hashes.length === outgoing.hashes.length, 'manifest_mismatch', 'root');
    const mine = partsRoot(this.suite, id, concat(...hashes));
    ensure(mine === root, 'manifest_mismatch', 'root');
    outgoing.root = mine;
    return null;
  }

  detach(id: string): null {
    const outgoing = this.files.get(id);
    if (outgoing !== undefined) wipe(outgoing.key);
    this.files.delete(id);
    return null;
  }

  /**
   * What a content and its seal say of everything attached, in one order. Throws `manifest_mismatch` while a file is not whole on the
   * server.
   */
  sealed(): SealedFiles {
    const all = [...this.files.values()];
    const manifest = all.map(({ id, bytes, hashes, root }): ManifestEntry => {
      if (root === null) throw new ProtocolError('manifest_mismatch', 'root');
      return { id, parts: hashes.length, bytes, root };
    });
    const entries = all.map(
      ({ id, key, name, type, form, file }): AttachmentEntry => ({
        ...{ id, name, type, form },
        key: toBase64Url(key),
        size: file.size,
      }),
    );
    return { entries, manifest: encodeManifest(manifest) };
  }

  /** Overwrites every key. */
  forget(): void {
    for (const id of [...this.files.keys()]) this.detach(id);
  }

  private known(id: string): Outgoing {
    const outgoing = this.files.get(id);
    if (outgoing === undefined) throw new ProtocolError('field_invalid', 'id');
    return outgoing;
  }
}

/** The plain bytes of a part, zeros behind the file's end. */
async function readPart({ file, padded }: Outgoing, no: number): Promise<Uint8Array> {
  const length = partLength(padded, no);
  const from = no * PART_BYTES;
  if (from >= file.size) return new Uint8Array(length);
  const wanted = Math.min(length, file.size - from);
  let read: Uint8Array;
  try {
    read = new Uint8Array(await file.slice(from, from + wanted).arrayBuffer());
  } catch {
    throw new ProtocolError('field_invalid', 'file');
  }
  ensure(read.length === wanted, 'field_invalid', 'file');
  if (wanted === length) return read;
  const plain = new Uint8Array(length);
  plain.set(read);
  wipe(read);
  return plain;
}
