import { readFile } from 'node:fs/promises';
import { decodeBundle } from '../../protocol/bundle.ts';
import { type LogContext, logContext } from '../../protocol/checkpoint-check.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Verifier } from '../../protocol/suite.ts';
import { verifyDirectory } from '../../protocol/verify-directory.ts';
import { UsageError } from '../io.ts';

const MOST = 8 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** Where a directory bundle comes from: a file that was kept, or the service. */
export interface DirectorySource {
  /** Path of the exact answer of `GET /api/directory?unit=…`. */
  readonly file: string | null;
  /** Origin of the service. */
  readonly site: string | null;
  readonly carry: typeof fetch;
}

/**
 * The log as the directory names it, after every statement was verified from the pins down. Throws codes of `verifyDirectory`; `UsageError` when
 * the directory cannot be had.
 */
export async function logOfDirectory(
  verifier: Verifier,
  pins: Pins,
  source: DirectorySource,
  unit: string,
  now: number,
): Promise<LogContext> {
  const directory = verifyDirectory(verifier, pins, decodeBundle(await bundleOf(source, unit)), now);
  return logContext(verifier, directory, pins.minWitnesses ?? 0);
}

async function bundleOf({ file, site, carry }: DirectorySource, unit: string): Promise<Uint8Array> {
  if (file !== null) return new Uint8Array(await readFile(file));
  if (site === null) throw new UsageError('--directory or --site is missing');
  const address = `${site}/api/directory?unit=${encodeURIComponent(unit)}`;
  try {
    const response = await carry(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.ok && bytes.length <= MOST) return bytes;
  } catch {
    // Said below, as for an answer that is none.
  }
  throw new UsageError(`cannot tell: ${site} gave no directory`);
}
