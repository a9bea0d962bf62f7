import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import type { Store } from '../../../ports/store/store.ts';
import type { SqliteStoreOptions } from '../sqlite/open.ts';
import type { PackedBatch } from './pack.ts';

/** The parts of a store whose every method is one call across the thread. */
export type Area = {
  [K in keyof Store]: Store[K] extends (...args: never[]) => unknown ? never : K;
}[keyof Store];
/** Methods of the store itself. */
export type OwnMethod = Exclude<keyof Store, Area>;

// A record, so that an area that is missing here fails the type check.
const ALL_AREAS: Record<Area, true> = {
  intake: true,
  mailbox: true,
  triage: true,
  accounts: true,
  directory: true,
  members: true,
  oversight: true,
  uploads: true,
  hotline: true,
  thread: true,
  copies: true,
  retention: true,
  ledger: true,
  law: true,
  rights: true,
  duty: true,
  marks: true,
  board: true,
  post: true,
  register: true,
  postChecks: true,
};
export const AREAS = Object.keys(ALL_AREAS) as readonly Area[];

/** What the main thread asks. */
export type Call =
  | {
      readonly id: number;
      readonly area: Area | null;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly id: number; readonly batch: PackedBatch };

/** What the thread answers; `ready` comes once, before anything else. */
export type Reply =
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number | 'open'; readonly error: CarriedError };

/** An error as it crosses: an AppError keeps its code, anything else its name and message. */
export interface CarriedError {
  readonly app: { readonly code: ErrorCode; readonly field?: string; readonly retryAfter?: number } | null;
  readonly name: string;
  readonly message: string;
  /** Code of the cause (`SQLITE_FULL`), for the service's log. */
  readonly cause?: string;
}

export type ThreadData = SqliteStoreOptions;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export function carry(error: unknown): CarriedError {
  if (error instanceof AppError) {
    const cause = codeOf(error.cause);
    return {
      app: {
        code: error.code,
        ...(error.field === undefined ? {} : { field: error.field }),
        ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      },
      name: error.name,
      message: error.message,
      ...(cause === undefined ? {} : { cause }),
    };
  }
  const name = error instanceof Error ? error.name : 'Error';
  const message = error instanceof Error ? error.message : String(error);
  const cause = codeOf(error);
  return { app: null, name, message, ...(cause === undefined ? {} : { cause }) };
}

export function restore(carried: CarriedError): Error {
  const cause = Object.assign(new Error(carried.cause ?? carried.message), { code: carried.cause });
  if (carried.app) {
    const { code, ...options } = carried.app;
    return new AppError(code, { ...options, cause });
  }
  const error = new Error(carried.message, { cause });
  error.name = carried.name;
  return carried.cause === undefined ? error : Object.assign(error, { code: carried.cause });
}
