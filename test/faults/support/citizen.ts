import { readFileSync } from 'node:fs';
import type { Hour, TipId } from '../../../src/domain/ids.ts';
import { instancePaths } from '../../../src/instance/folder.ts';
import { decodeBundle } from '../../../src/protocol/bundle.ts';
import { answerPow } from '../../../src/protocol/pow.ts';
import { finishSubmission, type PreparedSubmission, sealTip } from '../../../src/protocol/prepare.ts';
import { mailboxFromMaster } from '../../../src/protocol/receipt-code.ts';
import { type Pins, parsePins } from '../../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';
import type { Suite } from '../../../src/protocol/suite.ts';
import { targetForUnit } from '../../../src/protocol/target.ts';
import { verifyDirectory } from '../../../src/protocol/verify-directory.ts';
import type { ChallengeAnswer } from '../../../src/protocol/wire.ts';
import { UNIT } from './instance.ts';

/** A tip that is ready to be sent, with what was written in it. */
export interface ReadyTip {
  readonly tip: TipId;
  readonly text: string;
  readonly frame: Uint8Array;
  readonly prepared: PreparedSubmission;
}

/** Citizens of one test: they check the directory as a browser does, seal, and solve their challenges. */
export interface Citizens {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly epoch: number;
  /** Seals `count` tips of their own and asks the running server for their challenges. */
  prepare(origin: string, count: number): Promise<ReadyTip[]>;
  /** One tip whose seal names these files. */
  prepareCarrying(origin: string, manifest: Uint8Array): Promise<ReadyTip>;
}

/** Reads pins and directory of a running instance and finds UNIT's epoch. */
export async function citizensOf(folder: string, origin: string): Promise<Citizens> {
  const suite = await loadSodiumSuite();
  const pins = parsePins(readFileSync(instancePaths(folder).pins, 'utf8'));
  const response = await fetch(`${origin}/api/directory?unit=${UNIT}`);
  const bundle = decodeBundle(new Uint8Array(await response.arrayBuffer()));
  const now = Math.floor(Date.now() / 1000);
  const target = targetForUnit(suite, verifyDirectory(suite, pins, bundle, now), UNIT, now);
  let made = 0;

  const prepareOne = async (server: string, manifest?: Uint8Array): Promise<ReadyTip> => {
    const text = `Tin thử số ${++made}: đèn sau nhà vẫn sáng lúc nửa đêm.`;
    const keys = mailboxFromMaster(suite, suite.randomBytes(32));
    const sealed = sealTip(suite, {
      instance: pins.instance,
      target,
      content: new TextEncoder().encode(JSON.stringify({ what: text })),
      ...(manifest === undefined ? {} : { manifest }),
      keys,
      urgent: false,
      conductGroup: 'prostitution',
      channel: 'web',
      assurance: 'e2ee',
    });
    const asked = await fetch(`${server}/api/challenge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ seal: sealed.sealHash }),
    });
    const challenge = (await asked.json()) as ChallengeAnswer;
    const solution = answerPow((data) => suite.sha256(data), challenge);
    const prepared = finishSubmission(suite, sealed, keys, { t0: challenge.t0 as Hour, solution });
    return { tip: sealed.tip, text, frame: prepared.frame, prepared };
  };

  return {
    suite,
    pins,
    epoch: target.epoch,
    prepareCarrying: (server, manifest) => prepareOne(server, manifest),
    async prepare(server, count) {
      const tips: ReadyTip[] = [];
      while (tips.length < count) {
        const some = Math.min(16, count - tips.length);
        tips.push(...(await Promise.all(Array.from({ length: some }, () => prepareOne(server)))));
      }
      return tips;
    },
  };
}

/** What became of one submission: the status, or null when the line broke before a whole answer. */
export async function send(origin: string, tip: ReadyTip): Promise<number | null> {
  try {
    const response = await fetch(`${origin}/api/tips`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.tinkin.submission', 'sec-fetch-site': 'same-origin' },
      body: tip.frame as Uint8Array<ArrayBuffer>,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** Sends all tips over `clients` concurrent senders; answers in the tips' order. */
export async function sendAll(
  origin: string,
  tips: readonly ReadyTip[],
  clients: number,
): Promise<(number | null)[]> {
  const statuses: (number | null)[] = tips.map(() => null);
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let at = next++; at < tips.length; at = next++) {
      statuses[at] = await send(origin, tips[at] as ReadyTip);
    }
  };
  await Promise.all(Array.from({ length: clients }, sender));
  return statuses;
}
