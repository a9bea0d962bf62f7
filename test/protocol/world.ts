import type { Hash, StaffId, UnitId } from '../../src/domain/ids.ts';
import type { Role } from '../../src/domain/terms.ts';
import type { DirectoryBundle } from '../../src/protocol/bundle.ts';
import { toHex } from '../../src/protocol/bytes.ts';
import { signDirectory } from '../../src/protocol/directory.ts';
import { parseDsse, statementHash } from '../../src/protocol/dsse.ts';
import { type EpochFields, epochKeys, epochPayload } from '../../src/protocol/epoch.ts';
import { type MemberFields, memberPayload } from '../../src/protocol/member.ts';
import { type RevocationFields, revocationPayload } from '../../src/protocol/revocation.ts';
import { type Pins, signKeySet } from '../../src/protocol/root.ts';
import { type DirectoryUnit, encodeShard, hashShard } from '../../src/protocol/shard.ts';
import { signStatement } from '../../src/protocol/statement.ts';
import type { KemKeyPair, SignKeyPair, Suite } from '../../src/protocol/suite.ts';

export const DAY = 86_400;
/** 2026-11-22T00:00Z */
export const NOW = 1_795_305_600;
export const unit = (code: string) => code as UnitId;
export const COMMUNE = unit('14-03408-ca');
export const PROVINCE = unit('14-ca');

export interface Person {
  readonly fields: MemberFields;
  readonly sign: SignKeyPair;
  readonly kem: KemKeyPair;
}

/** A directory of one province police and one commune police, two members each, with everything signed as it should be. */
export interface World {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly root: readonly SignKeyPair[];
  readonly directoryKeys: readonly SignKeyPair[];
  readonly ledger: SignKeyPair;
  readonly people: Record<'provinceHead' | 'provinceDeputy' | 'communeHead' | 'communeOfficer', Person>;
  readonly bundle: DirectoryBundle;
  readonly epochSecret: Uint8Array;
  readonly shard: Uint8Array;
}

/** A suite whose randomness is a stream from a seed. */
export function seeded(suite: Suite, seed: string): Suite {
  let counter = 0;
  const key = suite.blake2b512(new TextEncoder().encode(seed)).slice(0, 32);
  const randomBytes = (length: number): Uint8Array => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 64) {
      const block = suite.blake2bKeyed(key, new TextEncoder().encode(String(counter++)), 64);
      out.set(block.subarray(0, Math.min(64, length - at)), at);
    }
    return out;
  };
  return { ...suite, randomBytes };
}

export const statementHashOf = (suite: Suite, bytes: Uint8Array): Hash =>
  toHex(statementHash(suite, parseDsse(bytes))) as Hash;

export function makePerson(suite: Suite, of: UnitId, roles: readonly Role[]): Person {
  const sign = suite.ed25519KeyPair(suite.randomBytes(32));
  const kem = suite.xwingKeyPair(suite.randomBytes(32));
  const person = toHex(suite.randomBytes(16)) as StaffId;
  const fields: MemberFields = {
    person,
    name: `Nguyễn Văn ${person.slice(0, 4)}`,
    unit: of,
    roles,
    signKey: sign.publicKey,
    kemKey: kem.publicKey,
    issued: NOW - 30 * DAY,
    from: NOW - 30 * DAY,
    until: NOW + 330 * DAY,
  };
  return { fields, sign, kem };
}

export const signMember = (
  suite: Suite,
  fields: MemberFields,
  signers: readonly SignKeyPair[],
  instance = 'demo',
) => signStatement(suite, 'member', memberPayload(instance, fields), signers);

export const signEpoch = (
  suite: Suite,
  fields: EpochFields,
  signers: readonly SignKeyPair[],
  instance = 'demo',
) => signStatement(suite, 'epoch', epochPayload(instance, fields), signers);

export const signRevocation = (suite: Suite, fields: RevocationFields, signers: readonly SignKeyPair[]) =>
  signStatement(suite, 'revocation', revocationPayload('demo', fields), signers);

export const directoryUnit = (code: UnitId, parent: UnitId | null, listed = true): DirectoryUnit => ({
  code,
  parent,
  kind: parent === null ? 'provincial_police' : 'commune_police',
  nameVi: 'Công an',
  nameEn: 'Police',
  province: '14',
  from: '2025-07-01' as DirectoryUnit['from'],
  until: null,
  listed,
});

export function epochFields(suite: Suite, of: UnitId, secret: Uint8Array, change: Partial<EpochFields> = {}) {
  const keys = epochKeys(suite, secret);
  const fields: EpochFields = {
    unit: of,
    n: 1,
    publicKey: keys.kem.publicKey,
    voiceKey: keys.voice.publicKey,
    issued: NOW - 2 * DAY,
    from: NOW - DAY,
    until: NOW + 6 * DAY,
    prev: null,
    ...change,
  };
  return fields;
}

export function makeWorld(base: Suite, seed = 'world'): World {
  const suite = seeded(base, seed);
  const key = () => suite.ed25519KeyPair(suite.randomBytes(32));
  const root = [key(), key(), key()];
  const directoryKeys = [key(), key(), key()];
  const ledger = key();
  const pins: Pins = {
    instance: 'demo',
    rootKeys: root.map((pair) => pair.publicKey),
    threshold: 2,
    minimumDirectoryVersion: 3,
  };
  const people = {
    provinceHead: makePerson(suite, PROVINCE, ['head']),
    provinceDeputy: makePerson(suite, PROVINCE, ['deputy']),
    communeHead: makePerson(suite, COMMUNE, ['head']),
    communeOfficer: makePerson(suite, COMMUNE, ['officer']),
  };
  const shard = encodeShard({
    province: '14',
    units: [directoryUnit(PROVINCE, null), directoryUnit(COMMUNE, PROVINCE)],
    routes: { version: 1 },
  });
  const keySet = signKeySet(
    suite,
    'demo',
    {
      serial: 1,
      keys: directoryKeys.map((pair) => pair.publicKey),
      threshold: 2,
      from: NOW - 60 * DAY,
      until: NOW + 300 * DAY,
    },
    root.slice(0, 2),
  );
  const holder = (id: string) => ({
    id,
    name: id,
    kemKey: suite.xwingKeyPair(suite.randomBytes(32)).publicKey,
  });
  const directory = signDirectory(
    suite,
    'demo',
    {
      version: 3,
      prev: 'ab'.repeat(32) as Hash,
      issued: NOW - DAY,
      expires: NOW + 14 * DAY,
      ledgerKey: ledger.publicKey,
      logOrigin: 'demo.example/log',
      witnesses: [],
      recoveryHolders: [holder('a'), holder('b'), holder('c')],
      auditors: [],
      shards: [{ province: '14', hash: hashShard(suite, shard) }],
      formerKeySets: [],
    },
    directoryKeys.slice(1),
  );
  const { provinceHead, provinceDeputy, communeHead, communeOfficer } = people;
  const founders = directoryKeys.slice(0, 2);
  const epochSecret = suite.randomBytes(32);
  return {
    suite,
    pins,
    root,
    directoryKeys,
    ledger,
    people,
    epochSecret,
    shard,
    bundle: {
      keySets: [keySet],
      directory,
      previous: [],
      shards: [shard],
      members: [
        signMember(suite, communeOfficer.fields, [communeHead.sign, provinceDeputy.sign]),
        signMember(suite, provinceHead.fields, founders),
        signMember(suite, provinceDeputy.fields, founders),
        signMember(suite, communeHead.fields, founders),
      ],
      epochs: [
        signEpoch(suite, epochFields(suite, COMMUNE, epochSecret), [communeHead.sign, communeOfficer.sign]),
        signEpoch(suite, epochFields(suite, PROVINCE, suite.randomBytes(32)), [
          provinceHead.sign,
          provinceDeputy.sign,
        ]),
      ],
      revocations: [],
    },
  };
}
