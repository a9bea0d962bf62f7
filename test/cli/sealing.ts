import type { Hash } from '../../src/domain/ids.ts';
import { concat, utf8 } from '../../src/protocol/bytes.ts';
import { encodeCredentialFile } from '../../src/protocol/credential-file.ts';
import { generatePassphrase } from '../../src/protocol/passphrase.ts';
import { sealBundle } from '../../src/protocol/sealed-bundle.ts';
import { createCredential, generateStaffSecrets, STAFF_COST } from '../../src/protocol/staff-credential.ts';
import type { Suite } from '../../src/protocol/suite.ts';

/** An auditor with a key file of their own, to whom bundles are sealed. */
export class BundleSealer {
  readonly passphrase: string;
  readonly otherPassphrase: string;
  readonly #suite: Suite;
  readonly #instance: string;
  readonly #secrets;

  constructor(suite: Suite, instance: string) {
    this.#suite = suite;
    this.#instance = instance;
    this.#secrets = generateStaffSecrets(suite);
    this.passphrase = generatePassphrase(suite);
    this.otherPassphrase = generatePassphrase(suite);
  }

  seal(text: string): Uint8Array {
    const header = {
      ...{ instance: this.#instance, origin: 'tin.example/ledger', size: 1, kind: 'whole' as const },
      ...{ root: '0'.repeat(64) as Hash, auditor: 'doclap' },
    };
    const sealing = sealBundle(this.#suite, header, this.#secrets.kem.publicKey);
    return concat(sealing.push(utf8(text)), sealing.end());
  }

  credentialFile(): Uint8Array {
    const who = { instance: this.#instance, staff: 'ab'.repeat(16) };
    const made = createCredential(this.#suite, this.passphrase, this.#secrets, who, STAFF_COST);
    return encodeCredentialFile({ ...who, account: 'doclap', ...made });
  }
}
