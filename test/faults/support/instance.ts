import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/adapters/clock/system.ts';
import type { UnitId } from '../../../src/domain/ids.ts';
import { ensureDemo } from '../../../src/instance/demo.ts';
import { readDemoSecrets } from '../../../src/instance/demo-files.ts';
import { DEMO_ROSTER } from '../../../src/instance/demo-roster.ts';
import { openInstance } from '../../../src/instance/open-instance.ts';
import type { RecipientKey } from '../../../src/protocol/envelope.ts';
import { openEpochSecret, parseEpoch } from '../../../src/protocol/epoch.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';

/** The unit to which the tips of the fault tests go, and one of its members. */
export const UNIT = '14-03646-ca' as UnitId;
const MEMBER = 'tohieu.canbo';
/** Units whose members must exist so that the chain of signatures above UNIT is whole. */
const UNITS: readonly string[] = ['vn-ttb', '14-ca', '14-03646-ca'];

/** A demonstration instance of few people in a folder of its own; its passphrases are stretched cheaply, nothing else is different. */
export async function makeInstance(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'tinkin-faults-'));
  const folder = join(parent, 'demo');
  await ensureDemo(folder, {
    clock: systemClock(0),
    cost: { passes: 1, memoryKiB: 8 },
    roster: DEMO_ROSTER.filter((person) => UNITS.includes(person.unit)),
  });
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** The key of UNIT's present epoch as its member's console opens it. */
export async function readerKey(folder: string, epoch: number): Promise<RecipientKey> {
  const suite = await loadSodiumSuite();
  const instance = await openInstance(folder);
  try {
    const staff = await instance.store.accounts.byAccount(MEMBER);
    const secrets = await readDemoSecrets(folder);
    const member = secrets.staff.find((one) => one.id === staff?.id);
    if (!staff || !member) throw new Error(`${MEMBER} is not a member`);
    const wraps = await instance.store.directory.epochWraps(staff.id);
    const wrap = wraps.find((one) => one.unit === UNIT && one.epoch === epoch);
    const statement = (await instance.store.directory.epochs(UNIT)).find((row) => row.version === epoch);
    if (!wrap || !statement) throw new Error(`no wrap of epoch ${epoch}`);
    const { keys } = openEpochSecret(
      suite,
      wrap.wrap,
      { instance: instance.facts.id, unit: UNIT, epoch, member: staff.id },
      suite.xwingKeyPair(member.kem).secretKey,
      parseEpoch(suite, statement.record),
    );
    return { id: `epoch:${UNIT}:${epoch}`, secretKey: keys.kem.secretKey };
  } finally {
    await instance.close();
  }
}
