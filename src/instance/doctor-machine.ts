import { stat, statfs } from 'node:fs/promises';
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

/** Free disk, clock, and who may read the secrets. */
export async function checkMachine(instance: OpenInstance, clock: Clock): Promise<readonly Finding[]> {
  return [await checkDisk(instance), checkClock(instance, clock.now()), await checkSecrets(instance)];
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
