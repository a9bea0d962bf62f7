import { join } from 'node:path';
import { z } from 'zod';
import { emptyAgain, type GoneList, goneTips } from '../adapters/store/sqlite/reapply.ts';
import type { RestoredLog } from '../ports/mark.ts';
import { instancePaths, readChecked, readInstance, writeJson } from './folder.ts';
import { InstanceError } from './instance-error.ts';

/** Beside the database of a restored instance until it is certain that nothing comes back that was emptied since its backup. */
const MARK = 'restored.json';

const markSchema = z.object({
  format: z.literal(1),
  /** When the backup was made, UTC seconds. */
  made: z.number().int(),
  /** Whether what was emptied since has been emptied here again. */
  emptied: z.boolean(),
  /** True once it is certain that the public log goes on from what others have seen of it, or that it was begun anew. */
  logged: z.boolean().default(false),
});
export type RestoredMark = z.infer<typeof markSchema>;

/** Marks an instance as restored from a backup of that time: it is not served until `emptiedAgain` or `nothingEmptied`. */
export const markRestored = (folder: string, made: number): Promise<void> =>
  writeMark(folder, { format: 1, made, emptied: false, logged: false });

const writeMark = (folder: string, mark: RestoredMark): Promise<void> =>
  writeJson(join(folder, MARK), mark, 0o600);

/** What a folder says of its restore; null for one that was never restored, or whose restore is over. */
export async function restoredMark(folder: string): Promise<RestoredMark | null> {
  try {
    return await readChecked(join(folder, MARK), markSchema, folder);
  } catch (error) {
    if (error instanceof InstanceError && error.code === 'no_instance') return null;
    throw error;
  }
}

/** Throws InstanceError `not_emptied` for a restored instance of which nobody has said what was emptied since. */
export async function requireEmptied(folder: string): Promise<void> {
  const mark = await restoredMark(folder);
  if (mark === null || mark.emptied) return;
  throw new InstanceError(
    'not_emptied',
    `${folder} was restored from a backup of ${new Date(mark.made * 1000).toISOString()}. Tips that retention emptied since then must not come back: run "tinkin retention reapply --from FOLDER" with the newest copy of the instance that can be read (its data folder, a later backup, or a long one), or "--nothing" when you know that none was.`,
  );
}

const done = async (folder: string, mark: RestoredMark): Promise<void> =>
  writeMark(folder, { ...mark, emptied: true });

/** Whether a restored instance may sign its log again. */
export const restoredLog = (folder: string): RestoredLog => ({
  async waits() {
    const mark = await restoredMark(folder);
    return mark !== null && !mark.logged;
  },
  async settle() {
    const mark = await restoredMark(folder);
    if (mark !== null) await writeMark(folder, { ...mark, logged: true });
  },
});

/** The operator's word that nothing was emptied since the backup. Throws InstanceError `not_restored`. */
export async function nothingEmptied(folder: string): Promise<void> {
  await done(folder, await markOf(folder));
}

async function markOf(folder: string): Promise<RestoredMark> {
  const mark = await restoredMark(folder);
  if (mark === null) throw new InstanceError('not_restored', `${folder} was not restored from a backup.`);
  return mark;
}

/**
 * Empties in a restored instance, before it is served, every tip that a later copy says is empty. Gives how many. Throws InstanceError
 * `not_restored`, `no_instance`, `other_instance`, `backup_invalid` (no database, or an earlier one), `not_concluded` (a tip was not archived yet when
 * the backup was made: take a later backup).
 */
export async function emptiedAgain(folder: string, later: string): Promise<number> {
  const mark = await markOf(folder);
  const [mine, theirs] = [await readInstance(folder), await readInstance(later)];
  if (mine.id !== theirs.id)
    throw new InstanceError('other_instance', `${later} is of another instance than ${folder}.`);
  const list = readGone(later);
  const result = emptyAgain(instancePaths(folder).database, list.tips, list.newest);
  if (result === 'earlier')
    throw new InstanceError('backup_invalid', `${later} is older than what was restored: give a later copy.`);
  if (result.open.length > 0)
    throw new InstanceError(
      'not_concluded',
      `${result.open.length} tips that were emptied since were not archived yet when the backup was made, first: ${result.open[0]}. Restore a later backup.`,
    );
  await done(folder, mark);
  return result.emptied;
}

function readGone(folder: string): GoneList {
  try {
    return goneTips(instancePaths(folder).database);
  } catch (error) {
    if (error instanceof Error && error.name === 'SqliteError')
      throw new InstanceError(
        'backup_invalid',
        `${folder} holds no database that can be read: ${error.message}`,
      );
    throw error;
  }
}
