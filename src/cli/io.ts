/** What a command may use of the world around it; tests give their own. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder against which paths are resolved. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks the person at the terminal; null when there is no terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Ends a command that serves until somebody ends it, besides the signals of the system. */
  readonly until?: AbortSignal;
}

/** Exit codes of every command. */
export const EXIT = {
  /** Done, and everything looked at is in order. */
  ok: 0,
  /** The command ran and says no: a check failed, a tip was lost, a file was refused. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** There is no instance, or its files or configuration are not valid. */
  instance: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Result of a command: lines for a person and the same facts for a program (`--json`). */
export interface Report {
  readonly text: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
  /** False makes the exit code 1. */
  readonly ok?: boolean;
}

/** A command was used wrongly in a way that the option parser cannot see; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
