import type { StaffId, UnitId } from '../domain/ids.ts';
import { equalBytes, wipe } from '../protocol/bytes.ts';
import type { KeyHolder } from '../protocol/directory.ts';
import { checkedEpochKeys, type ParsedEpoch, wrapEpochSecret } from '../protocol/epoch.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { VerifiedMember } from '../protocol/membership.ts';
import { combineShares, openShare, type Share } from '../protocol/recovery.ts';
import { readersOf } from '../protocol/target.ts';
import type { VerifiedDirectory } from '../protocol/verify-directory.ts';
import { InstanceError } from './instance-error.ts';
import { type AskPassphrase, type KeyFile, openKeyFile } from './key-files.ts';
import { type Publishing, verifyLatest } from './publish.ts';
import type { EpochWrapRow } from './recorder.ts';
import type { StretchPool } from './stretch-pool.ts';

/** Which epochs of which unit are to be opened, by whom. */
export interface Recovery {
  readonly unit: UnitId;
  readonly epochs: readonly number[];
  /** Key files of two different recovery holders. */
  readonly files: readonly KeyFile[];
  readonly pool: StretchPool;
  readonly ask: AskPassphrase;
}

/** What a recovery brought about. */
export interface Recovered {
  readonly unit: UnitId;
  /** Epochs that were opened: those for which somebody lacked a key. */
  readonly epochs: readonly number[];
  /** Ids of the two holders. */
  readonly holders: readonly string[];
  /** Members who can open epochs now that they could not open before. */
  readonly members: readonly { readonly staff: StaffId; readonly name: string }[];
}

/** A recovery holder at the table, with their opened key. */
interface Holder {
  readonly id: string;
  readonly secretKey: Uint8Array;
}

/**
 * Puts epoch secrets of a unit together from the shares of two recovery holders and wraps them to everybody who reads the unit's tips now
 * and holds no key of that epoch that opens; each epoch is one event that names holders and members. The secrets leave memory in those
 * wraps alone. Nothing is written unless every epoch was opened. Throws InstanceError `unit_unknown`, `epoch_unknown`, `no_readers`,
 * `exists` (nobody lacks a key), `holder_unknown` (not a holder of this instance, or another key than the directory names),
 * `same_holder`, `keys_insufficient` (not two files), `share_missing`, `share_wrong`, `key_file` (wrong passphrase).
 */
export async function recoverEpochs(bench: Publishing, recovery: Recovery): Promise<Recovered> {
  const { now, recorder } = bench;
  const { unit } = recovery;
  const directory = await verifyLatest(bench);
  if (!directory.units.has(unit))
    throw new InstanceError('unit_unknown', `There is no unit ${unit} in the directory.`);
  const asked = recovery.epochs.map((n) => epochOf(directory, unit, n));
  const readers = readersOf(directory, unit, now);
  if (readers.length === 0) {
    throw new InstanceError(
      'no_readers',
      `Nobody reads the tips of ${unit} now: confirm its new members first ("tinkin staff confirm").`,
    );
  }
  const work = await lacking(bench, asked, readers);
  if (work.length === 0) {
    throw new InstanceError(
      'exists',
      `Every member of ${unit} holds a key of these epochs: nothing to open.`,
    );
  }
  const named = namedHolders(directory, recovery.files);
  const holders = await openHolders(bench, recovery, named);
  try {
    const rows: { readonly epoch: number; readonly wraps: readonly EpochWrapRow[] }[] = [];
    for (const { epoch, readers: without } of work)
      rows.push({ epoch: epoch.n, wraps: await rewrapped(bench, holders, epoch, without) });
    const ids = holders.map(({ id }) => id);
    for (const { epoch, wraps } of rows) await recorder.recoveredEpoch(unit, epoch, ids, wraps);
    const helped = new Set(rows.flatMap(({ wraps }) => wraps.map(({ member }) => member)));
    const members = readers
      .filter(({ person }) => helped.has(person))
      .map(({ person, name }) => ({ staff: person, name }));
    return { unit, epochs: rows.map(({ epoch }) => epoch), holders: ids, members };
  } finally {
    for (const { secretKey } of holders) wipe(secretKey);
  }
}

function epochOf(directory: VerifiedDirectory, unit: UnitId, n: number): ParsedEpoch {
  const known = directory.epochs.get(unit) ?? [];
  const epoch = known.find((one) => one.n === n);
  if (epoch !== undefined) return epoch;
  const has = known.length === 0 ? 'none' : `${known[0]?.n} to ${known.at(-1)?.n}`;
  throw new InstanceError('epoch_unknown', `${unit} has no epoch ${n}; signed are: ${has}.`);
}

interface Lacking {
  readonly epoch: ParsedEpoch;
  readonly readers: readonly VerifiedMember[];
}

/** For each epoch the readers who hold no wrap of it, or said that theirs does not open; epochs that all can open are left closed. */
async function lacking(
  { instance }: Publishing,
  epochs: readonly ParsedEpoch[],
  readers: readonly VerifiedMember[],
): Promise<readonly Lacking[]> {
  const held = await Promise.all(
    readers.map(async (reader) => ({
      reader,
      wraps: await instance.store.directory.epochWraps(reader.person),
    })),
  );
  return epochs
    .map((epoch) => {
      const without = held.filter(
        ({ wraps }) =>
          !wraps.some((wrap) => wrap.unit === epoch.unit && wrap.epoch === epoch.n && !wrap.broken),
      );
      return { epoch, readers: without.map(({ reader }) => reader) };
    })
    .filter((one) => one.readers.length > 0);
}

/** The two files, each of another holder whom the directory names with this very key. */
function namedHolders(directory: VerifiedDirectory, files: readonly KeyFile[]): readonly KeyHolder[] {
  if (files.length !== 2) {
    throw new InstanceError('keys_insufficient', 'The key files of exactly two recovery holders are needed.');
  }
  const holders = files.map((file) => {
    const holder = directory.recoveryHolders.find(({ id }) => id === file.id);
    if (file.kind === 'recovery' && holder !== undefined && equalBytes(holder.kemKey, file.publicKey))
      return holder;
    throw new InstanceError(
      'holder_unknown',
      `${file.id} (${file.kind}) is not the key of a recovery holder of this instance.`,
    );
  });
  if (new Set(holders.map(({ id }) => id)).size < 2) {
    throw new InstanceError(
      'same_holder',
      `Both files are ${files[0]?.id}'s: the shares of two different holders are needed.`,
    );
  }
  return holders;
}

async function openHolders(
  { suite }: Publishing,
  { files, pool, ask }: Recovery,
  named: readonly KeyHolder[],
): Promise<readonly Holder[]> {
  const holders: Holder[] = [];
  for (const [i, file] of files.entries()) {
    const seed = await openKeyFile(suite, pool, file, await ask(file));
    holders.push({ id: named[i]?.id ?? file.id, secretKey: suite.xwingKeyPair(seed).secretKey.slice() });
    wipe(seed);
  }
  return holders;
}

/** One epoch's secret from both shares, proven to be the signed one, wrapped to every reader. */
async function rewrapped(
  { suite, pins, instance }: Publishing,
  holders: readonly Holder[],
  epoch: ParsedEpoch,
  readers: readonly VerifiedMember[],
): Promise<readonly EpochWrapRow[]> {
  const { unit, n } = epoch;
  const kept = await instance.store.directory.recoveryShares(unit, n);
  const shares = holders.map(({ id, secretKey }): Share => {
    const row = kept.find(({ holder }) => holder === id);
    if (row === undefined)
      throw new InstanceError('share_missing', `Epoch ${n} of ${unit} has no share of ${id}.`);
    const context = { instance: pins.instance, unit, epoch: n, holder: id };
    return orWrong(`The share of ${id} for epoch ${n} of ${unit} does not open with this key.`, () =>
      openShare(suite, row.share, context, secretKey),
    );
  });
  const secret = combineShares(shares);
  for (const { y } of shares) wipe(y);
  const keys = orWrong(
    `The shares of ${holders.map(({ id }) => id).join(' and ')} do not give epoch ${n} of ${unit}: one of them is wrong. Take another holder.`,
    () => checkedEpochKeys(suite, secret, epoch),
  );
  wipe(keys.kem.secretKey, keys.voice.secretKey);
  const wraps = readers.map(({ person, kemKey }) => ({
    unit,
    epoch: n,
    member: person,
    wrap: wrapEpochSecret(suite, secret, { instance: pins.instance, unit, epoch: n, member: person }, kemKey),
  }));
  wipe(secret);
  return wraps;
}

/** What the protocol refuses about shares, in the operator's words. */
function orWrong<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new InstanceError('share_wrong', message);
  }
}
