import { ATTACHMENT_LIMITS } from '../domain/attachments.ts';
import type { Hash, TipId, UnitId } from '../domain/ids.ts';
import { isHash, isTipId, isUnitId } from '../domain/ids.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { equalBytes, toHex, utf8 } from './bytes.ts';
import { hashCore, SUITE_NAME } from './core.ts';
import { ensure } from './errors.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import { EMPTY_MANIFEST, hashManifest, parseManifest } from './manifest.ts';
import type { Hashes } from './suite.ts';
import { hashWraps } from './wraps.ts';

/** Largest seal, in bytes. */
export const MAX_SEAL_BYTES = 2 * 1024;
/** H('tk1/manifest', '[]') in hex: the attachment manifest of an envelope without attachments. */
export const EMPTY_MANIFEST_HASH = '32102491a4ec4bd1f7a67f5b9e5e13a9744d05fcd5619d99d2de71ffbc5fe2aa' as Hash;

/** What an envelope was when its author closed it. Its hash is the submission's idempotency key. */
export interface Seal {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly epoch: number;
  readonly coreHash: Hash;
  /** Hash of the original wraps; a hand-over replaces the wraps, never the seal. */
  readonly wrapsHash: Hash;
  readonly bodyLength: number;
  readonly bodyHash: Hash;
  readonly manifestHash: Hash;
  /** How many entries the manifest has, 0–20. */
  readonly attachments: number;
}

/** The binary parts of an envelope. */
export interface EnvelopeParts {
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
  readonly body: Uint8Array;
}

const hex = (hash: Uint8Array): Hash => toHex(hash) as Hash;

/** Hash of a body, 32 bytes. */
export const hashBody = (hashes: Pick<Hashes, 'blake2b512'>, body: Uint8Array): Uint8Array =>
  taggedHash(hashes, 'tk1/body', body);

/** What the seal says of a manifest. Nearly all envelopes have none, so that its hash is not computed again and again. Throws `manifest_malformed`. */
function manifestOf(
  hashes: Pick<Hashes, 'blake2b512'>,
  manifest: Uint8Array,
): Pick<Seal, 'manifestHash' | 'attachments'> {
  if (equalBytes(manifest, EMPTY_MANIFEST)) return { manifestHash: EMPTY_MANIFEST_HASH, attachments: 0 };
  return { manifestHash: hashManifest(hashes, manifest), attachments: parseManifest(manifest).length };
}

/** Exact UTF-8 JSON bytes of the seal of these parts and of a manifest (without one: of no attachments). Throws `manifest_malformed`. */
export function makeSeal(
  hashes: Pick<Hashes, 'blake2b512'>,
  of: { readonly tip: TipId; readonly unit: UnitId; readonly epoch: number },
  parts: EnvelopeParts,
  manifest: Uint8Array = EMPTY_MANIFEST,
): Uint8Array {
  const { manifestHash, attachments } = manifestOf(hashes, manifest);
  return utf8(
    JSON.stringify({
      suite: SUITE_NAME,
      tip: of.tip,
      unit: of.unit,
      epoch: of.epoch,
      coreHash: hex(hashCore(hashes, parts.core)),
      wrapsHash: hex(hashWraps(hashes, parts.wraps)),
      bodyLength: parts.body.length,
      bodyHash: hex(hashBody(hashes, parts.body)),
      manifestHash,
      attachments,
    }),
  );
}

/** Parses seal bytes (attacker-controlled). Throws `seal_malformed`. */
export function parseSeal(bytes: Uint8Array): Seal {
  const reader = new Reader(parseObject(bytes, MAX_SEAL_BYTES, 'seal_malformed'), 'seal_malformed');
  reader.oneOf('suite', [SUITE_NAME]);
  const seal: Seal = {
    tip: reader.guarded('tip', 32, isTipId),
    unit: reader.guarded('unit', 40, isUnitId),
    epoch: reader.integer('epoch', 1, 1_000_000),
    coreHash: reader.guarded('coreHash', 64, isHash),
    wrapsHash: reader.guarded('wrapsHash', 64, isHash),
    bodyLength: reader.integer('bodyLength', 1, MAX_BODY_BYTES),
    bodyHash: reader.guarded('bodyHash', 64, isHash),
    manifestHash: reader.guarded('manifestHash', 64, isHash),
    attachments: reader.integer('attachments', 0, ATTACHMENT_LIMITS.count),
  };
  reader.done();
  return seal;
}

/** sealHash as hex: H('tk1/seal', exact seal bytes). */
export const hashSeal = (hashes: Pick<Hashes, 'blake2b512'>, seal: Uint8Array): Hash =>
  hex(taggedHash(hashes, 'tk1/seal', seal));

/**
 * Throws `seal_mismatch` (with the field) unless core and body are those that were sealed, and `manifest_malformed` or
 * `manifest_mismatch` unless the manifest is; without one the envelope must have no attachments. The wraps are compared when given: the
 * original ones must fit, re-wraps are vouched for by their own events.
 */
export function checkSeal(
  hashes: Pick<Hashes, 'blake2b512'>,
  seal: Seal,
  parts: {
    readonly core: Uint8Array;
    readonly body: Uint8Array;
    readonly wraps?: Uint8Array;
    readonly manifest?: Uint8Array;
  },
): void {
  ensure(seal.coreHash === hex(hashCore(hashes, parts.core)), 'seal_mismatch', 'coreHash');
  ensure(seal.bodyLength === parts.body.length, 'seal_mismatch', 'bodyLength');
  ensure(seal.bodyHash === hex(hashBody(hashes, parts.body)), 'seal_mismatch', 'bodyHash');
  const { manifestHash, attachments } = manifestOf(hashes, parts.manifest ?? EMPTY_MANIFEST);
  ensure(seal.manifestHash === manifestHash, 'manifest_mismatch', 'manifestHash');
  ensure(seal.attachments === attachments, 'manifest_mismatch', 'attachments');
  if (parts.wraps !== undefined) {
    ensure(seal.wrapsHash === hex(hashWraps(hashes, parts.wraps)), 'seal_mismatch', 'wrapsHash');
  }
}
