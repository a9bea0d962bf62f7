import { dayOf } from '../domain/calendar.ts';
import type { Day, Seconds, TipId } from '../domain/ids.ts';
import { eventEntry } from '../ledger/entry.ts';
import { saltedHash } from '../ledger/leaf.ts';
import { verifyMultiProof } from '../ledger/multi-proof.ts';
import { isFormerOrigin, renewedAt } from '../ledger/origin.ts';
import { verifyConsistency } from '../ledger/proofs.ts';
import { entryHash } from '../ledger/tree.ts';
import { fromHex, toHex } from './bytes.ts';
import { type CheckedCheckpoint, checkCheckpoint, hash32, type LogContext } from './checkpoint-check.ts';
import { ensure, ProtocolError, type ProtocolErrorCode } from './errors.ts';
import { parsePart } from './event.ts';
import { type MailboxHead, readMailboxHead, type SignedHead } from './mailbox-head.ts';
import { readMailboxLog, type ShownStep, shownSteps } from './mailbox-log.ts';
import { leavesState, type ToldState } from './mailbox-reading.ts';
import { emptiedBefore } from './mailbox-thread.ts';
import { type PromiseProof, type PublishedPoint, verifyPromiseSignature } from './promise.ts';
import type { Verifier } from './suite.ts';
import type { MailboxStep } from './wire.ts';
import type { MailboxLog } from './wire-ledger.ts';

/** Seconds that the reader's clock may run ahead of the service's. */
const CLOCK_SLACK = 300;

/** What the holder of a code was shown at this visit; everything is attacker-controlled. */
export interface ShownMailbox {
  readonly tip: TipId;
  readonly told: ToldState;
  readonly steps: readonly MailboxStep[];
  /** Null while the service says that it has published nothing yet. */
  readonly log: MailboxLog | null;
}

/** What the holder of the code kept from before. */
export interface KnownLog {
  readonly promise: PromiseProof | null;
  readonly head: SignedHead | null;
}

/** What is kept of a visit where something did not fit: enough for an auditor, and no word of what was written. */
export interface Evidence extends ShownMailbox, KnownLog {
  readonly code: ProtocolErrorCode;
  readonly field: string;
  readonly origin: string;
  /** UTC seconds of the visit, its whole hour. */
  readonly seen: Seconds;
}

export interface VerifiedLog {
  readonly kind: 'verified';
  /** So many of the steps that are shown are in the public log. */
  readonly steps: number;
  readonly of: number;
  /** Day (UTC+7) of the checkpoint that they are in. */
  readonly day: Day;
  /** True when this was compared with something that was kept from before. */
  readonly compared: boolean;
  /**
   * Day on which this log took the place of the one under which something was kept; null where they are the same. The directory's keys gave it
   * its name, so a service cannot do that alone.
   */
  readonly renewed: Day | null;
  /** UTC seconds by which the others must be there too; null when none waits. */
  readonly includeBy: Seconds | null;
  /** To be kept for the next visit. */
  readonly head: SignedHead;
}

export type LogVerdict =
  | VerifiedLog
  | { readonly kind: 'alarm'; readonly code: ProtocolErrorCode; readonly evidence: Evidence }
  /** Nothing is published yet, and nothing that was kept says otherwise. */
  | { readonly kind: 'none' };

/**
 * Checks what a mailbox showed against the public log (docs/protocol.md, Promise and proof): checkpoint and witnesses; every step's shown half in the tree;
 * the state told; the promise and the head from before; the signed head of now. Never throws: whatever does not fit is an alarm with its code
 * and what an auditor needs. `now` in UTC seconds.
 */
export function verifyMailboxLog(
  verifier: Verifier,
  ledger: LogContext,
  shown: ShownMailbox,
  known: KnownLog,
  now: number,
): LogVerdict {
  try {
    return shown.log === null ? withoutLog(ledger, known, now) : check(verifier, ledger, shown, known, now);
  } catch (error) {
    const { code, field = '' } =
      error instanceof ProtocolError ? error : new ProtocolError('checkpoint_malformed');
    const seen = (Math.floor(now / 3600) * 3600) as Seconds;
    const evidence = { ...shown, ...known, code, field, origin: ledger.log.name, seen };
    return { kind: 'alarm', code, evidence };
  }
}

/** True for what was said under a log whose place this one has taken: its sizes and times compare with nothing any more. */
const isFormer = ({ log }: LogContext, origin: string): boolean => isFormerOrigin(origin, log.name);

/** What was kept of this very log. */
const ofThisLog = (ledger: LogContext, { promise, head }: KnownLog): KnownLog => ({
  promise: promise !== null && isFormer(ledger, promise.terms.origin) ? null : promise,
  head: head !== null && isFormer(ledger, head.head.origin) ? null : head,
});

/** A service that has shown its log once cannot be without one later. */
function withoutLog(ledger: LogContext, known: KnownLog, now: number): LogVerdict {
  const { promise, head } = ofThisLog(ledger, known);
  ensure(head === null && (promise === null || promise.terms.checkpoint === null), 'head_went_back', 'log');
  ensure(promise === null || now <= promise.terms.includeBy + CLOCK_SLACK, 'promise_missed');
  return { kind: 'none' };
}

function check(
  verifier: Verifier,
  ledger: LogContext,
  shown: ShownMailbox,
  known: KnownLog,
  now: number,
): VerifiedLog {
  const log = readMailboxLog(shown.log);
  const steps = shownSteps(shown.steps);
  const last = steps.at(-1);
  const before = emptiedBefore(steps);
  ensure(last !== undefined && steps.every(({ no }, i) => no === before + i + 1), 'leaf_missing', 'steps');
  const checkpoint = checkCheckpoint(verifier, ledger.log, ledger.policy, log, now);
  const logged = checkSteps(verifier, checkpoint, steps, log);
  ensure(steps.every(isNamed), 'state_mismatch', 'steps');
  ensure(leavesState(last, shown.told), 'state_mismatch', 'told');
  const head = readMailboxHead(verifier, log.signed, ledger.log.publicKey);
  checkHead(head.head, checkpoint, shown.tip, last);
  checkPromise(verifier, ledger, known.promise, steps);
  checkKnownHead(known.head?.head ?? null, head.head, steps);
  const same = ofThisLog(ledger, known);
  for (const point of pointsOf(same)) checkConsistency(verifier, checkpoint, point, log);
  const waits = logged < steps.length;
  const due = dueTimes(same, head.head, before + logged);
  ensure(!waits || due.every((time) => now <= time + CLOCK_SLACK), 'promise_missed');
  return {
    kind: 'verified',
    steps: logged,
    of: steps.length,
    day: dayOf(checkpoint.seenAt),
    compared: known.promise !== null || known.head !== null,
    renewed: same.promise === known.promise && same.head === known.head ? null : renewedDay(ledger),
    includeBy: waits ? (Math.min(...due) as Seconds) : null,
    head,
  };
}

const renewedDay = ({ log }: LogContext): Day | null => {
  const at = renewedAt(log.name);
  return at === null ? null : dayOf(at);
};

/** Every step that has an index is at it, made of what was shown; those that wait are the last ones. Gives how many are there. */
function checkSteps(
  verifier: Verifier,
  { size, root }: CheckedCheckpoint,
  steps: readonly ShownStep[],
  { indices, nodes }: MailboxLog,
): number {
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  ensure(indices.length === steps.length, 'leaf_missing', 'indices');
  // What was emptied before the first step is not there to make its entry of: the second, which two people signed, stands for both.
  if (emptiedBefore(steps) > 0) return checkEmptied(verifier, { size, root }, steps, { indices, nodes });
  const waiting = indices.indexOf(null);
  const logged = waiting < 0 ? steps.length : waiting;
  ensure(
    indices.slice(logged).every((index) => index === null),
    'leaf_missing',
    'indices',
  );
  if (logged === 0) return 0;
  const entries = steps.slice(0, logged).map(({ no, leaf, citizenPart, citizenSalt }, i) => {
    const citizenHash = saltedHash(sha256, citizenSalt, citizenPart);
    const entry = eventEntry(sha256, leaf, { citizenHash, prev: steps[i - 1]?.leaf ?? null, no });
    return { index: indices[i] ?? -1, node: entryHash(sha256, entry) };
  });
  entries.sort((a, b) => a.index - b.index);
  const proven = verifyMultiProof(sha256, entries, size, nodes.map(hash32), root);
  ensure(proven, 'shown_mismatch');
  return logged;
}

/** Of a mailbox that was emptied the last step alone is proven: it leaves the state, and names the leaf of the proposal before it. */
function checkEmptied(
  verifier: Verifier,
  { size, root }: Pick<CheckedCheckpoint, 'size' | 'root'>,
  [proposal, shredded]: readonly ShownStep[],
  { indices: [, index = null], nodes }: Pick<MailboxLog, 'indices' | 'nodes'>,
): number {
  if (index === null) return 0;
  ensure(proposal !== undefined && shredded !== undefined, 'leaf_missing', 'steps');
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  const { no, leaf, citizenPart, citizenSalt } = shredded;
  const citizenHash = saltedHash(sha256, citizenSalt, citizenPart);
  const entry = eventEntry(sha256, leaf, { citizenHash, prev: proposal.leaf, no });
  const entries = [{ index, node: entryHash(sha256, entry) }];
  ensure(verifyMultiProof(sha256, entries, size, nodes.map(hash32), root), 'shown_mismatch');
  return 2;
}

/** A step's name stands in its signed part; the first alone is the submission. */
const isNamed = ({ no, type, citizenPart }: ShownStep): boolean =>
  no === 1
    ? type === 'submitted' && parsePart(citizenPart).state === type
    : type !== 'submitted' && parsePart(citizenPart).step === type;

/** The signed head says what was shown. */
function checkHead(head: MailboxHead, checkpoint: CheckedCheckpoint, tip: TipId, last: ShownStep): void {
  const fits =
    head.origin === checkpoint.origin &&
    head.tip === tip &&
    head.no === last.no &&
    head.leaf === toHex(last.leaf) &&
    head.size === checkpoint.size &&
    head.root === toHex(checkpoint.root);
  ensure(fits, 'state_mismatch', 'head');
}

/** The promise is the service's own, and the first step is the one that it was given for. */
function checkPromise(
  verifier: Verifier,
  ledger: LogContext,
  promise: PromiseProof | null,
  [first]: readonly ShownStep[],
): void {
  if (promise === null) return;
  const { log } = ledger;
  const { origin } = promise.terms;
  verifyPromiseSignature(verifier, promise, log.publicKey);
  ensure(origin === log.name || isFormer(ledger, origin), 'promise_mismatch', 'origin');
  // The submission itself was emptied; its leaf stays in the log.
  if (first !== undefined && first.no > 1) return;
  ensure(first !== undefined && promise.terms.leaf === toHex(first.leaf), 'promise_leaf');
}

/** Nothing that was shown before is gone or another now. */
function checkKnownHead(before: MailboxHead | null, now: MailboxHead, steps: readonly ShownStep[]): void {
  if (before === null) return;
  const renewed = isFormerOrigin(before.origin, now.origin);
  ensure((before.origin === now.origin || renewed) && before.tip === now.tip, 'state_mismatch', 'kept');
  // A new log begins small; what was shown of the tip must be there all the same.
  ensure(before.no <= now.no && (renewed || before.size <= now.size), 'head_went_back');
  const emptied = emptiedBefore(steps);
  if (before.no <= emptied) return;
  const leaf = steps[before.no - 1 - emptied]?.leaf;
  ensure(leaf !== undefined && toHex(leaf) === before.leaf, 'head_went_back', 'leaf');
}

/** Checkpoints that were told before. */
const pointsOf = ({ promise, head }: KnownLog): readonly PublishedPoint[] => [
  ...(promise?.terms.checkpoint ? [promise.terms.checkpoint] : []),
  ...(head === null ? [] : [{ size: head.head.size, root: head.head.root }]),
];

/** Sizes of the checkpoints that were told before, which the service is asked to prove its log consistent with. */
export const knownSizes = (known: KnownLog): readonly number[] => [
  ...new Set(pointsOf(known).map(({ size }) => size)),
];

/** The log begins with the checkpoint that was told before. */
function checkConsistency(
  verifier: Verifier,
  { size, root }: CheckedCheckpoint,
  before: PublishedPoint,
  { consistency }: MailboxLog,
): void {
  ensure(before.size <= size, 'head_went_back', 'size');
  const proof = consistency.find((one) => one.size === before.size)?.proof.map(hash32);
  ensure(proof !== undefined, 'log_fork', 'proof');
  const sha256 = (data: Uint8Array) => verifier.sha256(data);
  ensure(verifyConsistency(sha256, before.size, fromHex(before.root), size, root, proof), 'log_fork');
}

/** Until when what waits may wait, as far as it was said under signature. */
const dueTimes = ({ promise, head }: KnownLog, now: MailboxHead, logged: number): readonly number[] => [
  now.includeBy,
  ...(promise !== null && logged < 1 ? [promise.terms.includeBy] : []),
  ...(head !== null && logged < head.head.no ? [head.head.includeBy] : []),
];
