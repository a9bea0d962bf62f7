import type { Hash, Seconds, TipId } from '../../domain/ids.ts';
import { canaryCommitment, canaryTree, parseCanaries, signCanaries } from '../../protocol/auditor.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { fromHex, toHex } from '../../protocol/bytes.ts';
import type { CitizenWorld } from '../canary/citizen.ts';
import type { StaffSession } from '../canary/staff-session.ts';
import type { CanarySetFile } from './set-file.ts';

/**
 * Draws a set of test tips and commits to it: the service, and with the next batch the public log, learn their number and one root, nothing else.
 * `keep` gets the set before the service hears of it. Throws Refused: `forbidden`, `auditor_key`, `canary_known`.
 */
export async function prepareSet(
  { suite, pins, now }: CitizenWorld,
  auditor: StaffSession,
  id: string,
  n: number,
  keep: (set: CanarySetFile) => Promise<void>,
): Promise<CanarySetFile> {
  const canaries = Array.from({ length: n }, () => ({
    tip: toHex(suite.randomBytes(16)) as TipId,
    salt: toHex(suite.randomBytes(32)) as Hash,
    ...{ sent: false, code: null, revealed: false },
  }));
  const { root } = canaryTree(
    suite,
    canaries.map(({ tip, salt }) => canaryCommitment(suite, fromHex(salt), tip)),
  );
  const { instance } = pins;
  const body = { instance, auditor: id, n, root, at: now() as Seconds };
  const signed = signCanaries(suite, body, auditor.secrets.sign);
  const statement = parseCanaries(suite, signed).hash;
  const set: CanarySetFile = { type: 'tinkin-canary-set', v: 1, instance, auditor: id, statement, canaries };
  await keep(set);
  await auditor.client.post('/api/staff/audit/canaries', { statement: toBase64Url(signed) });
  return set;
}
