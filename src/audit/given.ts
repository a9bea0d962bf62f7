import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { isSignedBy, noteKey, parseNote } from '../ledger/note.ts';
import { toHex } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { verifyPromiseSignature } from '../protocol/promise.ts';
import type { ChainRun } from './chain-run.ts';
import type { ReadBatch } from './checkpoints.ts';
import type { AuditEnvironment, Given } from './environment.ts';
import type { Findings } from './findings.ts';
import type { History } from './history.ts';

interface KnownLog {
  readonly origin: string;
  readonly history: History;
  readonly batches: readonly ReadBatch[];
  readonly chains: ChainRun;
}

/** Leaves that others were promised or shown. */
export const leavesIn = ({ promises = [], heads = [] }: Given): ReadonlySet<string> =>
  new Set([...promises.map(({ terms }) => terms.leaf), ...heads.map(({ leaf }) => leaf)]);

/** What others have of the log against the bundle: promises, heads that citizens were told, notes that witnesses keep. */
export function checkGiven(env: AuditEnvironment, found: Findings, given: Given, log: KnownLog): void {
  const newest = log.batches.at(-1);
  if (newest === undefined) return;
  const rootAt = (size: number): string | null =>
    log.batches.find((batch) => batch.size === size)?.root ?? null;
  const keys = log.history.versions.map(({ ledgerKey }) => ledgerKey);
  for (const promise of given.promises ?? []) {
    const { leaf, origin, includeBy } = promise.terms;
    if (origin !== log.origin || !keys.some((key) => isPromise(env, promise, key))) continue;
    const logged = log.chains.loggedAt(newest.size - 1) ?? 0;
    if (log.chains.indexOf(leaf) === null && includeBy < logged)
      found.add({ check: 'promiseKept', detail: `what was promised is nowhere: leaf ${leaf.slice(0, 12)}` });
    const { checkpoint } = promise.terms;
    if (checkpoint !== null && checkpoint.size <= newest.size && rootAt(checkpoint.size) !== checkpoint.root)
      found.add({
        check: 'fork',
        detail: 'a promise names a checkpoint that is not of this log',
        size: checkpoint.size,
      });
  }
  for (const head of given.heads ?? []) {
    if (head.origin !== log.origin) continue;
    const index = log.chains.indexOf(head.leaf);
    if (head.includeBy < (log.chains.loggedAt(newest.size - 1) ?? 0) && index === null)
      found.add({
        check: 'noContradiction',
        detail: 'a citizen was told of a step that is nowhere',
        tip: head.tip,
        no: head.no,
      });
    if (head.size <= newest.size && rootAt(head.size) !== head.root)
      found.add({
        check: 'fork',
        detail: 'a citizen was told of a checkpoint that is not of this log',
        size: head.size,
      });
  }
  const sha256 = (data: Uint8Array) => env.verifier.sha256(data);
  for (const bytes of given.notes ?? []) {
    const note = parseNote(bytes);
    const checkpoint = note === null ? null : parseCheckpoint(note.text);
    if (note === null || checkpoint === null || checkpoint.origin !== log.origin) continue;
    const signed = keys.some((key) =>
      isSignedBy(note, noteKey(sha256, log.origin, key), (...job) => env.verifier.verify(...job)),
    );
    const { size, root } = checkpoint;
    if (signed && size <= newest.size && rootAt(size) !== toHex(root))
      found.add({ check: 'fork', detail: 'a note of this log with another root', size });
  }
}

function isPromise(
  env: AuditEnvironment,
  promise: NonNullable<Given['promises']>[number],
  key: Uint8Array,
): boolean {
  try {
    verifyPromiseSignature(env.verifier, promise, key);
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
