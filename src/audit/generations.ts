import { isHash } from '../domain/ids.ts';
import type { OpenedEvent } from './replay/event.ts';
import { objectOf } from './replay/event.ts';

/** An open event by which a log took the place of one that lost what it had published. */
export interface RollBackDeclared {
  /** Name of the log that ended. */
  readonly from: string;
  /** The furthest that anybody was known to have seen of it; null for nothing. `root` is empty where only the size was known. */
  readonly known: { readonly size: number; readonly root: string } | null;
  /** Its place in the log that took over: whatever stands up to its batch was in the former one, or waited for it. */
  readonly index: number;
}

/** What an event of the chain `log` declares by its open part, or null. */
export function declarationOf(
  event: OpenedEvent,
  { from, known }: { readonly [key: string]: unknown },
): RollBackDeclared | null {
  if (event.parsed.header.type !== 'rollback_declared') return null;
  if (typeof from !== 'string') return null;
  const { size, root } = objectOf(known) ?? {};
  const point =
    typeof size === 'number' && typeof root === 'string' && (root === '' || isHash(root))
      ? { size, root }
      : null;
  return { from, known: point, index: event.index };
}

/**
 * What is wrong with the names that a log had: each new one must have been named by the directory's keys *and* declared in the log itself, in the
 * same order. `named`: the directory's names in the order of its versions.
 */
export function namesFault(
  named: readonly string[],
  declared: readonly RollBackDeclared[],
  origin: string,
): string | null {
  const names = named.filter((name, i) => name !== named[i - 1]);
  if (names.at(-1) !== origin) return 'the directory names another log';
  const former = names.slice(0, -1);
  const said = declared.map(({ from }) => from);
  if (former.length > said.length) return 'the log was begun anew, and no event of it says so';
  return former.every((name, i) => name === said[i]) && former.length === said.length
    ? null
    : 'a roll-back is declared that the directory does not know';
}
