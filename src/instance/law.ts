import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lawHashes } from '../audit/law-hashes.ts';
import { directoryEvent } from '../domain/events/index.ts';
import type { Hash } from '../domain/ids.ts';
import { checkLaw, type LawFileName, type LawFinding } from '../domain/law-check.ts';
import { type EventDeps, recorded } from '../http/kit/server-event.ts';
import type { ReferenceData } from '../ports/deps.ts';
import type { Store } from '../ports/store/store.ts';
import { InstanceError } from './instance-error.ts';

/** The text of a file of law in a folder. Throws InstanceError `file_invalid` when it cannot be read. */
export const lawTextIn =
  (folder: string) =>
  (name: LawFileName): string => {
    const path = join(folder, `${name}.json`);
    try {
      return readFileSync(path, 'utf8');
    } catch {
      throw new InstanceError('file_invalid', `${path} cannot be read.`);
    }
  };

/** A finding as a person reads it: `clocks.json:14: clocks.rules[3].limit.n: must be …`. */
export const findingText = ({ file, line, problem }: LawFinding): string => `${file}:${line}: ${problem}`;

/** Throws InstanceError `law_invalid` with every line of the files of law in a folder by which nobody could count. */
export function requireLaw(folder: string): void {
  const errors = checkLaw(lawTextIn(folder)).filter(({ weight }) => weight === 'error');
  if (errors.length > 0)
    throw new InstanceError('law_invalid', `The law cannot be read:\n${errors.map(findingText).join('\n')}`);
}

/** Records which files of law the service runs with, when they are others than those it ran with last. */
export async function recordLaw(
  deps: EventDeps & { readonly store: Pick<Store, 'law' | 'triage'>; readonly data: ReferenceData },
): Promise<readonly string[]> {
  const known = new Map((await deps.store.law.lawFiles()).map(({ name, hash }) => [name, hash]));
  const files = Object.entries(lawHashes(deps.crypto, (name) => deps.data.get(name)))
    .filter(([name, hash]) => known.get(name) !== hash)
    .map(([name, hash]) => ({ name, hash: hash as Hash }));
  if (files.length === 0) return [];
  const act = directoryEvent('law_changed', { files });
  await recorded(deps, act, (event) => deps.store.law.saveLawFiles(event, files));
  return files.map(({ name }) => name);
}
