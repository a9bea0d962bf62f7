import type { Role } from '../../../domain/terms.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { signCredentialChange, signJoining } from '../../../protocol/credential-change.ts';
import { ensure } from '../../../protocol/errors.ts';
import { keyFingerprint } from '../../../protocol/member.ts';
import { generatePassphrase, normalisePassphrase } from '../../../protocol/passphrase.ts';
import { createCredential, generateStaffSecrets } from '../../../protocol/staff-credential.ts';
import { Problem, sendJson } from '../http.ts';
import type { LoginStart, Named } from '../wire.ts';
import type { Calls, JoinStart } from './calls.ts';
import { accountName, keysOf, proofOf } from './session.ts';
import type { WorkerState } from './state.ts';

/** Fingerprint of my own public keys, to be read aloud. */
export const ownFingerprint = ({ suite, keyring: { secrets } }: WorkerState): string =>
  keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey);

/** A fresh passphrase of seven words. */
export const newPassphrase = ({ suite }: WorkerState): string => generatePassphrase(suite);

/** Closes the same long-term keys under a new passphrase; the old one's login key signs the change. Throws Problem, `passphrase_malformed`. */
export async function changePassphrase(
  state: WorkerState,
  input: Calls['changePassphrase']['in'],
): Promise<null> {
  const { suite, pins, keyring } = state;
  const { me, secrets } = keyring;
  const old = keysOf(state, input.old, me.cost);
  const made = createCredential(suite, input.fresh, secrets, { instance: pins.instance, staff: me.staff });
  const change = {
    instance: pins.instance,
    staff: me.staff,
    salt: made.salt,
    cost: made.cost,
    loginKey: made.loginKey,
    wrappedSecrets: made.wrappedSecrets,
    at: keyring.now(),
  };
  const signature = signCredentialChange(suite, old.login, change);
  await sendJson('POST', '/api/staff/credential', {
    salt: toBase64Url(made.salt),
    memoryKiB: made.cost.memoryKiB,
    passes: made.cost.passes,
    loginKey: toBase64Url(made.loginKey),
    wrappedSecrets: toBase64Url(made.wrappedSecrets),
    at: change.at,
    signature: toBase64Url(signature),
  }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'login_refused') throw new Problem('credential_refused');
    throw error;
  });
  return null;
}

/** What the server says of an invitation. */
interface Invitation {
  readonly staff: string;
  readonly account: string;
  readonly displayName: string;
  readonly unitName: Named;
  readonly roles: readonly Role[];
  readonly uri: string;
  readonly secret: string;
}

/** What an invited person's page holds between its two calls. */
export interface Joining {
  readonly token: string;
  readonly staff: string;
  readonly passphrase: string;
}

/** Looks the invitation up and makes a passphrase for the person. */
export async function startJoining(state: WorkerState, token: string): Promise<JoinStart> {
  const found = await sendJson<Invitation>('POST', '/api/staff/join/start', { token });
  const passphrase = generatePassphrase(state.suite);
  state.joining = { token, staff: found.staff, passphrase };
  const { displayName, account, unitName, roles, secret, uri } = found;
  return { displayName, account, unitName, roles, passphrase, secret, uri };
}

/** Makes the person's keys and sends the public halves with what the passphrase closes. Throws Problem, `passphrase_malformed`. */
export async function finishJoining(
  state: WorkerState,
  input: Calls['joinFinish']['in'],
): Promise<Calls['joinFinish']['out']> {
  const { suite, pins, joining } = state;
  if (joining === null) throw new Problem('locked');
  ensure(normalisePassphrase(input.passphrase) === joining.passphrase, 'passphrase_malformed');
  const secrets = generateStaffSecrets(suite);
  const context = { instance: pins.instance, staff: joining.staff };
  const made = createCredential(suite, joining.passphrase, secrets, context);
  const proof = signJoining(suite, secrets.sign, {
    ...context,
    signKey: secrets.sign.publicKey,
    kemKey: secrets.kem.publicKey,
    loginKey: made.loginKey,
  });
  const answer = await sendJson<{ readonly status: 'active' | 'invited' }>('POST', '/api/staff/join/finish', {
    token: joining.token,
    salt: toBase64Url(made.salt),
    memoryKiB: made.cost.memoryKiB,
    passes: made.cost.passes,
    loginKey: toBase64Url(made.loginKey),
    wrappedSecrets: toBase64Url(made.wrappedSecrets),
    signKey: toBase64Url(secrets.sign.publicKey),
    kemKey: toBase64Url(secrets.kem.publicKey),
    proof: toBase64Url(proof),
    code: input.code.replaceAll(/\s/g, ''),
  });
  state.joining = null;
  return {
    status: answer.status,
    fingerprint: keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey),
  };
}

/** Turns the token of a replaced phone into the new one-time-code key, with the passphrase as proof. */
export async function fetchSecondFactor(
  state: WorkerState,
  input: Calls['fetchSecondFactor']['in'],
): Promise<Calls['fetchSecondFactor']['out']> {
  const account = accountName(input.account);
  const start = await sendJson<LoginStart>('POST', '/api/staff/login/start', { account });
  const keys = keysOf(state, input.passphrase, start);
  ensure(fromBase64Url(input.token).length === 32, 'encoding', 'token');
  return sendJson('POST', '/api/staff/second-factor/fetch', {
    account,
    nonce: start.nonce,
    expires: start.expires,
    signature: proofOf(state, keys, account, start),
    token: input.token,
  });
}
