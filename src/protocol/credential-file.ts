import { toBase64Url } from './base64.ts';
import { utf8 } from './bytes.ts';
import { parseObject, Reader } from './json.ts';
import { deriveStaffKeys, type StaffSecrets, unwrapSecrets } from './staff-credential.ts';
import type { Argon2Cost, Suite } from './suite.ts';

/** A person's long-term secrets as they are kept for use away from the console: closed under their passphrase. */
export interface CredentialFile {
  readonly instance: string;
  /** Staff id, 32 hex digits. */
  readonly staff: string;
  readonly account: string;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
  /** 105 bytes. */
  readonly wrappedSecrets: Uint8Array;
}

const TYPE = 'tinkin-credential';
const MAX_BYTES = 4096;

/** The file's bytes, JSON. */
export const encodeCredentialFile = (file: CredentialFile): Uint8Array =>
  utf8(
    `${JSON.stringify({
      type: TYPE,
      v: 1,
      instance: file.instance,
      staff: file.staff,
      account: file.account,
      salt: toBase64Url(file.salt),
      passes: file.cost.passes,
      memoryKiB: file.cost.memoryKiB,
      wrappedSecrets: toBase64Url(file.wrappedSecrets),
    })}\n`,
  );

/** Parses a credential file (attacker-controlled). Throws `secrets_corrupt`. */
export function parseCredentialFile(bytes: Uint8Array): CredentialFile {
  const reader = new Reader(parseObject(bytes, MAX_BYTES, 'secrets_corrupt'), 'secrets_corrupt');
  reader.oneOf('type', [TYPE]);
  reader.integer('v', 1, 1);
  const file: CredentialFile = {
    instance: reader.string('instance', 64),
    staff: reader.string('staff', 32, /^[0-9a-f]{32}$/),
    account: reader.string('account', 200),
    salt: reader.bytes('salt', 16),
    cost: { passes: reader.integer('passes', 1, 100), memoryKiB: reader.integer('memoryKiB', 1, 2 ** 32) },
    wrappedSecrets: reader.bytes('wrappedSecrets', 105),
  };
  reader.done();
  return file;
}

/**
 * Opens a credential file with its passphrase; stretching it takes a second or more. Throws `weak_parameters` (a cost below the pinned
 * minimum), `passphrase_malformed`, `secrets_corrupt`. `minimum` is for tests alone.
 */
export function openCredentialFile(
  suite: Suite,
  file: CredentialFile,
  passphrase: string,
  minimum?: Argon2Cost,
): StaffSecrets {
  const { instance, staff, salt, cost, wrappedSecrets } = file;
  const keys = deriveStaffKeys(suite, passphrase, salt, cost, minimum);
  try {
    return unwrapSecrets(suite, keys.wrapKey, wrappedSecrets, { instance, staff });
  } finally {
    keys.wrapKey.fill(0);
    keys.login.secretKey.fill(0);
  }
}
