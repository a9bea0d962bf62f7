import type { Checkpoint } from '../ledger/checkpoint.ts';

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
