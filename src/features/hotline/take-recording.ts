import { AppError } from '../../domain/errors.ts';
import { unitEvent } from '../../domain/events/index.ts';
import { type Hour, hourOf, type UnitId } from '../../domain/ids.ts';
import { activeMembersOf } from '../../http/kit/membership.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecordingInSealing, RecordingReaders, SealedPart } from '../../ports/recording-sealer.ts';
import { paddedFileLength, partCount, sealedFileLength } from '../../protocol/attachment.ts';
import { toHex } from '../../protocol/bytes.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { AudioProbe, type SoundType } from './audio/probe.ts';

/** Recordings that may wait for a unit's operators: beyond that many nobody hears them. */
export const MAX_WAITING = 200;

/** What taking a recording needs of the service; the command line has it as well. */
export type RecordingDeps = Pick<
  Deps,
  'store' | 'blobs' | 'clock' | 'random' | 'crypto' | 'ledger' | 'limits' | 'recordings'
> & { readonly instance: Pick<Deps['instance'], 'id'> };

/** A recording that somebody hands in. */
export interface HandedIn {
  readonly unit: UnitId;
  /** Which switchboard, or `import`: for the event. */
  readonly from: string;
  /** Kind that the sender says it is; null when nobody said. */
  readonly declared: SoundType | null;
  /** The line that was called, never the one that called; empty when it was not told. */
  readonly line: string;
  /** Bytes that will come. */
  readonly length: number;
  readonly sound: AsyncIterable<Uint8Array>;
}

/**
 * Seals a recording while it arrives to the operators of a unit and keeps it when it is whole; otherwise nothing of it stays. Only its hour is
 * kept, as of everything that citizens do. Errors: `body_too_large`, `operator_missing`, `uploads_full`, `storage_full`, `sealer_busy`,
 * `recording_format`, `recording_cut`, `recording_long`, `unavailable`.
 */
export async function takeRecording(
  deps: RecordingDeps,
  handed: HandedIn,
): Promise<{ readonly recording: string; readonly seconds: number }> {
  const { unit, length } = handed;
  if (length > deps.limits.recordingBytes) throw new AppError('body_too_large');
  if (length === 0) throw new AppError('recording_cut');
  const readers = await readersOf(deps, unit);
  if ((await deps.store.hotline.recordings(unit)).length >= MAX_WAITING)
    throw new AppError('uploads_full', { retryAfter: 3600 });
  const padded = paddedFileLength(length);
  const bytes = sealedFileLength(padded);
  const room = await deps.blobs.room();
  if (room !== null && room - bytes < deps.limits.diskReserve) throw new AppError('storage_full');
  const id = toHex(deps.random.bytes(16));
  const hour = hourOf(deps.clock.now());
  const sealing = await deps.recordings.begin(id, readers);
  try {
    const begun = await deps.store.uploads.begin({
      ...{ id, kind: 'recording', bytes, parts: partCount(padded), hour, challenge: null },
      room: deps.limits.uploadRoom,
    });
    if (begun !== 'begun') throw new AppError('uploads_full', { retryAfter: 300 });
    await deps.blobs.create(id);
    return await seal(deps, handed, { id, hour, parts: partCount(padded), sealing });
  } catch (error) {
    sealing.abort();
    await giveUp(deps, id);
    throw error;
  }
}

/** Who will be able to open it. Error `operator_missing`. */
async function readersOf(deps: RecordingDeps, unit: UnitId): Promise<RecordingReaders> {
  const members = await activeMembersOf(deps, unit, deps.clock.now());
  const operators = [...members.values()]
    .filter(({ roles }) => roles.includes('operator'))
    .map(({ person, kemKey }) => ({ staff: person, kemKey }));
  if (operators.length === 0) throw new AppError('operator_missing');
  const directory = await deps.store.directory.latest('directory');
  const holders =
    directory === null
      ? []
      : parseDirectory(deps.crypto, directory.record).recoveryHolders.map(({ id, kemKey }) => ({
          id,
          kemKey,
        }));
  return { instance: deps.instance.id, unit, operators, holders };
}

async function seal(
  deps: RecordingDeps,
  { unit, from, declared, line, length, sound }: HandedIn,
  under: {
    readonly id: string;
    readonly hour: Hour;
    readonly parts: number;
    readonly sealing: RecordingInSealing;
  },
) {
  const { id, hour, parts, sealing } = under;
  const probe = new AudioProbe(declared);
  let came = 0;
  for await (const chunk of arriving(sound)) {
    came += chunk.length;
    if (came > length) throw new AppError('recording_format');
    probe.push(chunk);
    await keep(deps, id, await sealing.push(new Uint8Array(chunk)));
  }
  if (came < length) throw new AppError('recording_cut');
  const { type, seconds } = probe.finish();
  const sealed = await sealing.finish({ type, seconds, line });
  await keep(deps, id, sealed.parts);
  const joined = await deps.blobs.commit(id, parts);
  const whole = 'length' in joined && joined.length === sealed.bytes;
  if (!whole || (await deps.store.uploads.complete(id, sealed.root)) !== 'complete')
    throw new AppError('unavailable', { retryAfter: 60 });
  const { bytes, root, partHashes, meta, wraps, shares } = sealed;
  // The event tells the hour, not the moment: a call's exact time could be found again in a telephone company's records.
  const byTheHour = { ...deps, clock: { now: () => (hour * 3600) as ReturnType<typeof deps.clock.now> } };
  const act = unitEvent(unit, 'recording_received', { recording: id, from, bytes });
  const added = await recorded(byTheHour, act, (event) =>
    deps.store.hotline.addRecording(event, {
      ...{ id, unit, hour, bytes, parts, root, partHashes, meta, wraps, shares },
    }),
  );
  if (added !== 'added') throw new AppError('unavailable', { retryAfter: 60 });
  return { recording: id, seconds };
}

/** The chunks that come; a sender who breaks off leaves a recording cut short. */
async function* arriving(sound: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* sound;
  } catch (cause) {
    throw new AppError('recording_cut', { cause });
  }
}

async function keep(deps: RecordingDeps, id: string, parts: readonly SealedPart[]): Promise<void> {
  for (const { no, bytes, hash } of parts) {
    await deps.blobs.putPart(id, no, new Blob([bytes]).stream());
    await deps.store.uploads.notePart(id, no, hash);
  }
}

/** Takes away what of a recording has been written. What a crash leaves here, housekeeping finds. */
async function giveUp(deps: RecordingDeps, id: string): Promise<void> {
  if (!(await deps.store.uploads.abandon(id))) return;
  await deps.blobs.delete(id);
  await deps.store.uploads.forget(id);
}
