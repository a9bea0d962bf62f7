import type { AuditEnvironment } from '../../../audit/environment.ts';
import { type LawFiles, readLawData } from '../../../audit/law.ts';
import { lawHashes } from '../../../audit/law-hashes.ts';
import { linesOf } from '../../../audit/text-lines.ts';
import { verifyBundle } from '../../../audit/verify.ts';
import { isHash } from '../../../domain/ids.ts';
import { auditReportHash, signAudited } from '../../../protocol/auditor.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { utf8 } from '../../../protocol/bytes.ts';
import { ensure } from '../../../protocol/errors.ts';
import { openBundle } from '../../../protocol/sealed-bundle.ts';
import { getBlob, sendJson } from '../http.ts';
import type { AuditCalls, Audited } from './audit-calls.ts';
import type { HandlersOf, Report } from './calls.ts';
import type { WorkerState } from './state.ts';

const BASE = '/api/staff/audit';

async function verify(state: WorkerState, report: Report): Promise<Audited> {
  const { suite, pins, keyring } = state;
  const files = JSON.parse(__TINKIN_LAW__) as Readonly<Record<string, unknown>>;
  const file: LawFiles = (name) => files[name];
  const { law, plans } = readLawData(file);
  const sealed = await getBlob(`${BASE}/bundle`);
  const secret = keyring.secrets.kem.secretKey;
  const environment: AuditEnvironment = {
    ...{ verifier: suite, pins, law, plans },
    lawHashes: lawHashes(suite, file),
    randomKey: suite.randomBytes(32),
    verify: async (jobs) =>
      jobs.map(({ signature, message, publicKey }) => suite.verify(signature, message, publicKey)),
    progress: ({ events, leaves }) => report(events, leaves),
  };
  const found = await verifyBundle(environment, () => linesOf(openBundle(suite, secret, piecesOf(sealed))));
  return { report: found, json: JSON.stringify(found) };
}

/** A blob's bytes piece by piece. */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function sign(state: WorkerState, { report, json }: Audited) {
  const { suite, pins, keyring } = state;
  const { origin, size, root } = report;
  ensure(isHash(root), 'field_invalid', 'root');
  const statement = signAudited(
    suite,
    {
      ...{ instance: pins.instance, auditor: keyring.me.account, origin, size, root },
      report: auditReportHash(suite, utf8(json)),
      exceptions: [],
      at: keyring.now(),
    },
    keyring.secrets.sign,
  );
  return sendJson<AuditCalls['auditSign']['out']>('POST', `${BASE}/checkpoints`, {
    statement: toBase64Url(statement),
  });
}

export const auditHandlers: HandlersOf<AuditCalls> = {
  auditVerify: (state, _input, report) => verify(state, report),
  auditSign: sign,
};
