import type { BundleLine } from '../../audit/lines.ts';
import type { Hash, UnitId } from '../../domain/ids.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { parsePart } from '../../protocol/event.ts';
import type { BundleSource } from './source.ts';

/** Statements, or events of `directory`, that one read gives. */
const PAGE = 200;

/**
 * The directory's history as far as the checkpoint knows it, in the order in which it came: every statement that an event below the
 * checkpoint names, and each shard before the first directory that binds it. Then the counts of tip boxes, of these units or of all.
 */
export async function* statementLines(
  source: BundleSource,
  units: readonly UnitId[] | null,
): AsyncGenerator<BundleLine> {
  const { directory, hotline } = source.deps.store;
  const named = await namedStatements(source);
  const shards = new Set<Hash>();
  for (let after: number | null = 0; after !== null; ) {
    const page = await directory.history(after, PAGE);
    for (const { hash, kind, record } of page.rows) {
      if (!named.has(hash)) continue;
      if (kind === 'directory') yield* shardLines(source, record, shards);
      yield { t: 'statement', kind, b: toBase64Url(record) };
    }
    after = page.next;
  }
  for (const { code } of await directory.units(null)) {
    if (units !== null && !units.includes(code)) continue;
    for (const { pending, statement } of await hotline.openings(code))
      if (!pending) yield { t: 'statement', kind: 'box', b: toBase64Url(statement) };
  }
}

async function* shardLines(
  { deps }: BundleSource,
  record: Uint8Array,
  given: Set<Hash>,
): AsyncGenerator<BundleLine> {
  for (const { hash } of parseDirectory(deps.crypto, record).shards) {
    if (given.has(hash)) continue;
    given.add(hash);
    const shard = await deps.store.directory.shard(hash);
    if (shard !== null) yield { t: 'shard', b: toBase64Url(shard.bytes) };
  }
}

/** Hashes of the statements that events of the chain `directory` below the checkpoint name. */
async function namedStatements({ ledger, log, batch }: BundleSource): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (let from = 1; ; from += PAGE) {
    const events = await ledger.openedOf(log.log, 'directory', from, PAGE);
    const below = events.filter(({ index }) => index < batch.size);
    for (const { restrictedPart } of below) {
      const { statement } = parsePart(restrictedPart);
      if (typeof statement === 'string') named.add(statement);
    }
    if (below.length < PAGE) return named;
  }
}
