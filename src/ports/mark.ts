import type { Checkpoint } from '../ledger/checkpoint.ts';

/** What an instance knows of having been restored from a backup: its log may have gone on since in front of others. */
export interface RestoredLog {
  /** True until it is certain that nobody has seen more of the log than the database has. */
  waits(): Promise<boolean>;
  /** It is certain now. */
  settle(): Promise<void>;
}

/**
 * The newest checkpoint that was published, kept apart from the database and its backups: a database that knows less than the mark has been
 * rolled back.
 */
export interface MarkFile {
  /** Null where none was written; an unreadable mark throws. */
  read(): Promise<Checkpoint | null>;
  /** Durable when it resolves. */
  write(mark: Checkpoint): Promise<void>;
}
