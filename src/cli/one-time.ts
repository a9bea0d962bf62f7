import { Secret } from 'otpauth';
import { CODE_PERIOD, codeAt } from '../features/accounts/one-time-code.ts';

/** The code of a base32 secret at a moment (UTC seconds), and the seconds for which it still stands. */
export function oneTimeCode(base32: string, now: number): { readonly code: string; readonly left: number } {
  const secret = new Uint8Array(Secret.fromBase32(base32).buffer);
  return { code: codeAt(secret, now), left: CODE_PERIOD - (now % CODE_PERIOD) };
}
