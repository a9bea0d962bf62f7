import type { Hash, Seconds, StaffId, UnitId } from '../domain/ids.ts';
import { isStaffId, isUnitId } from '../domain/ids.ts';
import { INVESTIGATOR_GRADES, type InvestigatorGrade, type SettlementRight } from '../domain/settlement.ts';
import { LEGAL_KINDS, type LegalKind } from '../domain/terms.ts';
import { toHex, utf8 } from './bytes.ts';
import { type Dsse, parseDsse, signDsse, statementHash, validSigners } from './dsse.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import { MAX_SECONDS } from './statement.ts';
import type { Hashes, SignKeyPair, Suite, Verifier } from './suite.ts';

export const ASSIGNMENT_TYPE = 'application/vnd.tinkin.assignment+json';

/**
 * The right to settle, given to one person by a leader of the unit directly above, on a paper with a number (BLTTHS 2015 as amended in 2025 Đ37).
 * Ended by an event, never edited.
 */
export interface Assignment {
  readonly instance: string;
  readonly person: StaffId;
  readonly unit: UnitId;
  readonly grade: InvestigatorGrade;
  /** At least one, each once. */
  readonly legalKinds: readonly LegalKind[];
  /** Number of the decision, at most 100 characters. */
  readonly document: string;
  readonly from: Seconds;
  /** First second in which it no longer holds; null while no end is set. */
  readonly until: Seconds | null;
  /** Who signs, and of which unit. */
  readonly by: StaffId;
  readonly byUnit: UnitId;
}

/** A parsed assignment with its hash; whose signature it bears is checked by `requireGiver`. */
export interface ParsedAssignment {
  readonly assignment: Assignment;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

/** Statement bytes with the leader's signature. */
export const signAssignment = (
  suite: Pick<Suite, 'blake2b512' | 'sign'>,
  given: Assignment,
  signer: SignKeyPair,
): Uint8Array => {
  const { instance, person, unit, grade, legalKinds, document, from, until, by, byUnit } = given;
  const fields = { type: 'assignment', instance, person, unit, grade, legalKinds };
  const rest = { document: document.normalize('NFC'), from, until, by, byUnit };
  return signDsse(suite, ASSIGNMENT_TYPE, utf8(JSON.stringify({ ...fields, ...rest })), [signer]);
};

/** Parses an assignment (attacker-controlled) without checking signatures. Throws `statement_malformed`. */
export function parseAssignment(hashes: Pick<Hashes, 'blake2b512'>, statement: Uint8Array): ParsedAssignment {
  const envelope = parseDsse(statement);
  ensure(envelope.payloadType === ASSIGNMENT_TYPE, 'statement_malformed', 'payloadType');
  const reader = new Reader(
    parseObject(envelope.payload, 4096, 'statement_malformed'),
    'statement_malformed',
  );
  reader.oneOf('type', ['assignment']);
  const named = {
    instance: reader.string('instance', 64),
    person: reader.guarded('person', 32, isStaffId),
    unit: reader.guarded('unit', 40, isUnitId),
    grade: reader.oneOf('grade', INVESTIGATOR_GRADES),
  };
  const kinds = reader.strings('legalKinds', LEGAL_KINDS.length, 40);
  const legalKinds = LEGAL_KINDS.filter((kind) => kinds.includes(kind));
  if (legalKinds.length === 0 || legalKinds.length !== kinds.length) reader.fail('legalKinds');
  const document = reader.string('document', 100, /\S/);
  const from = reader.integer('from', 0, MAX_SECONDS) as Seconds;
  const until = reader.isNull('until')
    ? reader.null('until')
    : (reader.integer('until', 0, MAX_SECONDS) as Seconds);
  if (until !== null && until <= from) reader.fail('until');
  const by = reader.guarded('by', 32, isStaffId);
  const byUnit = reader.guarded('byUnit', 40, isUnitId);
  reader.done();
  return {
    assignment: { ...named, legalKinds, document, from, until, by, byUnit },
    hash: toHex(statementHash(hashes, envelope)) as Hash,
    envelope,
  };
}

/** Throws `decision_signers` unless one of the giver's keys signed, and nobody else. */
export const requireGiver = (
  verifier: Verifier,
  { envelope }: ParsedAssignment,
  keys: readonly Uint8Array[],
): void =>
  ensure(
    envelope.signatures.length === 1 && validSigners(verifier, envelope, keys).length === 1,
    'decision_signers',
  );

/** The right that an assignment gives. */
export const rightOf = ({
  assignment,
  hash,
}: Pick<ParsedAssignment, 'assignment' | 'hash'>): SettlementRight => {
  const { unit, person: staff, grade, legalKinds, document, from, until } = assignment;
  return { id: hash, unit, staff, grade, legalKinds, document, from, until };
};
