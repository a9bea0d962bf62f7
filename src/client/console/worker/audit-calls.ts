import type { AuditReport } from '../../../audit/report.ts';
import type { Hash } from '../../../domain/ids.ts';

/** What the verifier found, and the exact JSON that an auditor keeps and signs the hash of. */
export interface Audited {
  readonly report: AuditReport;
  readonly json: string;
}

/** What the page asks of the Worker about the public log. */
export interface AuditCalls {
  /** Takes the own bundle, opens it and verifies all of it. Progress is told in leaves of the log. */
  auditVerify: { readonly in: Record<string, never>; readonly out: Audited };
  /** Signs that the checkpoint of a report was verified, and hands it in. */
  auditSign: { readonly in: Audited; readonly out: { readonly statement: Hash } };
}
