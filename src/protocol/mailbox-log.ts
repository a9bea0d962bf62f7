import { isHash } from '../domain/ids.ts';
import { fromBase64Url } from './base64.ts';
import { fromHex } from './bytes.ts';
import { Reader } from './json.ts';
import { MAX_NOTE, MAX_OPENED, MAX_PATH, readOpenLeaf } from './open-leaf.ts';
import type { MailboxStep } from './wire.ts';
import type { MailboxLog } from './wire-ledger.ts';

/** Bounds of what a mailbox tells of the log: its steps, and the hashes of their multi-proof. */
const LIMITS = { steps: 2_000, nodes: 100_000 };
const CODE = 'checkpoint_malformed';

/** One step as it was shown, with its salt: what its half of the entry is made of. */
export interface ShownStep {
  readonly no: number;
  readonly type: string;
  readonly citizenPart: Uint8Array;
  /** 32 bytes. */
  readonly citizenSalt: Uint8Array;
  /** 32 bytes. */
  readonly leaf: Uint8Array;
}

/** Steps of an answer as bytes (attacker-controlled). Throws `checkpoint_malformed`. */
export const shownSteps = (steps: readonly MailboxStep[]): readonly ShownStep[] =>
  steps.map((step) => {
    const reader = new Reader(step, CODE, 'steps');
    return {
      no: reader.integer('no', 1, LIMITS.steps),
      type: reader.string('type', 40),
      citizenPart: bytes(reader, 'citizenPart', MAX_OPENED.part),
      citizenSalt: reader.bytes('citizenSalt', 32),
      leaf: fromHex(reader.guarded('leaf', 64, isHash)),
    };
  });

/** What an answer tells of the log, every field of its form (attacker-controlled). Throws `checkpoint_malformed`. */
export function readMailboxLog(value: unknown): MailboxLog {
  const reader = new Reader(value, CODE, 'log');
  const log: MailboxLog = {
    note: reader.string('note', MAX_NOTE),
    head: readOpenLeaf(reader.object('head')),
    headPath: reader.strings('headPath', MAX_PATH, 43),
    indices: reader.array('indices', LIMITS.steps).map((index) => {
      if (index === null || (typeof index === 'number' && Number.isSafeInteger(index) && index >= 0))
        return index;
      return reader.fail('indices');
    }),
    nodes: reader.strings('nodes', LIMITS.nodes, 43),
    consistency: reader.objects('consistency', 2).map(readConsistency),
    signed: reader.string('signed', 4096),
  };
  reader.done();
  return log;
}

function readConsistency(reader: Reader): MailboxLog['consistency'][number] {
  const item = {
    size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
    proof: reader.strings('proof', MAX_PATH * 2, 43),
  };
  reader.done();
  return item;
}

function bytes(reader: Reader, key: string, most: number): Uint8Array {
  const text = reader.string(key, most);
  try {
    return fromBase64Url(text);
  } catch {
    return reader.fail(key);
  }
}
