import type { Seconds } from '../../domain/ids.ts';
import { serverEvent } from '../../http/kit/server-event.ts';
import { layOut, takes } from '../../ledger/batch.ts';
import { checkpointText } from '../../ledger/checkpoint.ts';
import { ENTRY_BYTES, eventEntry } from '../../ledger/entry.ts';
import { formatNote, signNote } from '../../ledger/note.ts';
import { finishBatch } from '../../ledger/plan.ts';
import { STATE_AHEAD, stateTree } from '../../ledger/state-tree.ts';
import { TILE_WIDTH } from '../../ledger/tiles.ts';
import type { Deps } from '../../ports/deps.ts';
import type { EventRow } from '../../ports/store/event-row.ts';
import type { Append, BatchRow, NextBatch } from '../../ports/store/ledger-store.ts';
import { fromHex, toHex } from '../../protocol/bytes.ts';
import type { BatchHeadPart } from '../../protocol/wire-ledger.ts';
import { logKey } from './log-key.ts';

/** What of `Deps` sequencing needs. */
export type LedgerDeps = Pick<Deps, 'store' | 'crypto' | 'ledger' | 'random' | 'clock'> & {
  readonly instance: Pick<Deps['instance'], 'id' | 'logOrigin'>;
};

/**
 * Plans the next batch: its place in the tree, its head and its signed checkpoint. Nothing is written, and nothing of it may leave the process
 * before `append` has answered. `more`: events are left for a batch that follows at once.
 */
export async function planBatch(
  deps: LedgerDeps,
  ladder: readonly number[],
  fence: number,
  next: NextBatch,
  now: Seconds,
): Promise<{ readonly batch: Append; readonly more: boolean }> {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const taken = next.pending.slice(0, takes(ladder, next.pending.length));
  const begins = next.newest?.size ?? 0;
  const { log } = next;
  const seed = deps.random.bytes(32);
  const layout = layOut(
    sha256,
    ladder,
    taken.map(({ leaf, shown, prev, no }) =>
      'entry' in shown ? shown.entry : eventEntry(sha256, leaf, { ...shown, prev, no }),
    ),
    seed,
  );
  const size = begins + layout.size;
  const part = await headPart(deps, next, size, now);
  const head = headEvent(deps, next, part, now);
  const lastRow =
    begins % TILE_WIDTH === 0
      ? new Uint8Array(0)
      : ((await deps.store.ledger.entries(log.log, Math.floor(begins / TILE_WIDTH))) ?? new Uint8Array(0));
  const whole = lastRow.subarray(0, (begins % TILE_WIDTH) * ENTRY_BYTES);
  const { row, entry } = head;
  const planned = finishBatch(sha256, begins, next.edge, whole, layout, entry);
  const key = logKey(deps, log.origin);
  const text = checkpointText({ origin: log.origin, size, root: planned.root });
  const note = formatNote({ text, signatures: [signNote(text, key, (data) => deps.ledger.sign(data))] });
  const leaves = taken.map(({ event }, i) => ({ event, index: begins + (layout.places[i] ?? 0) }));
  return {
    batch: {
      ...{ fence, log: log.log, begins, size, head: row, leaves, seed, note },
      ...{ tiles: planned.tiles, entries: planned.entries, root: planned.root },
      lastEvent: taken.at(-1)?.event ?? next.lastEvent,
      dummies: layout.dummies,
      at: now,
    },
    more: taken.length < next.pending.length,
  };
}

/** What the batch head says openly: what the tree holds from where to where, and which directory stood then. */
async function headPart(
  deps: LedgerDeps,
  { log, newest, directory }: NextBatch,
  size: number,
  now: Seconds,
): Promise<BatchHeadPart> {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const states = await deps.store.ledger.unitStates(directory.no, now, STATE_AHEAD);
  const published = await deps.store.ledger.published(log.log);
  return {
    v: 1,
    log: log.log,
    from: newest?.size ?? 0,
    size,
    directory: {
      ...directory,
      units: states.length,
      root: toHex(stateTree(sha256, states).root),
      ahead: STATE_AHEAD,
    },
    published: published === null ? null : { size: published.size, root: toHex(published.root) },
  };
}

function headEvent(
  deps: LedgerDeps,
  next: NextBatch,
  { v: _, ...restricted }: BatchHeadPart,
  now: Seconds,
): { readonly row: EventRow; readonly entry: Uint8Array } {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const at = { ...deps, clock: { now: () => now } };
  const row = serverEvent(at, { subject: 'log', type: 'batch_sealed', restricted }, next.head);
  const { citizenSalt } = row.openings;
  const citizenHash = sha256(new Uint8Array([...citizenSalt, ...row.citizenPart]));
  const prev = row.prev === null ? null : fromHex(row.prev);
  return { row, entry: eventEntry(sha256, fromHex(row.leaf), { citizenHash, prev, no: row.no }) };
}

/** A checkpoint with the lines of the witnesses that signed it, as it is published. */
export const noteOf = ({ note, cosignatures }: Pick<BatchRow, 'note' | 'cosignatures'>): string =>
  new TextDecoder().decode(note) + cosignatures.map(({ line }) => line).join('');
