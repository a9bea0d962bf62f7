import { randomBytes } from 'node:crypto';
import { nodeCrypto } from '../../adapters/crypto/node.ts';
import { openVerifyThreads } from '../../adapters/crypto/verify-threads.ts';
import type { AuditEnvironment, Given } from '../../audit/environment.ts';
import { readLawData } from '../../audit/law.ts';
import { lawHashes } from '../../audit/law-hashes.ts';
import type { AuditReport } from '../../audit/report.ts';
import { verifyBundle } from '../../audit/verify.ts';
import type { ReferenceData } from '../../ports/deps.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Verifier } from '../../protocol/suite.ts';

/** Threads that verify signatures beside the one that reads. */
const THREADS = 2;

/** Platform's hashes, which are several times faster than the suite's own, with the suite's signatures. */
export function auditVerifier(suite: Pick<Verifier, 'verify'>): Verifier {
  const crypto = nodeCrypto();
  return {
    sha256: (data) => crypto.sha256(data),
    blake2b512: (data) => crypto.blake2b512(data),
    verify: (...job) => suite.verify(...job),
  };
}

/** What a run on this machine brings of its own: the law data that this program ships, and who checks the events' signatures. */
export function auditEnvironment(
  verifier: Verifier,
  pins: Pins,
  data: ReferenceData,
  verify: AuditEnvironment['verify'],
): AuditEnvironment {
  const read = readLawData((name) => data.get(name));
  return {
    ...{ verifier, verify, pins },
    randomKey: new Uint8Array(randomBytes(32)),
    law: read.law,
    lawHashes: lawHashes(verifier, (name) => data.get(name)),
    plans: read.plans,
    progress: () => undefined,
  };
}

/** Verifies a bundle on this machine with the law data that this program ships; signatures on threads of their own. */
export async function runAudit(
  verifier: Verifier,
  pins: Pins,
  data: ReferenceData,
  lines: () => AsyncIterable<string>,
  given: Given,
): Promise<AuditReport> {
  const threads = openVerifyThreads(THREADS);
  const environment = auditEnvironment(verifier, pins, data, (jobs) => threads.verifyAll(jobs));
  try {
    return await verifyBundle(environment, lines, given);
  } finally {
    await threads.close();
  }
}
