import type { UnitId } from '../domain/ids.ts';
import { isUnitId } from '../domain/ids.ts';
import type { Assurance, ConductGroup, IntakeChannel } from '../domain/terms.ts';
import { ASSURANCES, CONDUCT_GROUPS, INTAKE_CHANNELS } from '../domain/terms.ts';
import { toBase64Url } from './base64.ts';
import { utf8 } from './bytes.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import { type Hashes, SIZES } from './suite.ts';

/** Largest facts section, in bytes. */
export const MAX_FACTS_BYTES = 4 * 1024;

/** Public half of a mailbox, as the server stores it. */
export interface MailboxKeysPublic {
  /** 16 bytes as 32 hex digits. */
  readonly locator: string;
  /** Ed25519, 32 bytes. */
  readonly loginKey: Uint8Array;
  /** X-Wing, 1216 bytes. */
  readonly mailboxKey: Uint8Array;
}

/** All that the server may know of a tip before an officer classifies it. */
export interface Facts {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly urgent: boolean;
  readonly conductGroup: ConductGroup;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  readonly mailbox: MailboxKeysPublic;
}

/** Exact UTF-8 JSON bytes of the facts. */
export const encodeFacts = (facts: Facts): Uint8Array =>
  utf8(
    JSON.stringify({
      unit: facts.unit,
      epoch: facts.epoch,
      urgent: facts.urgent,
      conductGroup: facts.conductGroup,
      channel: facts.channel,
      assurance: facts.assurance,
      mailbox: {
        locator: facts.mailbox.locator,
        loginKey: toBase64Url(facts.mailbox.loginKey),
        mailboxKey: toBase64Url(facts.mailbox.mailboxKey),
      },
    }),
  );

/** Parses facts (attacker-controlled). Throws `facts_malformed`. */
export function parseFacts(bytes: Uint8Array): Facts {
  const reader = new Reader(parseObject(bytes, MAX_FACTS_BYTES, 'facts_malformed'), 'facts_malformed');
  const facts: Facts = {
    unit: reader.guarded('unit', 40, isUnitId),
    epoch: reader.integer('epoch', 1, 1_000_000),
    urgent: reader.boolean('urgent'),
    conductGroup: reader.oneOf('conductGroup', CONDUCT_GROUPS),
    channel: reader.oneOf('channel', INTAKE_CHANNELS),
    assurance: reader.oneOf('assurance', ASSURANCES),
    mailbox: readMailbox(reader.object('mailbox')),
  };
  reader.done();
  return facts;
}

function readMailbox(reader: Reader): MailboxKeysPublic {
  const mailbox = {
    locator: reader.string('locator', 32, /^[0-9a-f]{32}$/),
    loginKey: reader.bytes('loginKey', SIZES.signPublicKey),
    mailboxKey: reader.bytes('mailboxKey', SIZES.kemPublicKey),
  };
  reader.done();
  return mailbox;
}

/** H('tk1/facts', exact facts bytes), 32 bytes: what the author signs of them. */
export const hashFacts = (hashes: Pick<Hashes, 'blake2b512'>, facts: Uint8Array): Uint8Array =>
  taggedHash(hashes, 'tk1/facts', facts);
