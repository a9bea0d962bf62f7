import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { instancePaths, readPins } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { createRecorder, eventDeps } from '../../src/instance/recorder.ts';
import { type KeyHolder, parseDirectory } from '../../src/protocol/directory.ts';
import { wrapShare } from '../../src/protocol/recovery.ts';
import type { Pins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { temporaryFolder } from '../instance/support.ts';
import { type Founded, foundedOnce } from './founded.ts';
import { reading, sentTip } from './served.ts';
import { admitted, staffUnit, TO_HIEU } from './staffed.ts';
import { type CliRun, tinkin } from './support.ts';

const TEXT = 'Quán ở ngã ba mở cửa đến sáng.';
const found = foundedOnce();
let suite: Suite;
beforeAll(async () => {
  suite = await loadSodiumSuite();
});

const holder = ({ keys }: Founded, id: string): string => join(keys, `${id}.json`);

const change = (folder: string, sql: string): void => {
  const db = new Database(instancePaths(folder).database);
  db.exec(sql);
  db.close();
};

let template: Founded | undefined;
let pinsOf: Pins;
const home = mkdtempSync(join(tmpdir(), 'tinkin-staffed-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/**
 * A unit of two members whose keys of its epochs are all gone; the recovery holders have their shares. Made once, copied for each test.
 */
async function staffed(): Promise<Founded> {
  if (template === undefined) {
    const made = found();
    await staffUnit(made);
    cpSync(made.folder, home, { recursive: true });
    change(home, 'DELETE FROM epoch_wrap');
    pinsOf = await readPins(home);
    template = { ...made, folder: home };
  }
  const folder = join(temporaryFolder(), 'instance');
  cpSync(template.folder, folder, { recursive: true });
  return { ...template, folder };
}

interface Asked {
  readonly unit?: string;
  readonly epochs?: readonly string[];
  readonly holders?: readonly string[];
  readonly passphrases?: string;
}

const recover = (founded: Founded, asked: Asked = {}): Promise<CliRun> =>
  tinkin([
    ...['--data', founded.folder, 'keys', 'recover', '--json'],
    ...['--unit', asked.unit ?? TO_HIEU],
    ...(asked.epochs ?? ['1']).flatMap((n) => ['--epoch', n]),
    ...(asked.holders ?? ['vks', 'tt'].map((id) => holder(founded, id))).flatMap((file) => [
      '--holder',
      file,
    ]),
    ...['--passphrases', asked.passphrases ?? founded.passphrases],
  ]);

const refused = async (founded: Founded, asked: Asked) =>
  (await recover(founded, asked)).json<{ error: { code: string; message: string } }>().error;

type Shares = Readonly<Record<string, Uint8Array | undefined>>;

/** A share that opens with the holder's key and says nonsense. */
function forgedShare(keys: readonly KeyHolder[]): Uint8Array {
  const key = keys.find(({ id }) => id === 'vks');
  if (key === undefined) throw new Error('there is no such holder');
  const context = { instance: pinsOf.instance, unit: TO_HIEU, epoch: 1, holder: 'vks' };
  return wrapShare(suite, { x: 1, y: suite.randomBytes(32) }, context, key.kemKey);
}

describe('tinkin keys recover', () => {
  it('lets the new members of a unit that lost everything read its old tip again', async () => {
    const founded = await staffed();
    const tip = await sentTip(founded, TEXT);
    const fresh = await admitted(founded, 'tohieu.moi', 'head');
    await expect(reading(founded, 'tohieu.moi', fresh, tip)).rejects.toMatchObject({ code: 'wrap_foreign' });
    const run = await recover(founded);
    expect(run.exit).toBe(0);
    expect(run.json()).toMatchObject({ unit: TO_HIEU, epochs: [1], holders: ['vks', 'tt'] });
    expect(run.json<{ members: unknown[] }>().members).toHaveLength(3);
    expect(await reading(founded, 'tohieu.moi', fresh, tip)).toBe(TEXT);
  });

  it('is one event for each epoch that names holders and members, and prints no secret', async () => {
    const founded = await staffed();
    const head = async () => {
      const instance = await openInstance(founded.folder);
      const at = await instance.store.triage.head(`unit:${TO_HIEU}`);
      await instance.close();
      return at.no;
    };
    const before = await head();
    const run = await recover(founded, {
      epochs: ['2', '1', '2'],
      holders: ['tp', 'vks'].map((id) => holder(founded, id)),
    });
    expect(run.json()).toMatchObject({ epochs: [2, 1], holders: ['tp', 'vks'] });
    expect(await head()).toBe(before + 2);
    expect(Object.keys(run.json())).toEqual(['unit', 'epochs', 'holders', 'members']);
    expect(run.out).not.toMatch(/[A-Za-z0-9_-]{43}|[0-9a-f]{64}/);
  });

  it('says what is wrong with unit, epoch or holders, and writes nothing', async () => {
    const founded = await staffed();
    const vks = holder(founded, 'vks');
    expect(await refused(founded, { unit: '14-nowhere' })).toMatchObject({ code: 'unit_unknown' });
    expect(await refused(founded, { unit: 'A B' })).toMatchObject({ code: 'usage' });
    expect(await refused(founded, { epochs: ['99'] })).toMatchObject({
      code: 'epoch_unknown',
      message: expect.stringContaining('1 to '),
    });
    expect(await refused(founded, { unit: '14-ca' })).toMatchObject({ code: 'epoch_unknown' });
    expect(await refused(founded, { holders: [vks] })).toMatchObject({ code: 'usage' });
    expect(await refused(founded, { holders: [vks, vks] })).toMatchObject({ code: 'same_holder' });
    expect(await refused(founded, { holders: [vks, holder(founded, 'directory-1')] })).toMatchObject({
      code: 'holder_unknown',
    });
    expect(await refused(founded, { holders: [vks, founded.passphrases] })).toMatchObject({
      code: 'key_file',
    });
    const instance = await openInstance(founded.folder);
    expect((await instance.store.triage.head(`unit:${TO_HIEU}`)).no).toBe(2);
    await instance.close();
  });

  it('opens an epoch only while somebody lacks its key', async () => {
    const founded = await staffed();
    expect((await recover(founded)).exit).toBe(0);
    expect(await refused(founded, {})).toMatchObject({ code: 'exists' });
    expect((await recover(founded, { epochs: ['1', '2'] })).json()).toMatchObject({ epochs: [2] });
  });

  it('opens nothing with a wrong passphrase', async () => {
    const founded = await staffed();
    const wrong = join(temporaryFolder(), 'wrong.json');
    const known = JSON.parse(readFileSync(founded.passphrases, 'utf8')) as Record<string, string>;
    writeFileSync(wrong, JSON.stringify({ ...known, tt: known.vks }));
    expect(await refused(founded, { passphrases: wrong })).toMatchObject({ code: 'key_file' });
  });

  it.each<[string, (shares: Shares, keys: readonly KeyHolder[]) => Shares, string]>([
    [
      'that is sealed to another holder',
      (shares) => ({ ...shares, vks: shares.tt }),
      'share of vks for epoch 1',
    ],
    [
      'that is no part of the signed epoch’s secret',
      (shares, keys) => ({ ...shares, vks: forgedShare(keys) }),
      'do not give epoch 1',
    ],
  ])('notices a share %s', async (_what, forge, message) => {
    const founded = await staffed();
    const instance = await openInstance(founded.folder);
    const { directory } = instance.store;
    const latest = await directory.latest('directory');
    const keys = latest === null ? [] : parseDirectory(suite, latest.record).recoveryHolders;
    const kept = await directory.recoveryShares(TO_HIEU, 1);
    const shares = forge(Object.fromEntries(kept.map(({ holder: id, share }) => [id, share])), keys);
    change(founded.folder, 'DELETE FROM recovery_share WHERE epoch = 1');
    const { store, facts, secrets } = instance;
    const deps = eventDeps(store, facts.id, secrets.ledgerSeed, systemClock());
    await createRecorder(deps, 'test').recoveryShares(
      TO_HIEU,
      Object.entries(shares).flatMap(([id, share]) =>
        share === undefined ? [] : [{ unit: TO_HIEU, epoch: 1, holder: id, share }],
      ),
    );
    await instance.close();
    expect(await refused(founded, {})).toEqual({
      code: 'share_wrong',
      message: expect.stringContaining(message),
    });
  });

  it('notices a share that is missing', async () => {
    const founded = await staffed();
    change(founded.folder, "DELETE FROM recovery_share WHERE holder = 'tt' AND epoch = 1");
    expect(await refused(founded, {})).toMatchObject({ code: 'share_missing' });
    expect((await recover(founded, { holders: ['vks', 'tp'].map((id) => holder(founded, id)) })).exit).toBe(
      0,
    );
  });

  it('needs a member to open them for', async () => {
    const founded = found();
    expect(await refused(founded, {})).toMatchObject({ code: 'epoch_unknown' });
  });

  it('has a help that says who must be there', async () => {
    const run = await tinkin(['keys', 'recover', '--help']);
    expect(run.exit).toBe(0);
    expect(run.out).toContain('Two of the three recovery holders');
  });
});
