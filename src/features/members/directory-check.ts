import { AppError } from '../../domain/errors.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StatementRow, UnitRow } from '../../ports/store/directory-store.ts';
import { toHex } from '../../protocol/bytes.ts';
import { parseDirectory } from '../../protocol/directory.ts';
import { keyId, pae, parseDsse } from '../../protocol/dsse.ts';
import { parseMember } from '../../protocol/member.ts';
import { type Pins, verifyKeySet } from '../../protocol/root.ts';
import type { Verifier } from '../../protocol/suite.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../protocol/verify-directory.ts';

/** Statements that ask to be added to a unit's directory. */
export interface NewStatements {
  readonly members?: readonly Uint8Array[];
  readonly epochs?: readonly Uint8Array[];
  readonly revocations?: readonly Uint8Array[];
}

/** Epochs that ended longer ago than this say nothing about new ones. */
const OLD_EPOCH = 60 * 86_400;

/**
 * The directory of a unit and its parents as it would be with new statements, verified as every browser will verify it: what would make one
 * browser refuse the whole is never taken. Throws the codes of `verifyDirectory`; `unavailable` while there is no directory. The root's
 * signature under the key sets was verified when they were installed, so it is not asked for again here.
 */
export async function directoryWith(
  deps: Deps,
  unit: UnitId,
  added: NewStatements = {},
): Promise<VerifiedDirectory> {
  const { directory: store } = deps.store;
  const now = deps.clock.now();
  const units = await lineage(deps, unit);
  const codes = units.map(({ code }) => code);
  const rows = await store.statementsOf(codes, 0 as Seconds);
  const [keySets, directory] = await Promise.all([store.keySets(), store.latest('directory')]);
  if (directory === null || keySets.length === 0) throw new AppError('unavailable', { retryAfter: 60 });
  const of = (kind: StatementRow['kind']): readonly Uint8Array[] =>
    rows
      .filter((row) => row.kind === kind && (kind !== 'epoch' || row.until > now - OLD_EPOCH))
      .map(({ record }) => record);
  const bundle = {
    keySets: keySets.map(({ record }) => record),
    directory: directory.record,
    previous: [],
    shards: await shardsOf(deps, directory, units),
    members: [...of('member'), ...(added.members ?? [])],
    epochs: [...of('epoch'), ...(added.epochs ?? [])],
    revocations: [...of('revocation'), ...(added.revocations ?? [])],
  };
  const pins: Pins = { instance: deps.instance.id, rootKeys: [], threshold: 0, minimumDirectoryVersion: 1 };
  const keys = [
    ...bundle.keySets.flatMap((record) => verifyKeySet(hashesOnly(deps), pins, record).keys),
    ...bundle.members.map((record) => parseMember(deps.crypto, record).signKey),
  ];
  const signed = [bundle.directory, ...bundle.members, ...bundle.epochs, ...bundle.revocations];
  return verifyDirectory(await verifierOf(deps, signed, keys), pins, bundle, now);
}

async function lineage(deps: Deps, unit: UnitId): Promise<readonly UnitRow[]> {
  const rows: UnitRow[] = [];
  let at: UnitId | null = unit;
  while (at !== null && !rows.some((row) => row.code === at)) {
    const row: UnitRow | null = await deps.store.directory.unit(at);
    if (row === null) break;
    rows.push(row);
    at = row.parent;
  }
  if (rows.length === 0) throw new AppError('unit_unknown', { field: 'unit' });
  return rows;
}

async function shardsOf(
  deps: Deps,
  directory: StatementRow,
  units: readonly UnitRow[],
): Promise<readonly Uint8Array[]> {
  const provinces = new Set(units.map(({ province }) => province));
  const wanted = parseDirectory(deps.crypto, directory.record).shards.filter(({ province }) =>
    provinces.has(province),
  );
  const rows = await Promise.all(wanted.map(({ hash }) => deps.store.directory.shard(hash)));
  return rows.flatMap((row) => (row === null ? [] : [row.bytes]));
}

const hashesOnly = (deps: Deps): Verifier => ({
  blake2b512: (data) => deps.crypto.blake2b512(data),
  sha256: (data) => deps.crypto.sha256(data),
  verify: () => false,
});

/**
 * The platform checks signatures asynchronously, off the main thread; the directory's rules ask synchronously. So every signature that
 * could count (its key id names a known key) is checked first, and the rules look the results up.
 */
async function verifierOf(
  deps: Deps,
  statements: readonly Uint8Array[],
  keys: readonly Uint8Array[],
): Promise<Verifier> {
  const byId = new Map(keys.map((key) => [keyId(deps.crypto, key), key]));
  const good = new Set<string>();
  const name = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): string =>
    `${toHex(signature)} ${toHex(deps.crypto.sha256(message))} ${toHex(key)}`;
  const checks = statements.flatMap((bytes) => {
    const { payloadType, payload, signatures } = parseDsse(bytes);
    const message = pae(payloadType, payload);
    return signatures.map(async ({ keyid, sig }) => {
      const key = byId.get(keyid);
      if (key !== undefined && (await deps.crypto.verify(sig, message, key)))
        good.add(name(sig, message, key));
    });
  });
  await Promise.all(checks);
  return {
    ...hashesOnly(deps),
    verify: (signature, message, key) => good.has(name(signature, message, key)),
  };
}
