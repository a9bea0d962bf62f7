import { parentPort, workerData } from 'node:worker_threads';
import type { ServerSealed } from '../../ports/sealer.ts';
import { decodeBundle } from '../../protocol/bundle.ts';
import { wipe } from '../../protocol/bytes.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { readMailbox } from '../../protocol/mailbox-reading.ts';
import { finishSubmission, sealTip } from '../../protocol/prepare.ts';
import { deriveMailbox, generateReceiptCode, wipeMailbox } from '../../protocol/receipt-code.ts';
import { parsePins } from '../../protocol/root.ts';
import { seededSuite } from '../../protocol/seeded.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import { targetForUnit } from '../../protocol/target.ts';
import { verifyDirectory } from '../../protocol/verify-directory.ts';
import type { SealerJob, SealerReply, SealerResults, UnlockResult } from './jobs.ts';

/**
 * One thread of the sealer. Text, code and keys are here for the length of one job; what is bytes is overwritten after it. The thread
 * writes nothing and reaches nothing but the port to its parent.
 */
const port = parentPort;
if (port === null) throw new Error('sealer-worker runs as a worker thread');
const suite = await loadSodiumSuite();
const pins = parsePins(String(workerData));
const nothing = new Uint8Array(0);

function seal(job: Extract<SealerJob, { kind: 'seal' }>): ServerSealed {
  const directory = verifyDirectory(suite, pins, decodeBundle(job.bundle), job.now);
  const target = targetForUnit(suite, directory, job.unit, job.now, job.excluded);
  const seeded = seededSuite(suite, job.seed);
  const code = generateReceiptCode(seeded);
  const keys = deriveMailbox(seeded, code, pins.instance);
  try {
    const sealed = sealTip(seeded, {
      instance: pins.instance,
      target,
      content: job.content,
      keys,
      urgent: job.urgent,
      conductGroup: job.conductGroup,
      channel: 'web',
      assurance: 'server-sealed',
    });
    const { frame } = finishSubmission(seeded, sealed, keys, { t0: job.t0, solution: nothing });
    const { nameVi, nameEn } = target.info;
    const { unit, fingerprint, fallback } = target;
    return { frame, code, tip: sealed.tip, unit, nameVi, nameEn, fingerprint, fallback };
  } finally {
    wipeMailbox(keys);
    wipe(job.content, job.seed);
  }
}

function unlock(code: string): UnlockResult {
  const keys = deriveMailbox(suite, code, pins.instance);
  const secret = new Uint8Array(keys.mailbox.secretKey);
  const loginKey = new Uint8Array(keys.login.publicKey);
  wipeMailbox(keys);
  return { locator: keys.locator, loginKey, secret };
}

function run(job: SealerJob): SealerResults[SealerJob['kind']] {
  if (job.kind === 'seal') return seal(job);
  if (job.kind === 'unlock') return unlock(job.code);
  const mailbox = { publicKey: nothing, secretKey: job.secret };
  const { locator, contents, bundles, now } = job;
  const read = readMailbox(suite, pins, { locator, mailbox }, contents, bundles, now);
  wipe(job.secret);
  return read;
}

port.on('message', (job: SealerJob) => {
  let reply: SealerReply;
  try {
    reply = { ok: true, value: run(job) };
  } catch (error) {
    const code = error instanceof ProtocolError ? error.code : 'failed';
    // Another unit may be tried with the same content, unless it has been sealed and overwritten.
    reply = { ok: false, code, ...(job.kind === 'seal' ? { content: job.content } : {}) };
  }
  const moved = !reply.ok && reply.content !== undefined ? [reply.content.buffer] : [];
  port.postMessage(reply, moved);
});
