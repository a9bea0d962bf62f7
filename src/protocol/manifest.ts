import { ATTACHMENT_LIMITS } from '../domain/attachments.ts';
import type { Hash } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import { paddedFromSealed, partCount } from './attachment.ts';
import { fromUtf8, toHex, utf8 } from './bytes.ts';
import { ensure, ProtocolError } from './errors.ts';
import { taggedHash } from './hash.ts';
import { Reader } from './json.ts';
import type { Hashes } from './suite.ts';

/** Largest manifest, in bytes. */
export const MAX_MANIFEST_BYTES = 8 * 1024;
/** Exact bytes of the manifest of an envelope without attachments: `[]`. */
export const EMPTY_MANIFEST: Uint8Array = utf8('[]');

/** One attachment as the seal binds it: nothing of it says what the file is. */
export interface ManifestEntry {
  readonly id: string;
  readonly parts: number;
  /** Bytes of all sealed parts. */
  readonly bytes: number;
  /** `partsRoot` of the part hashes. */
  readonly root: Hash;
}

/** Exact UTF-8 JSON bytes of a manifest. Throws `manifest_malformed` for more than 20 entries. */
export function encodeManifest(entries: readonly ManifestEntry[]): Uint8Array {
  ensure(entries.length <= ATTACHMENT_LIMITS.count, 'manifest_malformed');
  return utf8(JSON.stringify(entries.map(({ id, parts, bytes, root }) => ({ id, parts, bytes, root }))));
}

/** Parses a manifest (attacker-controlled): honest sizes, no id twice. Throws `manifest_malformed`. */
export function parseManifest(manifest: Uint8Array): readonly ManifestEntry[] {
  ensure(manifest.length <= MAX_MANIFEST_BYTES, 'manifest_malformed');
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(manifest));
  } catch {
    throw new ProtocolError('manifest_malformed');
  }
  ensure(Array.isArray(value) && value.length <= ATTACHMENT_LIMITS.count, 'manifest_malformed');
  const entries = value.map(readEntry);
  ensure(new Set(entries.map(({ id }) => id)).size === entries.length, 'manifest_malformed', 'id');
  return entries;
}

function readEntry(value: unknown): ManifestEntry {
  const reader = new Reader(value, 'manifest_malformed');
  const entry: ManifestEntry = {
    id: reader.string('id', 32, /^[0-9a-f]{32}$/),
    parts: reader.integer('parts', 1, 10_000),
    bytes: reader.integer('bytes', 1, 4 * ATTACHMENT_LIMITS.bytes),
    root: reader.guarded('root', 64, isHash),
  };
  reader.done();
  const padded = paddedFromSealed(entry.bytes);
  if (padded === null || partCount(padded) !== entry.parts) reader.fail('bytes');
  return entry;
}

/** H('tk1/manifest', exact manifest bytes), hex: what the seal names. */
export const hashManifest = (hashes: Pick<Hashes, 'blake2b512'>, manifest: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/manifest', manifest)) as Hash;
