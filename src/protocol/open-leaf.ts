import type { Reader } from './json.ts';
import type { OpenLeaf } from './wire-ledger.ts';

/** Longest path in a tree, in hashes. */
export const MAX_PATH = 64;
/** Longest note, in characters. */
export const MAX_NOTE = 64 * 1024;
/** Longest part and record of an opened leaf, in characters of base64url. */
export const MAX_OPENED = { part: 24 * 1024, record: 12 * 1024 } as const;

/** An opened leaf (attacker-controlled): the form of each field. Throws the reader's code. */
export function readOpenLeaf(reader: Reader): OpenLeaf {
  const leaf: OpenLeaf = {
    index: reader.integer('index', 0, Number.MAX_SAFE_INTEGER),
    record: reader.string('record', MAX_OPENED.record),
    leafSalt: reader.string('leafSalt', 43),
    citizenPart: reader.string('citizenPart', MAX_OPENED.part),
    citizenSalt: reader.string('citizenSalt', 43),
    restrictedPart: reader.string('restrictedPart', MAX_OPENED.part),
    restrictedSalt: reader.string('restrictedSalt', 43),
  };
  reader.done();
  return leaf;
}
