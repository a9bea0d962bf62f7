import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { witnessKey } from '../../src/adapters/witness/witness-key.ts';
import { readConfig } from '../../src/config.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { DEMO_INSTANCE } from '../../src/instance/demo-keys.ts';
import { buildDeps } from '../../src/instance/deps.ts';
import { signEpochsAhead } from '../../src/instance/epochs-ahead.ts';
import { instancePaths, readInstance, readPins, writeInstance } from '../../src/instance/folder.ts';
import { type OpenInstance, openInstance } from '../../src/instance/open-instance.ts';
import { createRecorder, eventDeps } from '../../src/instance/recorder.ts';
import { verifyWhole } from '../../src/instance/verified.ts';
import { formatVkey } from '../../src/ledger/note.ts';
import { parseDirectory } from '../../src/protocol/directory.ts';
import { keyFingerprint } from '../../src/protocol/member.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { targetForUnit } from '../../src/protocol/target.ts';
import { CHEAP, SMALL_ROSTER, temporaryFolder } from '../instance/support.ts';
import { AUDITOR, type Founded, foundedOnce, withKeys } from './founded.ts';
import { joinedAccount, TO_HIEU } from './staffed.ts';
import { tinkin } from './support.ts';

const found = foundedOnce();
let suite: Suite;
beforeAll(async () => {
  suite = await loadSodiumSuite();
});

async function withInstance<T>(folder: string, work: (instance: OpenInstance) => Promise<T>): Promise<T> {
  const instance = await openInstance(folder);
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}

const recorderOf = ({ store, facts, secrets }: OpenInstance) =>
  createRecorder(eventDeps(store, facts.id, secrets.ledgerSeed, systemClock()), 'test');

const confirm = (founded: Founded, account: string, fingerprint: string) =>
  withKeys(founded, 'staff', 'confirm', account, '--fingerprint', fingerprint);

describe('the founding of a unit', () => {
  it('lists the unit once two confirmed members have signed epochs and the directory is published', async () => {
    const founded = found();
    const { folder } = founded;
    const head = await joinedAccount(folder, 'tohieu.truong', 'head');
    const officer = await joinedAccount(folder, 'tohieu.canbo', 'officer');
    for (const [account, secrets] of [
      ['tohieu.truong', head],
      ['tohieu.canbo', officer],
    ] as const) {
      const digits = keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey);
      expect((await tinkin(['--data', folder, 'keys', 'fingerprint', account])).out).toBe(digits);
      expect((await confirm(founded, account, digits)).exit).toBe(0);
    }
    const pins = await readPins(folder);
    const now = Math.floor(Date.now() / 1000);
    await withInstance(folder, async (instance) => {
      const recorder = recorderOf(instance);
      const latest = (await instance.store.directory.latest('directory'))!;
      const epochs = signEpochsAhead(suite, {
        instance: pins.instance,
        unit: TO_HIEU,
        last: null,
        signers: [head.sign, officer.sign],
        readers: [],
        recoveryHolders: parseDirectory(suite, latest.record).recoveryHolders,
        now,
      });
      for (const { statement } of epochs) await recorder.statement(statement);
    });
    const published = await withKeys(founded, 'keys', 'publish');
    expect(published.json()).toMatchObject({ version: 2, listed: 1 });
    await withInstance(folder, async (instance) => {
      const directory = await verifyWhole(instance, suite, pins, now + 1);
      expect(targetForUnit(suite, directory, TO_HIEU, now + 1)).toMatchObject({
        unit: TO_HIEU,
        fallback: false,
      });
    });
  });

  it('does not confirm a person whose fingerprint differs', async () => {
    const founded = found();
    await joinedAccount(founded.folder, 'tohieu.truong', 'head');
    const run = await confirm(founded, 'tohieu.truong', '0000 0000 0000 0000 0000 0000');
    expect(run.exit).toBe(2);
    await withInstance(founded.folder, async ({ store }) => {
      expect((await store.accounts.byAccount('tohieu.truong'))?.status).toBe('invited');
    });
  });

  it('does not sign with a key whose passphrase is wrong', async () => {
    const founded = found();
    await joinedAccount(founded.folder, 'tohieu.truong', 'head');
    const wrong = join(temporaryFolder(), 'wrong.json');
    writeFileSync(wrong, JSON.stringify({ 'directory-1': 'baba baba baba baba baba baba baba' }));
    const fingerprint = (await tinkin(['--data', founded.folder, 'keys', 'fingerprint', 'tohieu.truong']))
      .out;
    const run = await confirm({ ...founded, passphrases: wrong }, 'tohieu.truong', fingerprint);
    expect(run.json()).toMatchObject({ error: { code: 'key_file' } });
  });

  it('lets an auditor in without keys, as the second person', async () => {
    const founded = found();
    const secrets = await joinedAccount(founded.folder, 'giamsat', 'auditor');
    const digits = keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey);
    const letIn = (fingerprint: string) =>
      tinkin(['--data', founded.folder, 'staff', 'confirm', 'giamsat', '--fingerprint', fingerprint]);
    expect((await letIn(digits.split('').reverse().join(''))).exit).toBe(2);
    expect((await letIn(digits)).exit).toBe(0);
    await withInstance(founded.folder, async ({ store }) => {
      expect((await store.accounts.byAccount('giamsat'))?.status).toBe('active');
    });
  });

  it('names witnesses of the log in the next directories, the same name once, until one is taken out', async () => {
    const founded = found();
    const vkeyOf = (seed: number) =>
      formatVkey(witnessKey('chung-kien.vn', new Uint8Array(32).fill(seed)).key);
    const publish = (...given: string[]) => withKeys(founded, 'keys', 'publish', ...given);
    const named = async () =>
      (await tinkin(['--json', '--data', founded.folder, 'keys', 'list'])).json<{
        directory: { witnesses: string[] };
      }>().directory.witnesses;
    for (const wrong of [
      ['--witness', 'x'],
      ['--without-witness', 'chung-kien.vn'],
    ])
      expect((await publish(...wrong)).json()).toMatchObject({ error: { code: 'witness_key' } });
    expect((await publish('--witness', vkeyOf(1))).exit).toBe(0);
    expect((await publish()).exit).toBe(0);
    expect(await named()).toEqual([vkeyOf(1)]);
    expect((await publish('--witness', vkeyOf(2))).exit).toBe(0);
    expect(await named()).toEqual([vkeyOf(2)]);
    expect((await publish('--without-witness', 'chung-kien.vn')).exit).toBe(0);
    expect(await named()).toEqual([]);
  });

  it('names the keys of an auditor’s own account in the next directory, once their digits were compared', async () => {
    const founded = found();
    const { folder } = founded;
    const secrets = await joinedAccount(folder, AUDITOR, 'auditor');
    const digits = keyFingerprint(suite, secrets.sign.publicKey, secrets.kem.publicKey);
    const publish = (given: string) => withKeys(founded, 'keys', 'publish', '--auditor', given);
    expect((await publish(`${AUDITOR}=${digits}`)).json()).toMatchObject({
      error: { code: 'holder_unknown' },
    });
    await tinkin(['--data', folder, 'staff', 'confirm', AUDITOR, '--fingerprint', digits]);
    expect((await publish(AUDITOR)).exit).toBe(2);
    expect((await publish(`khac=${digits}`)).json()).toMatchObject({ error: { code: 'holder_unknown' } });
    expect((await publish(`${AUDITOR}=${'0'.repeat(24)}`)).json()).toMatchObject({
      error: { code: 'other_keys' },
    });
    expect((await publish(`${AUDITOR}=${digits}`)).json()).toMatchObject({ version: 2 });
    await withInstance(folder, async ({ store }) => {
      const latest = (await store.directory.latest('directory'))!;
      const [auditor] = parseDirectory(suite, latest.record).auditors;
      expect(auditor).toMatchObject({
        id: AUDITOR,
        signKey: secrets.sign.publicKey,
        kemKey: secrets.kem.publicKey,
      });
    });
  });

  it.each([
    [['--role', 'auditor', '--role', 'head'], 'no other role'],
    [['--role', 'prosecutor'], 'do not have that role'],
    [['--role', 'head', '--unit', '14-nowhere'], 'no unit'],
    [['--role', 'head', '--account', 'A B'], '--account'],
  ])('refuses an account with %j', async (change, reason) => {
    const { folder } = found();
    const person = ['--account', 'tohieu.truong', '--name', 'A', '--unit', TO_HIEU];
    const run = await tinkin(['--data', folder, 'staff', 'add', ...person, ...change]);
    expect(run.exit).toBe(2);
    expect(run.err).toContain(reason);
  });
});

describe('tinkin keys rotate-directory', () => {
  it('hands the directory over to new keys, and everything that the old ones signed stays good', async () => {
    const founded = found();
    const { folder } = founded;
    const head = await joinedAccount(folder, 'tohieu.truong', 'head');
    await confirm(founded, 'tohieu.truong', keyFingerprint(suite, head.sign.publicKey, head.kem.publicKey));
    const into = join(temporaryFolder(), 'new');
    const to = ['--into', into, '--count', '1', '--threshold', '1'];
    const run = await withKeys(founded, 'keys', 'rotate-directory', ...to);
    expect(run.json()).toMatchObject({ serial: 2, version: 2 });
    const pins = await readPins(folder);
    await withInstance(folder, async (instance) => {
      const directory = await verifyWhole(instance, suite, pins, Math.floor(Date.now() / 1000) + 1);
      expect(directory.members.map(({ unit }) => unit)).toEqual([TO_HIEU]);
    });
    const old = await withKeys(founded, 'keys', 'publish');
    expect(old.json()).toMatchObject({ error: { code: 'keys_insufficient' } });
  });
});

describe('production', () => {
  const serve = (folder: string) => {
    const origin = 'https://tin.example';
    const config = readConfig({ TINKIN_DATA: folder, TINKIN_MODE: 'production', TINKIN_ORIGIN: origin });
    return buildDeps(config, origin);
  };

  it('refuses to serve an instance that carries the id of the demonstration', async () => {
    const { folder } = found();
    await writeInstance(folder, { ...(await readInstance(folder)), id: DEMO_INSTANCE });
    await expect(serve(folder)).rejects.toMatchObject({ code: 'demo_in_production' });
  });

  it("refuses to serve a directory that hangs on the demonstration's root keys, whatever the instance calls itself", async () => {
    const folder = join(temporaryFolder(), 'demo');
    await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
    await writeInstance(folder, { ...(await readInstance(folder)), id: 'ab'.repeat(16), mode: 'production' });
    await expect(serve(folder)).rejects.toMatchObject({ code: 'demo_in_production' });
  });

  it('is found fault with by the doctor when the build carries the pins of another instance', async () => {
    const { folder } = found();
    const run = await tinkin(['--data', folder, 'doctor', '--json']);
    const { findings } = run.json<{ findings: { check: string; status: string }[] }>();
    expect(findings.find(({ check }) => check === 'pins')?.status).toBe('fail');
    expect(instancePaths(folder).pins).toContain(folder);
  });
});
