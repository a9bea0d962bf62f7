import { readFileSync } from 'node:fs';
import { ledgerSigner, nodeCrypto } from '../../../src/adapters/crypto/node.ts';
import type { Given } from '../../../src/audit/environment.ts';
import type { AuditReport } from '../../../src/audit/report.ts';
import { runAudit } from '../../../src/cli/audit/run-audit.ts';
import { bundleLines } from '../../../src/features/audit/bundle.ts';
import { newestPublished } from '../../../src/features/audit/source.ts';
import { instancePaths } from '../../../src/instance/folder.ts';
import { openInstance } from '../../../src/instance/open-instance.ts';
import { shippedData } from '../../../src/instance/shipped-data.ts';
import type { Deps } from '../../../src/ports/deps.ts';
import { parsePins } from '../../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';

/** Lines of the whole bundle of an instance at rest, as its auditor gets them. */
export async function bundleOf(folder: string): Promise<readonly string[]> {
  const opened = await openInstance(folder);
  try {
    const { store, facts, secrets } = opened;
    const newest = await newestPublished(store.ledger);
    if (newest === null) throw new Error('nothing was published');
    const deps = {
      ...{ store, data: shippedData(), crypto: nodeCrypto(), ledger: ledgerSigner(secrets.ledgerSeed) },
      instance: { id: facts.id },
    } as unknown as Deps;
    const source = { deps, ledger: store.ledger, ...newest };
    const lines: string[] = [];
    for await (const line of bundleLines(source, { auditor: 'test', units: null }))
      lines.push(JSON.stringify(line));
    return lines;
  } finally {
    await opened.close();
  }
}

/** The bundle of an instance at rest, verified as an auditor does. */
export async function audited(folder: string, given: Given = {}): Promise<AuditReport> {
  const lines = await bundleOf(folder);
  const pins = parsePins(readFileSync(instancePaths(folder).pins, 'utf8'));
  const again = async function* (): AsyncGenerator<string> {
    yield* lines;
  };
  return runAudit(await loadSodiumSuite(), pins, shippedData(), again, given);
}
