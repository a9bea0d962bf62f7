import { Secret, TOTP } from 'otpauth';
import { ONE_TIME_CODE } from '../../domain/credential.ts';
import { ONE_TIME_SECRET_BYTES } from '../../http/kit/one-time-secret.ts';
import type { Random } from '../../ports/random.ts';

/** Seconds for which one code stands. */
export const CODE_PERIOD = 30;
/** Codes of one period before and after are taken too: telephones' clocks differ. */
const WINDOW = 1;

/** A fresh secret of 20 bytes. */
export const newOneTimeSecret = (random: Random): Uint8Array => random.bytes(ONE_TIME_SECRET_BYTES);

const totp = (secret: Uint8Array, account = ''): TOTP =>
  new TOTP({
    issuer: 'TinKin',
    label: account,
    algorithm: 'SHA1',
    digits: 6,
    period: CODE_PERIOD,
    secret: new Secret({ buffer: secret.slice().buffer }),
  });

/** `otpauth:` address that an authenticator application reads from a QR code or as text. */
export const oneTimeUri = (secret: Uint8Array, account: string): string => totp(secret, account).toString();

/** The secret as people type it: base32. */
export const oneTimeText = (secret: Uint8Array): string =>
  new Secret({ buffer: secret.slice().buffer }).base32;

/** The code that stands at a moment (UTC seconds). */
export const codeAt = (secret: Uint8Array, now: number): string =>
  totp(secret).generate({ timestamp: now * 1000 });

/** The period whose code this is, or null. Comparing takes the same time for every code of six digits (RFC 6238 §5.2). */
export const periodOfCode = (secret: Uint8Array, code: string, now: number): number | null => {
  if (!ONE_TIME_CODE.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now * 1000, window: WINDOW });
  return delta === null ? null : Math.floor(now / CODE_PERIOD) + delta;
};
