import type { Hash } from '../domain/ids.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { witnessesOf } from '../ledger/cosignature.ts';
import { isSignedBy, type Note, noteKey, parseNote, parseVkey } from '../ledger/note.ts';
import { toHex } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { verifyPromiseSignature } from '../protocol/promise.ts';
import type { ChainRun } from './chain-run.ts';
import type { ReadBatch } from './checkpoints.ts';
import type { AuditEnvironment, Given } from './environment.ts';
import type { Findings } from './findings.ts';
import { CLOCKS } from './heads.ts';
import type { History } from './history.ts';
import type { KnownSteps } from './known-steps.ts';

interface KnownLog {
  readonly origin: string;
  readonly history: History;
  readonly batches: readonly ReadBatch[];
  readonly chains: ChainRun;
  readonly known: KnownSteps;
  /** What a scoped bundle does not have need not be missing. */
  readonly scoped: boolean;
}

/** What others have of the log against the bundle: promises, heads that citizens were told, notes that witnesses keep. */
export function checkGiven(env: AuditEnvironment, found: Findings, given: Given, log: KnownLog): void {
  const newest = log.batches.at(-1);
  if (newest === undefined) return;
  const rootAt = (size: number): string | null =>
    log.batches.find((batch) => batch.size === size)?.root ?? null;
  const isOther = (size: number, root: string): boolean => {
    const own = rootAt(size);
    return size <= newest.size && own !== root && (own !== null || !log.scoped);
  };
  const isNowhere = (leaf: Hash): boolean => !log.scoped && log.known.indexOf(leaf) === null;
  const keys = log.history.versions.map(({ ledgerKey }) => ledgerKey);
  for (const promise of given.promises ?? []) {
    const { leaf, origin, includeBy } = promise.terms;
    const ended = log.chains.declared.some(({ from }) => from === origin);
    if ((origin !== log.origin && !ended) || !keys.some((key) => isPromise(env, promise, key))) continue;
    if (ended) {
      if (isNowhere(leaf))
        found.add({
          check: 'promiseKept',
          detail: `lost by the declared roll-back: leaf ${leaf.slice(0, 12)}`,
        });
      continue;
    }
    const logged = log.chains.loggedAt(newest.size - 1) ?? 0;
    if (isNowhere(leaf) && includeBy < logged)
      found.add({ check: 'promiseKept', detail: `what was promised is nowhere: leaf ${leaf.slice(0, 12)}` });
    const { checkpoint } = promise.terms;
    if (checkpoint !== null && isOther(checkpoint.size, checkpoint.root))
      found.add({
        check: 'fork',
        detail: 'a promise names a checkpoint that is not of this log',
        size: checkpoint.size,
      });
  }
  for (const head of given.heads ?? []) {
    const ended = log.chains.declared.some(({ from }) => from === head.origin);
    if (ended && isNowhere(head.leaf))
      found.add({
        check: 'noContradiction',
        detail: 'a citizen was told of a step that the declared roll-back lost',
        tip: head.tip,
        no: head.no,
      });
    if (head.origin !== log.origin) continue;
    const step = log.known.leafOf(head.tip, head.no);
    const isLate = head.includeBy < (log.chains.loggedAt(newest.size - 1) ?? 0);
    const contradiction =
      step !== null && step !== head.leaf
        ? 'a citizen was told of another step in the place of this one'
        : isLate && (isNowhere(head.leaf) || (!log.scoped && step === null))
          ? 'a citizen was told of a step that is nowhere'
          : null;
    if (contradiction !== null)
      found.add({ check: 'noContradiction', detail: contradiction, tip: head.tip, no: head.no });
    if (isOther(head.size, head.root))
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
    if (note === null || checkpoint === null) continue;
    const { origin, size, root } = checkpoint;
    const signed = keys.some((key) =>
      isSignedBy(note, noteKey(sha256, origin, key), (...job) => env.verifier.verify(...job)),
    );
    if (signed && origin !== log.origin) formerNote(found, log, { origin, size, root: toHex(root) });
    if (signed && origin === log.origin && size > newest.size) longerNote(env, found, note, log, newest.size);
    if (signed && origin === log.origin && isOther(size, toHex(root)))
      found.add({ check: 'fork', detail: 'a note of this log with another root', size });
  }
}

/** A checkpoint of a log that ended: nobody may have seen more of it than was declared. */
function formerNote(
  found: Findings,
  { chains }: KnownLog,
  note: { readonly origin: string; readonly size: number; readonly root: string },
): void {
  const declared = chains.declared.find(({ from }) => from === note.origin);
  const { size = 0, root = '' } = declared?.known ?? {};
  const detail =
    declared === undefined
      ? 'a note of a log of which nothing is declared'
      : note.size > size || (note.size === size && root !== '' && root !== note.root)
        ? 'the log that ended had more than was declared'
        : null;
  if (detail !== null) found.add({ check: 'rollBackDeclared', detail, size: note.size });
}

/** A checkpoint with more than the bundle has is no fault, unless a witness signed it before the bundle's newest head was made. */
function longerNote(env: AuditEnvironment, found: Findings, note: Note, log: KnownLog, newest: number): void {
  const sha256 = (data: Uint8Array) => env.verifier.sha256(data);
  const named = new Set(log.history.versions.flatMap(({ witnesses }) => witnesses));
  const witnesses = [...named].flatMap((vkey) => parseVkey(sha256, vkey) ?? []);
  const seen = witnessesOf(note, witnesses, (...job) => env.verifier.verify(...job));
  const made = log.chains.loggedAt(newest - 1) ?? 0;
  if (seen.some(({ time }) => time + CLOCKS < made))
    found.add({ check: 'rollBackDeclared', detail: 'a witness has seen more of the log than there is now' });
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
