import type { UnitId } from '../domain/ids.ts';
import type { ReferenceData } from '../ports/deps.ts';
import type { ShardRow, StatementRow, UnitRow } from '../ports/store/directory-store.ts';
import {
  type DirectoryAuditor,
  type DirectoryFields,
  type KeyHolder,
  parseDirectory,
  signDirectory,
} from '../protocol/directory.ts';
import { type KeySet, type Pins, signKeySet } from '../protocol/root.ts';
import { type DirectoryUnit, encodeShard } from '../protocol/shard.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import { directoryRow, keySetRow, shardRow } from './statement-rows.ts';

/** A directory key set lives twelve months. */
export const KEY_SET_SECONDS = 365 * 86_400;
/** A directory is believed for three months; it is renewed well before. */
export const DIRECTORY_SECONDS = 90 * 86_400;
/** Clocks of citizens' devices may be behind by this much. */
const EARLIER = 3_600;

/** What the directory says beside its units. */
export interface DirectorySettings {
  readonly ledgerKey: Uint8Array;
  readonly logOrigin: string;
  readonly recoveryHolders: readonly KeyHolder[];
  readonly auditors: readonly DirectoryAuditor[];
  /** Verifier keys of the witnesses whose cosignatures browsers count. */
  readonly witnesses: readonly string[];
}

/** The first or a later twelve-month key set, signed by root keys. */
export function makeKeySet(
  suite: Suite,
  pins: Pins,
  rootKeys: readonly SignKeyPair[],
  set: Pick<KeySet, 'serial' | 'keys' | 'threshold'>,
  now: number,
): StatementRow {
  const from = now - EARLIER;
  const statement = signKeySet(
    suite,
    pins.instance,
    { ...set, from, until: from + KEY_SET_SECONDS },
    rootKeys,
  );
  return keySetRow(suite, pins, statement);
}

/** Shards of the units by province. A unit is listed when `listed` holds it: only one with two members who can read tips. */
export function makeShards(
  suite: Suite,
  units: readonly UnitRow[],
  listed: ReadonlySet<UnitId>,
  data: ReferenceData,
): ShardRow[] {
  const byProvince = Map.groupBy(units, (unit) => unit.province);
  return Array.from(byProvince, ([province, members]) => {
    const bytes = encodeShard({
      province,
      units: members.map((unit) => directoryUnit(unit, listed)),
      routes: data.get('routes'),
    });
    return shardRow(suite, province, bytes);
  });
}

const directoryUnit = (unit: UnitRow, listed: ReadonlySet<UnitId>): DirectoryUnit => ({
  code: unit.code,
  parent: unit.parent,
  kind: unit.kind as DirectoryUnit['kind'],
  nameVi: unit.nameVi,
  nameEn: unit.nameEn,
  province: unit.province,
  from: unit.from as DirectoryUnit['from'],
  until: unit.until as DirectoryUnit['until'],
  listed: listed.has(unit.code),
});

/** What the next version of the directory stands on. */
export interface DirectoryStep {
  readonly shards: readonly ShardRow[];
  /** Null for the first version. */
  readonly previous: StatementRow | null;
  /** Key sets before the one in force. */
  readonly formerKeySets: DirectoryFields['formerKeySets'];
  readonly now: number;
}

/** The next version of the directory, signed by directory keys. */
export function makeDirectory(
  suite: Suite,
  instance: string,
  directoryKeys: readonly SignKeyPair[],
  settings: DirectorySettings,
  { shards, previous, formerKeySets, now }: DirectoryStep,
): StatementRow {
  const before = previous === null ? null : parseDirectory(suite, previous.record);
  const statement = signDirectory(
    suite,
    instance,
    {
      version: (before?.version ?? 0) + 1,
      prev: before?.hash ?? null,
      issued: now,
      expires: now + DIRECTORY_SECONDS,
      ...settings,
      shards: shards.map(({ province, hash }) => ({ province, hash })),
      formerKeySets,
    },
    directoryKeys,
  );
  return directoryRow(suite, statement);
}
