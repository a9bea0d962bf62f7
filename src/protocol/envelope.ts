import type { Hash, TipId, UnitId } from '../domain/ids.ts';
import { openBody, sealBody } from './body.ts';
import { equalBytes, lengthPrefixed, wipe } from './bytes.ts';
import {
  type Core,
  commitment,
  type EnvelopeKind,
  encodeCore,
  fitsCommitment,
  hashCore,
  parseCore,
} from './core.ts';
import { ensure } from './errors.ts';
import { taggedHash } from './hash.ts';
import { EMPTY_MANIFEST } from './manifest.ts';
import { checkSeal, type EnvelopeParts, hashSeal, makeSeal, parseSeal } from './seal.ts';
import { SIZES, type SignKeyPair, type Suite } from './suite.ts';
import { openWrap, type Recipient, sealWraps } from './wraps.ts';

/** What is to be sealed, for whom, by whom. */
export interface EnvelopeInput {
  readonly kind: EnvelopeKind;
  readonly instance: string;
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly epoch: number;
  /** Hash of the directory under which the recipients' keys were verified. */
  readonly directory: Hash;
  /** The citizen's author key, or the voice key of the unit's epoch. */
  readonly author: SignKeyPair;
  readonly no: number;
  /** Seal hash of the previous envelope of the thread; null for number 1. */
  readonly prev: Hash | null;
  /** UTF-8 bytes, at most 200 KiB. */
  readonly content: Uint8Array;
  readonly recipients: readonly Recipient[];
  /** Exact manifest of what is attached; none without it. */
  readonly manifest?: Uint8Array;
}

/** A sealed envelope: nothing in it can be read without a recipient's key. */
export interface SealedEnvelope extends EnvelopeParts {
  /** `EMPTY_MANIFEST` where nothing is attached. */
  readonly manifest: Uint8Array;
  readonly seal: Uint8Array;
  readonly sealHash: Hash;
}

/** What a recipient finds: the verified core, and the content exactly as its author signed it. */
export interface OpenedEnvelope {
  readonly core: Core;
  readonly content: Uint8Array;
}

/** A reader's key: the secret of `epoch:<unit>:<n>` or `mailbox:<locator>`. */
export interface RecipientKey {
  readonly id: string;
  /** X-Wing secret key, 32 bytes. */
  readonly secretKey: Uint8Array;
}

/** What the reader knows already; each given value must fit. */
export interface ExpectedEnvelope {
  readonly instance: string;
  readonly tip: TipId;
  readonly kind?: EnvelopeKind;
  readonly no?: number;
  readonly prev?: Hash | null;
  /** Unit and epoch as the events say. */
  readonly unit?: UnitId;
  readonly epoch?: number;
  /** Author's public key as the SUBMITTED event or the directory says. */
  readonly author?: Uint8Array;
  /** Exact seal bytes: core and body must be the sealed ones, and so must the manifest. */
  readonly seal?: Uint8Array;
  /** Exact manifest; without it the envelope must have no attachments. Looked at together with the seal. */
  readonly manifest?: Uint8Array;
}

/** Bytes that an author signs inside the envelope: this content, under this core (tip, number, author, data key). */
const authoredMessage = (suite: Suite, coreHash: Uint8Array, content: Uint8Array): Uint8Array =>
  lengthPrefixed('tk1/authored', coreHash, taggedHash(suite, 'tk1/content', content));

/** Seals content under a fresh data key. Throws `content_too_large`, `wraps_malformed`, `field_invalid` (a recipient's key), `manifest_malformed`. */
export function sealEnvelope(suite: Suite, input: EnvelopeInput): SealedEnvelope {
  const { kind, instance, tip, unit, epoch, directory, author, no, prev, content, recipients } = input;
  const manifest = input.manifest ?? EMPTY_MANIFEST;
  const dataKey = suite.randomBytes(SIZES.dataKey);
  const core = encodeCore({
    kind,
    instance,
    tip,
    unit,
    epoch,
    directory,
    author: author.publicKey,
    no,
    prev,
    commitment: commitment(suite, dataKey, tip, no),
  });
  const coreHash = hashCore(suite, core);
  const wraps = sealWraps(suite, dataKey, coreHash, recipients);
  const signature = suite.sign(authoredMessage(suite, coreHash, content), author.secretKey);
  const body = sealBody(suite, dataKey, coreHash, signature, content);
  wipe(dataKey);
  const seal = makeSeal(suite, { tip, unit, epoch }, { core, wraps, body }, manifest);
  return { core, wraps, body, manifest, seal, sealHash: hashSeal(suite, seal) };
}

/**
 * Opens an envelope and checks everything that can be checked of it. Throws, in this order: `core_malformed`; `core_mismatch`,
 * `epoch_mismatch`, `author_mismatch` (not what was expected); `seal_malformed`, `seal_mismatch`, `manifest_malformed`, `manifest_mismatch` (not as sealed);
 * `wraps_malformed`, `wrap_foreign`; `commitment_mismatch`; the `body_…` codes; `author_signature`.
 */
export function openEnvelope(
  suite: Suite,
  parts: EnvelopeParts,
  reader: RecipientKey,
  expected: ExpectedEnvelope,
): OpenedEnvelope {
  const core = parseCore(parts.core);
  checkExpected(core, expected);
  if (expected.seal !== undefined) {
    const seal = parseSeal(expected.seal);
    ensure(seal.tip === core.tip && seal.unit === core.unit, 'seal_mismatch', 'tip');
    ensure(seal.epoch === core.epoch, 'seal_mismatch', 'epoch');
    const { manifest = EMPTY_MANIFEST } = expected;
    checkSeal(suite, seal, { core: parts.core, body: parts.body, manifest });
  }
  const coreHash = hashCore(suite, parts.core);
  const dataKey = openDataKey(suite, parts, reader);
  try {
    const { signature, content } = openBody(suite, dataKey, coreHash, parts.body);
    const message = authoredMessage(suite, coreHash, content);
    ensure(suite.verify(signature, message, core.author), 'author_signature');
    return { core, content };
  } finally {
    wipe(dataKey);
  }
}

function checkExpected(core: Core, expected: ExpectedEnvelope): void {
  for (const field of ['instance', 'tip', 'kind', 'no', 'prev', 'unit'] as const) {
    const value = expected[field];
    ensure(value === undefined || value === core[field], 'core_mismatch', field);
  }
  ensure(expected.epoch === undefined || expected.epoch === core.epoch, 'epoch_mismatch');
  ensure(expected.author === undefined || equalBytes(expected.author, core.author), 'author_mismatch');
}

/**
 * The data key by one reader's wrap, checked against the core's commitment; the caller wipes it. Throws `wraps_malformed`,
 * `wrap_foreign`, `commitment_mismatch`.
 */
export function openDataKey(
  suite: Suite,
  parts: Pick<EnvelopeParts, 'core' | 'wraps'>,
  reader: RecipientKey,
): Uint8Array {
  const dataKey = openWrap(suite, parts.wraps, hashCore(suite, parts.core), reader.id, reader.secretKey);
  if (!fitsCommitment(suite, parseCore(parts.core), dataKey)) {
    wipe(dataKey);
    ensure(false, 'commitment_mismatch');
  }
  return dataKey;
}

/**
 * Checks that a reader's wrap gives the very data key that the core commits to. Throws `wraps_malformed`, `wrap_foreign`,
 * `commitment_mismatch`.
 */
export function checkWrap(
  suite: Suite,
  parts: Pick<EnvelopeParts, 'core' | 'wraps'>,
  reader: RecipientKey,
): void {
  wipe(openDataKey(suite, parts, reader));
}

/**
 * A new wraps block for other recipients (hand-over to another unit, removal of a member): body, core and seal stay. The officer's
 * event names its hash (`hashWraps`). The caller has opened the envelope and refused excluded units. Throws as `openEnvelope` up to
 * `commitment_mismatch`.
 */
export function rewrapDataKey(
  suite: Suite,
  parts: Pick<EnvelopeParts, 'core' | 'wraps'>,
  reader: RecipientKey,
  recipients: readonly Recipient[],
): Uint8Array {
  const dataKey = openDataKey(suite, parts, reader);
  const wraps = sealWraps(suite, dataKey, hashCore(suite, parts.core), recipients);
  wipe(dataKey);
  return wraps;
}
