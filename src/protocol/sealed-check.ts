import type { Hash, TipId, UnitId } from '../domain/ids.ts';
import { isBodyLength } from './body.ts';
import { equalBytes } from './bytes.ts';
import type { Core, EnvelopeKind } from './core.ts';
import { ensure } from './errors.ts';
import { checkSeal, type EnvelopeParts, type Seal } from './seal.ts';
import type { Hashes } from './suite.ts';
import { epochOfRecipient, parseWraps } from './wraps.ts';

/** An envelope as it arrives, with its manifest. */
export interface ArrivingEnvelope extends EnvelopeParts {
  readonly manifest: Uint8Array;
}

/** What an envelope sealed to units alone must be. */
export interface ExpectedArrival {
  readonly kind: EnvelopeKind;
  readonly instance: string;
  readonly tip: TipId;
  /** Units that it is sealed to, each by one epoch; the first is the core's. */
  readonly readers: readonly UnitId[];
  /** Newest envelope of the series; number 0 and null where there is none. */
  readonly last: { readonly no: number; readonly seal: Hash | null };
  /** Ed25519 key of its author, 32 bytes. */
  readonly author: Uint8Array;
}

/** An epoch that an envelope is sealed to. */
export interface SealedTo {
  readonly unit: UnitId;
  readonly epoch: number;
}

/**
 * Checks an envelope that continues a series, is for exactly these units and for no mailbox, and says which epochs it is sealed to. Throws
 * `core_mismatch`, `author_mismatch`, `seal_mismatch`, `body_size`, `manifest_mismatch`, `wraps_malformed`, `wrap_foreign`,
 * `epoch_mismatch`, each with the field. Needs only hashes.
 */
export function checkArrival(
  hashes: Hashes,
  parts: ArrivingEnvelope,
  { seal, core }: { readonly seal: Seal; readonly core: Core },
  expected: ExpectedArrival,
): readonly SealedTo[] {
  ensure(core.kind === expected.kind, 'core_mismatch', 'kind');
  ensure(core.instance === expected.instance, 'core_mismatch', 'instance');
  ensure(core.tip === expected.tip, 'core_mismatch', 'tip');
  ensure(core.unit === expected.readers[0], 'core_mismatch', 'unit');
  ensure(core.no === expected.last.no + 1, 'core_mismatch', 'no');
  ensure(core.prev === expected.last.seal, 'core_mismatch', 'prev');
  ensure(equalBytes(core.author, expected.author), 'author_mismatch');
  for (const field of ['tip', 'unit', 'epoch'] as const)
    ensure(seal[field] === core[field], 'seal_mismatch', field);
  ensure(isBodyLength(parts.body.length), 'body_size');
  checkSeal(hashes, seal, parts);
  const epochs = parseWraps(parts.wraps).map(({ id }) => {
    const epoch = epochOfRecipient(id);
    ensure(epoch !== null, 'wrap_foreign', 'wraps');
    return epoch;
  });
  const exactly =
    epochs.length === expected.readers.length &&
    expected.readers.every((unit) => epochs.some((epoch) => epoch.unit === unit));
  ensure(exactly, 'wrap_foreign', 'wraps');
  const own = epochs.find((epoch) => epoch.unit === core.unit);
  ensure(own?.epoch === core.epoch, 'epoch_mismatch');
  return epochs;
}
