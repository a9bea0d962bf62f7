import { AppError } from '../../domain/errors.ts';
import { directoryEvent } from '../../domain/events/index.ts';
import type { Hash } from '../../domain/ids.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { AuditorStatementRow } from '../../ports/store/ledger-store.ts';
import {
  type AuditedCheckpoint,
  type AuditorStatement,
  type CanariesClosed,
  type CanarySet,
  parseAudited,
  parseCanaries,
} from '../../protocol/auditor.ts';
import { toHex } from '../../protocol/bytes.ts';
import { keyId, pae } from '../../protocol/dsse.ts';
import { namedAuditor } from './auditor.ts';
import type { AuditLedger } from './source.ts';

/** A statement may say that it was signed this many seconds ago or ahead. */
const CLOCK_SECONDS = 300;
const FIELD = 'statement';

/**
 * Takes an independent auditor's statement that they have verified a published checkpoint. The very same again changes nothing. Errors:
 * `forbidden` (not named by the directory), `auditor_key` (named without a signing key), `auditor_signature`,
 * `event_invalid` (malformed, of another instance, or not of now), `checkpoint_unknown` (not published, or not newer than the last one that they audited).
 */
export async function acceptAudited(
  deps: Deps,
  ledger: AuditLedger,
  staff: StaffRow,
  bytes: Uint8Array,
): Promise<Hash> {
  const parsed = parseAudited(deps.crypto, bytes);
  await requireAuthor(deps, staff, parsed);
  const { auditor, origin, size } = parsed.statement;
  const row = { auditor, origin, n: size, hash: parsed.hash, record: bytes };
  const known = await ledger.auditorStatements('audited-checkpoint');
  if (known.some(({ hash }) => hash === parsed.hash)) return parsed.hash;
  await requirePublished(ledger, parsed.statement);
  if (known.some((one) => one.auditor === auditor && one.origin === origin && one.n >= size))
    throw new AppError('checkpoint_unknown', { field: 'size' });
  await keep(deps, ledger, { ...row, kind: 'audited-checkpoint' });
  return parsed.hash;
}

/**
 * Takes an independent auditor's commitment to test tips that they are going to send. Errors: `forbidden`, `auditor_key`,
 * `auditor_signature`, `event_invalid`, `canary_known`.
 */
export async function acceptCanaries(
  deps: Deps,
  ledger: AuditLedger,
  staff: StaffRow,
  bytes: Uint8Array,
): Promise<Hash> {
  const parsed = parseCanaries(deps.crypto, bytes);
  await requireAuthor(deps, staff, parsed);
  const { auditor, n } = parsed.statement;
  const row = { kind: 'canaries', auditor, origin: '', n, hash: parsed.hash, record: bytes } as const;
  if ((await keep(deps, ledger, row)) === 'known') throw new AppError('canary_known');
  return parsed.hash;
}

/** The statement is of this instance and of now, and of the person who brings it, whom the directory names with the key that signed it. */
export async function requireAuthor(
  deps: Deps,
  staff: StaffRow,
  { statement, envelope }: AuditorStatement<AuditedCheckpoint | CanarySet | CanariesClosed>,
): Promise<void> {
  const named = await namedAuditor(deps, staff);
  if (named === null) throw new AppError('forbidden');
  if (named.signKey === null) throw new AppError('auditor_key');
  const [signature, ...more] = envelope.signatures;
  const own =
    statement.auditor === named.id &&
    more.length === 0 &&
    signature?.keyid === keyId(deps.crypto, named.signKey);
  const message = pae(envelope.payloadType, envelope.payload);
  if (!own || signature === undefined || !(await deps.crypto.verify(signature.sig, message, named.signKey)))
    throw new AppError('auditor_signature', { field: FIELD });
  if (statement.instance !== deps.instance.id) throw new AppError('event_invalid', { field: 'instance' });
  if (Math.abs(deps.clock.now() - statement.at) > CLOCK_SECONDS)
    throw new AppError('event_invalid', { field: 'at' });
}

async function requirePublished(ledger: AuditLedger, statement: AuditedCheckpoint): Promise<void> {
  const { origin, size, root } = statement;
  const log = (await ledger.logs()).find((one) => one.origin === origin);
  const [batch] = log === undefined ? [] : await ledger.batches(log.log, size - 1, 1);
  if (batch === undefined || batch.size !== size || toHex(batch.root) !== root)
    throw new AppError('checkpoint_unknown', { field: FIELD });
}

function keep(deps: Deps, ledger: AuditLedger, row: AuditorStatementRow): Promise<'added' | 'known'> {
  const { auditor, hash: statement, n } = row;
  const act =
    row.kind === 'canaries'
      ? directoryEvent('canaries_committed', { auditor, statement, n })
      : directoryEvent('checkpoint_audited', { auditor, statement, size: n });
  return recorded(deps, act, (event) => ledger.addAuditorStatement(event, row));
}
