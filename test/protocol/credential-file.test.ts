import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/protocol/bytes.ts';
import {
  encodeCredentialFile,
  openCredentialFile,
  parseCredentialFile,
} from '../../src/protocol/credential-file.ts';
import { generatePassphrase } from '../../src/protocol/passphrase.ts';
import { createCredential, generateStaffSecrets } from '../../src/protocol/staff-credential.ts';
import { expectCode, sodium as suite } from './suites.ts';

const COST = { passes: 1, memoryKiB: 8 * 1024 };
const WHO = { instance: 'demo', staff: 'ab'.repeat(16) };
const secrets = generateStaffSecrets(suite);
const passphrase = generatePassphrase(suite);
const made = createCredential(suite, passphrase, secrets, WHO, COST, COST);
const file = {
  ...WHO,
  account: 'doc-lap',
  salt: made.salt,
  cost: COST,
  wrappedSecrets: made.wrappedSecrets,
};

describe('a credential file', () => {
  it('opens to the secrets with its passphrase', () => {
    const parsed = parseCredentialFile(encodeCredentialFile(file));
    expect(parsed).toEqual(file);
    expect(openCredentialFile(suite, parsed, passphrase, COST)).toEqual(secrets);
  });

  it('opens with no other passphrase, and for no other person', () => {
    expectCode(() => openCredentialFile(suite, file, generatePassphrase(suite), COST), 'secrets_corrupt');
    const other = { ...file, staff: 'cd'.repeat(16) };
    expectCode(() => openCredentialFile(suite, other, passphrase, COST), 'secrets_corrupt');
  });

  it('that names a cost below the pinned minimum is refused', () => {
    expectCode(() => openCredentialFile(suite, file, passphrase), 'weak_parameters', 'cost');
  });

  it('that is none, or has a field too many, is refused', () => {
    for (const text of ['', '{}', '[]', JSON.stringify({ ...JSON.parse(JSON.stringify(WHO)), type: 'x' })])
      expectCode(() => parseCredentialFile(utf8(text)), 'secrets_corrupt');
    const more = JSON.parse(new TextDecoder().decode(encodeCredentialFile(file))) as object;
    expectCode(() => parseCredentialFile(utf8(JSON.stringify({ ...more, more: 1 }))), 'secrets_corrupt');
  });
});
