import type { StaffId, UnitId } from '../../../domain/ids.ts';
import { mayReadTips } from '../../../domain/roles.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { wipe } from '../../../protocol/bytes.ts';
import {
  EPOCH_SECONDS,
  EPOCHS_AHEAD,
  epochPayload,
  generateEpoch,
  openEpochSecret,
  type ParsedEpoch,
  parseEpoch,
  wrapEpochSecret,
} from '../../../protocol/epoch.ts';
import { ensure } from '../../../protocol/errors.ts';
import { memberSigners, type VerifiedMember } from '../../../protocol/membership.ts';
import { splitSecret, wrapShare } from '../../../protocol/recovery.ts';
import { cosignStatement, signStatement } from '../../../protocol/statement.ts';
import { readersOf } from '../../../protocol/target.ts';
import type { VerifiedDirectory } from '../../../protocol/verify-directory.ts';
import { Problem, sendJson } from '../http.ts';
import type { WirePending } from '../wire.ts';
import type { Report, SignedResult } from './calls.ts';
import type { WorkerState } from './state.ts';
import { coveredUntil, loadUnit } from './unit.ts';

/** Wraps of one request. */
const WRAPS_AT_ONCE = 100;

/** One person may stand in several statements (a renewed membership): the newest of each counts. */
const newestOfEach = (members: readonly VerifiedMember[]): readonly VerifiedMember[] => {
  const newest = new Map<StaffId, VerifiedMember>();
  for (const member of members.toSorted((a, b) => a.issued - b.issued)) newest.set(member.person, member);
  return [...newest.values()];
};

/**
 * Who may be given the unit's secrets: its readers, without those whose end the public log knows and the served directory kept back. Whoever came since
 * the last checkpoint is among them, since leaders compare a new colleague's keys by voice. Throws the codes of `freshDirectory`, and Problem.
 */
async function trustedReaders(
  { directories, keyring }: WorkerState,
  directory: VerifiedDirectory,
): Promise<readonly VerifiedMember[]> {
  const { unit } = keyring.me;
  const now = keyring.now();
  const logged = await directories.confirmed(unit, now);
  const ended = new Set(
    logged.members.flatMap(({ hash, revokedAt }) => (revokedAt !== null && revokedAt <= now ? [hash] : [])),
  );
  return newestOfEach(readersOf(directory, unit, now).filter(({ hash }) => !ended.has(hash)));
}

/**
 * Signs the unit's next epochs: makes six weeks from the end of what is covered, wraps each to every reader and splits it for the recovery
 * holders; or, when a colleague has proposed some, checks them and adds the second signature.
 */
export async function signEpochs(state: WorkerState, _input: unknown, report: Report): Promise<SignedResult> {
  const { told, directory } = await loadUnit(state);
  const proposed = told.pending
    .filter(({ kind, unit }) => kind === 'epoch' && unit === state.keyring.me.unit)
    .toSorted((a, b) => Number(a.about) - Number(b.about));
  const epochs =
    proposed.length === 0
      ? makeEpochs(state, directory, await trustedReaders(state, directory), report)
      : cosignAll(state, directory, proposed);
  const result = await sendJson<SignedResult>('POST', '/api/staff/epochs', { epochs });
  state.directories.refresh();
  return result;
}

interface EpochRequest {
  readonly record: string;
  readonly wraps?: readonly { readonly member: StaffId; readonly wrap: string }[];
  readonly shares?: readonly { readonly holder: string; readonly share: string }[];
}

function makeEpochs(
  state: WorkerState,
  directory: VerifiedDirectory,
  readers: readonly VerifiedMember[],
  report: Report,
): readonly EpochRequest[] {
  const { unit } = state.keyring.me;
  const now = state.keyring.now();
  const known = directory.epochs.get(unit) ?? [];
  ensure(readers.length >= 2, 'epoch_signers', 'readers');
  const requests: EpochRequest[] = [];
  let last: Pick<ParsedEpoch, 'n' | 'hash'> | undefined = known.at(-1);
  let from = coveredUntil(known, now);
  const goal = now + EPOCHS_AHEAD * EPOCH_SECONDS;
  const total = Math.max(1, Math.ceil((goal - from) / EPOCH_SECONDS));
  while (requests.length < total) {
    const made = makeEpoch(state, directory, readers, {
      unit,
      n: (last?.n ?? 0) + 1,
      prev: last?.hash ?? null,
      from,
      issued: now,
    });
    requests.push(made.request);
    last = made.epoch;
    from += EPOCH_SECONDS;
    report(requests.length, total);
  }
  return requests;
}

function makeEpoch(
  state: WorkerState,
  directory: VerifiedDirectory,
  readers: readonly VerifiedMember[],
  at: Pick<ParsedEpoch, 'unit' | 'n' | 'prev' | 'from' | 'issued'>,
): { readonly request: EpochRequest; readonly epoch: ParsedEpoch } {
  const { suite, pins, keyring } = state;
  const { secret, keys } = generateEpoch(suite);
  const payload = epochPayload(pins.instance, {
    ...at,
    publicKey: keys.kem.publicKey,
    voiceKey: keys.voice.publicKey,
    until: at.from + EPOCH_SECONDS,
  });
  const record = signStatement(suite, 'epoch', payload, [keyring.secrets.sign]);
  const context = { instance: pins.instance, unit: at.unit, epoch: at.n };
  const wraps = readers.map((reader) => ({
    member: reader.person,
    wrap: toBase64Url(wrapEpochSecret(suite, secret, { ...context, member: reader.person }, reader.kemKey)),
  }));
  const shares = sharesOf(state, directory, secret, context);
  wipe(secret, keys.kem.secretKey, keys.voice.secretKey);
  return { request: { record: toBase64Url(record), wraps, shares }, epoch: parseEpoch(suite, record) };
}

function sharesOf(
  state: WorkerState,
  directory: VerifiedDirectory,
  secret: Uint8Array,
  context: { readonly instance: string; readonly unit: UnitId; readonly epoch: number },
): NonNullable<EpochRequest['shares']> {
  const holders = directory.recoveryHolders;
  if (holders.length === 0) return [];
  const parts = splitSecret(state.suite, secret);
  ensure(parts.length === holders.length, 'shares_invalid');
  return parts.map((part, index) => {
    const holder = holders[index];
    ensure(holder !== undefined, 'shares_invalid');
    const share = wrapShare(state.suite, part, { ...context, holder: holder.id }, holder.kemKey);
    return { holder: holder.id, share: toBase64Url(share) };
  });
}

/** Checks what a colleague proposed: signed by a reader, continuing the chain, and my own wrap opens to the very epoch that was signed. */
function cosignAll(
  state: WorkerState,
  directory: VerifiedDirectory,
  proposed: readonly WirePending[],
): readonly EpochRequest[] {
  const { suite, pins, keyring } = state;
  const { me } = keyring;
  const readers = readersOf(directory, me.unit, keyring.now());
  let last: Pick<ParsedEpoch, 'n' | 'hash'> | undefined = directory.epochs.get(me.unit)?.at(-1);
  return proposed.map(({ record, wraps }) => {
    const bytes = fromBase64Url(record);
    const epoch = parseEpoch(suite, bytes);
    ensure(epoch.instance === pins.instance && epoch.unit === me.unit, 'epoch_chain', 'unit');
    ensure(epoch.n === (last?.n ?? 0) + 1 && epoch.prev === (last?.hash ?? null), 'epoch_chain', 'prev');
    ensure(memberSigners(suite, epoch.envelope, readers).length > 0, 'epoch_signers');
    const mine = wraps.find(({ member }) => member === me.staff);
    ensure(mine !== undefined, 'wrap_foreign');
    const context = { instance: pins.instance, unit: me.unit, epoch: epoch.n, member: me.staff };
    const opened = openEpochSecret(
      suite,
      fromBase64Url(mine.wrap),
      context,
      keyring.secrets.kem.secretKey,
      epoch,
    );
    wipe(opened.secret, opened.keys.kem.secretKey, opened.keys.voice.secretKey);
    last = epoch;
    return { record: toBase64Url(cosignStatement(suite, bytes, keyring.secrets.sign)) };
  });
}

/** The epochs of my unit that I can really open; wraps of mine that do not open are reported on the way. */
async function openableEpochs({ keyring }: WorkerState): Promise<readonly number[]> {
  const { unit, epochWraps } = keyring.me;
  const found: number[] = [];
  for (const { epoch } of epochWraps.filter((wrap) => wrap.unit === unit)) {
    try {
      await keyring.epoch(unit, epoch);
      found.push(epoch);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'key_broken') throw error;
    }
  }
  return found;
}

/**
 * Wraps every epoch that I can open for each proven reader of the unit who lacks it, or whose wrap does not open. Throws Problem `stale`
 * when a colleague was doing the same.
 */
export async function wrapMissing(
  state: WorkerState,
  _input: unknown,
  report: Report,
): Promise<{ readonly count: number }> {
  const { told, directory } = await loadUnit(state);
  const { suite, pins, keyring } = state;
  const { unit } = keyring.me;
  const mine = await openableEpochs(state);
  const work = (await trustedReaders(state, directory)).flatMap((reader) => {
    const person = told.members.find((known) => known.staff === reader.person);
    if (person === undefined || !mayReadTips(person.roles)) return [];
    return mine.filter((epoch) => !person.epochs.includes(epoch)).map((epoch) => ({ reader, epoch }));
  });
  const wraps: { epoch: number; member: StaffId; wrap: string }[] = [];
  for (const { reader, epoch } of work) {
    const { secret } = await keyring.epoch(unit, epoch);
    const context = { instance: pins.instance, unit, epoch, member: reader.person };
    wraps.push({
      epoch,
      member: reader.person,
      wrap: toBase64Url(wrapEpochSecret(suite, secret, context, reader.kemKey)),
    });
    report(wraps.length, work.length);
  }
  for (let at = 0; at < wraps.length; at += WRAPS_AT_ONCE)
    await sendJson('POST', '/api/staff/epoch-wraps', { wraps: wraps.slice(at, at + WRAPS_AT_ONCE) });
  return { count: wraps.length };
}
