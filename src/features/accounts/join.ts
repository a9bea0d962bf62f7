import { checkKdfCost } from '../../domain/credential.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash } from '../../domain/ids.ts';
import { needsNoStatement } from '../../domain/roles.ts';
import { sealOneTimeSecret } from '../../http/kit/one-time-secret.ts';
import { changeStaff } from '../../http/kit/server-event.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { lengthPrefixed, toHex } from '../../protocol/bytes.ts';
import { joiningMessage } from '../../protocol/credential-change.ts';
import { oneTimeText, oneTimeUri, periodOfCode } from './one-time-code.ts';
import type { JoinFinish } from './schema.ts';

/** The invited person of a token. Error `invite_unknown` for one that does not exist, was used or is over. */
async function invited(deps: Deps, token: Uint8Array): Promise<StaffRow> {
  const row = await deps.store.accounts.byInvite(toHex(deps.crypto.sha256(token)) as Hash);
  if (row === null || !stillInvited(deps, row, token)) throw new AppError('invite_unknown');
  return row;
}

function stillInvited(deps: Deps, row: StaffRow, token: Uint8Array): boolean {
  const { invite } = row;
  return (
    row.status === 'invited' &&
    invite !== null &&
    invite.tokenHash === toHex(deps.crypto.sha256(token)) &&
    deps.clock.now() < invite.expires
  );
}

/** The one-time-code secret of an invitation: the same each time its page is opened, known to nobody else, stored nowhere. */
const secretOf = (deps: Deps, token: Uint8Array): Uint8Array =>
  deps.crypto.hmac(deps.secrets.atRest, lengthPrefixed('tk1/joining-secret', token)).slice(0, 20);

/** What the invited person's page shows: who invites whom, and the secret for their authenticator. Error `invite_unknown`. */
export async function startJoining(deps: Deps, token: Uint8Array) {
  const row = await invited(deps, token);
  const unit = await deps.store.directory.unit(row.unit);
  const secret = secretOf(deps, token);
  return {
    staff: row.id,
    account: row.account,
    displayName: row.displayName,
    unit: row.unit,
    unitName: { vi: unit?.nameVi ?? row.unit, en: unit?.nameEn ?? row.unit },
    roles: rolesOf(row),
    expires: row.invite?.expires ?? 0,
    instance: deps.instance.id,
    uri: oneTimeUri(secret, row.account),
    secret: oneTimeText(secret),
  };
}

/**
 * Takes the invited person's credential and public keys, once. Whoever needs a MEMBER statement waits for its two signatures and
 * cannot log in before; an auditor or administrator waits for somebody's approval, unless the operator invited them at the machine itself.
 * Errors: `invite_unknown`, `weak_credential`, `login_refused` (the code), `event_signature` (the proof that they hold the signing key).
 */
export async function finishJoining(
  deps: Deps,
  request: JoinFinish,
): Promise<{ readonly status: 'active' | 'invited' }> {
  const row = await invited(deps, request.token);
  const { memoryKiB, passes, salt, loginKey, wrappedSecrets, signKey, kemKey } = request;
  checkKdfCost({ memoryKiB, passes });
  const message = joiningMessage({ instance: deps.instance.id, staff: row.id, signKey, kemKey, loginKey });
  if (!(await deps.crypto.verify(request.proof, message, signKey)))
    throw new AppError('event_signature', { field: 'proof' });
  const secret = secretOf(deps, request.token);
  if (periodOfCode(secret, request.code, deps.clock.now()) === null)
    throw new AppError('login_refused', { field: 'code' });
  const totpSealed = sealOneTimeSecret(deps.crypto, deps.secrets.atRest, row.id, { secret, fetchBy: null });
  const waits = (await deps.store.accounts.approvalAwaited(row.id)) !== null;
  const status = needsNoStatement(rolesOf(row)) && !waits ? 'active' : 'invited';
  const keys = { signKey: toHex(signKey), kemKeyHash: toHex(deps.crypto.sha256(kemKey)) };
  const act = staffEvent(row.id, 'joined', keys);
  await changeStaff(deps, row.id, act, (fresh) => {
    if (!stillInvited(deps, fresh, request.token)) throw new AppError('invite_unknown');
    const credential = { salt, memoryKiB, passes, loginKey, wrappedSecrets, totpSealed };
    return { ...fresh, status, credential, signKey, kemKey, invite: null };
  });
  deps.live.publish(row.unit, { kind: 'unit_changed' });
  return { status };
}
