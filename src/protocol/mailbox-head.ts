import type { Day, Hash, Seconds, TipId } from '../domain/ids.ts';
import { isDay, isHash, isTipId } from '../domain/ids.ts';
import { fromUtf8, utf8 } from './bytes.ts';
import { encodeDsse, keyId, pae, parseDsse, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { PromiseSigner } from './promise.ts';
import type { Hashes, Verifier } from './suite.ts';

export const MAILBOX_HEAD_TYPE = 'application/vnd.tinkin.mailbox-head+json';
/** Largest signed head, in bytes of its JSON. */
export const MAX_HEAD_BYTES = 2048;

/** What the service told the holder of a code at one visit, under its signature: it can be held to it later. */
export interface MailboxHead {
  readonly origin: string;
  readonly tip: TipId;
  /** Number and leaf of the newest step that was shown. */
  readonly no: number;
  readonly leaf: Hash;
  /** The checkpoint that came with it; root in hex. */
  readonly size: number;
  readonly root: Hash;
  /** Day of the visit in UTC+7. */
  readonly day: Day;
  /** UTC seconds, a whole hour: by then every step up to `no` is in a published checkpoint. */
  readonly includeBy: Seconds;
}

/** A head with the exact text that was signed, for the receipt file and as evidence. */
export interface SignedHead {
  readonly head: MailboxHead;
  readonly text: string;
}

/** Exact payload bytes of a mailbox head. */
export const mailboxHeadPayload = (head: MailboxHead): Uint8Array =>
  utf8(
    JSON.stringify({
      type: 'mailbox-head',
      origin: head.origin,
      tip: head.tip,
      no: head.no,
      leaf: head.leaf,
      size: head.size,
      root: head.root,
      day: head.day,
      includeBy: head.includeBy,
    }),
  );

/** Signs a head with the ledger key; the DSSE's JSON text. */
export function signMailboxHead(hashes: Hashes, signer: PromiseSigner, head: MailboxHead): string {
  const payload = mailboxHeadPayload(head);
  const sig = signer.sign(pae(MAILBOX_HEAD_TYPE, payload));
  const keyid = keyId(hashes, signer.publicKey);
  return fromUtf8(encodeDsse({ payloadType: MAILBOX_HEAD_TYPE, payload, signatures: [{ keyid, sig }] }));
}

/**
 * Reads a signed head (attacker-controlled) under the ledger key. Throws `statement_malformed`, and `checkpoint_signature` for another
 * signer's.
 */
export function readMailboxHead(verifier: Verifier, text: string, ledgerKey: Uint8Array): SignedHead {
  ensure(text.length <= MAX_HEAD_BYTES, 'statement_malformed', 'head');
  const envelope = parseDsse(utf8(text));
  ensure(envelope.payloadType === MAILBOX_HEAD_TYPE, 'statement_malformed', 'payloadType');
  const reader = new Reader(
    parseObject(envelope.payload, MAX_HEAD_BYTES, 'statement_malformed'),
    'statement_malformed',
  );
  reader.oneOf('type', ['mailbox-head']);
  const head: MailboxHead = {
    origin: reader.string('origin', 200),
    tip: reader.guarded('tip', 32, isTipId),
    no: reader.integer('no', 1, 1_000_000_000),
    leaf: reader.guarded('leaf', 64, isHash),
    size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
    root: reader.guarded('root', 64, isHash),
    day: reader.guarded('day', 10, isDay),
    includeBy: reader.integer('includeBy', 0, 100_000_000_000) as Seconds,
  };
  reader.done();
  ensure(validSigners(verifier, envelope, [ledgerKey]).length === 1, 'checkpoint_signature', 'head');
  return { head, text };
}
