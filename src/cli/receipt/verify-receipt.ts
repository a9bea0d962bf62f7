import { proofsOver } from '../../http/kit/log-proofs.ts';
import { type Checkpoint, parseCheckpoint } from '../../ledger/checkpoint.ts';
import { witnessesOf } from '../../ledger/cosignature.ts';
import { sameBytes } from '../../ledger/encoding.ts';
import { eventEntry } from '../../ledger/entry.ts';
import { isSignedBy, parseNote } from '../../ledger/note.ts';
import { isFormerOrigin } from '../../ledger/origin.ts';
import { verifyConsistency } from '../../ledger/proofs.ts';
import { TILE_WIDTH, tileWidth } from '../../ledger/tiles.ts';
import { entryHash, verifyInclusion } from '../../ledger/tree.ts';
import { fromHex, utf8 } from '../../protocol/bytes.ts';
import type { LogContext } from '../../protocol/checkpoint-check.ts';
import { ensure } from '../../protocol/errors.ts';
import { eventLeaf, parseEvent } from '../../protocol/event.ts';
import { readMailboxHead } from '../../protocol/mailbox-head.ts';
import { type PublishedPoint, parseAnswer, verifyPromiseSignature } from '../../protocol/promise.ts';
import type { Receipt } from '../../protocol/receipt-file.ts';
import type { Verifier } from '../../protocol/suite.ts';
import type { LogSource } from './log-source.ts';

/** What became of a receipt. `waiting`: the log does not have it yet, and need not. */
export type ReceiptVerdict =
  | { readonly kind: 'logged'; readonly index: number; readonly size: number; readonly witnesses: number }
  | { readonly kind: 'waiting'; readonly size: number; readonly includeBy: number }
  | { readonly kind: 'missed'; readonly size: number; readonly includeBy: number };

/**
 * Checks a receipt against a log, trusting neither: promise and its signature, checkpoint and witnesses, that the log still begins with what was
 * promised and shown before, and the tip's own entry in it. `now` in UTC seconds. Throws `promise_…`, `checkpoint_…`, `head_went_back`,
 * `log_fork`, `event_malformed`; `UsageError` when the log cannot be read.
 */
export async function verifyReceipt(
  verifier: Verifier,
  { log, policy }: LogContext,
  receipt: Receipt,
  source: LogSource,
  now: number,
): Promise<ReceiptVerdict> {
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  const record = utf8(receipt.record);
  const { promise, leafSalt } = parseAnswer(utf8(receipt.answer));
  verifyPromiseSignature(verifier, promise, log.publicKey);
  const leaf = eventLeaf(verifier, leafSalt, record);
  const renewed = isFormerOrigin(promise.terms.origin, log.name);
  ensure(promise.terms.origin === log.name || renewed, 'promise_mismatch', 'origin');
  ensure(promise.terms.leaf === leaf, 'promise_leaf');
  const { checkpoint, witnesses } = readCheckpoint(verifier, { log, policy }, await source.checkpoint());
  const { size, root } = checkpoint;
  const tile = (level: number, n: number): Promise<Uint8Array> =>
    source.tile({ level, n, width: tileWidth(level, n, size) });
  const proofs = proofsOver(sha256, (_, level, n) => tile(level, n));
  const head =
    receipt.head === undefined ? null : readMailboxHead(verifier, receipt.head, log.publicKey).head;
  // Sizes of a log that ended compare with nothing in the one that took its place.
  const points: readonly (PublishedPoint | null)[] = [
    renewed ? null : promise.terms.checkpoint,
    head !== null && head.origin === log.name ? head : null,
  ];
  for (const point of points) {
    if (point === null) continue;
    ensure(point.size <= size, 'head_went_back', 'size');
    const proof = await proofs.consistency(1, point.size, size);
    ensure(verifyConsistency(sha256, point.size, fromHex(point.root), size, root, proof), 'log_fork');
  }
  const { citizenHash, header } = parseEvent(record);
  const node = entryHash(
    sha256,
    eventEntry(sha256, fromHex(leaf), { citizenHash, prev: null, no: header.no }),
  );
  const from = renewed ? 0 : (promise.terms.checkpoint?.size ?? 0);
  const index = await placeOf(node, from, size, (n) => tile(0, n));
  if (index === null) {
    const { includeBy } = promise.terms;
    return { kind: now > includeBy ? 'missed' : 'waiting', size, includeBy };
  }
  const path = await proofs.inclusion(1, index, size);
  ensure(verifyInclusion(sha256, node, index, size, path, root), 'leaf_missing');
  return { kind: 'logged', index, size, witnesses };
}

/** A checkpoint of this log with enough witnesses; how old it may be is for whoever reads the report. */
function readCheckpoint(
  verifier: Verifier,
  { log, policy }: LogContext,
  bytes: Uint8Array,
): { readonly checkpoint: Checkpoint; readonly witnesses: number } {
  const verify: Verifier['verify'] = (...job) => verifier.verify(...job);
  const note = parseNote(bytes);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  ensure(note !== null && checkpoint !== null && checkpoint.size > 0, 'checkpoint_malformed', 'note');
  ensure(checkpoint.origin === log.name, 'checkpoint_malformed', 'origin');
  ensure(isSignedBy(note, log, verify), 'checkpoint_signature');
  const witnesses = witnessesOf(note, policy.witnesses, verify).length;
  ensure(witnesses >= policy.min, 'checkpoint_witnesses');
  return { checkpoint, witnesses };
}

/** Index of an entry's node among the leaves [from, size), tile by tile; null when it is not there. */
async function placeOf(
  node: Uint8Array,
  from: number,
  size: number,
  tile: (n: number) => Promise<Uint8Array>,
): Promise<number | null> {
  for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < size; n++) {
    const hashes = await tile(n);
    for (let i = 0; i * 32 < hashes.length; i++)
      if (sameBytes(hashes.subarray(i * 32, i * 32 + 32), node)) return n * TILE_WIDTH + i;
  }
  return null;
}
