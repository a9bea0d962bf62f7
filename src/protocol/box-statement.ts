import type { Day, StaffId, UnitId } from '../domain/ids.ts';
import { isDay, isStaffId, isUnitId } from '../domain/ids.ts';
import { utf8 } from './bytes.ts';
import { cosignDsse, parseDsse, signDsse, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { SignKeyPair, Suite, Verifier } from './suite.ts';

export const BOX_TYPE = 'application/vnd.tinkin.box+json';
/** Most letters of one opening. */
export const MAX_LETTERS = 1000;

/** How many letters two people found in a tip box: both sign the same bytes, so that none is lost between box and register. */
export interface BoxStatement {
  readonly instance: string;
  readonly unit: UnitId;
  /** Names the opening: 16 random bytes as 32 hex digits. */
  readonly opening: string;
  /** Which box, in the unit's own words; at most 100 characters. */
  readonly box: string;
  readonly day: Day;
  /** 0 to 1000. */
  readonly letters: number;
  /** Who opened it and who counted with them: two different people. */
  readonly by: readonly [StaffId, StaffId];
}

/** The first person's statement. */
export const signBoxStatement = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  { instance, unit, opening, box, day, letters, by }: BoxStatement,
  signer: SignKeyPair,
): Uint8Array => {
  const fields = { type: 'box', instance, unit, opening, box: box.normalize('NFC'), day, letters, by };
  return signDsse(suite, BOX_TYPE, utf8(JSON.stringify(fields)), [signer]);
};

/** The second person's signature over the same bytes. Throws `statement_malformed`, also for the same person twice. */
export const cosignBoxStatement = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  statement: Uint8Array,
  signer: SignKeyPair,
): Uint8Array => cosignDsse(suite, statement, signer);

/** Parses a box statement (attacker-controlled) without checking signatures. Throws `statement_malformed`. */
export function parseBoxStatement(statement: Uint8Array): BoxStatement {
  const envelope = parseDsse(statement);
  ensure(envelope.payloadType === BOX_TYPE, 'statement_malformed', 'payloadType');
  const reader = new Reader(
    parseObject(envelope.payload, 4096, 'statement_malformed'),
    'statement_malformed',
  );
  reader.oneOf('type', ['box']);
  const fields = {
    instance: reader.string('instance', 64),
    unit: reader.guarded('unit', 40, isUnitId),
    opening: reader.string('opening', 32, /^[0-9a-f]{32}$/),
    box: reader.string('box', 100, /\S/),
    day: reader.guarded('day', 10, isDay),
    letters: reader.integer('letters', 0, MAX_LETTERS),
  };
  const [first = '', second = '', ...more] = reader.strings('by', 2, 32);
  reader.done();
  const two = isStaffId(first) && isStaffId(second) && first !== second && more.length === 0;
  return two ? { ...fields, by: [first, second] } : reader.fail('by');
}

/** Parses a box statement and checks that `required` of the given public keys signed it. Throws `decision_signers`, `statement_malformed`. */
export function verifyBoxStatement(
  verifier: Verifier,
  statement: Uint8Array,
  keys: readonly Uint8Array[],
  required: 1 | 2,
): BoxStatement {
  const parsed = parseBoxStatement(statement);
  ensure(validSigners(verifier, parseDsse(statement), keys).length >= required, 'decision_signers');
  return parsed;
}
