import { BUNDLE_LIMITS, type BundleLine } from '../../audit/lines.ts';
import { ENTRY_BYTES } from '../../ledger/entry.ts';
import { TILE_WIDTH } from '../../ledger/tiles.ts';
import type { BatchRow } from '../../ports/store/ledger-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { concat, fromUtf8 } from '../../protocol/bytes.ts';
import type { BundleSource } from './source.ts';

/** Batches that one read gives. */
const PAGE = 100;

/** Every published batch with all its entries, up to the bundle's checkpoint. */
export async function* treeLines(source: BundleSource): AsyncGenerator<BundleLine> {
  for await (const batch of batchesOf(source)) {
    yield batchLine(batch);
    for (let from = batch.begins; from < batch.size; from += BUNDLE_LIMITS.entries) {
      const to = Math.min(batch.size, from + BUNDLE_LIMITS.entries);
      yield { t: 'entries', from, b: toBase64Url(await entriesOf(source, from, to)) };
    }
  }
}

/** The note of a checkpoint with every witness's line, and what opens the dummies of its batch. */
export const batchLine = ({ log, begins, size, note, cosignatures, seed, dummies }: BatchRow) => ({
  t: 'batch' as const,
  log,
  from: begins,
  size,
  note: fromUtf8(note) + cosignatures.map(({ line }) => line).join(''),
  seed: toBase64Url(seed),
  dummies,
});

/** Published batches of the log in ascending order, up to the bundle's checkpoint. */
async function* batchesOf({ ledger, log, batch }: BundleSource): AsyncGenerator<BatchRow> {
  for (let after = 0; after < batch.size; ) {
    const page = await ledger.batches(log.log, after, PAGE);
    for (const row of page) {
      if (row.size > batch.size) return;
      yield row;
      after = row.size;
    }
    if (page.length === 0) return;
  }
}

/** Entries `from`…`to` − 1, joined. */
async function entriesOf({ ledger, log }: BundleSource, from: number, to: number): Promise<Uint8Array> {
  const rows: Uint8Array[] = [];
  for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < to; n++) {
    const row = await ledger.entries(log.log, n);
    const first = Math.max(0, from - n * TILE_WIDTH) * ENTRY_BYTES;
    const end = Math.min(TILE_WIDTH, to - n * TILE_WIDTH) * ENTRY_BYTES;
    if (row === null || row.length < end) throw new Error('entries of a published batch are missing');
    rows.push(row.subarray(first, end));
  }
  return concat(...rows);
}
