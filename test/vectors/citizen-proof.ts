import type { Day, Hash, Hour, Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import { eventEntry } from '../../src/ledger/entry.ts';
import { saltedHash } from '../../src/ledger/leaf.ts';
import { fromHex } from '../../src/protocol/bytes.ts';
import { readMailboxHead, signMailboxHead } from '../../src/protocol/mailbox-head.ts';
import { makeAnswers } from '../../src/protocol/promise.ts';
import { mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { sealReceiptFile } from '../../src/protocol/receipt-file.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { base64, hex, json, text } from './encode.ts';
import { seededSuite } from './random.ts';

/** What lets the holder of a code hold the service to its log: promise, entry of a step, mailbox head, receipt file. */
export function citizenProof(suite: Suite) {
  const ledger = suite.ed25519KeyPair(new Uint8Array(32).fill(5));
  const signer = {
    publicKey: ledger.publicKey,
    sign: (bytes: Uint8Array) => suite.sign(bytes, ledger.secretKey),
  };
  const sha256 = (data: Uint8Array) => suite.sha256(data);
  const origin = 'vectors.example/ledger';
  const leaf = '11'.repeat(32) as Hash;
  const root = '22'.repeat(32) as Hash;
  const tip = 'ab'.repeat(16) as TipId;
  const terms = {
    ...{ origin, leaf, seal: '33'.repeat(32) as Hash, unit: '14-ca' as UnitId, t0: 497_000 as Hour },
    ...{ assurance: 'e2ee' as const, checkpoint: { size: 1024, root }, includeBy: 1_789_210_800 },
  };
  const [answer = new Uint8Array(0)] = makeAnswers(suite, signer, [{ terms, leafSalt: new Uint8Array(32) }]);
  const head = signMailboxHead(suite, signer, {
    ...{ origin, tip, no: 2, leaf, size: 1280, root },
    ...{ day: '2026-09-12' as Day, includeBy: 1_789_218_000 as Seconds },
  });
  const part = text('{"v":1,"step":"registered"}');
  const salt = new Uint8Array(32).fill(7);
  const citizenHash = saltedHash(sha256, salt, part);
  const { fileKey } = mailboxFromMaster(suite, new Uint8Array(32).fill(1));
  const receipt = { instance: 'vectors', tip, unit: '14-ca', record: '{}', answer: json(answer), head };
  return {
    what: 'A promise that names a checkpoint, the log entry of a step, a mailbox head and a receipt file with it.',
    ledgerKey: hex(ledger.publicKey),
    answer: json(answer),
    entry: {
      ...{ part: json(part), salt: hex(salt), leaf, prev: root, no: 2 },
      bytes: hex(eventEntry(sha256, fromHex(leaf), { citizenHash, prev: fromHex(root), no: 2 })),
    },
    head: readMailboxHead(suite, head, ledger.publicKey),
    receiptFile: {
      randomSeed: 'file',
      fileKey: hex(fileKey),
      receipt,
      file: base64(sealReceiptFile(seededSuite(suite, 'file'), fileKey, receipt)),
    },
  };
}
