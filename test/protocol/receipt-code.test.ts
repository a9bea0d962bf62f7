import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deriveMailbox,
  formatReceiptCode,
  generateReceiptCode,
  mailboxFromMaster,
  parseReceiptCode,
  RECEIPT_COST,
  stretchReceiptCode,
  wipeMailbox,
} from '../../src/protocol/receipt-code.ts';
import type { Argon2Cost } from '../../src/protocol/suite.ts';
import { expectCode, sodium } from './suites.ts';

const code = fc.uint8Array({ minLength: 200, maxLength: 200 }).map((bytes) => {
  let from = 0;
  // The generator asks for 64 bytes at a time; a run of large bytes makes it ask again.
  const randomBytes = (length: number) => {
    const part = bytes.slice(from, from + length);
    from += length;
    return part.length === length ? part : sodium.randomBytes(length);
  };
  return generateReceiptCode({ randomBytes });
});

describe('receipt code', () => {
  it('has 28 digits that check', () => {
    fc.assert(
      fc.property(code, (value) => {
        expect(value).toMatch(/^[0-9]{28}$/);
        expect(parseReceiptCode(value)).toBe(value);
        // MOD 97-10 has the property that the whole number leaves the remainder 1.
        expect(BigInt(value) % 97n).toBe(1n);
      }),
    );
  });

  it('is read back from seven groups, however they are separated', () => {
    fc.assert(
      fc.property(code, fc.constantFrom(' ', '-', '.', '\n', '\u00a0', ' – '), (value, separator) => {
        const shown = formatReceiptCode(value);
        expect(shown.split(' ')).toHaveLength(7);
        expect(parseReceiptCode(` ${shown.replaceAll(' ', separator)} `)).toBe(value);
      }),
    );
  });

  it('any single wrong digit is caught', () => {
    fc.assert(
      fc.property(code, fc.nat(27), fc.integer({ min: 1, max: 9 }), (value, at, by) => {
        const digit = String((Number(value[at]) + by) % 10);
        expectCode(() => parseReceiptCode(value.slice(0, at) + digit + value.slice(at + 1)), 'code_check');
      }),
    );
  });

  it('any two neighbouring digits swapped are caught', () => {
    fc.assert(
      fc.property(code, fc.nat(26), (value, at) => {
        fc.pre(value[at] !== value[at + 1]);
        const swapped = value.slice(0, at) + value[at + 1] + value[at] + value.slice(at + 2);
        expectCode(() => parseReceiptCode(swapped), 'code_check');
      }),
    );
  });

  it.each(['', '1234', `${'1'.repeat(29)}`, `${'1'.repeat(27)}x`, '1'.repeat(500)])(
    'what is not 28 digits is refused as malformed: %j',
    (text) => {
      expectCode(() => parseReceiptCode(text), 'code_malformed');
    },
  );

  it('leaves out bytes that would make some digits likelier', () => {
    const bytes = new Uint8Array(64).map((_, i) => (i < 30 ? 250 + (i % 6) : 7));
    const randomBytes = () => bytes;
    expect(generateReceiptCode({ randomBytes }).slice(0, 26)).toBe('7'.repeat(26));
  });

  it('uses every digit about equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 400; i++) {
      for (const digit of generateReceiptCode(sodium).slice(0, 26)) counts[Number(digit)]!++;
    }
    for (const count of counts) expect(count).toBeGreaterThan(840);
  });
});

describe('keys of a code', () => {
  const small: Argon2Cost = { passes: 3, memoryKiB: 64 };
  const value = generateReceiptCode(sodium);

  it('are stretched with exactly 64 MiB and three passes', () => {
    const costs: Argon2Cost[] = [];
    const suite = {
      ...sodium,
      argon2id: (password: Uint8Array, salt: Uint8Array, cost: Argon2Cost, length: number) => {
        costs.push(cost);
        return sodium.argon2id(password, salt, small, length);
      },
    };
    deriveMailbox(suite, value, 'demo');
    expect(costs).toEqual([{ passes: 3, memoryKiB: 65_536 }]);
    expect(RECEIPT_COST).toEqual({ passes: 3, memoryKiB: 65_536 });
  });

  it('are others on another instance and for another code', () => {
    const locators = [
      stretchReceiptCode(sodium, value, 'demo', small),
      stretchReceiptCode(sodium, value, 'other', small),
      stretchReceiptCode(sodium, generateReceiptCode(sodium), 'demo', small),
    ].map((master) => mailboxFromMaster(sodium, master).locator);
    expect(new Set(locators).size).toBe(3);
  });

  it('are the same every time, and each has a purpose of its own', () => {
    const master = new Uint8Array(32).fill(3);
    const keys = mailboxFromMaster(sodium, master);
    expect(mailboxFromMaster(sodium, master)).toEqual(keys);
    expect(keys.author.publicKey).not.toEqual(keys.login.publicKey);
    expect(keys.locator).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are gone after wiping', () => {
    const keys = mailboxFromMaster(sodium, new Uint8Array(32).fill(4));
    wipeMailbox(keys);
    for (const secret of [
      keys.author.secretKey,
      keys.login.secretKey,
      keys.mailbox.secretKey,
      keys.fileKey,
    ]) {
      expect(secret.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('a code that does not check opens nothing, before any stretching', () => {
    const wrong = (value[0] === '1' ? '2' : '1') + value.slice(1);
    expectCode(() => deriveMailbox(sodium, wrong, 'demo'), 'code_check');
  });
});
