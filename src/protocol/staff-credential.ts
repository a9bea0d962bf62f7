import { concat, lengthPrefixed, utf8, wipe } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { isGeneratedPassphrase, normalisePassphrase } from './passphrase.ts';
import type { Argon2Cost, KemKeyPair, SignKeyPair, Suite } from './suite.ts';

/** Pinned minimum and present cost of a staff passphrase: 256 MiB, 3 passes. */
export const STAFF_COST: Argon2Cost = { passes: 3, memoryKiB: 256 * 1024 };
/** A server that asks for more than this is refused: it would only hang the console. */
const MOST: Argon2Cost = { passes: 12, memoryKiB: 2 * 1024 * 1024 };

const SECRETS_VERSION = 1;

/** What the passphrase gives: a login key, and the key that closes the long-term secrets. */
export interface StaffKeys {
  readonly login: SignKeyPair;
  /** 32 bytes. */
  readonly wrapKey: Uint8Array;
}

/** A staff member's long-term secrets, as they are in the MEMBER statement's public halves. */
export interface StaffSecrets {
  readonly sign: SignKeyPair;
  readonly kem: KemKeyPair;
}

/** Whose secrets they are: bound into the wrapping, so that the server cannot give one person another's. */
export interface StaffContext {
  readonly instance: string;
  /** Staff id, 32 hex digits. */
  readonly staff: string;
}

/** A new credential: what the server keeps, and the opened keys for the session that made it. */
export interface NewCredential {
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
  readonly loginKey: Uint8Array;
  readonly wrappedSecrets: Uint8Array;
  readonly keys: StaffKeys;
}

/** Stretches a passphrase to its 32-byte master, at any cost: for vectors. Throws `passphrase_malformed`, `weak_parameters` (salt). */
export function stretchPassphrase(
  suite: Suite,
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
): Uint8Array {
  if (salt.length !== 16) throw new ProtocolError('weak_parameters', 'salt');
  const password = utf8(normalisePassphrase(passphrase));
  const master = suite.argon2id(password, salt, cost, 32);
  wipe(password);
  return master;
}

/** The staff keys that a 32-byte master gives. */
export function staffKeysFromMaster(suite: Suite, master: Uint8Array): StaffKeys {
  const loginSeed = suite.kdf(master, 'tk1slogi', 1, 32);
  const login = suite.ed25519KeyPair(loginSeed);
  wipe(loginSeed);
  return { login, wrapKey: suite.kdf(master, 'tk1swrap', 1, 32) };
}

/**
 * Keys of a staff passphrase with the salt and cost that the server names. Refuses a cost below the pinned minimum (`weak_parameters`),
 * so that a server cannot have a passphrase stretched cheaply and then try words against it. `minimum` is for tests alone.
 */
export function deriveStaffKeys(
  suite: Suite,
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
  minimum: Argon2Cost = STAFF_COST,
): StaffKeys {
  const enough = cost.passes >= minimum.passes && cost.memoryKiB >= minimum.memoryKiB;
  const sane = cost.passes <= MOST.passes && cost.memoryKiB <= MOST.memoryKiB;
  if (!enough || !sane || !Number.isInteger(cost.passes) || !Number.isInteger(cost.memoryKiB)) {
    throw new ProtocolError('weak_parameters', 'cost');
  }
  const master = stretchPassphrase(suite, passphrase, salt, cost);
  const keys = staffKeysFromMaster(suite, master);
  wipe(master);
  return keys;
}

/** Fresh long-term secrets of a staff member. */
export function generateStaffSecrets(suite: Suite): StaffSecrets {
  return {
    sign: suite.ed25519KeyPair(suite.randomBytes(32)),
    kem: suite.xwingKeyPair(suite.randomBytes(32)),
  };
}

/**
 * Closes long-term secrets under a wrap key: nonce (24 bytes) ‖ XChaCha20-Poly1305 of version ‖ Ed25519 seed ‖ X-Wing seed, 105 bytes
 * in all, bound to instance and staff id.
 */
export function wrapSecrets(
  suite: Suite,
  wrapKey: Uint8Array,
  secrets: StaffSecrets,
  context: StaffContext,
): Uint8Array {
  const nonce = suite.randomBytes(24);
  const plaintext = concat(
    Uint8Array.of(SECRETS_VERSION),
    secrets.sign.secretKey.subarray(0, 32),
    secrets.kem.secretKey,
  );
  const sealed = concat(nonce, suite.aeadSeal(wrapKey, nonce, plaintext, secretsBinding(context)));
  wipe(plaintext);
  return sealed;
}

/** Opens what `wrapSecrets` closed. Throws `secrets_corrupt` (wrong passphrase, altered bytes, another person's). */
export function unwrapSecrets(
  suite: Suite,
  wrapKey: Uint8Array,
  wrapped: Uint8Array,
  context: StaffContext,
): StaffSecrets {
  if (wrapped.length !== 24 + 65 + 16) throw new ProtocolError('secrets_corrupt');
  const plaintext = suite.aeadOpen(
    wrapKey,
    wrapped.subarray(0, 24),
    wrapped.subarray(24),
    secretsBinding(context),
  );
  if (plaintext === null || plaintext[0] !== SECRETS_VERSION) throw new ProtocolError('secrets_corrupt');
  const secrets = {
    sign: suite.ed25519KeyPair(plaintext.slice(1, 33)),
    kem: suite.xwingKeyPair(plaintext.slice(33, 65)),
  };
  wipe(plaintext);
  return secrets;
}

const secretsBinding = (context: StaffContext): Uint8Array =>
  lengthPrefixed('tk1/secrets', context.instance, context.staff);

/**
 * Makes a credential for given long-term secrets: for a new member, or when a passphrase changes. Takes generated passphrases only.
 * Throws `passphrase_malformed`, `weak_parameters`. `cost` and `minimum` are for tests alone.
 */
export function createCredential(
  suite: Suite,
  passphrase: string,
  secrets: StaffSecrets,
  context: StaffContext,
  cost: Argon2Cost = STAFF_COST,
  minimum: Argon2Cost = STAFF_COST,
): NewCredential {
  if (!isGeneratedPassphrase(passphrase)) throw new ProtocolError('passphrase_malformed');
  const salt = suite.randomBytes(16);
  const keys = deriveStaffKeys(suite, passphrase, salt, cost, minimum);
  const wrappedSecrets = wrapSecrets(suite, keys.wrapKey, secrets, context);
  return { salt, cost, loginKey: keys.login.publicKey, wrappedSecrets, keys };
}
