import type { Hash, TipId, UnitId } from '../domain/ids.ts';
import { isDay, isUnitId } from '../domain/ids.ts';
import { COPY_FIELDS, COPY_LIMITS, isCopyPicture, type WorkingCopy } from '../domain/working-copy.ts';
import { paddedFileLength, sealedFileLength } from './attachment.ts';
import { MAX_CONTENT_BYTES } from './body.ts';
import { checkEntries, encodeContent } from './content.ts';
import { plainEntries, readEntries } from './content-extras.ts';
import { parseCore } from './core.ts';
import { type SealedEnvelope, sealEnvelope } from './envelope.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import { type ManifestEntry, parseManifest } from './manifest.ts';
import type { TipTarget } from './prepare.ts';
import { hashSeal, parseSeal } from './seal.ts';
import { type ArrivingEnvelope, checkArrival, type SealedTo } from './sealed-check.ts';
import type { Hashes, SignKeyPair, Suite } from './suite.ts';
import { epochRecipient } from './wraps.ts';

/** UTF-8 JSON of a working copy, text in NFC. Throws `content_too_large`, `content_malformed`, also for a file that was not redrawn. */
export function encodeWorkingCopy({ from, day, purpose, blocks, attachments }: WorkingCopy): Uint8Array {
  const bytes = encodeContent({
    v: 1,
    from: { unit: from.unit, name: from.name },
    day,
    purpose,
    blocks: blocks.map(({ field, no, text }) => ({ field, no, text })),
    attachments: plainEntries(attachments),
  });
  parseWorkingCopy(bytes);
  return bytes;
}

/** Largest number of sealed bytes that a picture of a copy has. */
const MAX_PICTURE_BYTES = sealedFileLength(paddedFileLength(COPY_LIMITS.picture));

/** Parses a working copy. Throws `content_malformed`. */
export function parseWorkingCopy(bytes: Uint8Array): WorkingCopy {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
  const from = reader.object('from');
  const copy: WorkingCopy = {
    v: 1,
    from: { unit: from.guarded('unit', 40, isUnitId), name: from.string('name', 300) },
    day: reader.guarded('day', 10, isDay),
    purpose: reader.string('purpose', COPY_LIMITS.purpose),
    blocks: reader.objects('blocks', COPY_LIMITS.blocks).map((block) => {
      const read = {
        field: block.oneOf('field', COPY_FIELDS),
        no: block.integer('no', 1, 1_000_000),
        text: block.string('text', COPY_LIMITS.text),
      };
      block.done();
      return read;
    }),
    attachments: readEntries(reader, 'attachments'),
  };
  from.done();
  reader.done();
  if (!copy.attachments.every(isCopyPicture)) reader.fail('attachments');
  return copy;
}

/** The series of a tip's working copies: numbers of their own, beside the thread's. */
export interface CopySeries {
  /** Newest copy; number 0 and null where there is none. */
  readonly no: number;
  readonly seal: Hash | null;
}

/**
 * Seals a working copy to the live epoch of the unit that makes it and, when it is to be passed on, of the unit that gets it; signed by
 * the voice of the making unit's epoch. Never to a mailbox. Throws `content_malformed`, `content_too_large`, `manifest_mismatch`.
 */
export function sealWorkingCopy(
  suite: Suite,
  input: {
    readonly instance: string;
    readonly tip: TipId;
    readonly series: CopySeries;
    readonly unit: TipTarget;
    /** Voice of the unit's epoch. */
    readonly voice: SignKeyPair;
    /** Who gets it beside the unit itself; null when it stays there. */
    readonly to: TipTarget | null;
    readonly copy: WorkingCopy;
    readonly manifest: Uint8Array;
  },
): SealedEnvelope {
  const { unit, to, series, copy, manifest } = input;
  checkEntries(copy.attachments, parseManifest(manifest));
  const readers = to === null || to.unit === unit.unit ? [unit] : [unit, to];
  return sealEnvelope(suite, {
    kind: 'note',
    instance: input.instance,
    tip: input.tip,
    unit: unit.unit,
    epoch: unit.epoch,
    directory: unit.directoryHash,
    author: input.voice,
    no: series.no + 1,
    prev: series.seal,
    content: encodeWorkingCopy(copy),
    manifest,
    recipients: readers.map((reader) => ({
      id: epochRecipient(reader.unit, reader.epoch),
      publicKey: reader.publicKey,
    })),
  });
}

/** What the server finds of a working copy. */
export interface CheckedCopy {
  readonly no: number;
  readonly seal: Hash;
  readonly attachments: readonly ManifestEntry[];
  /** Each must be live. */
  readonly epochs: readonly SealedTo[];
}

/**
 * Every check of a working copy that needs no key: the series' next number, by the unit's voice, for exactly the unit and the one that it
 * is made for, with no file larger than a picture may be. Throws the `…_malformed` codes of its parts and those of `checkArrival`.
 */
export function checkWorkingCopy(
  hashes: Hashes,
  given: ArrivingEnvelope & { readonly seal: Uint8Array },
  expected: {
    readonly instance: string;
    readonly tip: TipId;
    readonly series: CopySeries;
    /** The unit that makes it, and whom it is for; the same unit where it stays. */
    readonly unit: UnitId;
    readonly toUnit: UnitId;
    /** Voice key of the making unit's epoch, 32 bytes. */
    readonly voiceKey: Uint8Array;
  },
): CheckedCopy {
  const { instance, tip, series, unit, toUnit, voiceKey } = expected;
  const core = parseCore(given.core);
  const seal = parseSeal(given.seal);
  const attachments = parseManifest(given.manifest);
  ensure(core.no <= COPY_LIMITS.copies, 'core_mismatch', 'no');
  const small = attachments.every(({ bytes }) => bytes <= MAX_PICTURE_BYTES);
  ensure(small, 'manifest_mismatch', 'bytes');
  const epochs = checkArrival(
    hashes,
    given,
    { seal, core },
    {
      ...{ kind: 'note', instance, tip, last: series, author: voiceKey },
      readers: unit === toUnit ? [unit] : [unit, toUnit],
    },
  );
  return { no: core.no, seal: hashSeal(hashes, given.seal), attachments, epochs };
}
