import type { Clock } from '../ports/clock.ts';
import { checkBackups } from './doctor-backups.ts';
import { checkDirectory } from './doctor-directory.ts';
import { checkDuties } from './doctor-duties.ts';
import { checkLaw } from './doctor-law.ts';
import { checkLog, type LogKeeping } from './doctor-log.ts';
import { checkMachine } from './doctor-machine.ts';
import { checkStore } from './doctor-store.ts';
import { type OpenInstance, openInstance } from './open-instance.ts';
import { restoredMark } from './restore.ts';

/** One thing that was looked at. */
export interface Finding {
  /** Stable name, e.g. `database`, `epochs`. */
  readonly check: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
}

export interface DoctorOptions {
  readonly clock: Clock;
  /** JSON of the pins that the running build carries; null when that is not to be compared. */
  readonly builtPins: string | null;
  /** Folder of backups to look through; without it nobody looks for any. */
  readonly backups?: string;
  /** Without it no witness is asked, and the log is held to the pace of its mode. */
  readonly log?: LogKeeping;
}

/**
 * Looks an instance over without changing it: files, schema, database, event chains, figures, blobs, log, directory, epochs, who
 * answers, disk and clock.
 * May run beside the service. Throws InstanceError when there is no instance to look at.
 */
export async function examine(folder: string, options: DoctorOptions): Promise<readonly Finding[]> {
  let instance: OpenInstance;
  try {
    instance = await openInstance(folder);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MigrationError') throw error;
    return [{ check: 'schema', status: 'fail', detail: error.message }];
  }
  try {
    return [
      { check: 'schema', status: 'ok', detail: 'up to date' },
      ...(await checkStore(instance)),
      ...(await checkLog(instance, options.clock.now(), options.log)),
      ...(await checkDirectory(instance, options)),
      await checkLaw(instance, options.clock),
      await checkDuties(instance, options.clock),
      ...(await checkMachine(instance, options.clock)),
      ...(await checkRestore(folder)),
      ...(options.backups === undefined
        ? []
        : [await checkBackups(options.backups, instance.facts.id, options.clock.now())]),
    ];
  } finally {
    await instance.close();
  }
}

/** A restored instance that is still closed, because nobody has said what was emptied since its backup. */
async function checkRestore(folder: string): Promise<readonly Finding[]> {
  const mark = await restoredMark(folder);
  if (mark === null || mark.emptied) return [];
  const detail = 'restored and closed: say what was emptied since with "tinkin retention reapply"';
  return [{ check: 'restore', status: 'warn', detail }];
}
