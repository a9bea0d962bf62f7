import type { Hash, TipId, UnitId } from '../domain/ids.ts';
import { isHash, isTipId, isUnitId } from '../domain/ids.ts';
import { toBase64Url } from './base64.ts';
import { equalBytes, lengthPrefixed, toHex, utf8 } from './bytes.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import type { Hashes, Suite } from './suite.ts';

export const SUITE_NAME = 'TK1';
export const ENVELOPE_KINDS = ['tip', 'message', 'note'] as const;
export type EnvelopeKind = (typeof ENVELOPE_KINDS)[number];
/** Largest core, in bytes. */
export const MAX_CORE_BYTES = 2 * 1024;

/** What an envelope says of itself in the clear, bound into every wrap and into the body. */
export interface Core {
  readonly kind: EnvelopeKind;
  readonly instance: string;
  readonly tip: TipId;
  /** Unit and epoch to which it was sealed. */
  readonly unit: UnitId;
  readonly epoch: number;
  /** Hash of the directory statement under which it was sealed. */
  readonly directory: Hash;
  /** Ed25519 public key of its author, 32 bytes: the citizen's author key, or the voice key of the unit's epoch. */
  readonly author: Uint8Array;
  /** Number in the thread, where 1 is the tip itself; for a note the number in the series of the tip's notes. */
  readonly no: number;
  /** Seal hash of the previous envelope of the thread or series; null for number 1 alone. */
  readonly prev: Hash | null;
  /** Commitment to the data key, 32 bytes. */
  readonly commitment: Uint8Array;
}

/** Exact UTF-8 JSON bytes of a core. */
export const encodeCore = (core: Core): Uint8Array =>
  utf8(
    JSON.stringify({
      suite: SUITE_NAME,
      kind: core.kind,
      instance: core.instance,
      tip: core.tip,
      unit: core.unit,
      epoch: core.epoch,
      directory: core.directory,
      author: toBase64Url(core.author),
      no: core.no,
      prev: core.prev,
      commitment: toHex(core.commitment),
    }),
  );

/** Parses core bytes (attacker-controlled). Throws `core_malformed`. */
export function parseCore(bytes: Uint8Array): Core {
  const reader = new Reader(parseObject(bytes, MAX_CORE_BYTES, 'core_malformed'), 'core_malformed');
  reader.oneOf('suite', [SUITE_NAME]);
  const core: Core = {
    kind: reader.oneOf('kind', ENVELOPE_KINDS),
    instance: reader.string('instance', 64),
    tip: reader.guarded('tip', 32, isTipId),
    unit: reader.guarded('unit', 40, isUnitId),
    epoch: reader.integer('epoch', 1, 1_000_000),
    directory: reader.guarded('directory', 64, isHash),
    author: reader.bytes('author', 32),
    no: reader.integer('no', 1, 1_000_000),
    prev: reader.isNull('prev') ? reader.null('prev') : reader.guarded('prev', 64, isHash),
    commitment: reader.hex('commitment', 32),
  };
  reader.done();
  if ((core.no === 1) !== (core.prev === null)) reader.fail('prev');
  if (core.kind !== 'note' && (core.kind === 'tip') !== (core.no === 1)) reader.fail('kind');
  return core;
}

/** coreHash: H('tk1/core', exact core bytes), 32 bytes. */
export const hashCore = (hashes: Pick<Hashes, 'blake2b512'>, core: Uint8Array): Uint8Array =>
  taggedHash(hashes, 'tk1/core', core);

/**
 * Commitment to a data key: keyed BLAKE2b, 32 bytes. One commitment fits one key only, so that no two readers can be given keys that
 * open one body to different texts.
 */
export const commitment = (
  suite: Pick<Suite, 'blake2bKeyed'>,
  dataKey: Uint8Array,
  tip: TipId,
  no: number,
): Uint8Array => suite.blake2bKeyed(dataKey, lengthPrefixed('tk1/commitment', tip, String(no)), 32);

/** True when the data key is the one that the core committed to. */
export const fitsCommitment = (
  suite: Pick<Suite, 'blake2bKeyed'>,
  core: Core,
  dataKey: Uint8Array,
): boolean => equalBytes(commitment(suite, dataKey, core.tip, core.no), core.commitment);
