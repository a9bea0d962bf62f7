import type { StaffId } from '../../src/domain/ids.ts';
import { loginMessage, signLogin } from '../../src/protocol/login.ts';
import { generatePassphrase } from '../../src/protocol/passphrase.ts';
import {
  generateReceiptCode,
  type MailboxKeys,
  mailboxFromMaster,
  RECEIPT_COST,
  stretchReceiptCode,
} from '../../src/protocol/receipt-code.ts';
import { openReceiptFile, sealReceiptFile } from '../../src/protocol/receipt-file.ts';
import {
  generateStaffSecrets,
  staffKeysFromMaster,
  stretchPassphrase,
  wrapSecrets,
} from '../../src/protocol/staff-credential.ts';
import type { Argon2Cost, Suite } from '../../src/protocol/suite.ts';
import { base64, hex } from './encode.ts';
import { seededSuite } from './random.ts';

const SMALL: Argon2Cost = { passes: 3, memoryKiB: 256 };

const publicHalves = (keys: MailboxKeys) => ({
  author: hex(keys.author.publicKey),
  login: hex(keys.login.publicKey),
  mailbox: base64(keys.mailbox.publicKey),
  locator: keys.locator,
  fileKey: hex(keys.fileKey),
});

/** Receipt codes, once at the real cost, and everything that a code opens. */
export function receiptCodes(suite: Suite) {
  const code = generateReceiptCode(seededSuite(suite, 'code'));
  const derive = (instance: string, cost: Argon2Cost) => {
    const master = stretchReceiptCode(suite, code, instance, cost);
    return {
      code,
      instance,
      cost,
      master: hex(master),
      keys: publicHalves(mailboxFromMaster(suite, master)),
    };
  };
  const keys = mailboxFromMaster(suite, new Uint8Array(32).fill(1));
  const receipt = { instance: 'vectors', tip: 'ab'.repeat(16), unit: '14-ca', record: '{}', answer: '{}' };
  const file = sealReceiptFile(seededSuite(suite, 'file'), keys.fileKey, receipt);
  const login = {
    door: 'mailbox',
    origin: 'https://tin.example.vn',
    instance: 'vectors',
    subject: keys.locator,
    nonce: new Uint8Array(32).fill(2),
    expires: 1_800_000_000,
  } as const;
  return {
    what: 'Receipt code to mailbox keys. The first case has the only cost that is ever used; the others are cheap.',
    cases: [derive('vectors', RECEIPT_COST), derive('vectors', SMALL), derive('elsewhere', SMALL)],
    login: {
      request: { ...login, nonce: hex(login.nonce) },
      message: hex(loginMessage(login)),
      signature: hex(signLogin(suite, keys.login, login)),
      publicKey: hex(keys.login.publicKey),
    },
    receiptFile: {
      randomSeed: 'file',
      fileKey: hex(keys.fileKey),
      receipt: openReceiptFile(suite, keys.fileKey, 'vectors', file),
      file: base64(file),
    },
  };
}

/** A staff passphrase, at a cost that no client takes, and wrapped long-term secrets. */
export function staffCredential(suite: Suite) {
  const random = seededSuite(suite, 'staff');
  const passphrase = generatePassphrase(random);
  const salt = random.randomBytes(16);
  const master = stretchPassphrase(suite, passphrase, salt, SMALL);
  const keys = staffKeysFromMaster(suite, master);
  const secrets = generateStaffSecrets(random);
  const context = { instance: 'vectors', staff: 'cd'.repeat(16) as StaffId };
  return {
    what: 'Staff passphrase to login key and wrap key, and the wrapping of long-term secrets.',
    randomSeed: 'staff',
    passphrase,
    salt: hex(salt),
    cost: SMALL,
    master: hex(master),
    loginKey: hex(keys.login.publicKey),
    wrapKey: hex(keys.wrapKey),
    signSeed: hex(secrets.sign.secretKey.subarray(0, 32)),
    kemSeed: hex(secrets.kem.secretKey),
    context,
    wrappedSecrets: base64(wrapSecrets(random, keys.wrapKey, secrets, context)),
  };
}
