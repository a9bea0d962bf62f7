import { lengthPrefixed, u64 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { SignKeyPair, Suite } from './suite.ts';

/** What a login signs. The nonce is the server's, so that an old signature opens nothing. */
export interface LoginRequest {
  /** A mailbox login can never serve as a staff login. */
  readonly door: 'mailbox' | 'staff';
  /** Origin of the page as the browser sees it, e.g. `https://tin.example.vn`: a copy of the site gets a useless signature. */
  readonly origin: string;
  readonly instance: string;
  /** Locator of the mailbox (32 hex digits) or account name. */
  readonly subject: string;
  /** 32 bytes from the server. */
  readonly nonce: Uint8Array;
  /** UTC seconds after which the server refuses it. */
  readonly expires: number;
}

/** Exact bytes that a login signs. Throws `login_malformed` for a nonce of another size or an overlong field. */
export function loginMessage(request: LoginRequest): Uint8Array {
  const { door, origin, instance, subject, nonce, expires } = request;
  if (nonce.length !== 32) throw new ProtocolError('login_malformed', 'nonce');
  if (origin.length > 200) throw new ProtocolError('login_malformed', 'origin');
  if (subject.length > 100) throw new ProtocolError('login_malformed', 'subject');
  if (!Number.isSafeInteger(expires) || expires < 0) throw new ProtocolError('login_malformed', 'expires');
  return lengthPrefixed(`tk1/login/${door}`, origin, instance, subject, nonce, u64(expires));
}

/** Ed25519 signature over `loginMessage`, 64 bytes; the server verifies it with its own Ed25519. */
export const signLogin = (
  suite: Pick<Suite, 'sign'>,
  login: SignKeyPair,
  request: LoginRequest,
): Uint8Array => suite.sign(loginMessage(request), login.secretKey);
