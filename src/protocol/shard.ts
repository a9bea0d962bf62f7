import type { Day, Hash, UnitId } from '../domain/ids.ts';
import { isDay, isUnitId } from '../domain/ids.ts';
import { UNIT_KINDS, type UnitKind } from '../domain/terms.ts';
import { toHex, utf8 } from './bytes.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import type { Hashes } from './suite.ts';

/** Largest shard, in bytes. */
export const MAX_SHARD_BYTES = 512 * 1024;
const MAX_UNITS = 2_000;

/** A unit as the directory names it to citizens. */
export interface DirectoryUnit {
  readonly code: UnitId;
  readonly parent: UnitId | null;
  readonly kind: UnitKind;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly province: string;
  readonly from: Day;
  /** Last day; null while it exists. */
  readonly until: Day | null;
  /** Offered to citizens. A unit may be listed only with two active members. */
  readonly listed: boolean;
}

/** One province's part of the directory, fetched alone and bound by its hash in the directory statement. */
export interface Shard {
  readonly province: string;
  readonly units: readonly DirectoryUnit[];
  /** Conflict route table: data of `domain/routing`, checked where it is used. */
  readonly routes: unknown;
}

/** Exact UTF-8 JSON bytes of a shard, names in NFC. */
export const encodeShard = (shard: Shard): Uint8Array =>
  utf8(
    JSON.stringify({
      type: 'shard',
      province: shard.province,
      units: shard.units.map((unit) => ({
        code: unit.code,
        parent: unit.parent,
        kind: unit.kind,
        nameVi: unit.nameVi.normalize('NFC'),
        nameEn: unit.nameEn.normalize('NFC'),
        province: unit.province,
        from: unit.from,
        until: unit.until,
        listed: unit.listed,
      })),
      routes: shard.routes ?? null,
    }),
  );

/** Parses shard bytes; the caller has checked their hash. Throws `shard_malformed`. */
export function parseShard(bytes: Uint8Array): Shard {
  const reader = new Reader(parseObject(bytes, MAX_SHARD_BYTES, 'shard_malformed'), 'shard_malformed');
  reader.oneOf('type', ['shard']);
  const province = reader.string('province', 40);
  const units = reader.objects('units', MAX_UNITS).map(readUnit);
  const routes = reader.raw('routes');
  reader.done();
  return { province, units, routes };
}

function readUnit(reader: Reader): DirectoryUnit {
  const unit: DirectoryUnit = {
    code: reader.guarded('code', 40, isUnitId),
    parent: reader.isNull('parent') ? reader.null('parent') : reader.guarded('parent', 40, isUnitId),
    kind: reader.oneOf('kind', UNIT_KINDS),
    nameVi: reader.string('nameVi', 300),
    nameEn: reader.string('nameEn', 300),
    province: reader.string('province', 40),
    from: reader.guarded('from', 10, isDay),
    until: reader.isNull('until') ? reader.null('until') : reader.guarded('until', 10, isDay),
    listed: reader.boolean('listed'),
  };
  reader.done();
  return unit;
}

/** Hash of a shard as hex: H('tk1/shard', exact bytes). */
export const hashShard = (hashes: Pick<Hashes, 'blake2b512'>, bytes: Uint8Array): Hash =>
  toHex(taggedHash(hashes, 'tk1/shard', bytes)) as Hash;
