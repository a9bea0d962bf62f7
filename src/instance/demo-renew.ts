import type { StaffId, UnitId } from '../domain/ids.ts';
import { holdsAny } from '../domain/roles.ts';
import type { Role } from '../domain/terms.ts';
import type { ReferenceData } from '../ports/deps.ts';
import type { StaffRow } from '../ports/store/accounts-store.ts';
import type { StatementRow } from '../ports/store/directory-store.ts';
import type { Store } from '../ports/store/store.ts';
import { toHex } from '../protocol/bytes.ts';
import { type DirectoryAuditor, parseDirectory } from '../protocol/directory.ts';
import { EPOCH_SECONDS, EPOCHS_AHEAD } from '../protocol/epoch.ts';
import { LEADING_ROLES, READING_ROLES } from '../protocol/member.ts';
import type { Pins } from '../protocol/root.ts';
import type { SignKeyPair, Suite } from '../protocol/suite.ts';
import type { DemoSecrets } from './demo-files.ts';
import { publicHolder } from './demo-holders.ts';
import { signEpochsAhead } from './epochs-ahead.ts';
import {
  DIRECTORY_SECONDS,
  KEY_SET_SECONDS,
  makeDirectory,
  makeKeySet,
  makeShards,
} from './found-directory.ts';
import { MEMBER_SECONDS, makeMember } from './found-members.ts';
import type { Recorder } from './recorder.ts';
import { changedWitnesses } from './witnesses.ts';

/** Everything by which the demonstration signs for all its people at once. */
export interface DemoHands {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly rootKeys: readonly SignKeyPair[];
  readonly secrets: DemoSecrets;
  readonly ledgerKey: Uint8Array;
  readonly logOrigin: string;
  /** Verifier key of the demonstration's own witness. */
  readonly witness: string;
  readonly store: Store;
  readonly recorder: Recorder;
  readonly data: ReferenceData;
  readonly now: number;
}

/** What a renewal signed anew. */
export interface Renewal {
  readonly keySets: number;
  readonly members: number;
  readonly directories: number;
  readonly epochs: number;
}

/** Directory keys that sign one statement: as many as the threshold asks for. */
const SIGNING_DIRECTORY_KEYS = 2;
/** What is in force for less than this share of its life is renewed. */
const RENEW_BELOW = 2 / 3;

const dueForRenewal = (until: number, life: number, now: number): boolean => until - now < life * RENEW_BELOW;

/**
 * Brings keys, members, directory and epochs of the demonstration up to date, in this order; signs nothing that is still good for
 * long. The very first run signs everything.
 */
export async function renewDemo(hands: DemoHands): Promise<Renewal> {
  const staff = (await hands.store.accounts.page(null, 500)).filter((row) => row.status === 'active');
  const keySets = await renewKeySet(hands);
  const members = await renewMembers(hands, staff);
  const directories = await renewDirectory(hands, staff, keySets > 0);
  const epochs = await renewEpochs(hands, staff);
  return { keySets, members, directories, epochs };
}

async function renewKeySet(hands: DemoHands): Promise<number> {
  const { suite, pins, rootKeys, secrets, store, recorder, now } = hands;
  const latest = await store.directory.latest('directory-keys');
  if (latest !== null && !dueForRenewal(latest.until, KEY_SET_SECONDS, now)) return 0;
  const keys = secrets.directoryKeys.map((seed) => suite.ed25519KeyPair(seed).publicKey);
  const set = { serial: (latest?.version ?? 0) + 1, keys, threshold: SIGNING_DIRECTORY_KEYS };
  await recorder.statement(makeKeySet(suite, pins, rootKeys.slice(0, pins.threshold), set, now));
  return 1;
}

const directoryKeys = ({ suite, secrets }: DemoHands): readonly SignKeyPair[] =>
  secrets.directoryKeys.slice(0, SIGNING_DIRECTORY_KEYS).map((seed) => suite.ed25519KeyPair(seed));

const isRole = (row: StaffRow, roles: readonly Role[]): boolean =>
  holdsAny(row.roles as readonly Role[], roles);

/** Who looks after the machine or checks the figures holds no key about tips. */
const WITHOUT_STATEMENT: readonly Role[] = ['administrator', 'auditor'];

/** Members whose statement runs out: founding ones by the directory's keys, the others by the heads of their unit and its parent. */
async function renewMembers(hands: DemoHands, staff: readonly StaffRow[]): Promise<number> {
  const { store, recorder, now } = hands;
  const units = [...new Set(staff.map((row) => row.unit))];
  const statements = await store.directory.statementsOf(units, hands.now as StatementRow['until']);
  const until = new Map<StaffId, number>();
  for (const row of statements) {
    if (row.kind === 'member' && row.person !== '') {
      until.set(row.person, Math.max(until.get(row.person) ?? 0, row.until));
    }
  }
  const due = staff.filter(
    (row) => !isRole(row, WITHOUT_STATEMENT) && dueForRenewal(until.get(row.id) ?? 0, MEMBER_SECONDS, now),
  );
  // Heads first: the statements of the others hang on theirs.
  const inOrder = due.toSorted((a, b) => Number(isRole(b, LEADING_ROLES)) - Number(isRole(a, LEADING_ROLES)));
  for (const row of inOrder) await recorder.statement(await memberOf(hands, staff, row));
  return inOrder.length;
}

async function memberOf(hands: DemoHands, staff: readonly StaffRow[], row: StaffRow): Promise<StatementRow> {
  const { suite, pins, store, now } = hands;
  const parent = (await store.directory.unit(row.unit))?.parent ?? null;
  const headOf = (unit: UnitId) => staff.find((one) => one.unit === unit && one.roles.includes('head'));
  const own = headOf(row.unit);
  const above = parent === null ? undefined : headOf(parent);
  const signers =
    own === undefined || above === undefined || own.id === row.id
      ? directoryKeys(hands)
      : [signKey(hands, own.id), signKey(hands, above.id)];
  if (row.signKey === null || row.kemKey === null) throw new Error(`${row.account} has no keys`);
  const person = {
    id: row.id,
    account: row.account,
    name: row.displayName,
    unit: row.unit,
    roles: row.roles as readonly Role[],
  };
  const keys = { signKey: row.signKey, kemKey: row.kemKey };
  return makeMember(suite, pins.instance, person, keys, signers, now);
}

function signKey({ suite, secrets }: DemoHands, id: StaffId): SignKeyPair {
  const found = secrets.staff.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the demonstration has no key of ${id}`);
  return suite.ed25519KeyPair(found.sign);
}

/** Members of a unit who read its tips, a head first. */
const readersOf = (staff: readonly StaffRow[], unit: UnitId): readonly StaffRow[] =>
  staff
    .filter((row) => row.unit === unit && isRole(row, READING_ROLES))
    .toSorted((a, b) => Number(b.roles.includes('head')) - Number(a.roles.includes('head')));

const staffedUnits = (staff: readonly StaffRow[]): readonly UnitId[] =>
  [...new Set(staff.map((row) => row.unit))].filter((unit) => readersOf(staff, unit).length >= 2);

/** The independent auditors with the keys of the accounts of their names, so that bundles open and statements are signed in the console. */
const auditorsOf = ({ suite, secrets }: DemoHands, staff: readonly StaffRow[]): readonly DirectoryAuditor[] =>
  secrets.auditors.map((one) => {
    const row = staff.find(({ account }) => account === one.id);
    if (!row?.signKey || row.kemKey === null) return { ...publicHolder(suite, one), signKey: null };
    return { id: one.id, name: one.name, kemKey: row.kemKey, signKey: row.signKey };
  });

const isSame = (one: readonly DirectoryAuditor[], other: readonly DirectoryAuditor[]): boolean =>
  keysText(one) === keysText(other);

const keysText = (auditors: readonly DirectoryAuditor[]): string =>
  JSON.stringify(auditors.map(({ id, kemKey, signKey }) => [id, toHex(kemKey), signKey && toHex(signKey)]));

async function renewDirectory(
  hands: DemoHands,
  staff: readonly StaffRow[],
  keysChanged: boolean,
): Promise<number> {
  const { suite, pins, store, recorder, data, now } = hands;
  const latest = await store.directory.latest('directory');
  const before = latest === null ? null : parseDirectory(suite, latest.record);
  const auditors = auditorsOf(hands, staff);
  const good =
    latest !== null &&
    before !== null &&
    !dueForRenewal(latest.until, DIRECTORY_SECONDS, now) &&
    isSame(before.auditors, auditors) &&
    before.witnesses.includes(hands.witness);
  if (good && !keysChanged) return 0;
  const shards = makeShards(suite, await store.directory.units(null), new Set(staffedUnits(staff)), data);
  const settings = {
    ledgerKey: hands.ledgerKey,
    logOrigin: hands.logOrigin,
    recoveryHolders: hands.secrets.recoveryHolders.map((one) => publicHolder(suite, one)),
    auditors,
    witnesses: changedWitnesses(suite, before?.witnesses ?? [], { added: [hands.witness] }),
  };
  const [, ...former] = await store.directory.keySets();
  const row = makeDirectory(suite, pins.instance, directoryKeys(hands), settings, {
    shards,
    previous: latest,
    formerKeySets: former.map(({ hash }) => hash),
    now,
  });
  await recorder.statement(row, shards);
  return 1;
}

async function renewEpochs(hands: DemoHands, staff: readonly StaffRow[]): Promise<number> {
  const { suite, pins, secrets, store, recorder, now } = hands;
  const holders = secrets.recoveryHolders.map((one) => publicHolder(suite, one));
  let signed = 0;
  for (const unit of staffedUnits(staff)) {
    const last = (await store.directory.epochs(unit)).at(-1) ?? null;
    if (last !== null && last.until >= now + EPOCHS_AHEAD * EPOCH_SECONDS) continue;
    const readers = readersOf(staff, unit);
    const [first, second] = readers;
    if (first === undefined || second === undefined) continue;
    const epochs = signEpochsAhead(suite, {
      instance: pins.instance,
      unit,
      last,
      signers: [signKey(hands, first.id), signKey(hands, second.id)],
      readers: readers.flatMap(({ id, kemKey }) => (kemKey === null ? [] : [{ id, kemKey }])),
      recoveryHolders: holders,
      now,
    });
    await recorder.epochWraps(
      unit,
      epochs.flatMap(({ wraps }) => wraps),
    );
    await recorder.recoveryShares(
      unit,
      epochs.flatMap(({ shares }) => shares),
    );
    for (const { statement } of epochs) await recorder.statement(statement);
    signed += epochs.length;
  }
  return signed;
}
