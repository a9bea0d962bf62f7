import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import type { UnitId } from '../../src/domain/ids.ts';
import { buildBundle } from '../../src/features/directory/bundle.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { readDemoSecrets } from '../../src/instance/demo-files.ts';
import { holdsDemoKey, isDemoInstance } from '../../src/instance/demo-keys.ts';
import { openDemoWitness } from '../../src/instance/demo-witness.ts';
import { instancePaths, writeInstance } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { formatVkey } from '../../src/ledger/note.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { decodeBundle } from '../../src/protocol/bundle.ts';
import { keyId } from '../../src/protocol/dsse.ts';
import { EPOCH_SECONDS, EPOCHS_AHEAD, openEpochSecret } from '../../src/protocol/epoch.ts';
import { combineShares, openShare } from '../../src/protocol/recovery.ts';
import { parsePins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { liveEpoch, targetForUnit } from '../../src/protocol/target.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { CHEAP, DAY, movableClock, SMALL_ROSTER, START, temporaryFolder } from './support.ts';

const TO_HIEU = '14-03646-ca' as UnitId;
const CHIENG_AN = '14-03664-ca' as UnitId;
const pins = parsePins(__TINKIN_PINS__);
let suite: Suite;
beforeAll(async () => {
  suite = await loadSodiumSuite();
});

const small = (clock: Clock) => ({ clock, cost: CHEAP, roster: SMALL_ROSTER });

/** The directory as a browser that holds only the pins sees it. */
async function seenFrom(folder: string, unit: UnitId, clock: Clock): Promise<VerifiedDirectory> {
  const instance = await openInstance(folder);
  try {
    const deps = { store: instance.store, crypto: nodeCrypto(), clock };
    const bundle = decodeBundle(await buildBundle(deps, { unit, epochs: 'all' }));
    return verifyDirectory(suite, pins, bundle, clock.now());
  } finally {
    await instance.close();
  }
}

describe('the demonstration', () => {
  it('has a directory that a browser verifies from the pins down, with two readers in a staffed unit', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    const directory = await seenFrom(folder, TO_HIEU, clock);
    const target = targetForUnit(suite, directory, TO_HIEU, clock.now());
    expect(target).toMatchObject({ unit: TO_HIEU, epoch: 1, fallback: false, memberCount: 3 });
    expect(directory.recoveryHolders).toHaveLength(3);
  });

  it('passes a tip for a unit without members to its parent', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    const directory = await seenFrom(folder, CHIENG_AN, clock);
    expect(targetForUnit(suite, directory, CHIENG_AN, clock.now())).toMatchObject({
      unit: '14-ca',
      fallback: true,
    });
  });

  it('covers six weeks with epochs whose secrets members and two recovery holders can open', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    const directory = await seenFrom(folder, TO_HIEU, clock);
    const epochs = directory.epochs.get(TO_HIEU) ?? [];
    expect(epochs.at(-1)?.until).toBeGreaterThanOrEqual(START + EPOCHS_AHEAD * EPOCH_SECONDS);
    const epoch = epochs[0]!;
    const secrets = await readDemoSecrets(folder);
    const instance = await openInstance(folder);
    try {
      const member = directory.members.find(({ unit }) => unit === TO_HIEU)!;
      const kem = suite.xwingKeyPair(secrets.staff.find(({ id }) => id === member.person)!.kem);
      const { wrap } = (await instance.store.directory.epochWraps(member.person)).find(
        (one) => one.epoch === epoch.n,
      )!;
      const context = { instance: pins.instance, unit: TO_HIEU, epoch: epoch.n };
      const opened = openEpochSecret(
        suite,
        wrap,
        { ...context, member: member.person },
        kem.secretKey,
        epoch,
      );
      const shares = await instance.store.directory.recoveryShares(TO_HIEU, epoch.n);
      const [a, , c] = shares.map(({ holder, share }) => {
        const { seed } = secrets.recoveryHolders.find(({ id }) => id === holder)!;
        return openShare(suite, share, { ...context, holder }, suite.xwingKeyPair(seed).secretKey);
      });
      expect(combineShares([a!, c!])).toEqual(opened.secret);
    } finally {
      await instance.close();
    }
  });

  it('signs nothing anew and keeps its people when it starts a second time', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    const first = await ensureDemo(folder, small(clock));
    const second = await ensureDemo(folder, small(clock));
    expect(second.created).toBe(false);
    expect(second.renewed).toEqual({ keySets: 0, members: 0, directories: 0, epochs: 0 });
    expect(second.logins).toEqual(first.logins);
  });

  it('names a witness of its own in the directory, keeps it at a new start, and takes another when its key is gone', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    const { witnesses } = await seenFrom(folder, TO_HIEU, clock);
    expect(witnesses).toHaveLength(1);
    const log = { origin: 'a.example/log', publicKey: new Uint8Array(32) };
    const witness = await openDemoWitness(folder, log, clock);
    expect(witness && formatVkey(witness.key)).toBe(witnesses[0]);
    rmSync(instancePaths(folder).demoWitnessKey);
    expect(await openDemoWitness(folder, log, clock)).toBeNull();
    expect((await ensureDemo(folder, small(clock))).renewed.directories).toBe(1);
    const after = (await seenFrom(folder, TO_HIEU, clock)).witnesses;
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(witnesses);
  });

  it('renews directory and epochs when it starts sixty days later', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    const { witnesses } = await seenFrom(folder, TO_HIEU, clock);
    clock.move(60 * DAY);
    await expect(
      seenFrom(folder, TO_HIEU, clock).then((seen) => liveEpoch(seen, TO_HIEU, clock.now())),
    ).resolves.toBeNull();
    const { renewed } = await ensureDemo(folder, small(clock));
    expect(renewed.directories).toBe(1);
    const directory = await seenFrom(folder, TO_HIEU, clock);
    expect(directory.version).toBe(2);
    expect(directory.witnesses).toEqual(witnesses);
    expect(targetForUnit(suite, directory, TO_HIEU, clock.now()).unit).toBe(TO_HIEU);
  });

  it('renews every key and is still verified when it starts two years later', async () => {
    const clock = movableClock();
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(clock));
    for (let half = 0; half < 4; half++) {
      clock.move(183 * DAY);
      await ensureDemo(folder, small(clock));
    }
    const directory = await seenFrom(folder, TO_HIEU, clock);
    expect(targetForUnit(suite, directory, TO_HIEU, clock.now())).toMatchObject({
      unit: TO_HIEU,
      fallback: false,
    });
  });

  it('keeps its private files from other users of the machine', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(movableClock()));
    const { secrets, demoLogins, demoSecrets } = instancePaths(folder);
    for (const file of [secrets, demoLogins, demoSecrets]) expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('removes what a run that was stopped long ago left beside it', async () => {
    const parent = temporaryFolder();
    const [old, fresh] = [join(parent, 'demo-making-old'), join(parent, 'demo-making-fresh')];
    mkdirSync(old);
    mkdirSync(fresh);
    utimesSync(old, 1_700_000_000, 1_700_000_000);
    await ensureDemo(join(parent, 'demo'), small(movableClock()));
    expect(readdirSync(parent).sort()).toEqual(['demo', 'demo-making-fresh']);
  });

  it('leaves a folder alone that holds something else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'letter.txt'), 'mine');
    await expect(ensureDemo(folder, small(movableClock()))).rejects.toMatchObject({ code: 'exists' });
    expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('mine');
  });

  it('does not renew an instance in production', async () => {
    const folder = temporaryFolder();
    const file = {
      format: 1,
      id: 'a'.repeat(32),
      mode: 'production',
      provinces: ['14'],
      logOrigin: 'x',
      created: 1,
    } as const;
    await writeInstance(folder, file);
    await expect(ensureDemo(folder, small(movableClock()))).rejects.toMatchObject({ code: 'demo_only' });
  });

  it('says which file is missing when the folder is half there', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, small(movableClock()));
    rmSync(instancePaths(folder).secrets);
    await expect(ensureDemo(folder, small(movableClock()))).rejects.toThrow(/secrets\.json is missing/);
  });
});

describe("the demonstration's root keys", () => {
  it('are known by their ids, so that production can refuse them', () => {
    const ids = pins.rootKeys.map((key) => keyId(suite, key));
    expect(ids.every((id) => holdsDemoKey([id]))).toBe(true);
    expect(isDemoInstance(pins.instance)).toBe(true);
  });
});
