import { AppError } from '../../domain/errors.ts';
import type { Role } from '../../domain/terms.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { AppContext } from './app-env.ts';
import { sessionOf } from './session.ts';

/** Roles of a member of staff, as their record has them. */
export const rolesOf = (staff: Pick<StaffRow, 'roles'>): readonly Role[] => staff.roles as readonly Role[];

/** The signed-in person, when their roles allow it. Errors: `session_required`, `forbidden`. */
export function staffWho(c: AppContext, may: (roles: readonly Role[]) => boolean): StaffRow {
  const { staff } = sessionOf(c);
  if (!may(rolesOf(staff))) throw new AppError('forbidden');
  return staff;
}
