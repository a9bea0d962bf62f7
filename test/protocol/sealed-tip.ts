import type { Hash, TipId } from '../../src/domain/ids.ts';
import { type EnvelopeInput, sealEnvelope } from '../../src/protocol/envelope.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { sodium } from './suites.ts';
import { COMMUNE } from './world.ts';

export const TIP = 'ab'.repeat(16) as TipId;
export const DIRECTORY = 'cd'.repeat(32) as Hash;
export const author = sodium.ed25519KeyPair(new Uint8Array(32).fill(1));
export const epoch = sodium.xwingKeyPair(new Uint8Array(32).fill(2));
export const EPOCH_ID = epochRecipient(COMMUNE, 7);
export const text = new TextEncoder().encode('Có chuyện cần báo');

/** A tip to the commune's seventh epoch, with a change. */
export const input = (change: Partial<EnvelopeInput> = {}): EnvelopeInput => ({
  kind: 'tip',
  instance: 'demo',
  tip: TIP,
  unit: COMMUNE,
  epoch: 7,
  directory: DIRECTORY,
  author,
  no: 1,
  prev: null,
  content: text,
  recipients: [{ id: EPOCH_ID, publicKey: epoch.publicKey }],
  ...change,
});

export const sealed = sealEnvelope(sodium, input());
/** What a reader of the commune expects the envelope to be, and the key they open it with. */
export const expected = { instance: 'demo', tip: TIP };
export const reader = { id: EPOCH_ID, secretKey: epoch.secretKey };
