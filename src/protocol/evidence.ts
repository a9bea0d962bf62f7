import type { Seconds } from '../domain/ids.ts';
import { isTipId } from '../domain/ids.ts';
import { utf8 } from './bytes.ts';
import { PROTOCOL_ERROR_CODES } from './errors.ts';
import { MAX_EVIDENCE_BYTES } from './file-names.ts';
import { parseObject, Reader } from './json.ts';
import { readMailboxHead } from './mailbox-head.ts';
import { readMailboxLog } from './mailbox-log.ts';
import type { Evidence } from './mailbox-proof.ts';
import { encodePromise, parsePromise } from './promise.ts';
import type { Verifier } from './suite.ts';
import type { MailboxStep } from './wire.ts';

const CODE = 'receipt_malformed';

/**
 * The file that the holder of a code may give to an auditor: promise, heads, checkpoint, proofs and the steps as they were shown. It names the tip
 * and holds no word of what was written. Exact UTF-8 JSON.
 */
export const encodeEvidence = (evidence: Evidence): Uint8Array =>
  utf8(
    JSON.stringify({
      type: 'tinkin-evidence',
      v: 1,
      code: evidence.code,
      field: evidence.field,
      origin: evidence.origin,
      tip: evidence.tip,
      seen: evidence.seen,
      told: evidence.told,
      promise: evidence.promise === null ? null : encodePromise(evidence.promise),
      head: evidence.head?.text ?? null,
      steps: evidence.steps,
      log: evidence.log,
    }),
  );

/**
 * Reads an evidence file (attacker-controlled). The head that was kept must be signed by the ledger key. Throws `receipt_malformed`,
 * `promise_malformed`, `statement_malformed`, `checkpoint_signature`, `checkpoint_malformed`.
 */
export function parseEvidence(verifier: Verifier, bytes: Uint8Array, ledgerKey: Uint8Array): Evidence {
  const reader = new Reader(parseObject(bytes, MAX_EVIDENCE_BYTES, CODE), CODE);
  reader.oneOf('type', ['tinkin-evidence']);
  reader.integer('v', 1, 1);
  const evidence: Evidence = {
    code: reader.oneOf('code', PROTOCOL_ERROR_CODES),
    field: reader.string('field', 100),
    origin: reader.string('origin', 200),
    tip: reader.guarded('tip', 32, isTipId),
    seen: reader.integer('seen', 0, 100_000_000_000) as Seconds,
    told: readTold(reader.object('told')),
    promise: reader.isNull('promise')
      ? reader.null('promise')
      : parsePromise(utf8(reader.string('promise', 16 * 1024))),
    head: reader.isNull('head')
      ? reader.null('head')
      : readMailboxHead(verifier, reader.string('head', 4096), ledgerKey),
    steps: reader.objects('steps', 2_000).map(readStep),
    log: reader.isNull('log') ? reader.null('log') : readMailboxLog(reader.raw('log')),
  };
  reader.done();
  return evidence;
}

function readTold(reader: Reader): Evidence['told'] {
  const told = {
    stage: reader.string('stage', 40),
    overlay: reader.string('overlay', 40),
    outcome: reader.isNull('outcome') ? reader.null('outcome') : reader.string('outcome', 40),
    unit: reader.string('unit', 40),
  };
  reader.done();
  return told;
}

function readStep(reader: Reader): MailboxStep {
  const step = {
    no: reader.integer('no', 1, 1_000_000),
    type: reader.string('type', 40),
    citizenPart: reader.string('citizenPart', 24 * 1024),
    citizenSalt: reader.string('citizenSalt', 43),
    leaf: reader.string('leaf', 64),
    ...(reader.has('day') ? { day: reader.string('day', 10) } : {}),
  };
  reader.done();
  return step;
}
