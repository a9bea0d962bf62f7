import { concat, lengthPrefixed, readU32, utf8, wipe, writeU32 } from './bytes.ts';
import { ensure } from './errors.ts';
import { RECEIPT_FILE_BYTES } from './file-names.ts';
import { parseObject, Reader } from './json.ts';
import { SIZES, type Suite } from './suite.ts';

const PLAIN_BYTES = RECEIPT_FILE_BYTES - SIZES.aeadNonce - SIZES.aeadTag;

/** What a citizen may keep beside the code: proof of what was sent and promised, without the text. */
export interface Receipt {
  readonly instance: string;
  readonly tip: string;
  readonly unit: string;
  /** Exact SUBMITTED record (DSSE JSON). */
  readonly record: string;
  /** Exact answer of the server (JSON with promise and leaf salt). */
  readonly answer: string;
  /** Newest signed head that was verified at a visit (`MailboxHead`, DSSE text); not there before the first. */
  readonly head?: string;
}

const binding = (instance: string): Uint8Array => lengthPrefixed('tk1/receipt-file', instance);

/**
 * A receipt closed under `MailboxKeys.fileKey`: nonce (24 bytes) ‖ XChaCha20-Poly1305 of length, JSON and zeros; 8192 bytes in all.
 * Throws `receipt_malformed` when it does not fit.
 */
export function sealReceiptFile(suite: Suite, fileKey: Uint8Array, receipt: Receipt): Uint8Array {
  const json = utf8(JSON.stringify(receipt));
  ensure(json.length + 4 <= PLAIN_BYTES, 'receipt_malformed');
  const plaintext = new Uint8Array(PLAIN_BYTES);
  writeU32(plaintext, 0, json.length);
  plaintext.set(json, 4);
  const nonce = suite.randomBytes(SIZES.aeadNonce);
  const file = concat(nonce, suite.aeadSeal(fileKey, nonce, plaintext, binding(receipt.instance)));
  wipe(plaintext);
  return file;
}

/** Opens a receipt file with the key of its code. Throws `receipt_malformed` (another code, altered, not a receipt). */
export function openReceiptFile(
  suite: Suite,
  fileKey: Uint8Array,
  instance: string,
  file: Uint8Array,
): Receipt {
  ensure(file.length === RECEIPT_FILE_BYTES, 'receipt_malformed');
  const nonce = file.subarray(0, SIZES.aeadNonce);
  const plaintext = suite.aeadOpen(fileKey, nonce, file.subarray(SIZES.aeadNonce), binding(instance));
  ensure(plaintext !== null, 'receipt_malformed');
  const length = readU32(plaintext, 0);
  ensure(length <= PLAIN_BYTES - 4, 'receipt_malformed');
  return parseReceipt(plaintext.subarray(4, 4 + length));
}

function parseReceipt(json: Uint8Array): Receipt {
  const reader = new Reader(parseObject(json, PLAIN_BYTES, 'receipt_malformed'), 'receipt_malformed');
  const receipt: Receipt = {
    instance: reader.string('instance', 64),
    tip: reader.string('tip', 32),
    unit: reader.string('unit', 40),
    record: reader.string('record', PLAIN_BYTES),
    answer: reader.string('answer', PLAIN_BYTES),
    ...(reader.has('head') ? { head: reader.string('head', PLAIN_BYTES) } : {}),
  };
  reader.done();
  return receipt;
}
