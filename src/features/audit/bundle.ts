import { lawHashes } from '../../audit/law-hashes.ts';
import type { BundleLine } from '../../audit/lines.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { UnitId } from '../../domain/ids.ts';
import { formatVkey, noteKey } from '../../ledger/note.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { chainLines, chainsOf } from './chain-lines.ts';
import { scopedLines } from './scoped-lines.ts';
import type { BundleSource } from './source.ts';
import { statementLines } from './statement-lines.ts';
import { treeLines } from './tree-lines.ts';

type Header = Extract<BundleLine, { t: 'bundle' }>;

/** Whose bundle it is: an auditor of the whole instance, or one who sees some units. */
export interface BundleFor {
  /** Id in the directory, or account. */
  readonly auditor: string;
  /** Null for an auditor whom the directory names. */
  readonly units: readonly UnitId[] | null;
}

/** The bundle's first line. Two bundles of one size, for one auditor, are the same but for the keys that they are sealed under. */
export const bundleHeader = ({ deps, log, batch }: BundleSource, { auditor, units }: BundleFor): Header => ({
  t: 'bundle',
  v: 1,
  kind: units === null ? 'whole' : 'scoped',
  instance: deps.instance.id,
  origin: log.origin,
  size: batch.size,
  root: toHex(batch.root),
  auditor,
  day: dayOf(batch.at),
  from: 0,
  units,
  law: lawHashes(deps.crypto, (name) => deps.data.get(name)),
});

/**
 * Everything that a verifier needs of the log below the newest published checkpoint, line by line in the order of `BundleLine`: memory does
 * not grow with it. Never a content, an author's key or a mailbox's. Error `unavailable` while a shredding waits for the log.
 */
export async function* bundleLines(source: BundleSource, whose: BundleFor): AsyncGenerator<BundleLine> {
  yield bundleHeader(source, whose);
  yield* logLines(source);
  yield* statementLines(source, whose.units);
  if (whose.units !== null) {
    yield* scopedLines(source, whose.units);
    return;
  }
  yield* treeLines(source);
  yield* auditorLines(source);
  let chains = 0;
  let events = 0;
  for await (const chain of chainsOf(source)) {
    chains += 1;
    events += chain.length;
    yield* chainLines(chain);
  }
  yield { t: 'end', chains, events };
}

async function* logLines({ deps, ledger }: BundleSource): AsyncGenerator<BundleLine> {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  for (const { log, origin } of await ledger.logs()) {
    const vkey = formatVkey(noteKey(sha256, origin, deps.ledger.publicKey));
    yield { t: 'log', log, origin, vkey };
  }
}

async function* auditorLines({ ledger }: BundleSource): AsyncGenerator<BundleLine> {
  for (const kind of ['canaries', 'audited-checkpoint'] as const)
    for (const { record } of await ledger.auditorStatements(kind))
      yield { t: 'auditor', b: toBase64Url(record) };
}
