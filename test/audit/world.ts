import type { AuditEnvironment, Given } from '../../src/audit/environment.ts';
import { lawHashes } from '../../src/audit/law-hashes.ts';
import type { AuditReport } from '../../src/audit/report.ts';
import { verifyBundle } from '../../src/audit/verify.ts';
import type { CheckName } from '../../src/audit/violation.ts';
import type { UnitId } from '../../src/domain/ids.ts';
import { bundleLines } from '../../src/features/audit/bundle.ts';
import { newestPublished } from '../../src/features/audit/source.ts';
import { data } from '../domain/support.ts';
import { type Instance, openInstance } from '../fixtures/instance.ts';
import { withLog } from '../fixtures/ledger.ts';
import { law, plans } from './replay/chains.ts';
import { type Lives, liveThrough } from './replay/lives.ts';

/** An instance in which every kind of life was led, its log, and the bundle of it. */
export interface AuditWorld {
  readonly instance: Instance;
  readonly lives: Lives;
  readonly lines: readonly string[];
}

/** `units`: those of an auditor who sees some; null for one whom the directory names. */
export async function bundleOf(
  instance: Instance,
  units: readonly UnitId[] | null = null,
): Promise<readonly string[]> {
  const newest = await newestPublished(instance.store.ledger);
  if (newest === null) throw new Error('nothing was published');
  const source = { deps: instance.deps, ledger: instance.store.ledger, ...newest };
  const lines: string[] = [];
  for await (const line of bundleLines(source, { auditor: 'doclap', units }))
    lines.push(JSON.stringify(line));
  return lines;
}

export async function auditWorld(): Promise<AuditWorld> {
  // Whole lives pass between two rounds: what is promised meanwhile must still be kept.
  const instance = await openInstance((deps) => ({
    instance: { ...deps.instance, includeWithin: 400 * 86_400 },
  }));
  const { round } = await withLog(instance, { rounds: 2 });
  const lives = await liveThrough(instance);
  await round();
  await round();
  return { instance, lives, lines: await bundleOf(instance) };
}

export function environmentOf({ suite, pins }: Instance): AuditEnvironment {
  return {
    verifier: suite,
    verify: async (jobs) =>
      jobs.map(({ signature, message, publicKey }) => suite.verify(signature, message, publicKey)),
    randomKey: suite.randomBytes(32),
    pins,
    law,
    lawHashes: lawHashes(suite, data),
    plans,
    progress: () => undefined,
  };
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** Verifies lines, without some checks if so wished. */
export const audited = (
  { instance }: Pick<AuditWorld, 'instance'>,
  lines: readonly string[],
  { given = {}, checks }: { readonly given?: Given; readonly checks?: readonly CheckName[] } = {},
): Promise<AuditReport> => verifyBundle(environmentOf(instance), () => each(lines), given, checks);
