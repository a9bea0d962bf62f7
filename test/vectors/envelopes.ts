import type { Hash, TipId, UnitId } from '../../src/domain/ids.ts';
import { openEnvelope, rewrapDataKey, sealEnvelope } from '../../src/protocol/envelope.ts';
import { taggedHash } from '../../src/protocol/hash.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { epochRecipient, mailboxRecipient } from '../../src/protocol/wraps.ts';
import { base64, hex, json } from './encode.ts';
import { seededSuite } from './random.ts';

const TIP = 'ab'.repeat(16) as TipId;
const UNIT = '14-03408-ca' as UnitId;
const DIRECTORY = 'cd'.repeat(32) as Hash;
const LOCATOR = 'ef'.repeat(16);
/** Content byte i is 7·i + ⌊i ÷ 256⌋, modulo 256. */
const content = (length: number) => new Uint8Array(length).map((_, i) => i * 7 + (i >> 8));

/** Envelopes of every class of size: floor, above it, exactly at chunk ends, several chunks. */
export function envelopes(suite: Suite) {
  const author = suite.ed25519KeyPair(new Uint8Array(32).fill(1));
  const epoch = suite.xwingKeyPair(new Uint8Array(32).fill(2));
  const mailbox = suite.xwingKeyPair(new Uint8Array(32).fill(3));
  const common = { instance: 'vectors', tip: TIP, unit: UNIT, epoch: 7, directory: DIRECTORY, author };
  const toEpoch = { id: epochRecipient(UNIT, 7), publicKey: epoch.publicKey };
  const reader = { id: toEpoch.id, secretKey: epoch.secretKey };

  const cases = [0, 100, 4028, 4029, 65_468, 65_469, 150_000].map((length) => {
    const randomSeed = `envelope-${length}`;
    const sealed = sealEnvelope(seededSuite(suite, randomSeed), {
      ...common,
      kind: 'tip',
      no: 1,
      prev: null,
      content: content(length),
      recipients: [toEpoch],
    });
    const opened = openEnvelope(suite, sealed, reader, { instance: 'vectors', tip: TIP, seal: sealed.seal });
    return {
      randomSeed,
      contentLength: length,
      openedHash: hex(taggedHash(suite, 'tk1/content', opened.content)),
      core: json(sealed.core),
      wraps: base64(sealed.wraps),
      // Long bodies stand here by their hash alone, which the seal names.
      body: length <= 4028 ? base64(sealed.body) : null,
      seal: json(sealed.seal),
      sealHash: sealed.sealHash,
    };
  });

  const random = seededSuite(suite, 'message');
  const message = sealEnvelope(random, {
    ...common,
    kind: 'message',
    no: 2,
    prev: (cases[0]?.sealHash ?? '') as Hash,
    content: content(100),
    recipients: [toEpoch, { id: mailboxRecipient(LOCATOR), publicKey: mailbox.publicKey }],
  });
  const rewrapped = rewrapDataKey(random, message, reader, [
    { id: 'epoch:14-ca:2', publicKey: mailbox.publicKey },
  ]);
  return {
    what: 'Envelopes. Seeds of author, epoch and mailbox keys are 32 bytes 01, 02, 03. Content byte i is 7·i + floor(i/256) mod 256.',
    input: {
      ...common,
      author: hex(author.publicKey),
      recipient: toEpoch.id,
      mailbox: mailboxRecipient(LOCATOR),
    },
    cases,
    message: {
      randomSeed: 'message',
      core: json(message.core),
      wraps: base64(message.wraps),
      body: base64(message.body),
      seal: json(message.seal),
      sealHash: message.sealHash,
      rewrappedTo: 'epoch:14-ca:2',
      rewrapped: base64(rewrapped),
    },
  };
}
