import {
  hashPart,
  newAttachmentKeys,
  paddedFileLength,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealPart,
  uploadSeal,
} from '../../src/protocol/attachment.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { concat } from '../../src/protocol/bytes.ts';
import type { ManifestEntry } from '../../src/protocol/manifest.ts';
import { answerPow } from '../../src/protocol/pow.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import type { ChallengeAnswer } from '../../src/protocol/wire.ts';
import { postJson } from './citizen.ts';
import type { TestInstance } from './instance.ts';

/** A file as a citizen's Worker seals it. */
export interface SealedFile {
  readonly secret: Uint8Array;
  readonly id: string;
  readonly key: Uint8Array;
  readonly plain: Uint8Array;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly entry: ManifestEntry;
}

/** What an upload needs of an instance, whichever fixture made it. */
export interface Door {
  readonly app: TestInstance['app'];
  readonly world: { readonly suite: Suite };
}

export function sealFile({ world }: Pick<Door, 'world'>, plain: Uint8Array): SealedFile {
  const { suite } = world;
  const { secret, id, key } = newAttachmentKeys(suite);
  const padded = new Uint8Array(paddedFileLength(plain.length));
  padded.set(plain);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let no = 0, at = 0; no < partCount(padded.length); no++) {
    const length = partLength(padded.length, no);
    parts.push(sealPart(suite, key, id, no, padded.subarray(at, at + length)));
    at += length;
  }
  const root = partsRoot(suite, id, concat(...parts.map((part) => hashPart(suite, part))));
  return {
    ...{ secret, id, key, plain, parts },
    entry: { id, parts: parts.length, bytes: sealedFileLength(padded.length), root },
  };
}

type File = Pick<SealedFile, 'secret' | 'id'>;

export const authorized = ({ secret }: Pick<SealedFile, 'secret'>) => ({
  'sec-fetch-site': 'same-origin',
  authorization: `Upload ${toBase64Url(secret)}`,
});

/** A solved proof for an upload, base64url. */
export async function proofFor(instance: Door, id: string, bytes: number): Promise<string> {
  const { suite } = instance.world;
  const response = await postJson(instance, '/api/proof', { seal: uploadSeal(suite, id, bytes) });
  const challenge = (await response.json()) as ChallengeAnswer;
  return toBase64Url(answerPow((data) => suite.sha256(data), challenge));
}

export async function beginUpload(
  instance: Door,
  file: SealedFile,
  change: { readonly bytes?: number; readonly solution?: string; readonly id?: string } = {},
): Promise<Response> {
  const bytes = change.bytes ?? file.entry.bytes;
  const id = change.id ?? file.id;
  const solution = change.solution ?? (await proofFor(instance, id, bytes));
  return postJson(instance, '/api/uploads', { id, bytes, solution }, authorized(file));
}

export const putPart = (
  instance: Door,
  file: File,
  no: number | string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  instance.app.request(`/api/uploads/${file.id}/parts/${no}`, {
    method: 'PUT',
    headers: { ...authorized(file), 'content-type': 'application/octet-stream', ...headers },
    body: bytes,
  });

export const completeUpload = (instance: Door, file: File) =>
  instance.app.request(`/api/uploads/${file.id}/complete`, { method: 'POST', headers: authorized(file) });

export const uploadStatus = (instance: Door, file: File) =>
  instance.app.request(`/api/uploads/${file.id}`, { headers: authorized(file) });

export const cancelUpload = (instance: Door, file: File) =>
  instance.app.request(`/api/uploads/${file.id}`, { method: 'DELETE', headers: authorized(file) });

/** The whole way of one file until a tip can carry it. */
export async function uploaded(instance: Door, plain: Uint8Array): Promise<SealedFile> {
  const file = sealFile(instance, plain);
  const answers = [await beginUpload(instance, file)];
  for (const [no, part] of file.parts.entries()) answers.push(await putPart(instance, file, no, part));
  answers.push(await completeUpload(instance, file));
  const bad = answers.find(({ ok }) => !ok);
  if (bad) throw new Error(`upload: ${bad.status} ${await bad.text()}`);
  return file;
}
