import { isAccountName } from '../../domain/credential.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Seconds } from '../../domain/ids.ts';
import { openOneTimeSecret } from '../../http/kit/one-time-secret.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { newSession } from '../../http/kit/session.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SessionRow, StaffRow } from '../../ports/store/accounts-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { lengthPrefixed, u64 } from '../../protocol/bytes.ts';
import { loginMessage } from '../../protocol/login.ts';
import { STAFF_COST } from '../../protocol/staff-credential.ts';
import { periodOfCode } from './one-time-code.ts';
import type { Login } from './schema.ts';
import { checkThrottle, clearFailures, countFailure } from './throttle.ts';

/** Seconds for which a login's nonce is good: stretching the passphrase may take a slow machine half a minute. */
export const LOGIN_SECONDS = 300;

export interface LoginStart {
  /** 16 bytes, base64url. */
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly nonce: string;
  readonly expires: Seconds;
}

/** Account names are compared in lower case and NFC. */
export const accountName = (typed: string): string => typed.normalize('NFC').trim().toLowerCase();

/** The person of an account name as it was typed, or null. */
export const findStaff = async (deps: Deps, typed: string): Promise<StaffRow | null> => {
  const account = accountName(typed);
  return isAccountName(account) ? deps.store.accounts.byAccount(account) : null;
};

/** What the browser needs to stretch the passphrase. A name that nobody has gets a salt too, always the same one. */
export async function startLogin(deps: Deps, typed: string): Promise<LoginStart> {
  const account = accountName(typed);
  const credential = (await findStaff(deps, account))?.credential;
  const fake = deps.crypto.hmac(deps.secrets.nonce, lengthPrefixed('tk1/fake-salt', account)).subarray(0, 16);
  const expires = (deps.clock.now() + LOGIN_SECONDS) as Seconds;
  return {
    salt: toBase64Url(credential?.salt ?? fake),
    memoryKiB: credential?.memoryKiB ?? STAFF_COST.memoryKiB,
    passes: credential?.passes ?? STAFF_COST.passes,
    nonce: toBase64Url(nonceFor(deps, account, expires)),
    expires,
  };
}

/** The nonce is a keyed hash of what it is for: nothing is stored, and nobody else can make one. 32 bytes. */
const nonceFor = (deps: Deps, account: string, expires: Seconds): Uint8Array =>
  deps.crypto.hmac(deps.secrets.nonce, lengthPrefixed('tk1/staff-nonce', account, u64(expires)));

/** Proof of the passphrase: which account, the server's nonce, and the login key's signature. */
export interface PassphraseProof {
  readonly account: string;
  readonly nonce: Uint8Array;
  readonly expires: number;
  readonly signature: Uint8Array;
}

/**
 * The member whose passphrase this is, or null; takes the same work whether or not there is such an account. Error `login_refused`
 * for a nonce that is not the server's or is over.
 */
export async function provenBy(deps: Deps, proof: PassphraseProof, row: StaffRow | null): Promise<boolean> {
  const account = accountName(proof.account);
  const expires = proof.expires as Seconds;
  const ours = deps.crypto.equal(nonceFor(deps, account, expires), proof.nonce);
  if (!ours || deps.clock.now() > expires) throw new AppError('login_refused');
  const message = loginMessage({
    door: 'staff',
    origin: deps.instance.origin,
    instance: deps.instance.id,
    subject: account,
    nonce: proof.nonce,
    expires,
  });
  const key = row?.credential?.loginKey ?? deps.ledger.publicKey;
  const signed = await deps.crypto.verify(proof.signature, message, key);
  return signed && row?.status === 'active' && row.credential !== null;
}

/**
 * Checks both factors and opens a session. Errors: `login_slow_down` (too many failures; retry after), `login_refused` for everything
 * else: no answer tells whether the name, the passphrase or the code was wrong, or whether the code had been used before. `slot` is the key
 * of the failures that this try counts to (`slotKey`).
 */
export async function finishLogin(
  deps: Deps,
  request: Login,
  slot: string,
): Promise<{ readonly staff: StaffRow; readonly token: string; readonly session: SessionRow }> {
  const row = await findStaff(deps, request.account);
  await checkThrottle(deps, slot);
  const proven = await provenBy(deps, request, row);
  const period = codePeriod(deps, row, request.code);
  const right =
    proven && period !== null && row !== null && (await deps.store.accounts.spendOneTimeCode(row.id, period));
  if (!right) {
    await countFailure(deps, slot);
    throw new AppError('login_refused');
  }
  await clearFailures(deps, slot);
  const { token, row: session } = newSession(deps, row.id);
  const act = staffEvent(row.id, 'logged_in', { by: row.id });
  await recorded(deps, act, (event) => deps.store.accounts.openSession(session, event));
  await deps.store.accounts.forgetExpiredSessions(deps.clock.now());
  return { staff: row, token, session };
}

/** The period of the code for this person's secret; null for a wrong code, a person without one, or one still to be fetched. */
function codePeriod(deps: Deps, row: StaffRow | null, code: string): number | null {
  const sealed = row?.credential?.totpSealed;
  const opened =
    row === null || sealed === undefined
      ? null
      : openOneTimeSecret(deps.crypto, deps.secrets.atRest, row.id, sealed);
  const period = periodOfCode(opened?.secret ?? deps.secrets.nonce.subarray(0, 20), code, deps.clock.now());
  return opened === null || opened.fetchBy !== null ? null : period;
}
