import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, parseCheckpoint } from '../../ledger/checkpoint.ts';
import { parseNote } from '../../ledger/note.ts';
import { createWhole, makeFolder, syncFoldersTo } from './durable-file.ts';

/** A checkpoint that a witness cosigned, with its exact bytes. */
export interface Kept {
  /** How many were cosigned for this log before it, itself included. */
  readonly no: number;
  readonly checkpoint: Checkpoint;
  readonly note: Uint8Array;
}

/** What a witness remembers, in files. */
export interface WitnessFolder {
  /** The checkpoint of a log that was cosigned last; null for none. Rejects when it cannot be read: then nothing may be signed. */
  newest(origin: string): Promise<Kept | null>;
  /**
   * Keeps the next one durably. False when somebody else has kept one since `before` was read: then the request is to be decided anew. A name is
   * given once, so two programs over one folder cannot both go on from the same one.
   */
  keep(origin: string, before: Kept | null, note: Uint8Array): Promise<boolean>;
  /**
   * Makes sure that the newest one outlasts a loss of power: whoever kept it may have been killed before it was on disk, or not have come so far
   * yet. To be called before it is signed again.
   */
  settle(origin: string): Promise<void>;
  /**
   * Keeps a refused checkpoint that the log signed, and the one that it does not fit to; the same one once. What is a fork by itself has room of
   * its own, which nobody fills by asking badly about honest checkpoints.
   */
  conflict(origin: string, seen: Uint8Array, refused: Uint8Array, kind: 'fork' | 'unproven'): Promise<void>;
}

/** Cosigned checkpoints that stay of a log, and conflicts: a log that lies without end does not fill the disk. */
const MOST = { kept: 64, conflicts: 1000 } as const;
const NAME = /^(\d{12})\.note$/;

/**
 * `logs/<hash of the origin>/<number>.note` holds what was cosigned, the highest number last; `evidence/<hash>/` what was refused, each as a
 * pair of notes. Folders are made when they are needed.
 */
export function witnessFolder(folder: string): WitnessFolder {
  const logFolder = (origin: string): string => join(folder, 'logs', hash(origin));
  return {
    async newest(origin) {
      const name = (await notes(logFolder(origin))).at(-1);
      if (name === undefined) return null;
      const note = new Uint8Array(await readFile(join(logFolder(origin), name)));
      const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '');
      if (checkpoint?.origin !== origin) throw new Error(`${join(logFolder(origin), name)} is damaged.`);
      return { no: Number.parseInt(name, 10), checkpoint, note };
    },
    async keep(origin, before, note) {
      const no = (before?.no ?? 0) + 1;
      const place = logFolder(origin);
      await makeFolder(place);
      const kept = await createWhole(join(place, `${String(no).padStart(12, '0')}.note`), note);
      if (!kept) return false;
      await syncFoldersTo(place, folder);
      await forget(place);
      return true;
    },
    settle: (origin) => syncFoldersTo(logFolder(origin), folder),
    async conflict(origin, seen, refused, kind) {
      const place = join(folder, 'evidence', hash(origin), kind);
      const name = hash(refused);
      const there = await readdir(place).catch((): string[] => []);
      if (there.length >= 2 * MOST.conflicts || there.includes(`${name}.refused.note`)) return;
      await makeFolder(place);
      await createWhole(join(place, `${name}.seen.note`), seen);
      await createWhole(join(place, `${name}.refused.note`), refused);
      await syncFoldersTo(place, folder);
    },
  };
}

/** 32 hex digits that stand for an origin or a note in a file's name. */
const hash = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex').slice(0, 32);

/** Names of a log's notes, ascending; none where there is no folder. */
async function notes(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => NAME.test(name)).sort();
}

/** Removes what is far behind the newest. */
async function forget(folder: string): Promise<void> {
  for (const name of (await notes(folder)).slice(0, -MOST.kept))
    await rm(join(folder, name), { force: true });
}
