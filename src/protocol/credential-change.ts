import { lengthPrefixed, u64 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { Argon2Cost, SignKeyPair, Suite } from './suite.ts';

/** A new passphrase's credential, as the console sends it. The long-term keys stay; only what closes them changes. */
export interface CredentialChange {
  readonly instance: string;
  /** Staff id, 32 hex digits. */
  readonly staff: string;
  /** 16 bytes. */
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
  /** New Ed25519 login public key, 32 bytes. */
  readonly loginKey: Uint8Array;
  readonly wrappedSecrets: Uint8Array;
  /** UTC seconds at which it was made: the server refuses an old one. */
  readonly at: number;
}

/** Exact bytes that the *old* login key signs, so that an open session alone cannot change a passphrase. Throws `field_invalid`. */
export function credentialChangeMessage(change: CredentialChange): Uint8Array {
  const { instance, staff, salt, cost, loginKey, wrappedSecrets, at } = change;
  if (salt.length !== 16) throw new ProtocolError('field_invalid', 'salt');
  if (loginKey.length !== 32) throw new ProtocolError('field_invalid', 'loginKey');
  return lengthPrefixed(
    'tk1/credential',
    instance,
    staff,
    salt,
    u64(cost.passes),
    u64(cost.memoryKiB),
    loginKey,
    wrappedSecrets,
    u64(at),
  );
}

/** Signature of the old login key over a change, 64 bytes. */
export const signCredentialChange = (
  suite: Pick<Suite, 'sign'>,
  oldLogin: SignKeyPair,
  change: CredentialChange,
): Uint8Array => suite.sign(credentialChangeMessage(change), oldLogin.secretKey);

/** What an invited person sends of themselves: the keys that their MEMBER statement will name. */
export interface Joining {
  readonly instance: string;
  readonly staff: string;
  readonly signKey: Uint8Array;
  readonly kemKey: Uint8Array;
  readonly loginKey: Uint8Array;
}

/** Exact bytes that the new signing key signs: proof that the sender holds it. */
export const joiningMessage = (joining: Joining): Uint8Array =>
  lengthPrefixed(
    'tk1/joining',
    joining.instance,
    joining.staff,
    joining.signKey,
    joining.kemKey,
    joining.loginKey,
  );

/** Signature of the new signing key over the joining, 64 bytes. */
export const signJoining = (suite: Pick<Suite, 'sign'>, signer: SignKeyPair, joining: Joining): Uint8Array =>
  suite.sign(joiningMessage(joining), signer.secretKey);
