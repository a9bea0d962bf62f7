import type { Hash } from '../domain/ids.ts';
import { toBase64Url } from './base64.ts';
import { equalBytes, toHex, utf8, wipe } from './bytes.ts';
import { hashCore } from './core.ts';
import { openDataKey } from './envelope.ts';
import { ensure } from './errors.ts';
import type { MailboxKeysPublic } from './facts.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import type { MailboxKeys } from './receipt-code.ts';
import type { EnvelopeParts } from './seal.ts';
import { type Hashes, SIZES, type Suite } from './suite.ts';
import { encodeWraps, mailboxRecipient, parseWraps, sealWraps, type Wrap } from './wraps.ts';

/** Largest mailbox facts, in bytes. */
export const MAX_MAILBOX_FACTS_BYTES = 4 * 1024;

/** Public keys of a new code, as the old author key vouches for them. */
export interface MailboxFacts extends MailboxKeysPublic {
  /** Ed25519, 32 bytes: signs the citizen's steps from the change on. */
  readonly authorKey: Uint8Array;
}

/** Exact UTF-8 JSON bytes of the public half of a code's keys. */
export const encodeMailboxFacts = (
  keys: Pick<MailboxKeys, 'locator' | 'login' | 'mailbox' | 'author'>,
): Uint8Array =>
  utf8(
    JSON.stringify({
      locator: keys.locator,
      loginKey: toBase64Url(keys.login.publicKey),
      mailboxKey: toBase64Url(keys.mailbox.publicKey),
      authorKey: toBase64Url(keys.author.publicKey),
    }),
  );

/** Parses mailbox facts (attacker-controlled). Throws `facts_malformed`. */
export function parseMailboxFacts(bytes: Uint8Array): MailboxFacts {
  const reader = new Reader(
    parseObject(bytes, MAX_MAILBOX_FACTS_BYTES, 'facts_malformed'),
    'facts_malformed',
  );
  const facts: MailboxFacts = {
    locator: reader.string('locator', 32, /^[0-9a-f]{32}$/),
    loginKey: reader.bytes('loginKey', SIZES.signPublicKey),
    mailboxKey: reader.bytes('mailboxKey', SIZES.kemPublicKey),
    authorKey: reader.bytes('authorKey', SIZES.signPublicKey),
  };
  reader.done();
  return facts;
}

/** H('tk1/mailbox', exact facts), hex: what `mailbox_changed` names. */
export const hashMailboxFacts = (hashes: Pick<Hashes, 'blake2b512'>, facts: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/mailbox', facts)) as Hash;

/**
 * The wraps of a unit's message with the new code's mailbox in the place of the old one's; every other wrap stays byte for byte. Throws
 * `wraps_malformed`, `wrap_foreign` (no wrap for the old mailbox, or not with its key), `commitment_mismatch`.
 */
export function changeMailboxWrap(
  suite: Suite,
  parts: Pick<EnvelopeParts, 'core' | 'wraps'>,
  oldKeys: Pick<MailboxKeys, 'locator' | 'mailbox'>,
  newKeys: Pick<MailboxKeys, 'locator' | 'mailbox'>,
): Uint8Array {
  const from = mailboxRecipient(oldKeys.locator);
  const to = { id: mailboxRecipient(newKeys.locator), publicKey: newKeys.mailbox.publicKey };
  const dataKey = openDataKey(suite, parts, { id: from, secretKey: oldKeys.mailbox.secretKey });
  const [fresh] = parseWraps(sealWraps(suite, dataKey, hashCore(suite, parts.core), [to]));
  wipe(dataKey);
  ensure(fresh !== undefined, 'wraps_malformed');
  return encodeWraps(parseWraps(parts.wraps).map((wrap) => (wrap.id === from ? fresh : wrap)));
}

const sameWrap = (a: Wrap, b: Wrap): boolean =>
  a.id === b.id && equalBytes(a.ciphertext, b.ciphertext) && equalBytes(a.sealedKey, b.sealedKey);

/**
 * True when two wraps blocks differ in one entry alone, which was for the mailbox `from` and now is for `to` (locators): what a change of
 * code may do, seen without any key. Throws `wraps_malformed`.
 */
export function sameButMailbox(before: Uint8Array, after: Uint8Array, from: string, to: string): boolean {
  const old = parseWraps(before);
  const now = parseWraps(after);
  const [left, right] = [mailboxRecipient(from), mailboxRecipient(to)];
  if (old.length !== now.length || !old.some(({ id }) => id === left)) return false;
  return old.every((wrap, at) => {
    const other = now[at];
    if (other === undefined) return false;
    return wrap.id === left ? other.id === right : sameWrap(wrap, other);
  });
}
