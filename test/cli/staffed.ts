import { systemClock } from '../../src/adapters/clock/system.ts';
import type { UnitId } from '../../src/domain/ids.ts';
import { signEpochsAhead } from '../../src/instance/epochs-ahead.ts';
import { readPins } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { createRecorder, eventDeps } from '../../src/instance/recorder.ts';
import { verifyWhole } from '../../src/instance/verified.ts';
import { keyFingerprint } from '../../src/protocol/member.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { generateStaffSecrets, type StaffSecrets } from '../../src/protocol/staff-credential.ts';
import { readersOf } from '../../src/protocol/target.ts';
import { type Founded, withKeys } from './founded.ts';
import { type CliRun, tinkin } from './support.ts';

export const TO_HIEU = '14-03646-ca' as UnitId;

const good = async (run: Promise<CliRun>): Promise<CliRun> => {
  const done = await run;
  if (done.exit !== 0) throw new Error(done.out + done.err);
  return done;
};

/** Opens an account at the command line and gives it keys, as the person's browser does when they join. */
export async function joinedAccount(folder: string, account: string, role: string): Promise<StaffSecrets> {
  const person = ['--account', account, '--name', 'Nguyễn Văn A', '--unit', TO_HIEU, '--role', role];
  await good(tinkin(['--data', folder, 'staff', 'add', ...person]));
  const secrets = generateStaffSecrets(await loadSodiumSuite());
  const instance = await openInstance(folder);
  const { store, facts } = instance;
  const row = await store.accounts.byAccount(account);
  if (row === null) throw new Error('the account is missing');
  const deps = eventDeps(store, facts.id, instance.secrets.ledgerSeed, systemClock());
  const keys = { signKey: secrets.sign.publicKey, kemKey: secrets.kem.publicKey };
  await createRecorder(deps, 'test').staff({ ...row, ...keys, invite: null });
  await instance.close();
  return secrets;
}

/** Makes somebody a member of the unit by the directory's holders; gives their keys. */
export async function admitted(founded: Founded, account: string, role: string): Promise<StaffSecrets> {
  const secrets = await joinedAccount(founded.folder, account, role);
  const suite = await loadSodiumSuite();
  const digits = keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey);
  await good(withKeys(founded, 'staff', 'confirm', account, '--fingerprint', digits));
  return secrets;
}

/** Puts a unit to work: a head and an officer, and epochs that are wrapped to them and shared out among the recovery holders. */
export async function staffUnit(founded: Founded): Promise<void> {
  const suite = await loadSodiumSuite();
  const now = Math.floor(Date.now() / 1000);
  const head = await admitted(founded, 'tohieu.truong', 'head');
  const officer = await admitted(founded, 'tohieu.canbo', 'officer');
  const instance = await openInstance(founded.folder);
  const { store, facts } = instance;
  const pins = await readPins(founded.folder);
  const directory = await verifyWhole(instance, suite, pins, now + 60);
  const epochs = signEpochsAhead(suite, {
    instance: pins.instance,
    unit: TO_HIEU,
    last: null,
    signers: [head.sign, officer.sign],
    readers: readersOf(directory, TO_HIEU, now + 60).map(({ person, kemKey }) => ({ id: person, kemKey })),
    recoveryHolders: directory.recoveryHolders,
    now: now + 60,
  });
  const recorder = createRecorder(
    eventDeps(store, facts.id, instance.secrets.ledgerSeed, systemClock()),
    'test',
  );
  await recorder.epochWraps(
    TO_HIEU,
    epochs.flatMap(({ wraps }) => wraps),
  );
  await recorder.recoveryShares(
    TO_HIEU,
    epochs.flatMap(({ shares }) => shares),
  );
  for (const { statement } of epochs) await recorder.statement(statement);
  await instance.close();
  await good(withKeys(founded, 'keys', 'publish'));
}
