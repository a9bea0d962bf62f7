import type { Seconds, StaffId, UnitId } from '../domain/ids.ts';
import type { ShardRow, StatementRow } from '../ports/store/directory-store.ts';
import { parseDirectory } from '../protocol/directory.ts';
import { parseEpoch } from '../protocol/epoch.ts';
import { parseMember } from '../protocol/member.ts';
import { type Pins, verifyKeySet } from '../protocol/root.ts';
import { hashShard } from '../protocol/shard.ts';
import type { Hashes, Verifier } from '../protocol/suite.ts';

/** Statement bytes with what the store indexes them by. The key set is verified against the pins on the way. */
export function keySetRow(verifier: Verifier, pins: Pins, record: Uint8Array): StatementRow {
  const set = verifyKeySet(verifier, pins, record);
  return row('directory-keys', set.hash, '', set.serial, set.from, set.until, '', record);
}

export function directoryRow(hashes: Pick<Hashes, 'blake2b512'>, record: Uint8Array): StatementRow {
  const { hash, version, issued, expires } = parseDirectory(hashes, record);
  return row('directory', hash, '', version, issued, expires, '', record);
}

export function memberRow(hashes: Pick<Hashes, 'blake2b512'>, record: Uint8Array): StatementRow {
  const { hash, unit, from, until, person } = parseMember(hashes, record);
  return row('member', hash, unit, 0, from, until, person, record);
}

export function epochRow(hashes: Pick<Hashes, 'blake2b512'>, record: Uint8Array): StatementRow {
  const { hash, unit, n, from, until } = parseEpoch(hashes, record);
  return row('epoch', hash, unit, n, from, until, '', record);
}

export const shardRow = (
  hashes: Pick<Hashes, 'blake2b512'>,
  province: string,
  bytes: Uint8Array,
): ShardRow => ({ hash: hashShard(hashes, bytes), province, bytes });

const row = (
  kind: StatementRow['kind'],
  hash: StatementRow['hash'],
  unit: UnitId | '',
  version: number,
  from: number,
  until: number,
  person: StaffId | '',
  record: Uint8Array,
): StatementRow => ({
  hash,
  kind,
  unit,
  version,
  from: from as Seconds,
  until: until as Seconds,
  person,
  record,
});
