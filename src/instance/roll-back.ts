import { randomBytes } from 'node:crypto';
import { fileMark } from '../adapters/mark/file-mark.ts';
import { logEvent } from '../domain/events/index.ts';
import type { Seconds } from '../domain/ids.ts';
import { recorded } from '../http/kit/server-event.ts';
import { type Checkpoint, parseCheckpoint } from '../ledger/checkpoint.ts';
import { sameBytes } from '../ledger/encoding.ts';
import { isSignedBy, noteKey, parseNote } from '../ledger/note.ts';
import { isFormerOrigin, renewedOrigin } from '../ledger/origin.ts';
import type { BatchRow } from '../ports/store/ledger-store.ts';
import type { Witness } from '../ports/witness.ts';
import { toHex } from '../protocol/bytes.ts';
import { parseDirectory } from '../protocol/directory.ts';
import type { SignKeyPair } from '../protocol/suite.ts';
import { instancePaths, writeInstance } from './folder.ts';
import { InstanceError } from './instance-error.ts';
import { type Publishing, publishDirectory } from './publish.ts';
import { eventDeps } from './recorder.ts';
import { restoredLog } from './restore.ts';

/** Seconds for which the command keeps services from sequencing. */
const LEASE = 300;

/** A checkpoint by what is known of it: of a witness only the size. */
interface Known {
  readonly size: number;
  /** Hex; empty where only the size was told. */
  readonly root: string;
}

export interface RollBack {
  /** Why the log went back, in words for everybody. */
  readonly reason: string;
  /** Checkpoints that others have of the log: exact notes. */
  readonly notes: readonly Uint8Array[];
  /** Those that the service asks: what they have seen is asked of them. */
  readonly witnesses: readonly Witness[];
}

export interface Declared {
  readonly former: string;
  readonly origin: string;
  /** The newest checkpoint that the database has of the former log, and the newest that anybody is known to have. */
  readonly own: Known | null;
  readonly known: Known | null;
}

/**
 * Declares that the log lost what it had published, and begins one under a new name: the directory's keys name it, and an event that lies open
 * in it says from which log it comes, how far that one is held, how far others have seen it, and why. All events that the database has go into
 * the new log. A run that was broken off is taken up by the next. Throws InstanceError: `log_in_use` (a service sequences), `log_unbroken`
 * (nobody knows more than the database), and those of `publishDirectory`.
 */
export async function declareRollBack(
  bench: Publishing,
  directoryKeys: readonly SignKeyPair[],
  rollBack: RollBack,
): Promise<Declared> {
  const release = await takeLease(bench);
  try {
    return await declared(bench, directoryKeys, rollBack);
  } finally {
    await release();
  }
}

async function declared(
  bench: Publishing,
  directoryKeys: readonly SignKeyPair[],
  rollBack: RollBack,
): Promise<Declared> {
  const { instance, suite, now } = bench;
  const { store, facts, paths } = instance;
  const signed = await store.directory.latest('directory');
  if (signed === null) throw new InstanceError('keys_insufficient', 'There is no directory to follow on.');
  const named = parseDirectory(suite, signed.record).logOrigin;
  const former = facts.logOrigin;
  const isTakenUp = isFormerOrigin(former, named);
  const log = (await store.ledger.logs()).find(({ origin }) => origin === former);
  const newest = log === undefined ? null : await store.ledger.published(log.log);
  const own = newest === null ? null : { size: newest.size, root: toHex(newest.root) };
  const known = await furthest(bench, rollBack, former, newest);
  if (!isTakenUp && !(await isBroken(bench, log?.log ?? 0, own, known)))
    throw new InstanceError(
      'log_unbroken',
      'Nobody is known to have seen more of the log than the database has: there is nothing to declare.',
    );
  const origin = isTakenUp ? named : renewedOrigin(former, now);
  if (!isTakenUp) await publishDirectory(bench, directoryKeys, null, { logOrigin: origin });
  const deps = eventDeps(store, facts.id, instance.secrets.ledgerSeed, { now: () => now as Seconds });
  const act = logEvent('rollback_declared', { from: former, own, known, reason: rollBack.reason });
  // `exists`: broken off after this.
  await recorded(deps, act, (event) => store.ledger.begin(origin, now as Seconds, event));
  await writeInstance(paths.folder, { ...facts, logOrigin: origin });
  await restoredLog(paths.folder).settle();
  return { former, origin, own, known };
}

/** Keeps services from sequencing; gives what ends that. */
async function takeLease({ instance, now }: Publishing): Promise<() => Promise<unknown>> {
  const holder = new Uint8Array(randomBytes(16));
  const fence = await instance.store.ledger.lease(holder, now as Seconds, (now + LEASE) as Seconds);
  if (fence === null)
    throw new InstanceError('log_in_use', 'A service holds the log. Stop it, and wait a few seconds.');
  return () => instance.store.ledger.lease(holder, now as Seconds, now as Seconds);
}

/** The newest checkpoint of a log that the mark, a note or a witness tells of. */
async function furthest(
  { instance, suite }: Publishing,
  { notes, witnesses }: RollBack,
  origin: string,
  newest: BatchRow | null,
): Promise<Known | null> {
  const sha256 = (data: Uint8Array) => suite.sha256(data);
  const key = noteKey(sha256, origin, instance.ledgerKey);
  const mark = await fileMark(instancePaths(instance.paths.folder).ledgerMark).read();
  const checkpoints: (Checkpoint | null)[] = notes.map((bytes) => {
    const note = parseNote(bytes);
    const signed = note !== null && isSignedBy(note, key, (...job) => suite.verify(...job));
    return signed ? parseCheckpoint(note.text) : null;
  });
  const told: Known[] = [mark, ...checkpoints].flatMap((one) =>
    one?.origin === origin ? [{ size: one.size, root: toHex(one.root) }] : [],
  );
  const note = newest === null ? null : parseNote(newest.note);
  for (const witness of note === null ? [] : witnesses) {
    const answer = note === null ? null : await witness.addCheckpoint(0, [], note);
    if (answer?.kind === 'size') told.push({ size: answer.size, root: '' });
  }
  return told.reduce<Known | null>(
    (most, one) =>
      most === null || one.size > most.size || (one.size === most.size && most.root === '') ? one : most,
    null,
  );
}

/** True when the instance came out of a backup, or somebody knows another or a longer log than the database has. */
async function isBroken(
  { instance }: Publishing,
  log: number,
  own: Known | null,
  known: Known | null,
): Promise<boolean> {
  if (await restoredLog(instance.paths.folder).waits()) return true;
  if (known === null) return false;
  if (own === null || known.size > own.size) return true;
  const [batch] = await instance.store.ledger.batches(log, known.size - 1, 1);
  return known.root !== '' && (batch?.size !== known.size || !sameBytes(batch.root, hexBytes(known.root)));
}

const hexBytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
