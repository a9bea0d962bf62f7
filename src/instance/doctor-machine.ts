import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Finding } from './doctor.ts';
import type { OpenInstance } from './open-instance.ts';

const GIB = 1024 ** 3;
/** Free space below which a warning, and below which an alarm, is given. */
const WARN_FREE = 2 * GIB;
const FAIL_FREE = GIB / 4;
/** Seconds by which the newest event may lie ahead of the clock before the clock counts as wrong. */
const TOLERANCE = 300;
/** No machine that runs this had an earlier clock: 1 January 2026. */
const EARLIEST = 1_767_225_600;

/** Free disk, clock, and who may read secrets, database and blobs. */
export async function checkMachine(instance: OpenInstance, clock: Clock): Promise<readonly Finding[]> {
  return [
    await checkDisk(instance),
    checkClock(instance, clock.now()),
    await checkSecrets(instance),
    await checkModes(instance),
  ];
}

async function checkDisk({ paths }: OpenInstance): Promise<Finding> {
  const { bavail, bsize } = await statfs(paths.folder);
  const free = bavail * bsize;
  const status = free < FAIL_FREE ? 'fail' : free < WARN_FREE ? 'warn' : 'ok';
  return { check: 'disk', status, detail: `${(free / GIB).toFixed(1)} GiB free` };
}

/** A clock that went back would back-date steps: no event may be newer than now. */
function checkClock({ store }: OpenInstance, now: number): Finding {
  const newest = store.connection
    .prepare<[], { at: number | null }>(
      'SELECT max(max(ifnull(at, 0)), max(ifnull(hour, 0)) * 3600) AS at FROM event',
    )
    .get();
  const ahead = (newest?.at ?? 0) - now;
  const shown = new Date(now * 1000).toISOString();
  if (now < EARLIEST) return { check: 'clock', status: 'fail', detail: `the clock says ${shown}` };
  return ahead > TOLERANCE
    ? {
        check: 'clock',
        status: 'fail',
        detail: `the clock says ${shown}, ${ahead} s before the newest event`,
      }
    : { check: 'clock', status: 'ok', detail: shown };
}

async function checkSecrets({ paths }: OpenInstance): Promise<Finding> {
  const { mode } = await stat(paths.secrets);
  return (mode & 0o077) === 0
    ? { check: 'secrets', status: 'ok', detail: 'readable by their owner alone' }
    : { check: 'secrets', status: 'fail', detail: `other users may read ${paths.secrets}: chmod 600` };
}

/** The database with its log files, and the blobs with their folders, are the owner's alone. */
async function checkModes({ paths }: OpenInstance): Promise<Finding> {
  const inside = await readdir(paths.blobs, { recursive: true }).catch(() => []);
  const places = [
    ...['', '-wal', '-shm'].map((end) => `${paths.database}${end}`),
    paths.blobs,
    ...inside.map((name) => join(paths.blobs, name)),
  ];
  const open: string[] = [];
  for (const place of places) {
    // A log file or an upload may go while this looks.
    const found = await stat(place).catch(() => null);
    if (found !== null && (found.mode & 0o077) !== 0) open.push(place);
  }
  return open.length === 0
    ? { check: 'modes', status: 'ok', detail: 'database and blobs readable by their owner alone' }
    : {
        check: 'modes',
        status: 'fail',
        detail: `other users may read ${open.length} of ${places.length}, first: ${open[0]}: chmod 600 (folders 700)`,
      };
}
