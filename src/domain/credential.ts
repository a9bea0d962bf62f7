import { AppError } from './errors.ts';

/** Words of a generated passphrase; with the client's word list they carry at least `PASSPHRASE_BITS`. */
export const PASSPHRASE_WORDS = 7;
export const PASSPHRASE_BITS = 80;
/** Longest passphrase given to the key derivation, in bytes of UTF-8 after NFC: inputs are bounded. */
export const PASSPHRASE_MAX_BYTES = 256;
/** A one-time code: 6 digits, a new one each 30 seconds. */
export const ONE_TIME_CODE = /^\d{6}$/;

/** Cost of Argon2id for staff. A client refuses a server that asks for less than `STAFF_KDF_MINIMUM`. */
export interface KdfCost {
  readonly passes: number;
  readonly memoryKiB: number;
}

export const STAFF_KDF_MINIMUM: KdfCost = { passes: 3, memoryKiB: 256 * 1024 };
/** The most a client will spend, so that a hostile server cannot exhaust it. */
export const STAFF_KDF_MAXIMUM: KdfCost = { passes: 10, memoryKiB: 1024 * 1024 };

/** Throws `weak_credential` (field `kdf`) for a cost outside the pinned bounds. */
export const checkKdfCost = (cost: KdfCost): void => {
  const inBounds = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (
    !inBounds(cost.passes, STAFF_KDF_MINIMUM.passes, STAFF_KDF_MAXIMUM.passes) ||
    !inBounds(cost.memoryKiB, STAFF_KDF_MINIMUM.memoryKiB, STAFF_KDF_MAXIMUM.memoryKiB)
  )
    throw new AppError('weak_credential', { field: 'kdf' });
};

const ACCOUNT = /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/;

/** True for an account name: 3–40 of a–z, 0–9 and single `.`, `_`, `-` between them, beginning with a letter. */
export const isAccountName = (value: string): boolean =>
  value.length >= 3 && value.length <= 40 && ACCOUNT.test(value);

/** A passphrase as typed, made comparable: NFC, lower case, words joined by single spaces. */
export const canonicalPassphrase = (typed: string): string =>
  typed.normalize('NFC').trim().toLowerCase().replace(/\s+/gu, ' ');

/** Throws `weak_credential` (field `passphrase`) unless it has the seven words of a generated one and is within the bound. */
export const checkPassphrase = (canonical: string): void => {
  const bytes = new TextEncoder().encode(canonical).length;
  if (
    canonical.split(' ').filter((word) => word.length >= 2).length < PASSPHRASE_WORDS ||
    bytes > PASSPHRASE_MAX_BYTES
  )
    throw new AppError('weak_credential', { field: 'passphrase' });
};
