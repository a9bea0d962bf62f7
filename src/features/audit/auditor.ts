import { AppError } from '../../domain/errors.ts';
import type { UnitId } from '../../domain/ids.ts';
import type { RouteTable } from '../../domain/routing.ts';
import { scopeOf } from '../../http/kit/scope.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { type DirectoryAuditor, parseDirectory } from '../../protocol/directory.ts';

/** An auditor with what bundles are sealed to. */
export interface Auditor {
  /** Id in the directory, or account. */
  readonly id: string;
  /** Null for an auditor whom the directory names: they see all. */
  readonly units: readonly UnitId[] | null;
  /** X-Wing public key, 1216 bytes. */
  readonly kemKey: Uint8Array;
}

/** The auditor of the whole instance whose account this is, as the newest directory names them; null for everybody else. */
export async function namedAuditor(
  deps: Pick<Deps, 'crypto'> & { readonly store: Pick<Deps['store'], 'directory'> },
  staff: StaffRow,
): Promise<DirectoryAuditor | null> {
  const directory = await deps.store.directory.latest('directory');
  if (directory === null || !rolesOf(staff).includes('auditor')) return null;
  const { auditors } = parseDirectory(deps.crypto, directory.record);
  return auditors.find(({ id }) => id === staff.account) ?? null;
}

/** Whose bundle this person may have. Errors: `forbidden` for everybody but auditors, `auditor_key` while they have no key. */
export async function auditorOf(deps: Deps, routes: RouteTable, staff: StaffRow): Promise<Auditor> {
  if (!rolesOf(staff).includes('auditor')) throw new AppError('forbidden');
  const named = await namedAuditor(deps, staff);
  if (named !== null) return { id: named.id, units: null, kemKey: named.kemKey };
  if (staff.kemKey === null) throw new AppError('auditor_key');
  const scope = await scopeOf(deps, routes, staff);
  return { id: staff.account, units: scope.map(({ code }) => code), kemKey: staff.kemKey };
}
