// Child process: seals tips with real keys from random seeds, asks the server a challenge for each, solves it, signs, and writes the
// frames to a file. Arguments: port, count, file.

import type { Hash, Hour } from '../../src/domain/ids.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { answerPow } from '../../src/protocol/pow.ts';
import { finishSubmission, sealTip } from '../../src/protocol/prepare.ts';
import { mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { ChallengeAnswer } from '../../src/protocol/wire.ts';
import { COMMUNE, makeWorld } from '../protocol/world.ts';
import { writeFrames } from './frames.ts';

const [port = '', count = '0', file = ''] = process.argv.slice(2);
const AT_ONCE = 16;
/** A tip of ordinary length: with its padding nearly all tips have this size on the wire. */
const CONTENT = new TextEncoder().encode(
  JSON.stringify({ what: 'Tôi thấy việc này tối thứ bảy. '.repeat(40) }),
);

const suite = await loadSodiumSuite();
const world = makeWorld(suite);
const target = {
  unit: COMMUNE,
  epoch: 1,
  publicKey: epochKeys(suite, world.epochSecret).kem.publicKey,
  directoryHash: 'ab'.repeat(32) as Hash,
};

async function sealOne(): Promise<Uint8Array> {
  const keys = mailboxFromMaster(suite, suite.randomBytes(32));
  const sealed = sealTip(suite, {
    instance: world.pins.instance,
    target,
    content: CONTENT,
    keys,
    urgent: false,
    conductGroup: 'prostitution',
    channel: 'web',
    assurance: 'e2ee',
  });
  const response = await fetch(`http://127.0.0.1:${port}/api/challenge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seal: sealed.sealHash }),
  });
  const challenge = (await response.json()) as ChallengeAnswer;
  const solution = answerPow((data) => suite.sha256(data), challenge);
  return finishSubmission(suite, sealed, keys, { t0: challenge.t0 as Hour, solution }).frame;
}

const frames: Uint8Array[] = [];
while (frames.length < Number(count)) {
  const some = Math.min(AT_ONCE, Number(count) - frames.length);
  frames.push(...(await Promise.all(Array.from({ length: some }, sealOne))));
}
writeFrames(file, frames);
process.send?.({ sealed: frames.length });
process.disconnect?.();
