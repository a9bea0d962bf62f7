import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generatePassphrase,
  isGeneratedPassphrase,
  normalisePassphrase,
  PASSPHRASE_WORDS,
  SYLLABLES,
} from '../../src/protocol/passphrase.ts';
import {
  createCredential,
  deriveStaffKeys,
  generateStaffSecrets,
  STAFF_COST,
  staffKeysFromMaster,
  unwrapSecrets,
  wrapSecrets,
} from '../../src/protocol/staff-credential.ts';
import type { Argon2Cost } from '../../src/protocol/suite.ts';
import { expectCode, flipped, sodium } from './suites.ts';

const salt = new Uint8Array(16).fill(5);
const small: Argon2Cost = { passes: 1, memoryKiB: 64 };
const context = { instance: 'demo', staff: 'ab'.repeat(16) };

describe('passphrase', () => {
  it('holds at least 80 bits: seven words of two out of 64 syllables', () => {
    expect(new Set(SYLLABLES).size).toBe(64);
    expect(PASSPHRASE_WORDS * 2 * Math.log2(SYLLABLES.length)).toBeGreaterThanOrEqual(80);
  });

  it('two syllables joined can be parted in one way only', () => {
    const words = new Set(SYLLABLES.flatMap((a) => SYLLABLES.map((b) => a + b)));
    expect(words.size).toBe(64 * 64);
  });

  it('every generated one is recognised, also typed carelessly', () => {
    for (let i = 0; i < 50; i++) {
      const passphrase = generatePassphrase(sodium);
      expect(passphrase.split(' ')).toHaveLength(7);
      expect(isGeneratedPassphrase(`  ${passphrase.toUpperCase().replaceAll(' ', '   ')} `)).toBe(true);
    }
  });

  it.each(['', '   ', 'mật khẩu', 'bahoa bahoa bahoa bahoa bahoa bahoa', 'x'.repeat(300)])(
    'a chosen one is not: %j',
    (text) => {
      expect(isGeneratedPassphrase(text)).toBe(false);
    },
  );

  it('has one spelling: NFC, lower case, single blanks', () => {
    expect(normalisePassphrase(' Tie\u0302\u0301ng  VIỆT ')).toBe('tiếng việt');
  });

  it('an empty or overlong one is refused before it is stretched', () => {
    expectCode(() => normalisePassphrase('  '), 'passphrase_malformed');
    expectCode(() => normalisePassphrase('a'.repeat(257)), 'passphrase_malformed');
  });
});

describe('staff keys', () => {
  it.each([
    { passes: 2, memoryKiB: 262_144 },
    { passes: 3, memoryKiB: 262_143 },
    { passes: 3, memoryKiB: 8_388_608 },
    { passes: 100, memoryKiB: 262_144 },
    { passes: 3.5, memoryKiB: 262_144 },
    { passes: Number.NaN, memoryKiB: 262_144 },
  ])('a server that names the cost $passes × $memoryKiB KiB is refused', (cost) => {
    expectCode(() => deriveStaffKeys(sodium, 'a b', salt, cost), 'weak_parameters', 'cost');
  });

  it('the pinned minimum is 256 MiB and three passes, and that cost is taken', () => {
    expect(STAFF_COST).toEqual({ passes: 3, memoryKiB: 262_144 });
    const costs: Argon2Cost[] = [];
    const suite = {
      ...sodium,
      argon2id: (password: Uint8Array, saltBytes: Uint8Array, cost: Argon2Cost, length: number) => {
        costs.push(cost);
        return sodium.argon2id(password, saltBytes, small, length);
      },
    };
    deriveStaffKeys(suite, 'a b', salt, STAFF_COST);
    expect(costs).toEqual([STAFF_COST]);
  });

  it('a salt of another length than 16 bytes is refused', () => {
    expectCode(
      () => deriveStaffKeys(sodium, 'a b', salt.subarray(1), small, small),
      'weak_parameters',
      'salt',
    );
  });

  it('depend on passphrase and salt, not on how the passphrase was typed', () => {
    const login = (passphrase: string, of: Uint8Array = salt) =>
      deriveStaffKeys(sodium, passphrase, of, small, small).login.publicKey;
    expect(login(' A  b ')).toEqual(login('a b'));
    expect(login('a c')).not.toEqual(login('a b'));
    expect(login('a b', flipped(salt, 0))).not.toEqual(login('a b'));
  });
});

describe('long-term secrets', () => {
  const secrets = generateStaffSecrets(sodium);
  const { wrapKey } = staffKeysFromMaster(sodium, new Uint8Array(32).fill(9));
  const wrapped = wrapSecrets(sodium, wrapKey, secrets, context);

  it('come back as they were', () => {
    expect(wrapped.length).toBe(105);
    expect(unwrapSecrets(sodium, wrapKey, wrapped, context)).toEqual(secrets);
  });

  it('any flipped bit, another key, another person or instance is refused', () => {
    fc.assert(
      fc.property(fc.nat(104), fc.nat(7), (at, bit) => {
        expectCode(
          () => unwrapSecrets(sodium, wrapKey, flipped(wrapped, at, bit), context),
          'secrets_corrupt',
        );
      }),
    );
    expectCode(() => unwrapSecrets(sodium, flipped(wrapKey, 1), wrapped, context), 'secrets_corrupt');
    expectCode(
      () => unwrapSecrets(sodium, wrapKey, wrapped, { ...context, staff: 'cd'.repeat(16) }),
      'secrets_corrupt',
    );
    expectCode(
      () => unwrapSecrets(sodium, wrapKey, wrapped, { ...context, instance: 'x' }),
      'secrets_corrupt',
    );
    expectCode(() => unwrapSecrets(sodium, wrapKey, wrapped.subarray(0, 50), context), 'secrets_corrupt');
  });

  it('a new credential opens them again by its passphrase alone', () => {
    const passphrase = generatePassphrase(sodium);
    const made = createCredential(sodium, passphrase, secrets, context, small, small);
    const keys = deriveStaffKeys(sodium, passphrase, made.salt, made.cost, small);
    expect(keys.login.publicKey).toEqual(made.loginKey);
    expect(unwrapSecrets(sodium, keys.wrapKey, made.wrappedSecrets, context)).toEqual(secrets);
  });

  it('a credential takes generated passphrases only', () => {
    expectCode(
      () => createCredential(sodium, 'matkhau123', secrets, context, small, small),
      'passphrase_malformed',
    );
  });
});
