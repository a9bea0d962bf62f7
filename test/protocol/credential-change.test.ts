import { describe, expect, it } from 'vitest';
import {
  type CredentialChange,
  credentialChangeMessage,
  type Joining,
  joiningMessage,
  signCredentialChange,
  signJoining,
} from '../../src/protocol/credential-change.ts';
import { expectCode, sodium } from './suites.ts';

const old = sodium.ed25519KeyPair(new Uint8Array(32).fill(1));
const change: CredentialChange = {
  instance: 'demo',
  staff: 'ab'.repeat(16),
  salt: new Uint8Array(16).fill(2),
  cost: { passes: 3, memoryKiB: 262_144 },
  loginKey: new Uint8Array(32).fill(3),
  wrappedSecrets: new Uint8Array(105).fill(4),
  at: 1_800_000_000,
};

describe('change of a passphrase', () => {
  const signature = signCredentialChange(sodium, old, change);

  it('is signed by the old login key over everything that changes', () => {
    expect(sodium.verify(signature, credentialChangeMessage(change), old.publicKey)).toBe(true);
  });

  it.each<Partial<CredentialChange>>([
    { instance: 'other' },
    { staff: 'cd'.repeat(16) },
    { salt: new Uint8Array(16) },
    { cost: { passes: 1, memoryKiB: 262_144 } },
    { cost: { passes: 3, memoryKiB: 64 } },
    { loginKey: new Uint8Array(32) },
    { wrappedSecrets: new Uint8Array(105) },
    { at: 1_800_000_001 },
  ])('the signature serves for no other change: %o', (other) => {
    const message = credentialChangeMessage({ ...change, ...other });
    expect(sodium.verify(signature, message, old.publicKey)).toBe(false);
  });

  it('a salt or key of another size is refused', () => {
    expectCode(
      () => credentialChangeMessage({ ...change, salt: new Uint8Array(15) }),
      'field_invalid',
      'salt',
    );
    expectCode(
      () => credentialChangeMessage({ ...change, loginKey: new Uint8Array(31) }),
      'field_invalid',
      'loginKey',
    );
  });
});

describe('joining', () => {
  const signer = sodium.ed25519KeyPair(new Uint8Array(32).fill(5));
  const joining: Joining = {
    instance: 'demo',
    staff: 'ab'.repeat(16),
    signKey: signer.publicKey,
    kemKey: new Uint8Array(1216).fill(6),
    loginKey: new Uint8Array(32).fill(7),
  };

  it('proves that the sender holds the signing key, for exactly these keys and this person', () => {
    const signature = signJoining(sodium, signer, joining);
    expect(sodium.verify(signature, joiningMessage(joining), signer.publicKey)).toBe(true);
    for (const other of [
      { staff: 'cd'.repeat(16) },
      { instance: 'x' },
      { kemKey: new Uint8Array(1216) },
      { loginKey: new Uint8Array(32) },
    ]) {
      expect(sodium.verify(signature, joiningMessage({ ...joining, ...other }), signer.publicKey)).toBe(
        false,
      );
    }
  });
});
