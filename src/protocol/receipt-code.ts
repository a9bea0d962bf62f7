import { toHex, utf8, wipe } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { taggedHash } from './hash.ts';
import type { Argon2Cost, KemKeyPair, SignKeyPair, Suite } from './suite.ts';

/** What it costs to try one code: 64 MiB, 3 passes. Fixed: another cost gives another mailbox. */
export const RECEIPT_COST: Argon2Cost = { passes: 3, memoryKiB: 64 * 1024 };

const RANDOM_DIGITS = 26;
const CODE_DIGITS = 28;

/** Everything that the citizen's code opens. None of it leaves the browser but the public keys and the locator. */
export interface MailboxKeys {
  /** Signs the submission and every later message. */
  readonly author: SignKeyPair;
  /** Signs logins to the mailbox. */
  readonly login: SignKeyPair;
  /** Answers are sealed to it. */
  readonly mailbox: KemKeyPair;
  /** Where the mailbox is on the server: 16 bytes as 32 hex digits. */
  readonly locator: string;
  /** Key of the optional receipt file, 32 bytes. */
  readonly fileKey: Uint8Array;
}

/** ISO/IEC 7064 MOD 97-10: the two check digits for a string of digits. */
function checkDigits(digits: string): string {
  let remainder = 0;
  for (const digit of `${digits}00`) remainder = (remainder * 10 + Number(digit)) % 97;
  return String(98 - remainder).padStart(2, '0');
}

/** A fresh code of 28 digits: 26 random ones (86 bits) and 2 check digits. */
export function generateReceiptCode(suite: Pick<Suite, 'randomBytes'>): string {
  let digits = '';
  while (digits.length < RANDOM_DIGITS) {
    for (const byte of suite.randomBytes(64)) {
      // 250 is the largest multiple of 10 in a byte: larger values would make some digits likelier.
      if (byte < 250 && digits.length < RANDOM_DIGITS) digits += String(byte % 10);
    }
  }
  return digits + checkDigits(digits);
}

/** Seven groups of four digits, as a person reads them out. */
export const formatReceiptCode = (code: string): string => code.match(/.{1,4}/g)?.join(' ') ?? '';

/**
 * The 28 digits of what a person typed or pasted: blanks, hyphens and dots are left out. Throws `code_malformed` when something
 * else than 28 digits remains, `code_check` when the check digits do not fit (a mistyped or swapped digit).
 */
export function parseReceiptCode(text: string): string {
  if (text.length > 200) throw new ProtocolError('code_malformed');
  const code = text.normalize('NFKC').replace(/[\s.\-–—]/g, '');
  if (!/^[0-9]{28}$/.test(code)) throw new ProtocolError('code_malformed');
  if (checkDigits(code.slice(0, RANDOM_DIGITS)) !== code.slice(RANDOM_DIGITS))
    throw new ProtocolError('code_check');
  return code;
}

/**
 * Stretches a code to its 32-byte master. The salt is the instance's, so that a table of codes serves against one instance only.
 * `cost` exists for vectors; everything else uses `deriveMailbox`.
 */
export function stretchReceiptCode(
  suite: Suite,
  code: string,
  instance: string,
  cost: Argon2Cost,
): Uint8Array {
  if (code.length !== CODE_DIGITS) throw new ProtocolError('code_malformed');
  const salt = taggedHash(suite, 'tk1/receipt-salt', instance).subarray(0, 16);
  const digits = utf8(code);
  const master = suite.argon2id(digits, salt, cost, 32);
  wipe(digits);
  return master;
}

/** The mailbox that a 32-byte master opens. Also for load generators, which need no code. */
export function mailboxFromMaster(suite: Suite, master: Uint8Array): MailboxKeys {
  const authorSeed = suite.kdf(master, 'tk1autho', 1, 32);
  const loginSeed = suite.kdf(master, 'tk1login', 1, 32);
  const mailboxSeed = suite.kdf(master, 'tk1mailb', 1, 32);
  const keys: MailboxKeys = {
    author: suite.ed25519KeyPair(authorSeed),
    login: suite.ed25519KeyPair(loginSeed),
    mailbox: suite.xwingKeyPair(mailboxSeed),
    locator: toHex(suite.kdf(master, 'tk1locat', 1, 16)),
    fileKey: suite.kdf(master, 'tk1rfile', 1, 32),
  };
  wipe(authorSeed, loginSeed, mailboxSeed);
  return keys;
}

/**
 * The keys of a code (as `parseReceiptCode` gives it) on one instance. Takes 0,2 s of a fast core, a minute without WebAssembly: run
 * it in a Worker that is thrown away. Throws `code_malformed`, `code_check`.
 */
export function deriveMailbox(suite: Suite, code: string, instance: string): MailboxKeys {
  const master = stretchReceiptCode(suite, parseReceiptCode(code), instance, RECEIPT_COST);
  const keys = mailboxFromMaster(suite, master);
  wipe(master);
  return keys;
}

/** Overwrites the secret halves; the locator and public keys stay. */
export function wipeMailbox(keys: MailboxKeys): void {
  wipe(keys.author.secretKey, keys.login.secretKey, keys.mailbox.secretKey, keys.fileKey);
}
