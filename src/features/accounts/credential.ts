import { checkKdfCost } from '../../domain/credential.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import { changeStaff } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SessionRow, StaffRow } from '../../ports/store/accounts-store.ts';
import { credentialChangeMessage } from '../../protocol/credential-change.ts';
import type { CredentialChangeRequest } from './schema.ts';

/** A change signed longer ago (or further ahead) than so many seconds is refused. */
const CHANGE_SECONDS = 300;

/**
 * Takes a new passphrase's credential. The old login key signs it, so a stolen session alone changes nothing; all other sessions of
 * the person end. Gives the changed record. Errors: `weak_credential` (cost below the minimum), `login_refused` (signature or time), `stale`.
 */
export async function changeCredential(
  deps: Deps,
  staff: StaffRow,
  session: SessionRow,
  change: CredentialChangeRequest,
): Promise<StaffRow> {
  const { salt, memoryKiB, passes, loginKey, wrappedSecrets, at, signature } = change;
  checkKdfCost({ memoryKiB, passes });
  const old = staff.credential;
  if (old === null) throw new AppError('login_refused');
  if (Math.abs(deps.clock.now() - at) > CHANGE_SECONDS) throw new AppError('login_refused', { field: 'at' });
  const message = credentialChangeMessage({
    instance: deps.instance.id,
    staff: staff.id,
    salt,
    cost: { memoryKiB, passes },
    loginKey,
    wrappedSecrets,
    at,
  });
  if (!(await deps.crypto.verify(signature, message, old.loginKey))) throw new AppError('login_refused');
  const act = staffEvent(staff.id, 'passphrase_changed', { by: staff.id });
  const renew = (row: StaffRow): StaffRow => {
    const now = row.credential;
    if (now === null || !deps.crypto.equal(now.loginKey, old.loginKey)) throw new AppError('stale');
    return { ...row, credential: { ...now, salt, memoryKiB, passes, loginKey, wrappedSecrets } };
  };
  return changeStaff(deps, staff.id, act, renew, { endSessions: { except: session.tokenHash } });
}
