import type { Hash, StaffId, UnitId } from '../domain/ids.ts';
import { isStaffId, isUnitId } from '../domain/ids.ts';
import { toBase64Url } from './base64.ts';
import type { Dsse } from './dsse.ts';
import type { Reader } from './json.ts';
import { MAX_SECONDS, openStatement, statementPayload } from './statement.ts';
import { type Hashes, SIZES } from './suite.ts';

/** What ends: a member's key in a unit, or an epoch. */
export type RevocationTarget =
  | { readonly kind: 'member'; readonly person: StaffId; readonly signKey: Uint8Array }
  | { readonly kind: 'epoch'; readonly n: number };

export interface RevocationFields {
  readonly unit: UnitId;
  readonly target: RevocationTarget;
  /** From when on it holds, UTC seconds. */
  readonly at: number;
}

export interface ParsedRevocation extends RevocationFields {
  readonly instance: string;
  readonly hash: Hash;
  readonly envelope: Dsse;
}

/** Payload of a REVOCATION statement, for its signers. */
export const revocationPayload = (instance: string, { unit, target, at }: RevocationFields): Uint8Array =>
  statementPayload('revocation', instance, {
    unit,
    target:
      target.kind === 'member'
        ? { kind: 'member', person: target.person, signKey: toBase64Url(target.signKey) }
        : { kind: 'epoch', n: target.n },
    at,
  });

/** Parses a REVOCATION statement without checking its signatures. Throws `statement_malformed`. */
export function parseRevocation(hashes: Pick<Hashes, 'blake2b512'>, bytes: Uint8Array): ParsedRevocation {
  const { envelope, reader, instance, hash } = openStatement(hashes, 'revocation', bytes);
  const revocation: ParsedRevocation = {
    unit: reader.guarded('unit', 40, isUnitId),
    target: readTarget(reader.object('target')),
    at: reader.integer('at', 0, MAX_SECONDS),
    instance,
    hash,
    envelope,
  };
  reader.done();
  return revocation;
}

function readTarget(reader: Reader): RevocationTarget {
  const kind = reader.oneOf('kind', ['member', 'epoch']);
  const target: RevocationTarget =
    kind === 'member'
      ? {
          kind,
          person: reader.guarded('person', 32, isStaffId),
          signKey: reader.bytes('signKey', SIZES.signPublicKey),
        }
      : { kind, n: reader.integer('n', 1, 1_000_000) };
  reader.done();
  return target;
}
