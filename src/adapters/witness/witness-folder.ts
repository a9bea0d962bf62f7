import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Checkpoint, parseCheckpoint } from '../../ledger/checkpoint.ts';
import { parseNote } from '../../ledger/note.ts';

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
   * Keeps the next one durably. False when somebody else has kept one since `before` was read: then the request is to be decided anew. Files
   * are made by linking, which fails where the name is taken, so two programs over one folder cannot both go on from the same one.
   */
  keep(origin: string, before: Kept | null, note: Uint8Array): Promise<boolean>;
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
      const kept = await createDurably(logFolder(origin), `${String(no).padStart(12, '0')}.note`, note);
      if (kept) await forget(logFolder(origin));
      return kept;
    },
    async conflict(origin, seen, refused, kind) {
      const place = join(folder, 'evidence', hash(origin), kind);
      const name = hash(refused);
      const there = await readdir(place).catch((): string[] => []);
      if (there.length >= 2 * MOST.conflicts || there.includes(`${name}.refused.note`)) return;
      await createDurably(place, `${name}.seen.note`, seen);
      await createDurably(place, `${name}.refused.note`, refused);
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

/** Makes a file whole and on disk, or not at all. False when there is one of that name. */
async function createDurably(folder: string, name: string, bytes: Uint8Array): Promise<boolean> {
  await makeDurably(folder);
  const aside = join(folder, `${randomBytes(8).toString('hex')}.new`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(aside, join(folder, name));
    await syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Makes a folder, and has the folders above it know of it before anything depends on that. */
async function makeDurably(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  for (let above = folder; above.startsWith(made); above = dirname(above)) await syncFolder(dirname(above));
}

async function syncFolder(folder: string): Promise<void> {
  const entries = await open(folder, 'r');
  await entries.sync().finally(() => entries.close());
}

/** Removes what is far behind the newest. */
async function forget(folder: string): Promise<void> {
  for (const name of (await notes(folder)).slice(0, -MOST.kept))
    await rm(join(folder, name), { force: true });
}
