import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import { signLogin } from '../../../protocol/login.ts';
import { deriveStaffKeys, type StaffKeys, unwrapSecrets } from '../../../protocol/staff-credential.ts';
import { getJson, Problem, sendJson } from '../http.ts';
import type { LoginStart, Me } from '../wire.ts';
import type { Calls } from './calls.ts';
import { Keyring, type WorkerState } from './state.ts';

/** Account names are compared in lower case and NFC, on both sides. */
export const accountName = (typed: string): string => typed.normalize('NFC').trim().toLowerCase();

/** Keys of a passphrase at the cost that the server names; a cost below the pinned minimum is refused. */
export const keysOf = (
  { suite }: WorkerState,
  passphrase: string,
  cost: { readonly salt: string; readonly memoryKiB: number; readonly passes: number },
): StaffKeys =>
  deriveStaffKeys(suite, passphrase, fromBase64Url(cost.salt), {
    memoryKiB: cost.memoryKiB,
    passes: cost.passes,
  });

/** Proof of the passphrase for a nonce of the server's. */
export const proofOf = (state: WorkerState, keys: StaffKeys, account: string, start: LoginStart): string =>
  toBase64Url(
    signLogin(state.suite, keys.login, {
      door: 'staff',
      origin: state.origin,
      instance: state.pins.instance,
      subject: account,
      nonce: fromBase64Url(start.nonce),
      expires: start.expires,
    }),
  );

/** Logs in: stretches the passphrase here, signs the server's nonce, opens the long-term secrets. */
export async function login(state: WorkerState, input: Calls['login']['in']): Promise<Me> {
  const account = accountName(input.account);
  const start = await sendJson<LoginStart>('POST', '/api/staff/login/start', { account });
  const keys = keysOf(state, input.passphrase, start);
  const me = await sendJson<Me>('POST', '/api/staff/login', {
    account,
    nonce: start.nonce,
    expires: start.expires,
    signature: proofOf(state, keys, account, start),
    code: input.code.replaceAll(/\s/g, ''),
  });
  return openKeys(state, me, keys);
}

/** Opens the keys again for a session that is still alive: the passphrase is enough. */
export async function unlock(state: WorkerState, input: Calls['unlock']['in']): Promise<Me> {
  const me = await getJson<Me>('/api/staff/me');
  const keys = keysOf(state, input.passphrase, me.cost);
  try {
    return openKeys(state, me, keys);
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'secrets_corrupt')
      throw new Problem('credential_refused');
    throw error;
  }
}

/** Reads again who is logged in: new epoch wraps, roles, focal points. */
export async function refresh(state: WorkerState): Promise<Me> {
  const me = await getJson<Me>('/api/staff/me');
  state.directories.refresh();
  state.hold(state.keyring.renewed(me));
  return me;
}

function openKeys(state: WorkerState, me: Me, keys: StaffKeys): Me {
  const context = { instance: state.pins.instance, staff: me.staff };
  const secrets = unwrapSecrets(state.suite, keys.wrapKey, fromBase64Url(me.wrappedSecrets), context);
  keys.wrapKey.fill(0);
  keys.login.secretKey.fill(0);
  state.hold(new Keyring(state.suite, state.directories, me, secrets));
  return me;
}
