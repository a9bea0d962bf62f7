import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { toHex } from '../../protocol/bytes.ts';
import { namedAuditor } from './auditor.ts';
import { type AuditLedger, newestPublished } from './source.ts';

/** What an auditor's page begins with: the newest published checkpoint, whether this person may sign, and what auditors have signed. */
export async function auditView(deps: Deps, ledger: AuditLedger, staff: StaffRow) {
  const [newest, named, audited, sets] = await Promise.all([
    newestPublished(ledger),
    namedAuditor(deps, staff),
    ledger.auditorStatements('audited-checkpoint'),
    ledger.auditorStatements('canaries'),
  ]);
  return {
    kind: named === null ? ('scoped' as const) : ('whole' as const),
    maySign: named !== null && named.signKey !== null,
    checkpoint:
      newest === null
        ? null
        : {
            origin: newest.log.origin,
            size: newest.batch.size,
            root: toHex(newest.batch.root),
            at: newest.batch.at,
            witnesses: newest.batch.cosignatures.length,
          },
    audited: audited.map(({ hash, auditor, origin, n }) => ({ hash, auditor, origin, size: n })),
    canaries: sets.map(({ hash, auditor, n }) => ({ hash, auditor, n })),
  };
}
