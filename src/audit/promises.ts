import { CITIZEN_STEPS } from '../domain/conversation.ts';
import type { Hash } from '../domain/ids.ts';
import { entryHash, verifyInclusion } from '../ledger/tree.ts';
import { fromHex, utf8 } from '../protocol/bytes.ts';
import { pae } from '../protocol/dsse.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { PROMISE_BATCH_TYPE, type PromiseProof, parseAnswer, parsePromise } from '../protocol/promise.ts';
import type { Hashes } from '../protocol/suite.ts';
import type { SignatureJob } from './environment.ts';
import type { People } from './people.ts';
import type { OpenedEvent } from './replay/event.ts';

/** True for events with which somebody outside the service was promised something. */
export const isPromised = (type: string): boolean =>
  type === 'submitted' || CITIZEN_STEPS.some((step) => step === type);

/** A promise as the bundle has it: the answer that its sender got, or the promise alone. Null when it cannot be read. */
export function promiseOf(text: string): PromiseProof | null {
  const bytes = utf8(text);
  for (const read of [(given: Uint8Array) => parseAnswer(given).promise, parsePromise]) {
    try {
      return read(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
    }
  }
  return null;
}

/** What is wrong with a promise, in a few words, or the signature that must hold for it. */
export function promiseFault(
  hashes: Hashes,
  people: People,
  promise: PromiseProof,
  of: { readonly leaf: Hash; readonly origin: string; readonly at: number },
): string | SignatureJob {
  const { terms, batch, payload, index, size, path } = promise;
  if (terms.leaf !== of.leaf) return 'promises another leaf';
  if (terms.origin !== of.origin) return 'promises another log';
  if (batch.payloadType !== PROMISE_BATCH_TYPE) return 'is signed as something else';
  const root = rootOf(batch.payload, size);
  const sha256 = (data: Uint8Array) => hashes.sha256(data);
  const included =
    root !== null && verifyInclusion(sha256, entryHash(sha256, payload), index, size, path, root);
  if (!included) return 'is not in the batch that was signed';
  for (const { keyid, signKey } of people.ledgerKeys(of.at)) {
    const signature = batch.signatures.find((one) => one.keyid === keyid);
    if (signature !== undefined)
      return { signature: signature.sig, message: pae(batch.payloadType, batch.payload), publicKey: signKey };
  }
  return 'is not signed by the service';
}

/** The root that a batch of promises was signed with; null for anything else. */
function rootOf(payload: Uint8Array, size: number): Uint8Array | null {
  const text = new TextDecoder().decode(payload);
  const [, root, count] =
    /^\{"type":"promise-batch","root":"([0-9a-f]{64})","size":(\d{1,7})\}$/.exec(text) ?? [];
  return root === undefined || Number(count) !== size ? null : fromHex(root);
}

/** Any moment of an event: of a citizen's own, one within the hour or day that it carries. */
export const momentOf = ({ parsed }: OpenedEvent): number => {
  const { time } = parsed.header;
  if ('at' in time) return time.at;
  return 't0' in time ? time.t0 * 3600 + 1800 : Date.parse(`${time.day}T05:00:00Z`) / 1000;
};
