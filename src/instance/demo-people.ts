import { nodeCrypto } from '../adapters/crypto/node.ts';
import type { StaffId } from '../domain/ids.ts';
import { ONE_TIME_SECRET_BYTES, sealOneTimeSecret } from '../http/kit/one-time-secret.ts';
import type { Credential } from '../ports/store/accounts-store.ts';
import { toHex } from '../protocol/bytes.ts';
import { generatePassphrase } from '../protocol/passphrase.ts';
import {
  generateStaffSecrets,
  type StaffSecrets,
  staffKeysFromMaster,
  wrapSecrets,
} from '../protocol/staff-credential.ts';
import type { Argon2Cost, Suite } from '../protocol/suite.ts';
import type { RosterEntry } from './demo-roster.ts';
import type { Person } from './found-members.ts';
import type { StretchPool } from './stretch-pool.ts';

/** A person of the demonstration with everything that opens their account. */
export interface DemoPerson {
  readonly person: Person;
  readonly secrets: StaffSecrets;
  readonly credential: Credential;
  readonly passphrase: string;
  /** One-time-code secret, 20 bytes. */
  readonly totp: Uint8Array;
}

/** Makes every person of a roster; the passphrases are stretched in the pool's threads. */
export function makePeople(
  suite: Suite,
  roster: readonly RosterEntry[],
  options: {
    readonly instance: string;
    readonly atRest: Uint8Array;
    readonly cost: Argon2Cost;
    readonly pool: StretchPool;
  },
): Promise<readonly DemoPerson[]> {
  const { instance, atRest, cost, pool } = options;
  return Promise.all(
    roster.map(async (entry) => {
      const id = toHex(suite.randomBytes(16)) as StaffId;
      const person = { id, ...entry };
      const secrets = generateStaffSecrets(suite);
      const passphrase = generatePassphrase(suite);
      const totp = suite.randomBytes(ONE_TIME_SECRET_BYTES);
      const salt = suite.randomBytes(16);
      const master = await pool.stretch(passphrase, salt, cost);
      const { login, wrapKey } = staffKeysFromMaster(suite, master);
      const credential: Credential = {
        salt,
        ...cost,
        loginKey: login.publicKey,
        wrappedSecrets: wrapSecrets(suite, wrapKey, secrets, { instance, staff: id }),
        totpSealed: sealOneTimeSecret(nodeCrypto(), atRest, id, { secret: totp, fetchBy: null }),
      };
      return { person, secrets, credential, passphrase, totp };
    }),
  );
}
